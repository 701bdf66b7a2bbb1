"""The date of a paper: the closing date under its text, or, for a record, the moment it started."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocr.reading.dates import FoundDate, find_dates
from ocr.reading.text import Fold, Page, Row, field, join, left_of
from ocr.reading.types import Field

HEAD_SHARE = 0.5  # the header of a record stands in the upper half
TOP_SHARE = 0.3  # no closing date stands above
SURE, ALONE, SIGNED, PRINTING_TIME = 1.0, 0.95, 0.9, 0.7
LONGEST_NAME = 4

_START = re.compile(r"^(?:\(?第.{1,3}次\)?)?(?:讯问|询问|勘验|辨认|检查|提取|搜查|起止)?时间:?(?:自|从)?")
_PERSON = ("被讯问人", "犯罪嫌疑人姓名", "辨认人", "持有人", "见证人", "被讯问人姓名", "嫌疑人姓名")  # 询 folds to 讯
_MADE = re.compile(r"(?:打印|查询|制作|测试|检测|填表|登记|出具|抽血|抽取|提取)(?:时间|日期):?$")
_TAIL = re.compile("年.{1,3}月.{1,3}日?$")
_BARE = re.compile(r"[\W_]*(?:\d{1,2}时?)?[\W_]*")
_SIGN = re.compile("[签鉴][名字收章]|指印")
_SIGNER = re.compile(r"(?:(?:日期|时间):?|.{0,14}\(?(?:[签鉴][名字收]|指印|盖章|印章|公章|章)\)?:?[一-龥]{0,8})?")


@dataclass(frozen=True)
class Dated:
    """The date found and whether it is the start of a record."""

    date: Field | None
    record: bool


def find_date(page: Page, fold: Fold) -> Dated:
    """Return the paper's date on this page; the value is in ISO form."""
    start = _record_start(page, fold)
    if start is not None:
        return Dated(start, record=True)
    rows = [_whole(row, page) for row in page.rows]
    closing = [(rank, row, date) for row in rows for rank, date in _closing(row, page)]
    if not closing:
        return Dated(None, record=False)
    best = max(rank for rank, _, _ in closing)
    row, date = next((row, date) for rank, row, date in closing if rank == best)
    return Dated(_field(row, date, best), record=False)


def _record_start(page: Page, fold: Fold) -> Field | None:
    """时间 … 至 … with the person the record is taken of makes a page the first of a record."""
    head = [row for row in page.rows if row.middle < HEAD_SHARE * page.height]
    folded = "".join(fold(row.flat) for row in head)
    if not any(fold(person) in folded for person in _PERSON):
        return None
    for row in head:
        label = _START.match(row.flat)
        dates = find_dates(row.flat)
        follows = "至" in row.flat or any(
            "至" in other.flat[:2] for other in head if 0 < other.middle - row.middle < 3 * page.body
        )
        if label and dates and dates[0].start <= label.end() + 1 and follows:
            return _field(row, dates[0], SURE)
    return None


def _whole(row: Row, page: Page) -> Row:
    """A date that a seal made the engine read in two pieces (二〇 | 二六年三月五日) is put together again."""
    before = left_of(row, page)
    if before is None or row.left - before.right > row.height or find_dates(row.flat) or not _TAIL.search(row.flat):
        return row
    return join([before, row])


def _closing(row: Row, page: Page) -> list[tuple[float, FoundDate]]:
    """Rank a row's date: numerals alone, digits alone, beside a signature, printing time; a table's cell is none."""
    dates = find_dates(row.flat)
    if not dates:
        return []
    date = dates[-1]
    before, after = row.flat[: date.start], row.flat[date.end :]
    label = left_of(row, page)
    if _MADE.search(before) or (label is not None and not before and _MADE.search(label.flat)):
        return [(PRINTING_TIME, date)]
    alone = len(dates) == 1 and _SIGNER.fullmatch(before) is not None and _BARE.fullmatch(after) is not None
    if not alone or row.middle < TOP_SHARE * page.height:
        return []
    if date.numerals:
        return [(SURE, date)]
    signed = before != "" or (label is not None and _is_signed(label, page))
    if signed:
        return [(SIGNED, date)]
    return [(ALONE, date)] if label is None else []


def _is_signed(row: Row, page: Page) -> bool:
    """Whether a row is a signature label, or a name right of one."""
    here: Row | None = row
    while here is not None:
        if _SIGN.search(here.flat):
            return True
        here = left_of(here, page) if len(here.flat) <= LONGEST_NAME else None
    return False


def _field(row: Row, date: FoundDate, rank: float) -> Field:
    return field(row, date.start, date.end, date.date.isoformat(), trust=date.trust * rank)
