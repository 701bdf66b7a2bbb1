"""The text layer gives every reader exactly the recognised lines, in order."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from dossier.model import Face
from dossier.volumes import Making, expected_text, write_loose
from dossier.volumes.errors import TooManyRareCharacters
from dossier.volumes.font import LayerFont, font_program
from dossier.volumes.pdf import PdfWriter
from ocr.engines.types import Char, Line, Point, Quad
from tests.packaging.dossier.volumes.readers import READERS, by_pdfium
from tests.packaging.dossier.volumes.samples import DPI, LINES, make_document, make_dossier, quad

FaceMaker = Callable[..., Face]

ODD_LINES = (
    "联系电话0719-",
    "8215377转2",
    "8",
    "X",
    "·",
    "陕G·12345",
    "第\u3000\u3000页 \u3000共  页",
    "½①㎡℃Ⅷ",
    "ＡＢＣ１２３",
    "𠮷𡈽䶮㛃👩👪\ue000",
    "\u0007响\u00ad铃",
    "   ",
    "",
    "<>&[]()\\/%",
    "“引号”…………——",
    "done-",
    "well-known",
)


def write(face: Face, making: Making, out: Path) -> Path:
    document = make_document("1", "讯问笔录", [face])
    return write_loose(document, make_dossier(), out / "loose.pdf", made=making).path


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("lines", [LINES, ODD_LINES], ids=["record", "odd"])
def test_readers_give_the_recognised_lines(
    read: Callable[[Path, int], list[str]],
    lines: Sequence[str],
    face: FaceMaker,
    making: Making,
    tmp_path: Path,
) -> None:
    drawn = face("000001", lines)
    assert read(write(drawn, making, tmp_path), 0) == expected_text(drawn)


def test_expected_text_leaves_out_what_has_no_mark_on_paper(face: FaceMaker) -> None:
    drawn = face("000001", ["第\u3000一 页", "响\u00ad铃\u0007\uffff", "\U00031350\U000323af"])
    assert expected_text(drawn) == ["第一页", "响铃", "\U00031350\U000323af"]


@pytest.mark.parametrize("read", READERS)
def test_lines_without_characters_and_with_wrong_characters_are_written_too(
    read: Callable[[Path, int], list[str]], face: FaceMaker, making: Making, tmp_path: Path
) -> None:
    drawn = face("000001", LINES)
    bare = replace(drawn.lines[1], chars=())
    wrong = replace(drawn.lines[2], chars=(Char("错", 0.9, drawn.lines[2].box),))
    changed = replace(drawn, lines=(bare, wrong, *drawn.lines[3:]))
    assert read(write(changed, making, tmp_path), 0) == expected_text(changed)


@pytest.mark.parametrize("read", READERS)
def test_turned_lines_stay_whole(
    read: Callable[[Path, int], list[str]], face: FaceMaker, making: Making, tmp_path: Path
) -> None:
    drawn = face("000001", LINES)
    turned = replace(drawn, lines=tuple(_turned(line, 3.0) for line in drawn.lines))
    assert read(write(turned, making, tmp_path), 0) == expected_text(turned)


@pytest.mark.parametrize("read", READERS)
def test_vertical_columns_stay_whole(
    read: Callable[[Path, int], list[str]], face: FaceMaker, making: Making, tmp_path: Path
) -> None:
    columns = (
        Line("公安局 曾都分局盗窃案卷", 0.9, quad(700, 200, 730, 530)),
        Line("二〇二六年", 0.9, quad(640, 200, 670, 350)),
    )
    drawn = replace(face("000001", []), lines=columns)
    text = "".join(read(write(drawn, making, tmp_path), 0))
    # PDFium gives columns from left to right: each is whole, their order is its own.
    columns_given = reversed(expected_text(drawn)) if read is by_pdfium else expected_text(drawn)
    assert text == "".join(columns_given)


def test_characters_stand_where_they_are_seen(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    drawn = face("000001", LINES)
    path = write(drawn, making, tmp_path)
    seen = [char for line in drawn.lines for char in line.chars]
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        boxes = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
        found = [(c, box) for c, box in boxes if c.strip()]
    rare = [i for i, char in enumerate(seen) if ord(char.text) > 0xFFFF]
    assert len(rare) == 2
    for char, (character, (left, _, right, _)) in zip(seen[: rare[0]], found, strict=False):
        assert character == char.text
        centre = (char.box[0][0] + char.box[1][0]) / 2
        assert abs((left + right) / 2 * DPI / 72 - centre) < 0.6 * 20, character


def test_spaced_out_numbers_stand_where_they_are_seen(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    text = "公民身份号码 990126198809152178"
    chars = tuple(Char(c, 0.9, quad(90 + 20 * i, 200, 110 + 20 * i, 220)) for i, c in enumerate(text) if c != " ")
    line = Line(text, 0.9, quad(90, 200, 90 + 20 * len(text), 220), chars)
    drawn = replace(face("000001", []), lines=(line,))
    path = write(drawn, making, tmp_path)
    assert all(read(path, 0) == expected_text(drawn) for read in READERS)
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        left, _, right, _ = page.get_charbox(page.count_chars() - 1)
    seen = (chars[-1].box[0][0] + chars[-1].box[1][0]) / 2
    assert abs((left + right) / 2 * DPI / 72 - seen) < 0.3 * 20


def test_a_wide_gap_does_not_break_a_line(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    box = quad(90, 200, 700, 220)
    chars = tuple(
        Char(c, 0.9, quad(x, 200, x + 20, 220))
        for c, x in zip("被讯问人日期", (90, 110, 130, 150, 500, 520), strict=True)
    )
    drawn = replace(face("000001", []), lines=(Line("被讯问人 日期", 0.9, box, chars),))
    path = write(drawn, making, tmp_path)
    assert all(read(path, 0) == ["被讯问人日期"] for read in READERS)


def test_the_font_is_small_and_no_glyph_is_empty() -> None:
    program = font_program()
    font = TTFont(io.BytesIO(program))
    assert len(program) < 1000
    assert all(font["glyf"][name].numberOfContours == 1 for name in font.getGlyphOrder())


def test_too_many_rare_characters_are_refused() -> None:
    font = LayerFont(PdfWriter(io.BytesIO()))
    font.encode("".join(chr(0x20000 + i) for i in range(6400)))
    with pytest.raises(TooManyRareCharacters, match="6400"):
        font.encode("𪚥")


def _turned(line: Line, degrees: float) -> Line:
    """Return the line turned about its own left end."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ox, oy = line.box[0]

    def turned(point: Point) -> Point:
        x, y = point[0] - ox, point[1] - oy
        return ox + x * cos - y * sin, oy + x * sin + y * cos

    def turned_box(box: Quad) -> Quad:
        return turned(box[0]), turned(box[1]), turned(box[2]), turned(box[3])

    chars = tuple(replace(char, box=turned_box(char.box)) for char in line.chars)
    return replace(line, box=turned_box(line.box), chars=chars)
