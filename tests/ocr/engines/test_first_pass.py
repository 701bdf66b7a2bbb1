"""The two passes, with the small model standing in for the tiny one, which no package holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.engines.models import RECOGNITION, locate
from ocr.engines.ppocr import PpOcr
from ocr.imaging.types import Picture
from tests.ocr.engines.conftest import Draw

FIRST = replace(RECOGNITION, name="first pass")


@pytest.fixture(scope="module")
def page(draw: Draw) -> Picture:
    return draw([(300, 100, "犯罪嫌疑人张三，男，汉族。", 67), (300, 260, "讯问时间：2026年3月5日", 67)], (2480, 450))


@pytest.fixture(scope="module")
def both() -> PpOcr:
    return PpOcr(first_pass=(FIRST, locate(RECOGNITION)))


def test_sure_lines_are_left_to_the_first_pass_at_full_width(
    both: PpOcr, page: Picture, pp_ocr: PpOcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed = pp_ocr.read(page, 300)
    text = both.read(page, 300)
    assert text.models == {**narrowed.models, "first pass": RECOGNITION.sha256}
    assert text.lines != narrowed.lines
    monkeypatch.setattr("ocr.engines.ppocr.STRETCH", 1.0)
    assert text.lines == pp_ocr.read(page, 300).lines


def test_doubtful_lines_are_read_by_the_best(
    both: PpOcr, page: Picture, pp_ocr: PpOcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocr.engines.ppocr.FIRST_PASS_SURE", 1.1)
    assert both.read(page, 300).lines == pp_ocr.read(page, 300).lines
