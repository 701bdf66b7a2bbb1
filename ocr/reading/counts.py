"""How a page is counted (页码): n of m (第n页 共m页) or n alone, printed at the head or the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocr.reading.dates import parse_number
from ocr.reading.text import Page, Row

EDGE_SHARE = 0.15

_N = r"([\d一二三四五六七八九十]{1,3})"
_LEAF, _ALL, _BETWEEN = "[页张頁]", "(?:共计?|总共?计?|合计|全|of)", r"[,、/(;:|.。\-—·]{0,2}"
_PAGES = re.compile(
    rf"第{_N}{_LEAF}{_BETWEEN}{_ALL}{_N}{_LEAF}?"
    rf"|第{_N}{_LEAF}?/{_N}{_LEAF}"
    rf"|page:?{_N}(?:of|/){_N}",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"{_ALL}{_N}{_LEAF}(?:{_BETWEEN}(?:[本此]页[为是]?|当前)?第{_N}{_LEAF}|之第?{_N}(?:{_LEAF}|$))"  # 共四页之二
)
_FRACTION = re.compile(
    rf"[(\[<\-—–~·]*(?:页[码次数]?:?|p\.?)?(\d{{1,3}})/(\d{{1,3}}){_LEAF}?[)\]>\-—–~·]*", re.IGNORECASE
)
_ALONE = re.compile(
    rf"[(\[]?第{_N}{_LEAF}[)\]]?|[-—–~·]+(\d{{1,3}})[-—–~·]+|[【\[](\d{{1,3}})[】\]]|page:?(\d{{1,3}})", re.IGNORECASE
)
_UNFILLED = re.compile("第[页頁]?|共[页頁]?|[页頁]共?|第[页頁]共[页頁]?|[页頁]共[页頁]")
_BARE = re.compile(r"(?:卷宗?|卷?页|p\.?)?\d{1,4}[页张]?", re.IGNORECASE)  # the dossier's own numbers, too


def is_count(flat: str) -> bool:
    """Whether a line is nothing but a page's number, or the blank for one."""
    return any(pattern.fullmatch(flat) for pattern in (_PAGES, _TURNED, _FRACTION, _ALONE, _BARE, _UNFILLED))


def find_page_of(page: Page) -> tuple[int, int] | None:
    """Return n and m of n of m. Of several the smallest m: the dossier's own count (卷宗页码) may stand there, too."""
    rows = _edges(page)
    found = [
        count for text in [row.flat for row in rows] + [_line(row, rows) for row in rows] for count in _counts(text)
    ]
    return min(found, key=lambda count: count[1], default=None)


def find_page_no(page: Page) -> int | None:
    """Return n of 第n页 or - n -, where no total stands."""
    for row in _edges(page):
        match = _ALONE.fullmatch(row.flat)
        if match:
            return parse_number(match[match.lastindex or 0])
    return None


def _counts(text: str) -> Iterator[tuple[int, int]]:
    """All n of m that make sense."""
    straight = [(match[1] or match[3] or match[5], match[2] or match[4] or match[6]) for match in _PAGES.finditer(text)]
    turned = [(match[2] or match[3], match[1]) for match in _TURNED.finditer(text)]
    fraction = _FRACTION.fullmatch(text)
    for this, total in (*straight, *turned, *([(fraction[1], fraction[2])] if fraction else [])):
        n, m = parse_number(this), parse_number(total)
        if n is not None and m is not None and 1 <= n <= m:
            yield n, m


def _edges(page: Page) -> list[Row]:
    edge = EDGE_SHARE * page.height
    return [row for row in page.rows if row.middle < edge or row.middle > page.height - edge]


def _line(row: Row, rows: Sequence[Row]) -> str:
    """Return the text of a whole line of the page: 第1页 and 共2页 are often read apart."""
    return "".join(other.flat for other in sorted(rows, key=lambda r: r.left) if other is row or other.beside(row))
