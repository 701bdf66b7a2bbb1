"""What a paper says (要素), found by the profile's labels: the moment, name, number or words, with its place."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from dossier.model import Face
from dossier.profile.acceptance import FactRule
from ocr.engines.types import Line, PageText
from ocr.imaging.types import Box
from ocr.reading.dates import FoundDate, find_dates
from ocr.reading.text import Page, Row, across, bounds, field, make_page, right_of
from ocr.reading.types import Field

CURTAILED = 0.5  # sureness of a figure beside another that says more: a character was read as none
_STROKES = tuple("一丨|lI")  # what engines read for a 7 or 1; right behind a date, its last figure
LABEL_REACH = 40  # characters before a value in which its label may stand
_STOP = re.compile(
    r"[,。;、]|性别|民族|出生|年龄|身份证|证件|住址|住所|现住|户籍|工作单位|单位|职务|职业|电话|联系|时间|地点|记录人|(?:被)?[讯询]问[人员]|侦查员|签名|\("
)
_NAME = re.compile(r"[一-龥]{2,4}(?:·[一-龥]{1,8})*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千两]+")
_DIGITS = dict(zip("零壹贰叁肆伍陆柒捌玖一二三四五六七八九两", (*range(10), *range(1, 10), 2), strict=True))
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Moment:
    """A point in time as a paper gives it: to the minute, the hour or only the day; both ends in local time."""

    earliest: dt.datetime
    latest: dt.datetime

    def __str__(self) -> str:
        whole_day = self.latest - self.earliest > dt.timedelta(hours=2)
        return f"{self.earliest:%Y-%m-%d}" if whole_day else f"{self.earliest:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Fact:
    """One thing said. `value`: normalised; `words`: as read. `box`: pixels of the face's picture; None: it has no
    place."""

    value: str
    sure: float
    face: Face | None
    box: Box | None
    moment: Moment | None = None
    words: str = ""


@dataclass(frozen=True)
class FaceText:
    """The text of one face without blanks, each character's place kept."""

    face: Face

    @cached_property
    def _page(self) -> Page:
        text = PageText("", "", {}, self.face.lines)
        return make_page(text, self.face.width_px, self.face.height_px, self.face.dpi)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._page.rows

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for row in self.rows:
            starts.append(at)
            at += len(row.flat)
        return starts

    @cached_property
    def flat(self) -> str:
        return "".join(row.flat for row in self.rows)

    def said(self, start: int, end: int, value: str) -> Fact:
        """The characters `start` to `end` of `flat` as a fact."""
        joined = across(list(self._parts(start, end)), value)
        return Fact(value, joined.confidence, self.face, joined.box, words="".join(joined.raw.split()))

    def next_to(self, end: int) -> str:
        """The character at `end` of `flat`, if it stands on the same row as the one before; else nothing."""
        return "" if end in self._starts else self.flat[end : end + 1]

    def placed_rows(self) -> Iterator[tuple[Row, int]]:
        """Each row with the place of its first character in `flat`."""
        return zip(self.rows, self._starts, strict=True)

    def table(self) -> Iterator[list[Fact]]:
        """What stands on one height, from left to right; blanks part cells that were read as one line."""
        lines: dict[int, list[int]] = {}
        for index, row in enumerate(self.rows):
            home = next((first for first in lines if self.rows[first].beside(row)), index)
            lines.setdefault(home, []).append(index)
        for cells in lines.values():
            ordered = sorted(cells, key=lambda index: self.rows[index].left)
            spans = [span for index in ordered for span in self._parted(index)]
            yield [self.said(start, end, self.flat[start:end]) for start, end in spans]

    def _parted(self, index: int) -> Iterator[tuple[int, int]]:
        row, first = self.rows[index], self._starts[index]
        cuts = [at for at in range(1, len(row.flat)) if row.places[at] > row.places[at - 1] + 1]
        for start, end in pairwise((0, *cuts, len(row.flat))):
            yield first + start, first + end

    def start_of(self, row: Row) -> int:
        """The place of a row's first character in `flat`."""
        return next(start for each, start in self.placed_rows() if each is row)

    def beside(self, row: Row) -> Row | None:
        """The cell to the right of a row."""
        return right_of(row, self._page)

    def _parts(self, start: int, end: int) -> Iterator[Field]:
        row = bisect_right(self._starts, start) - 1
        while row < len(self.rows) and self._starts[row] < end:
            first = max(0, start - self._starts[row])
            last = min(len(self.rows[row].flat), end - self._starts[row])
            yield field(self.rows[row], first, last, "")
            row += 1


def box_of(line: Line) -> Box:
    """The upright box around a line."""
    left, top, right, bottom = bounds(line.box)
    return round(left), round(top), round(right - left), round(bottom - top)


def facts_of(texts: tuple[FaceText, ...], rules: Mapping[str, FactRule]) -> dict[str, tuple[Fact, ...]]:
    """All that the faces of one document say by these rules, in reading order."""
    return {name: tuple(fact for text in texts for fact in _find(text, rule)) for name, rule in rules.items()}


def amount(words: str) -> float | None:
    """A number in digits (3,200.5) or in words (叁仟贰佰, 二); None when it is neither."""
    if words[:1].isdigit():
        return float(words.replace(",", ""))
    total = section = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _GROUPS:
            total = (total + section + digit) * _GROUPS[char]
            section = digit = 0
        else:
            return None
    return float(total + section + digit)


def day_moment(day: dt.date) -> Moment:
    """A date without a time: any moment of that day."""
    return Moment(dt.datetime.combine(day, dt.time.min), dt.datetime.combine(day, dt.time(23, 59)))


def moment_of(found: FoundDate, words: str) -> Moment:
    """A date as read; without minutes it is some moment of that hour."""
    if found.moment is None:
        return day_moment(found.date)
    whole_hour = ":" not in words and "分" not in words
    return Moment(found.moment, found.moment + dt.timedelta(minutes=59 if whole_hour else 0))


def _find(text: FaceText, rule: FactRule) -> Iterator[Fact]:
    if not text.rows:
        return
    if rule.type == "moment":
        yield from _moments(text, rule)
    elif rule.type in ("text", "name"):
        yield from _words(text, rule)
    else:
        yield from _matches(text, rule, _NUMBER if rule.type == "number" else re.compile(rule.value))


def _moments(text: FaceText, rule: FactRule) -> Iterator[Fact]:
    for found in find_dates(text.flat):
        if not _fits(text.flat, found.start, found.end, rule):
            continue
        moment = moment_of(found, text.flat[found.start : found.end])
        said = text.said(found.start, found.end, str(moment))
        most = CURTAILED if text.next_to(found.end) in _STROKES else 1.0
        yield replace(said, sure=min(most, said.sure * found.trust), moment=moment)


def _matches(text: FaceText, rule: FactRule, pattern: re.Pattern[str]) -> Iterator[Fact]:
    for match in pattern.finditer(text.flat):
        if not _fits(text.flat, match.start(), match.end(), rule):
            continue
        value = _plain(match[0]) if rule.type == "number" else match[0]
        if value is not None:
            said = text.said(match.start(), match.end(), value)
            yield replace(said, sure=min(said.sure, text.said(max(0, match.start() - 1), match.end(), "").sure))


def _words(text: FaceText, rule: FactRule) -> Iterator[Fact]:
    """What follows the label on its row; of a label that ends its row, what stands beside it."""
    for row, _ in text.placed_rows():
        for match in re.finditer(rule.label, row.flat):
            holder, at = (row, match.end()) if match.end() < len(row.flat) else (text.beside(row), 0)
            if holder is not row and "签" in match[0]:  # what a hand wrote there is no safe reading
                continue
            if holder is None:
                continue
            rest = holder.flat[at:]
            stop = _STOP.search(rest)
            words = rest[: stop.start()] if stop else rest
            if words and (rule.type == "text" or _NAME.fullmatch(words)):
                first = text.start_of(holder) + at
                yield text.said(first, first + len(words), words)


def _fits(flat: str, start: int, end: int, rule: FactRule) -> bool:
    before = flat[max(0, start - LABEL_REACH) : start]
    labelled = not rule.label or re.search(rf"(?:{rule.label})$", before) is not None
    return labelled and (not rule.tail or re.match(rule.tail, flat[end:]) is not None)


def _plain(words: str) -> str | None:
    number = amount(words)
    return None if number is None else f"{number:g}"
