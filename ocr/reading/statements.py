"""What a printout of many pages (statement of account, ledger, call list) says about itself on each page."""

from __future__ import annotations

import re
from itertools import pairwise

from ocr.reading.dates import find_dates
from ocr.reading.text import Page, Row

HEAD_SHARE = 0.3
COLUMN_SHARE = 0.3  # running numbers stand in the first column
COUNTED_LEAST = 3  # times one row counts on from the row above

_ACCOUNT = re.compile(
    r"(?:[账帐]号|[账帐]户|卡号|微信号|QQ号?|(?:用户|本机|手机|查询|主叫)号码?)(?:\([^()]{1,6}\))?:?(?P<id>[\dA-Za-z*_@.\-]{8,40})"
)
_BROUGHT = re.compile("(?:承|接)[前上]页|[前上]页(?:结转|转来|余额)")
_CARRIED = re.compile("(?:过|转|结转)[次下后]页|[次下后]页续")
_SUM = re.compile(r"-?\d[\d,]{0,15}\.\d\d(?!\d)")
_BETWEEN = re.compile(r"[日号]?(?:至|到|[-—–~～]{1,2})")
_NUMBER = re.compile(r"\d{1,5}")


def find_account(page: Page) -> str:
    """Return the account, card or call number (账号、卡号、微信号、手机号码) told in the upper part; else nothing."""
    for line in _lines(page, HEAD_SHARE):
        match = _ACCOUNT.search(line)
        if match and sum(char.isdigit() for char in match["id"]) >= 4:
            return match["id"]
    return ""


def find_period(page: Page) -> str:
    """Return the days a printout reaches over (起止日期) as 2026-01-17/2026-04-17; else nothing."""
    lines = _lines(page, HEAD_SHARE)
    for text in (*lines, *(above + below for above, below in pairwise(lines))):
        for first, last in pairwise(find_dates(text)):
            if _BETWEEN.fullmatch(text[first.end : last.start]) and first.date < last.date:
                return f"{first.date}/{last.date}"
    return ""


def find_running(page: Page) -> tuple[int, int] | None:
    """Return the first and the last running number (序号) of a table's rows; numbers that do not count on, as misread
    ones, are left out."""
    cells = [row for row in page.rows if row.right < COLUMN_SHARE * page.width and _NUMBER.fullmatch(row.flat)]
    cells.sort(key=lambda row: row.top)
    counted = [(int(above.flat), int(below.flat)) for above, below in pairwise(cells) if _counts_on(above, below, page)]
    if len(counted) < COUNTED_LEAST:
        return None
    return counted[0][0], counted[-1][1]


def find_carried(page: Page) -> tuple[str, str]:
    """Return the sums brought from the page before (承前页) and carried to the next one (过次页), several parted by /;
    nothing where none stands."""
    brought = carried = ""
    for line in _lines(page, 1.0):
        sums = "/".join(one.replace(",", "") for one in _SUM.findall(line))
        if _BROUGHT.search(line):
            brought = brought or sums
        elif _CARRIED.search(line):
            carried = sums or carried
    return brought, carried


def _counts_on(above: Row, below: Row, page: Page) -> bool:
    return int(below.flat) == int(above.flat) + 1 and abs(above.left - below.left) < 2 * page.body


def _lines(page: Page, share: float) -> list[str]:
    """The lines of the upper `share` (0 to 1) of a page, what stands side by side together."""
    lines: list[list[Row]] = []
    for row in (row for row in page.rows if row.middle < share * page.height):
        if lines and row.beside(lines[-1][0]):
            lines[-1].append(row)
        else:
            lines.append([row])
    return ["".join(row.flat for row in sorted(line, key=lambda row: row.left)) for line in lines]
