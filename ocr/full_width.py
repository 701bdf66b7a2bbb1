"""Names, identity numbers and document numbers (姓名、身份证号、文号) are read at full width by the best model.

The first reading may be narrowed or a smaller model's. Only the part of a line that holds them is read once more, and
the whole line where they come out otherwise. A date in numerals whose year is not whole (二六年三月五日) is read with
what stands before it: the finder of lines takes a thin 〇 for no character and begins behind it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import replace
from typing import Protocol, runtime_checkable

import numpy as np

from ocr.careful import careful_fields, line_of
from ocr.engines.ppocr import quad
from ocr.engines.types import Line, PageText
from ocr.imaging.types import Picture
from ocr.reading.dates import NUMERALS, find_dates
from ocr.reading.types import PageReading
from ocr.text import comparable

CONTEXT = 1  # character read again on either side of a name or number
_LONG_NUMBER = re.compile(r"[\dXx]{6,}")
_CUT_DATE = re.compile(rf"(?P<year>[{NUMERALS}]{{0,3}})年[{NUMERALS}]{{1,2}}月[{NUMERALS}]{{1,3}}日")


@runtime_checkable
class LineReader(Protocol):
    def read_again(self, picture: Picture, line: Line, page: PageText) -> Line | None:
        """Read one line of the page, or a part of one, as well as the engine can; None when nothing is seen now."""
        ...


def read_again(text: PageText, reading: PageReading, picture: Picture, reader: LineReader) -> PageText:
    """The same text with its names and numbers read once more, all of a line where they come out otherwise."""
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for field in careful_fields(reading):
        if (place := line_of(text, field.box)) is not None:
            wanted[place].add(field.raw)
    for place, line in enumerate(text.lines):
        wanted[place].update(_LONG_NUMBER.findall(line.text))
    lines = list(text.lines)
    for place, line in enumerate(text.lines):
        if not _confirmed(line, wanted[place], text, picture, reader):
            lines[place] = reader.read_again(picture, line, text) or line
        elif cut := _CUT_DATE.fullmatch(line.text):
            lines[place] = _with_century(line, 4 - len(cut["year"]), text, picture, reader)
    return replace(text, lines=tuple(lines))


def _with_century(line: Line, lost: int, page: PageText, picture: Picture, reader: LineReader) -> Line:
    """A date read again from `lost` characters further left; the same line where no whole date comes out."""
    top_left, top_right, bottom_right, bottom_left = np.array(line.box)
    back = (top_left - top_right) / len(line.text) * (lost + 0.5)
    wider = replace(line, box=quad(np.array((top_left + back, top_right, bottom_right, bottom_left + back))))
    seen = reader.read_again(picture, wider, page)
    return seen if seen is not None and seen.text.endswith(line.text) and find_dates(seen.text) else line


def _confirmed(line: Line, wanted: Set[str], page: PageText, picture: Picture, reader: LineReader) -> bool:
    """Whether the part of the line around these words reads the same once more; of no words it does."""
    if not wanted:
        return True
    starts = [line.text.find(words) for words in wanted]
    if min(starts) < 0 or len(line.chars) != len(line.text):
        return False  # words of two lines, or a line without places of its characters
    ends = [start + len(words) for start, words in zip(starts, wanted, strict=True)]
    seen = reader.read_again(picture, part_of(line, min(starts), max(ends)), page)
    return seen is not None and all(comparable(words) in comparable(seen.text) for words in wanted)


def part_of(line: Line, start: int, end: int) -> Line:
    """The characters from `start` to `end` of a line, with some around them; its box is as high as the line."""
    start, end = max(0, start - CONTEXT), min(len(line.chars), end + CONTEXT)
    top_left, top_right, _, bottom_left = np.array(line.box)
    across, down = top_right - top_left, bottom_left - top_left
    along = max(across, down, key=np.linalg.norm)
    places = (np.array([char.box for char in line.chars[start:end]]) - top_left) @ along / (along @ along)
    first = 0.0 if start == 0 else float(places.min())
    last = 1.0 if end == len(line.chars) else float(places.max())
    if along is across:
        corners = top_left + np.array((first * across, last * across, last * across + down, first * across + down))
    else:
        corners = top_left + np.array((first * down, across + first * down, across + last * down, last * down))
    return Line(line.text[start:end], line.confidence, quad(corners), line.chars[start:end])
