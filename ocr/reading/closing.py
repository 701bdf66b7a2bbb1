"""The date of a paper: the closing date under its text, or, for a record, the moment it started."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ocr.reading.dates import FoundDate, find_dates
from ocr.reading.text import Fold, Page, Row, field, is_talk, join, left_of, right_of, runs
from ocr.reading.titles import Title
from ocr.reading.types import Field

HEAD_SHARE = 0.5  # the header of a record stands in the upper half
EDGE_SHARE = 0.05  # no closing date stands above
FOOT_SHARE = 0.94
END_ONLY = 0.6  # trust in a record's date when only its end can be read
FIRST = 0.9  # trust in the first moment told over the talk of a record, whatever words stand before it
SURE, ALONE, SIGNED, PRINTING_TIME = 1.0, 0.95, 0.9, 0.7
PRINTED = "打印"  # role of a date that only tells when the page was printed
LONGEST_NAME = 4

_START = re.compile(
    r"^(?:[一二三四五六七八九十]、|\d[.、])?(?:\(?第.{1,3}次\)?)?"
    r"(?:(?:讯问|询问|现场|勘验|勘查|辨认|检查|提取|搜查|指认|扣押|调查|谈话|笔录|制作|开始|起止|起始){0,3}的?时间"
    r"|(?:开始|起始)(?=:|$|20)):?(?:自|从)?"
)
_THROUGH = re.compile(r"至|到|[-—–~～]+(?=(?:19|20)\d\d年|\d{1,2}[时:])")
_END = re.compile(r"至|止|到|.{0,6}(?:结束|终止|截止)(?:时间|:|$|20)")
# 询 folds to 讯
_PERSON = (
    "被讯问人",
    "犯罪嫌疑人姓名",
    "辨认人",
    "持有人",
    "见证人",
    "被讯问人姓名",
    "嫌疑人姓名",
    "勘验事由",
    "存储介质",
    "当事人",
)
_GOING_ON = ("至", "到", "自", "从", "于", "在")
_MADE = re.compile(r"(?:打印|立卷|填发|收到|查询|制作|测试|检测|填表|登记|出具|抽血|抽取|提取)(?:时间|日期):?$")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?!\d)")
_TAIL = re.compile("年.{1,3}月.{1,3}日?$")
_BARE = re.compile(r"[\W_]*(?:\d{1,2}时?)?[\W_]*")
_SIGN = re.compile("[签鉴][名字收章]|指印")
# A label that does not say 签名, alone or read together with the name behind it.
_SIGNING = re.compile(rf"(?:人|员|警察|民警|家属|负责人|律师|师):[一-龥]{{0,{LONGEST_NAME}}}$")
_SIGNER = re.compile(r"(?:(?:日期|时间):?|.{0,14}\(?(?:[签鉴][名字收]|指印|盖章|印章|公章|章)\)?:?[一-龥]{0,8})?")


@dataclass(frozen=True)
class Dated:
    """The date found and whether it is the start of a record."""

    date: Field | None
    record: bool


def find_date(page: Page, fold: Fold, title: Title | None) -> Dated:
    """Return the paper's date on this page; the value is in ISO form. Of several as good the one told most often."""
    start = _record_start(page, fold, title)
    if start is not None:
        return Dated(start, record=True)
    in_sentence = {id(row) for run in runs(page) for row in run.rows[1:]}
    in_sentence |= {id(row) for above, row in pairwise(page.rows) if above.flat.endswith(_GOING_ON)}
    rows = [_whole(row, page) for row in page.rows if id(row) not in in_sentence]
    highest = title.last.bottom + page.body if title is not None else EDGE_SHARE * page.height
    closing = [(rank, row, date) for row in rows for rank, date in _closing(row, page, highest)]
    if not closing:
        return Dated(None, record=False)
    best = max(rank for rank, _, _ in closing)
    equals = [(row, date) for rank, row, date in closing if rank == best]
    told = Counter(date.date for _, date in equals)
    row, date = max(equals, key=lambda pair: told[pair[1].date])
    return Dated(_field(row, date, best), record=False)


def _record_start(page: Page, fold: Fold, title: Title | None) -> Field | None:
    """时间 … 至 … with 笔录 in the title or the person the record is taken of makes a page the first of a record."""
    head = [row for row in page.rows if row.middle < HEAD_SHARE * page.height]
    folded = "".join(fold(row.flat) for row in head)
    named = title is not None and "笔录" in title.field.value
    if not named and not any(fold(person) in folded for person in _PERSON):
        return None
    start = _labelled_start(head, page)
    if start is not None or not named:
        return start
    above = [row for row in takewhile(lambda row: not is_talk(row), head) if not _beside_a_hand(row, page)]
    moments = [(row, date) for row in above for date in find_dates(row.flat) if date.time is not None]
    whom = any(fold(person) in fold("".join(row.flat for row in above)) for person in (*_PERSON, "姓名"))
    return _field(*moments[0], FIRST) if moments and whom else None


def _beside_a_hand(row: Row, page: Page) -> bool:
    """Whether a row stands behind a place to sign."""
    label = left_of(row, page)
    return label is not None and _is_signed(label, page)


def _labelled_start(head: Sequence[Row], page: Page) -> Field | None:
    """The date behind 时间 where an end follows."""
    for row in (_with_cell(row, page) for row in head):
        label = _START.match(row.flat)
        dates = find_dates(row.flat)
        follows = (_THROUGH.search(row.flat) is not None) or any(
            _END.match(other.flat) for other in head if 0 < other.middle - row.middle < 3 * page.body
        )
        if label and dates and follows:
            return _field(row, dates[0], SURE if dates[0].start <= label.end() + 1 else END_ONLY)
    return None


def _with_cell(row: Row, page: Page) -> Row:
    """A label alone (时间) together with the cell beside it."""
    if not _START.fullmatch(row.flat):
        return row
    cell = right_of(row, page)
    return row if cell is None else join([row, cell])


def _whole(row: Row, page: Page) -> Row:
    """A date that a seal made the engine read in two pieces (二〇 | 二六年三月五日) is put together again."""
    if not _TAIL.search(row.flat) or find_dates(row.flat):
        return row
    before = left_of(row, page)
    if before is None or row.left - before.right > row.height:
        return row
    return join([before, row])


def _closing(row: Row, page: Page, highest: float) -> list[tuple[float, FoundDate]]:
    """Rank a row's date: numerals alone, digits alone, beside a signature, printing time; a table's cell is none."""
    dates = find_dates(row.flat)
    if not dates:
        return []
    date = dates[-1]
    if row.middle > FOOT_SHARE * page.height and date.time is not None:  # when the page was printed
        return [(PRINTING_TIME, date)]
    before, after = row.flat[: date.start], row.flat[date.end :]
    label = left_of(row, page)
    if _MADE.search(before) or (label is not None and not before and _MADE.search(label.flat)):
        return [(PRINTING_TIME, date)]
    alone = len(dates) == 1 and _SIGNER.fullmatch(before) is not None and _BARE.fullmatch(after) is not None
    if not alone or row.middle < highest:
        return []
    if date.numerals:
        return [(SURE, date)]
    signed = before != "" or _beside_a_hand(row, page)
    if signed:
        return [(SIGNED, date)]
    free = label is None and right_of(row, page) is None and not _heads_moments(row, page)
    return [(ALONE, date)] if free else []


def _heads_moments(row: Row, page: Page) -> bool:
    """Whether the next line tells a moment of that day, as in a list by days (statements, calls)."""
    below = min((other for other in page.rows if other.top > row.middle), key=lambda other: other.top, default=None)
    return below is not None and _CLOCK.match(below.flat) is not None


def _is_signed(row: Row, page: Page) -> bool:
    """Whether a row is a signature label, or a name right of one."""
    here: Row | None = row
    while here is not None:
        if _SIGN.search(here.flat) or _SIGNING.search(here.flat):
            return True
        here = left_of(here, page) if len(here.flat) <= LONGEST_NAME else None
    return False


def _field(row: Row, date: FoundDate, rank: float) -> Field:
    found = field(row, date.start, date.end, date.date.isoformat(), trust=date.trust * rank)
    return replace(found, role=PRINTED) if rank == PRINTING_TIME else found
