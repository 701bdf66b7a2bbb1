from __future__ import annotations

import hashlib

import pytest

from ocr.engines.tesseract import Tesseract
from ocr.errors import EngineMissing, EngineTooSlow
from ocr.text import character_error_rate
from tests.ocr.engines.conftest import Draw

LINES = ("问：你把事情经过如实讲一遍。", "共计 12345 元，见 PAGE NUMBER 7。")


def test_it_reads_lines_with_boxes_but_claims_no_characters(draw: Draw) -> None:
    page = draw([(300, 200 + i * 130, text, 67) for i, text in enumerate(LINES)], (2480, 600))
    text = Tesseract().read(page, 300)
    assert character_error_rate("".join(LINES), "".join(line.text for line in text.lines)) < 0.15
    assert "PAGE NUMBER" in text.lines[1].text
    assert all(line.chars == () for line in text.lines)
    (left, top), _, (_, bottom), _ = text.lines[0].box
    assert left == pytest.approx(300, abs=20)
    assert 180 < top < bottom < 320
    assert len(next(iter(text.models.values()))) == hashlib.sha256().digest_size * 2


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineMissing, match="tesseract xyz"):
        Tesseract("xyz")


def test_it_gives_up_in_time(draw: Draw) -> None:
    page = draw([(300, 100 + i * 90, LINES[0] * 2, 60) for i in range(30)], (2480, 3508))
    with pytest.raises(EngineTooSlow):
        Tesseract(seconds=0.2).read(page, 300)
