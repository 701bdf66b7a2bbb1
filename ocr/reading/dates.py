"""Chinese dates in digits and numerals: 2026年3月5日14时20分, 二〇二六年三月五日, 2026.03.05 14:20, 2026-03-05."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ZEROS = "〇○零oOQ0"  # engines read 〇 as a letter or a circle
NUMERALS = "一二三四五六七八九十〇○零"
SURE = 1.0
READ_THROUGH = 0.8  # a sign was read as its usual confusion

_FIGURE = "[0-9OoQlI]"  # a figure, or the letter read for it
FIGURES = str.maketrans("OoQlI", "00011")  # letters read for figures

# After 年, 月, 日 stand what engines write instead of them (measured on real scans).
_NUMERAL = re.compile(
    rf"(?P<year>[一二][一二三四五六七八九{ZEROS}]{{3}})(?P<y>[^一二三四五六七八九十]?)(?P<month>[一二三四五六七八九十]{{1,2}})"
    rf"(?P<m>[月目用门])(?P<day>[一二三四五六七八九十]{{1,3}})(?P<d>[日曰口白门])"
)
_DIGIT = re.compile(
    rf"(?<!\d)(?P<year>(?:[1l]9|2[0OoQ]){_FIGURE}{{2}})(?P<y>[年耳])(?P<month>{_FIGURE}{{1,2}})(?P<m>[月目用门])"
    rf"(?P<day>{_FIGURE}{{1,2}})(?P<d>[日曰口白门])"
    rf"(?:(?P<hour>{_FIGURE}{{1,2}})时(?:(?P<minute>{_FIGURE}{{1,2}})分)?)?"
)
_SIGNED = re.compile(
    rf"(?<![\d.])(?P<year>(?:[1l]9|2[0OoQ]){_FIGURE}{{2}})(?P<sign>[-./])(?P<month>{_FIGURE}{{1,2}})(?P=sign)(?P<day>{_FIGURE}{{1,2}})"
    r"(?:(?=\d\d:)(?P<hour>\d{2}):(?P<minute>\d{2})(?::\d{2})?)?(?![\d.])"
)


@dataclass(frozen=True)
class FoundDate:
    """A date at `start` to `end` of the text searched; `trust` is 1, less where a sign was read through."""

    date: dt.date
    time: dt.time | None
    start: int
    end: int
    trust: float
    numerals: bool

    @property
    def moment(self) -> dt.datetime | None:
        return dt.datetime.combine(self.date, self.time) if self.time is not None else None


def find_dates(flat: str) -> tuple[FoundDate, ...]:
    """Return all dates of a text without blanks, in order. What is no day of the calendar is left out."""
    found = [*_numerals(flat), *_digits(flat)]
    return tuple(sorted(found, key=lambda date: date.start))


def parse_number(text: str) -> int | None:
    """Return 0 to 99 from digits or Chinese numerals (十二, 二十, 三); None when it is neither."""
    if re.fullmatch(r"\d{1,3}", text):
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return DIGITS.get(text)
    high = DIGITS.get(tens) if tens else 1
    low = DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else 10 * high + low


def _numerals(flat: str) -> Iterator[FoundDate]:
    for match in _NUMERAL.finditer(flat):
        year = int("".join("0" if char in ZEROS else str(DIGITS[char]) for char in match["year"]))
        month, day = parse_number(match["month"]), parse_number(match["day"])
        if month is None or day is None:
            continue
        clean = not re.search(r"[oOQ0]", match["year"]) and (match["y"], match["m"], match["d"]) == ("年", "月", "日")
        date = _day(year, month, day)
        if date is not None and 1900 <= year < 2100:
            yield FoundDate(date, None, match.start(), match.end(), SURE if clean else READ_THROUGH, numerals=True)


def _digits(flat: str) -> Iterator[FoundDate]:
    for pattern in (_DIGIT, _SIGNED):
        for match in pattern.finditer(flat):
            parts = {name: part and part.translate(FIGURES) for name, part in match.groupdict().items()}
            date = _day(int(match["year"].translate(FIGURES)), int(parts["month"] or 0), int(parts["day"] or 0))
            if date is None:
                continue
            clean = (parts.get("y", "年"), parts.get("m", "月"), parts.get("d", "日")) == ("年", "月", "日")
            clean = clean and match[0] == match[0].translate(FIGURES)
            date, time = _time(date, parts["hour"], parts["minute"])
            yield FoundDate(date, time, match.start(), match.end(), SURE if clean else READ_THROUGH, numerals=False)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _time(date: dt.date, hour: str | None, minute: str | None) -> tuple[dt.date, dt.time | None]:
    """Return day and time; 24时 is 0 o'clock of the next day."""
    if hour is None:
        return date, None
    hours, minutes = int(hour), int(minute or 0)
    if hours == 24 and minutes == 0:
        return date + dt.timedelta(days=1), dt.time(0)
    if hours > 23 or minutes > 59:
        return date, None
    return date, dt.time(hours, minutes)
