from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from ocr.engines.types import Char, Line, PageText, Quad
from ocr.full_width import part_of, read_again
from ocr.imaging.types import Picture
from ocr.reading.page import read_page
from ocr.reading.types import Lexicon, PageReading

PICTURE = np.zeros((400, 2480), np.uint8)


EMPTY = PageReading(kind=None, starts_document=False, start_confidence=0.6)


def box(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def row(text: str, top: float = 100.0) -> Line:
    chars = tuple(Char(char, 0.99, box(60 * i + 5, top + 10, 60 * i + 55, top + 70)) for i, char in enumerate(text))
    return Line(text, 0.99, box(-10, top, 60 * len(text) + 10, top + 80), chars)


def page(*lines: Line) -> PageText:
    return PageText("engine", "1", {}, lines)


@dataclass
class Reader:
    """Answers with what stands there by the place in the line; keeps what it was asked."""

    stands: str
    asked: list[Line] = field(default_factory=list)

    def read_again(self, picture: Picture, line: Line, page: PageText) -> Line | None:
        self.asked.append(line)
        start = max(0, round(line.box[0][0] / 60))
        return replace(line, text=self.stands[start : round(line.box[1][0] / 60)])


def again(read: str, stands: str) -> tuple[str, list[Line]]:
    text, reader = page(row(read)), Reader(stands)
    reading = read_page(text, 2480, 400, 300, Lexicon(kinds=()))
    return read_again(text, reading, PICTURE, reader).lines[0].text, reader.asked


def test_a_confirmed_number_leaves_the_line_as_it_is_and_only_its_part_is_read() -> None:
    stands = "该车为银色小型轿车，发动机号83952235，登记"
    text, asked = again("该车为银色小型轿车，发动机号83952235，登己", stands)
    assert text == "该车为银色小型轿车，发动机号83952235，登己"
    assert [line.text for line in asked] == ["号83952235，"]


def test_a_number_that_comes_out_otherwise_has_the_whole_line_read() -> None:
    stands = "该车为银色小型轿车，发动机号83952235，登记"
    text, asked = again("该车为银色小型轿车，发动机号8395235，登己", stands)
    assert text == stands[: len(text)]
    assert len(asked) == 2


def test_lines_without_names_and_numbers_are_not_read_again() -> None:
    assert again("以上属实。", "以上居实。") == ("以上属实。", [])


@pytest.mark.parametrize(
    ("stands", "wanted"),
    [
        ("北垦农垦公安局二〇二六年三月八日", "二〇二六年三月八日"),
        ("北垦农垦公安局二八二六年三月八日", "二六年三月八日"),
    ],
)
def test_a_date_that_begins_too_late_is_read_with_what_stands_before_it(stands: str, wanted: str) -> None:
    """The best model reads a whole date there, or the line stays as it was."""
    cut = row("二六年三月八日")
    shifted = replace(cut, box=box(550, 100, 960, 180))
    lines = read_again(page(shifted), EMPTY, PICTURE, Reader(stands)).lines
    assert [line.text for line in lines] == [wanted]


@pytest.mark.parametrize(
    ("start", "end", "text", "left", "right"), [(4, 6, "丁戊己庚", 185, 415), (0, 3, "甲乙丙丁", -10, 235)]
)
def test_a_part_holds_its_neighbours_and_the_whole_height(
    start: int, end: int, text: str, left: float, right: float
) -> None:
    part = part_of(row("甲乙丙丁戊己庚辛壬癸"), start, end)
    assert part.text == text
    assert part.box == box(left, 100, right, 180)


def test_a_part_of_a_column_is_cut_along_it() -> None:
    chars = tuple(Char(char, 0.99, box(10, 60 * i + 5, 60, 60 * i + 55)) for i, char in enumerate("甲乙丙丁戊己庚辛"))
    column = Line("甲乙丙丁戊己庚辛", 0.99, box(0, 0, 70, 480), chars)
    assert part_of(column, 3, 4).box == box(0, 125, 70, 295)
