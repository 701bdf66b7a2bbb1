"""The lines of one page as the reading rules see them: without blanks, half-width, with their places kept."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocr.engines.types import Char, Line, PageText, Quad
from ocr.imaging.types import Box
from ocr.reading.types import Field

MM_PER_INCH = 25.4
UPRIGHT_LEAST = 3  # characters
_CHINESE = re.compile("[一-龥]")
_TALK = re.compile(r"[问答][:;、.,\-—]?|[【\[(<][问答][】\])>]")
ENOUGH_CHINESE = 3  # lines; a table of figures may have fewer
CLOSING = ("。", "；", ";", ":", "!", "?")


@dataclass(frozen=True)
class Row:
    """One recognised line. `flat`: its text without blanks; `places`: where each character stands in `line.text`."""

    line: Line
    flat: str
    places: tuple[int, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @cached_property
    def type_height(self) -> float:
        """Height of its Chinese characters: of their ink, where that is known, as engines frame long lines higher."""
        edges = [bounds(char.box) for char in self.line.chars if _CHINESE.fullmatch(char.text)]
        return statistics.median(bottom - top for _, top, _, bottom in edges) if edges else self.height

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def beside(self, other: Row) -> bool:
        """Whether both stand on one line of the page."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * min(self.height, other.height)


@dataclass(frozen=True)
class Page:
    """All rows of one page in reading order; sizes in pixels."""

    rows: tuple[Row, ...]
    width: int
    height: int
    px_per_mm: float
    body: float  # usual height of a line
    type_height: float  # usual height of a line's Chinese characters

    @property
    def flat(self) -> str:
        return "".join(row.flat for row in self.rows)


def make_page(text: PageText, width: int, height: int, dpi: int) -> Page:
    """Make a page of the engine's lines; lines without a visible character and upright ones (stamps at the edge, which
    stand beside every line) are left out."""
    rows = tuple(row for row in map(row_of, text.lines) if row.flat and not _upright(row))
    usual = [row for row in rows if len(row.flat) >= 6] or rows
    body = statistics.median([row.height for row in usual] or [1.0])
    chinese = [row for row in rows if len(_CHINESE.findall(row.flat)) > 1]
    type_height = statistics.median(
        [row.type_height for row in (chinese if len(chinese) >= ENOUGH_CHINESE else usual)] or [1.0]
    )
    return Page(rows, width, height, dpi / MM_PER_INCH, body, type_height)


def _upright(row: Row) -> bool:
    return len(row.flat) >= UPRIGHT_LEAST and row.height > 2 * (row.right - row.left)


def row_of(line: Line) -> Row:
    flat, places = flatten(line.text)
    left, top, right, bottom = bounds(line.box)
    return Row(line, flat, places, left, top, right, bottom)


def is_talk(row: Row) -> bool:
    """Whether a question or an answer begins with the line, its mark set apart: by 问： or 【问】 or a blank."""
    mark = _TALK.match(row.flat)
    return mark is not None and (mark.end() > 1 or len(row.flat) == 1 or row.places[1] > row.places[0] + 1)


@dataclass(frozen=True)
class Run:
    """Lines that go on in one sentence, or one line alone; `flat` is their text one after the other."""

    rows: tuple[Row, ...]

    @property
    def flat(self) -> str:
        return "".join(row.flat for row in self.rows)

    def parted(self, at: int) -> bool:
        """Whether a blank was read before the character `at`, or the sentence ends there."""
        before = 0
        for row in self.rows:
            if before < at < before + len(row.flat):
                return row.places[at - before] > row.places[at - before - 1] + 1
            before += len(row.flat)
        return at == before

    def field(self, start: int, end: int, value: str, *, trust: float = 1.0) -> Field:
        """Make a field of the characters `start` to `end`, on whatever lines they stand."""
        parts, before = [], 0
        for row in self.rows:
            first, last = max(start - before, 0), min(end - before, len(row.flat))
            if first < last:
                parts.append(field(row, first, last, value, trust=trust))
            before += len(row.flat)
        return across(parts, value) if len(parts) > 1 else parts[0]


def runs(page: Page) -> tuple[Run, ...]:
    """The lines of a page, those together of which one goes on in the next: full to the right, with no closing sign."""
    right = max((row.right for row in page.rows), default=0.0)
    left = min((row.left for row in page.rows if len(row.flat) > 2), default=0.0)
    joined: list[list[Row]] = []
    for row in page.rows:
        last = joined[-1][-1] if joined else None
        goes_on = (
            last is not None
            and last.right - last.left > 0.5 * page.width
            and last.right > right - 3 * page.body
            and not last.flat.endswith(CLOSING)
            and row.left < left + 3 * page.body
            and 0 < row.middle - last.middle < 3 * page.body
            and right_of(row, page) is None  # the first cell of a table
        )
        if goes_on:
            joined[-1].append(row)
        else:
            joined.append([row])
    return tuple(Run(tuple(rows)) for rows in joined)


def flatten(text: str) -> tuple[str, tuple[int, ...]]:
    """Drop blanks and filling lines, make full-width signs half-width; return the text and each character's place."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() or char in "_﹏＿":
            continue
        plain = unicodedata.normalize("NFKC", char)
        kept.append(plain if len(plain) == 1 else char)
        places.append(place)
    return "".join(kept), tuple(places)


class Fold:
    """Replaces what an engine confuses by one representative, so that a misread key still matches."""

    def __init__(self, confusions: Mapping[str, str]) -> None:
        self._pairs = [(pair, single) for pair, single in confusions.items() if len(pair) > 1]
        self._table = str.maketrans({wrong: right for wrong, right in confusions.items() if len(wrong) == 1})

    def __call__(self, flat: str) -> str:
        for pair, single in self._pairs:
            flat = flat.replace(pair, single)
        return flat.translate(self._table)


def bounds(quad: Quad) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the upright box around a quad."""
    xs, ys = [point[0] for point in quad], [point[1] for point in quad]
    return min(xs), min(ys), max(xs), max(ys)


def right_of(label: Row, page: Page) -> Row | None:
    """Return the nearest row to the right on the same line: the cell a label belongs to."""
    rows = [row for row in page.rows if row is not label and row.beside(label)]
    return min((row for row in rows if row.left >= label.right - label.height / 2), key=lambda r: r.left, default=None)


def left_of(cell: Row, page: Page) -> Row | None:
    """Return the nearest row to the left on the same line: the label a cell belongs to."""
    rows = [row for row in page.rows if row is not cell and row.beside(cell)]
    return max((row for row in rows if row.right <= cell.left + cell.height / 2), key=lambda r: r.right, default=None)


def join(rows: Sequence[Row]) -> Row:
    """Make one row of several that stand beside each other, left to right."""
    if len(rows) == 1:
        return rows[0]
    left, top = min(row.left for row in rows), min(row.top for row in rows)
    right, bottom = max(row.right for row in rows), max(row.bottom for row in rows)
    blank = Char(" ", 1.0, ((left, top), (left, top), (left, top), (left, top)))
    chars = tuple(char for row in rows for char in (*row.line.chars, blank))[:-1]
    line = Line(
        " ".join(row.line.text for row in rows),
        min(row.line.confidence for row in rows),
        ((left, top), (right, top), (right, bottom), (left, bottom)),
        chars if all(row.line.chars for row in rows) else (),
    )
    return row_of(line)


def field(row: Row, start: int, end: int, value: str, *, trust: float = 1.0) -> Field:
    """Make a field of the characters `start` to `end` of a row's flat text.

    `trust` (0 to 1) says how sure the rule is; the confidence is that times the weakest character's.
    """
    first, last = row.places[start], row.places[end - 1] + 1
    confidence, box = _measure(row, first, last)
    return Field(value, row.line.text[first:last], confidence * trust, box)


def across(fields: Sequence[Field], value: str) -> Field:
    """Join fields of several rows into one."""
    left = min(part.box[0] for part in fields)
    top = min(part.box[1] for part in fields)
    right = max(part.box[0] + part.box[2] for part in fields)
    bottom = max(part.box[1] + part.box[3] for part in fields)
    raw = "".join(part.raw for part in fields)
    return Field(value, raw, min(part.confidence for part in fields), (left, top, right - left, bottom - top))


def span(row: Row, start: int, end: int) -> Box:
    """Return the box of the flat characters `start` to `end`."""
    return _measure(row, row.places[start], row.places[end - 1] + 1)[1]


def _measure(row: Row, first: int, last: int) -> tuple[float, Box]:
    """Return confidence and box of a part of the raw text; engines without characters give the line's share."""
    text, chars = row.line.text, row.line.chars
    if "".join(char.text for char in chars) == text and len(chars) == len(text):
        part = [char for char in chars[first:last] if char.text.strip()]
        edges = [bounds(char.box) for char in part]
        confidence = min(char.confidence for char in part)
        left, right = min(edge[0] for edge in edges), max(edge[2] for edge in edges)
        top, bottom = min(edge[1] for edge in edges), max(edge[3] for edge in edges)
    else:
        confidence = row.line.confidence
        pitch = (row.right - row.left) / len(text)
        left, right = row.left + first * pitch, row.left + last * pitch
        top, bottom = row.top, row.bottom
    return confidence, (round(left), round(top), round(right - left), round(bottom - top))
