"""Whether a page of a paper that runs over many goes on with those before: count, account, period, rows, sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ocr.reading.types import Field, PageReading

BETWEEN = 0.95  # how sure it is that a page between n and n + 2 of m goes on
LONG_TITLE = 6  # characters; two shorter titles that differ in one are two titles
ROWS_LOST = 2  # row numbers that may be misread between two pages


@dataclass(frozen=True)
class Signs:
    """What speaks for a page going on with the paper before it, and what for another paper.

    `counted`, `rows`, `account`: page count, row numbers and account go on. `first`: counted as page 1. `other`:
    another account or period. `again`: the row numbers begin again, as they also do on each page of some statements.
    `carried`: the sums brought forward (承前页) are those carried over (过次页), or none is read on the page before;
    `torn`: they are others.
    """

    counted: bool
    rows: bool
    account: bool
    first: bool
    other: bool
    again: bool
    carried: bool
    torn: bool

    @property
    def on(self) -> bool:
        return (self.counted or self.rows or self.account or self.carried) and not self.anew

    @property
    def anew(self) -> bool:
        return self.first or self.other

    @property
    def contradict(self) -> bool:
        """Whether they tell opposite things. An account has several statements: it is nothing against another one."""
        return ((self.counted or self.rows or self.carried) and self.anew) or self.torn


def between_counts(readings: Sequence[PageReading | None]) -> list[PageReading | None]:
    """The readings, a page without title and count (lying, torn, pale) counted where the pages around it leave room for
    it alone: 4 of 6, this one, 6 of 6."""
    counted = list(readings)
    filled = [place for place, reading in enumerate(readings) if reading is not None]
    for before, here, behind in zip(filled, filled[1:], filled[2:], strict=False):
        one, page, other = counted[before], readings[here], readings[behind]
        if not (one and one.page_of and page and other and other.page_of):
            continue
        n, m = one.page_of
        alone = page.page_of is None and page.title is None and not page.starts_document
        if alone and other.page_of == (n + 2, m) and not other.opens_record:
            sure = max(page.start_confidence, BETWEEN)
            counted[here] = replace(page, page_of=(n + 1, m), start_confidence=sure)
    return counted


def signs_of(pages: Sequence[PageReading], reading: PageReading) -> Signs:
    """Compare a page with the pages of a paper so far. Accounts and periods count on printouts, which are of a
    kind of many sorts (书证), only: other papers tell of accounts in their text."""
    printout = pages[0].kind is not None and pages[0].kind.assorted
    accounts = {page.account for page in pages if page.account} if printout else set()
    periods = {page.period for page in pages if page.period} if printout else set()
    before, rows = pages[-1].running, reading.running
    over, brought = pages[-1].carried[1], reading.carried[0] if printout else ""
    return Signs(
        counted=reading.page_no == len(pages) + 1,
        rows=before is not None and rows is not None and 1 <= rows[0] - before[1] <= 1 + ROWS_LOST,
        account=reading.account in accounts,
        first=reading.page_no == 1 or (reading.page_of is not None and reading.page_of[0] == 1),
        other=_another_account(accounts, reading.account) or bool(periods and reading.period not in {"", *periods}),
        again=before is not None and rows is not None and rows[0] <= 1 + ROWS_LOST,
        carried=brought != "" and over in ("", brought),
        torn=brought != "" and over not in ("", brought),
    )


def alike(one: Field, other: Field) -> bool:
    """Whether two titles are one, a character of which may be misread or lost on one of the pages."""
    short, long = sorted((one.value, other.value), key=len)
    if short == long:
        return True
    if len(long) < LONG_TITLE or len(long) - len(short) > 1:
        return False
    common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False))))
    return short[common + 1 + len(short) - len(long) :] == long[common + 1 :]


def _another_account(accounts: set[str], account: str) -> bool:
    """Whether none of the accounts known can be this one, read with one character wrong or lost."""
    if not account or not accounts:
        return False
    return all(_far(account, known) for known in accounts)


def _far(one: str, other: str) -> bool:
    if len(one) != len(other):
        return abs(len(one) - len(other)) > 1
    return sum(a != b for a, b in zip(one, other, strict=True)) > 1
