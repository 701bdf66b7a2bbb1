"""Names and numbers read twice, with the real engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.careful import DISPUTED, agrees, doubt_disputed
from ocr.engines.models import RECOGNITION, locate
from ocr.engines.ppocr import PpOcr
from ocr.engines.tesseract import ONE_BLOCK, Tesseract
from ocr.engines.types import Line, PageText
from ocr.full_width import read_again
from ocr.imaging.types import Picture
from ocr.reading.page import read_page
from ocr.reading.types import Lexicon, PageReading

SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
DPI, SIZE = 300, (2480, 900)
LINES = ("犯罪嫌疑人陶志远，男，汉族，现住清禾市望陵区。", "公民身份号码990126198809152178，高中文化。", "以上属实。")


@pytest.fixture(scope="module")
def picture() -> Picture:
    page = Image.new("RGB", SIZE, "white")
    for row, text in enumerate(LINES):
        font = ImageFont.truetype(SERIF, 67, index=2)
        ImageDraw.Draw(page).text((250, 150 + 200 * row), text, font=font, fill=(25, 25, 25))
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


@pytest.fixture(scope="module")
def engine() -> PpOcr:
    return PpOcr(first_pass=(replace(RECOGNITION, name="first pass"), locate(RECOGNITION)))


@pytest.fixture(scope="module")
def text(engine: PpOcr, picture: Picture) -> PageText:
    return engine.read(picture, DPI)


@pytest.fixture(scope="module")
def tesseract() -> Tesseract:
    return Tesseract(layout=ONE_BLOCK)


def misread(text: PageText, wrong: dict[str, str]) -> PageText:
    def mend(line: Line) -> Line:
        chars = tuple(replace(char, text=wrong.get(char.text, char.text)) for char in line.chars)
        return replace(line, text="".join(char.text for char in chars), chars=chars)

    return replace(text, lines=tuple(mend(line) for line in text.lines))


def understood(text: PageText) -> PageReading:
    return read_page(text, *SIZE, DPI, Lexicon(kinds=()))


def test_lines_with_names_and_numbers_are_read_again_and_only_those(
    engine: PpOcr, picture: Picture, text: PageText
) -> None:
    first = misread(text, {"远": "运", "8": "6", "属": "居"})
    again = read_again(first, understood(first), picture, engine)
    assert [line.text for line in again.lines] == [text.lines[0].text, text.lines[1].text, "以上居实。"]
    assert "陶志远" in again.lines[0].text
    assert "990126198809152178" in again.lines[1].text


def test_what_both_engines_read_stays_trusted(tesseract: Tesseract, picture: Picture, text: PageText) -> None:
    agreed = doubt_disputed(text, understood(text), picture, DPI, tesseract)
    assert agreed.lines == text.lines
    assert set(agreed.models) == {*text.models, "chi_sim"}


def test_a_name_the_engines_read_differently_is_doubted_but_not_changed(
    tesseract: Tesseract, picture: Picture, text: PageText
) -> None:
    wrong = misread(text, {"远": "运"})
    doubted = doubt_disputed(wrong, understood(wrong), picture, DPI, tesseract)
    assert [line.text for line in doubted.lines] == [line.text for line in wrong.lines]
    assert doubted.lines[1:] == wrong.lines[1:]  # the identity number proves itself
    (person,) = understood(doubted).persons
    assert (person.value, person.confidence) == ("陶志运", DISPUTED)
    assert {char.text for char in doubted.lines[0].chars if char.confidence <= DISPUTED} == set("陶志运")


def test_an_engine_that_is_not_sure_disputes_nothing(tesseract: Tesseract, picture: Picture, text: PageText) -> None:
    wrong = misread(text, {"远": "运"})
    noisy = picture.astype(np.int16) // 4 + np.random.default_rng(1).integers(0, 190, picture.shape, np.int16)
    doubted = doubt_disputed(wrong, understood(wrong), noisy.astype(np.uint8), DPI, tesseract)
    assert doubted.lines == wrong.lines


def test_an_engine_that_fails_is_not_named(picture: Picture, text: PageText) -> None:
    late = Tesseract(layout=ONE_BLOCK, seconds=0.001)
    assert doubt_disputed(text, understood(text), picture, DPI, late) == text


def test_a_page_without_names_is_not_shown_to_the_second_engine(picture: Picture, text: PageText) -> None:
    plain = replace(text, lines=text.lines[2:])
    assert doubt_disputed(plain, understood(plain), picture, DPI, Tesseract(seconds=0.001)) == plain


@pytest.mark.parametrize(
    ("raw", "words", "same"),
    [
        ("陶志远", "犯罪嫌疑人 陶志远,男", True),
        ("陶志远", "犯罪嫌疑人陶志运", False),
        ("清公(望)立字〔2026〕127号", "请公(塑)立字[2026j127号", True),
        ("清公(望)立字〔2026〕127号", "清公(望)立字〔2026〕121号", False),
        ("阿依·古丽", "阿依.古丽", True),
    ],
)
def test_two_readings_are_compared_by_digits_or_by_characters(raw: str, words: str, same: bool) -> None:
    assert agrees(raw, words) is same
