"""Single things a page says: identity numbers, charge, ordinal of a record, document number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from ocr.reading.dates import parse_number
from ocr.reading.id_number import birth_date, check_digit_ok
from ocr.reading.numbers import FoundNumber, find_number
from ocr.reading.text import Page, Row, across, field, runs
from ocr.reading.titles import Title
from ocr.reading.types import Field

WRONG_CHECK_DIGIT = 0.3  # most trust an identity number gets that fails its own check: it is asked, never corrected
ID_LENGTH = 18
NUMBER_SHARE = 0.45  # the paper's own number stands above the middle

_ID = re.compile(r"(?<![\dA-Za-z])[\dOo]{17}[\dXx](?![\dA-Za-z])")
_PART = re.compile(r"\d{1,17}|\d{0,16}[Xx]")
_ORDINAL = re.compile(
    r"第([\d一二三四五六七八九十]{1,3})次(?=\)|讯问|询问|$)|(?<=笔录)\(([\d一二三四五六七八九十]{1,3})\)$"
)
_CHARGE = re.compile(r"涉嫌(?:的)?(?P<name>[一-龥、]{2,20}?)(?:罪|一案|案)")


def find_id_numbers(page: Page) -> tuple[Field, ...]:
    """Return identity numbers; one that fails the check digit or the calendar keeps at most 0.3."""
    found: dict[str, Field] = {}
    for run in runs(page):
        for match in _ID.finditer(run.flat):
            value = match[0].upper().replace("O", "0")  # the check digit tells whether it was one
            number = run.field(match.start(), match.end(), value, trust=1.0 if _proved(value) else WRONG_CHECK_DIGIT)
            found.setdefault(value, number)
    for number in _in_two_parts(page):
        found.setdefault(number.value, number)
    return tuple(found.values())


def _proved(value: str) -> bool:
    return check_digit_ok(value) and birth_date(value) is not None


def _in_two_parts(page: Page) -> Iterator[Field]:
    """Numbers broken over two lines of a narrow cell, or read in two pieces: those that their check digit proves."""
    parts = [row for row in page.rows if _PART.fullmatch(row.flat)]
    for first, last in permutations(parts, 2):
        if len(first.flat) + len(last.flat) != ID_LENGTH or not _goes_on(first, last):
            continue
        value = f"{first.flat}{last.flat}".upper()
        if _proved(value):
            yield across([field(row, 0, len(row.flat), value) for row in (first, last)], value)


def _goes_on(first: Row, last: Row) -> bool:
    """Whether a row stands in the next line, or behind the first one with little room between."""
    if last.beside(first):
        return 0 <= last.left - first.right < 2 * first.height
    return 0 < last.middle - first.middle < 2.5 * first.height and abs(last.left - first.left) < first.height


def find_charge(page: Page, charges: Sequence[str]) -> Field | None:
    """Return the charge (罪名) without 罪: one the profile lists, else whatever stands between 涉嫌 and 罪."""
    longest_first = sorted(charges, key=len, reverse=True)
    known = re.compile(rf"(?P<name>{'|'.join(map(re.escape, longest_first))})(?=罪|一案|案)") if charges else None
    lines = runs(page)
    for run in lines:
        match = known.search(run.flat) if known else None
        if match:
            return run.field(match.start(), match.end(), match["name"])
    for run in lines:
        match = _CHARGE.search(run.flat)
        if match:
            return run.field(match.start("name"), match.end("name"), match["name"], trust=0.7)
    return None


def find_ordinal(page: Page, title: Title | None) -> Field | None:
    """Return which record of a person it is, from the title or the lines just below it."""
    if title is None:
        return None
    low, high = title.field.box[1] - 2 * page.body, title.last.bottom + 4 * page.body
    for row in page.rows:
        if low <= row.middle <= high and len(row.flat) <= 24:
            match = _ORDINAL.search(row.flat)
            value = parse_number(match[1] or match[2]) if match else None
            if match and value:
                return field(row, match.start(), match.end(), str(value))
    return None


def find_own_number(page: Page, title: Title | None, patterns: Sequence[str]) -> tuple[Field, FoundNumber] | None:
    """Return the paper's own number (文号): a line of its own above the middle, the nearest to the title first."""
    rows = [row for row in page.rows if row.middle < NUMBER_SHARE * page.height]
    if title is not None:
        rows.sort(key=lambda row: abs(row.middle - title.last.middle))
    for row in rows:
        number = find_number(row.flat, patterns)
        if number is not None:
            return field(row, number.start, number.end, number.value, trust=number.trust), number
    return None
