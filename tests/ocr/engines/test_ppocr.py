from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import ImageFont

from ocr.engines.ppocr import NARROWED, PpOcr
from ocr.engines.recognise import Glyph, Reading
from ocr.engines.types import PageText
from ocr.imaging.types import Picture
from ocr.text import character_error_rate
from tests.ocr.engines.conftest import SERIF, SIMPLIFIED, Draw

LINES = (
    "犯罪嫌疑人张三，男，1985年3月12日出生，公民身份号码",
    "110101198503127719，现住东城区灯市口大街26号院。",
    "讯问时间：2026年3月5日14时20分至15时48分",
)
LEFT, TOP, PITCH, SIZE = 300, 200, 120, 67


@pytest.fixture(scope="module")
def page(draw: Draw) -> Picture:
    body = [(LEFT, TOP + i * PITCH, text, SIZE) for i, text in enumerate(LINES)]
    column = [(2250, 200 + i * 75, char, 60) for i, char in enumerate("本页由我核对")]
    return draw([*body, *column, (1230, 1080, "7", 44), (300, 1110, "此联附卷", 30)])


@pytest.fixture(scope="module")
def text(pp_ocr: PpOcr, page: Picture) -> PageText:
    return pp_ocr.read(page, 300)


def test_every_line_is_read_in_order(text: PageText) -> None:
    read = [line.text for line in text.lines]
    assert read[:2] == ["本页由我核对", LINES[0]]
    assert character_error_rate("".join(LINES), "".join(line for line in read if len(line) > 8)) < 0.02
    assert sorted(read[-2:]) == ["7", "此联附卷"]  # nothing at the margin is lost


def test_an_upright_column_is_read_downwards(text: PageText) -> None:
    (column,) = [line for line in text.lines if line.text == "本页由我核对"]
    assert [char.box[0][1] for char in column.chars] == sorted(char.box[0][1] for char in column.chars)
    assert column.chars[0].box[0][1] == pytest.approx(215, abs=15)
    assert column.box[0][0] < column.box[1][0]


def test_characters_stand_where_their_ink_is(text: PageText, draw: Draw) -> None:
    font = ImageFont.truetype(SERIF, SIZE, index=SIMPLIFIED)
    line, x, away = text.lines[1], float(LEFT), []
    for char, wanted in zip(line.chars, LINES[0], strict=True):
        inked = np.flatnonzero((draw([(0, 0, wanted, SIZE)], (100, 120)) < 128).any(axis=(0, 2)))
        away += [char.box[0][0] - (x + inked[0]), char.box[1][0] - (x + inked[-1] + 1)]
        x += font.getlength(wanted)
    assert np.median(np.abs(away)) < 0.03 * SIZE
    assert np.abs(away).max() < 0.2 * SIZE


def test_text_and_characters_say_the_same_with_confidence(text: PageText) -> None:
    for line in text.lines:
        assert "".join(char.text for char in line.chars) == line.text
        assert 0 < line.confidence <= 1
        assert all(0 < char.confidence <= 1 for char in line.chars)


def test_the_models_are_named_by_their_hashes(text: PageText) -> None:
    assert text.engine == "pp-ocrv6-small"
    assert {len(sha256) for sha256 in text.models.values()} == {64}
    assert "onnxruntime" in text.version


def test_the_same_picture_reads_the_same_in_gray_and_twice(pp_ocr: PpOcr, page: Picture, text: PageText) -> None:
    gray = np.ascontiguousarray(page[:, :, 0])
    assert pp_ocr.read(gray, 300) == text


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2000, 3), (2000, 3, 3), (40, 40)])
def test_pictures_without_text_read_as_nothing(pp_ocr: PpOcr, shape: tuple[int, ...]) -> None:
    assert pp_ocr.read(np.full(shape, 250, np.uint8), 300).lines == ()


class TornReader:
    """The best model of an engine, torn about one character; keeps how far each line was narrowed."""

    def __init__(self, engine: PpOcr, torn: Glyph) -> None:
        self._best = engine._best
        self._torn = torn
        self.narrowed: list[float] = []

    def __call__(self, crop: Picture, narrowed: float = 1.0) -> Reading:
        self.narrowed.append(narrowed)
        glyphs = self._best(crop, narrowed).glyphs
        return Reading(tuple(replace(self._torn, start=g.start, end=g.end) if g.text == "经" else g for g in glyphs))


def test_the_page_settles_which_script_a_character_is_of(
    pp_ocr: PpOcr, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = TornReader(pp_ocr, Glyph("經", 0.7, 0, 0, "经", 0.3))
    monkeypatch.setattr(pp_ocr, "_best", torn)
    title, body = "到案经过", "犯罪嫌疑人陶志远现住清禾市望陵区，该车为银色。"
    text = pp_ocr.read(draw([(900, 100, title, 90), (300, 300, body, 67)], (2480, 500)), 300)
    assert [line.text for line in text.lines] == [title, body]
    assert torn.narrowed == [NARROWED, NARROWED]  # torn between scripts is not torn


def test_a_line_with_a_doubtful_character_is_read_at_full_width(
    pp_ocr: PpOcr, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = TornReader(pp_ocr, Glyph("径", 0.4, 0, 0))
    monkeypatch.setattr(pp_ocr, "_best", torn)
    pp_ocr.read(draw([(900, 100, "到案经过", 90), (300, 300, "以上属实", 67)], (2480, 500)), 300)
    assert torn.narrowed == [NARROWED, 1.0, NARROWED]
