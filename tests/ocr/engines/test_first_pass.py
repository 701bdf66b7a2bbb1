"""The two passes, with the small model standing in for the tiny one, which no package holds under its official hash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.engines.models import RECOGNITION, locate
from ocr.engines.ppocr import PpOcr
from ocr.engines.recognise import Reading
from ocr.imaging.types import Picture
from tests.ocr.engines.conftest import Draw

FIRST = replace(RECOGNITION, name="first pass")
LINES = ["犯罪嫌疑人张三，男，汉族。", "讯问时间：2026年3月5日"]


@pytest.fixture(scope="module")
def page(draw: Draw) -> Picture:
    return draw([(300, 100 + 160 * row, text, 67) for row, text in enumerate(LINES)], (2480, 450))


@pytest.fixture
def both() -> PpOcr:
    return PpOcr(first_pass=(FIRST, locate(RECOGNITION)))


def test_the_best_model_is_not_asked_for_what_the_first_pass_is_sure_of(
    both: PpOcr, page: Picture, pp_ocr: PpOcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(both, "_best", None)
    text = both.read(page, 300)
    assert [line.text for line in text.lines] == LINES
    assert text.models == {**pp_ocr.read(page, 300).models, "first pass": RECOGNITION.sha256}


def test_doubtful_lines_are_read_by_the_best(
    both: PpOcr, page: Picture, pp_ocr: PpOcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(both, "_first", lambda crop: Reading(()))
    assert [line.text for line in both.read(page, 300).lines] == [line.text for line in pp_ocr.read(page, 300).lines]


def test_a_line_is_read_again_by_the_best(both: PpOcr, page: Picture, pp_ocr: PpOcr) -> None:
    text = pp_ocr.read(page, 300)
    again = both.read_again(page, replace(text.lines[0], text="张四"), text)
    assert again is not None
    assert again.text == LINES[0]
