"""One page's lines in, what it says about itself out."""

from __future__ import annotations

import re

from ocr.engines.types import PageText
from ocr.reading.amounts import find_amounts
from ocr.reading.closing import find_date
from ocr.reading.copies import find_copy
from ocr.reading.counts import find_page_no, find_page_of
from ocr.reading.declared import find_declared
from ocr.reading.fields import (
    find_charge,
    find_id_numbers,
    find_ordinal,
    find_own_number,
)
from ocr.reading.kinds import ASK_BELOW, find_hints, guess_kind
from ocr.reading.persons import find_persons
from ocr.reading.statements import find_account, find_carried, find_period, find_running
from ocr.reading.text import CLOSING, Fold, Page, is_talk, make_page
from ocr.reading.titles import Title, TitleWords, find_title, is_margin
from ocr.reading.types import Lexicon, PageReading
from ocr.reading.units import find_unit
from ocr.reading.zones import find_zones

# How sure it is that a page without a title goes on from the one before, by what speaks for it.
NUMBERED, ANSWERS, LATER_ITEM, CAPTIONS, NO_INDENT, HARDLY_TEXT, NOTHING = 0.97, 0.95, 0.95, 0.9, 0.9, 0.86, 0.6
FIRST_WITHOUT_TITLE = 0.8
FEW_CHARACTERS = 40
TOP_ROWS = 3  # among them a page says that it goes on from the one before
_LATER_ITEM = re.compile(
    r"(?!1[.、]|一、)(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|\([二三四五六七八九十]{1,3}\)|附[件图表][\d一二三四五]{0,2}:)"
)
# Alone on a line, where the page before says 转下页 or 未完.
_TURNED_OVER = re.compile(
    r"\(?(?:[接续續承][上前][.。]?[页頁]|上?接第.{1,3}[页頁]|[续續][页頁])\)?|\([接续續承][上前]\)|承前"
)
_CASE_NUMBER = re.compile(r"案件编号:\w{6,}")  # printed over every page
_CAPTION = re.compile(
    r"(?:拍摄|拍照|制图|摄影)(?:时间|地点|人员?|者):|(?:照片|图片?)(?:说明:|[\d一二三四五六七八九十]+)|现场(?:平面|方位|示意)图$"
)
INDENT_CHARS = 1.2
LOW_SHARE = 0.75  # text that reaches lower has filled its page


def read_page(text: PageText, width: int, height: int, dpi: int, lexicon: Lexicon) -> PageReading:
    """Read one upright page of `width` x `height` pixels at `dpi` for its meaning."""
    page = make_page(text, width, height, dpi)
    fold = Fold(lexicon.confusions)
    words = TitleWords(lexicon.kinds, fold)
    title = find_title(page, words)
    number = find_own_number(page, title, lexicon.number_patterns)
    dated = find_date(page, fold, title)
    pages = find_page_of(page)
    opens = (title is not None and not title.running and not title.continued) or dated.record
    counted = number[1] if number and number[1].word else None
    kind = guess_kind(
        page, title, number[1] if number else None, lexicon.kinds, fold, opens=opens or counted is not None
    )
    if title is None and kind is not None and kind.confidence < ASK_BELOW:
        kind = None
    page_no = find_page_no(page)
    by_words = _starts(page, title, dated.record)
    goes_on = title is not None and title.continued
    starts, sure = by_words if goes_on else _counted(*by_words, opens, pages, page_no)
    volumes, declared_pages = find_declared(page)
    return PageReading(
        kind=kind,
        starts_document=starts,
        start_confidence=sure,
        opens_record=dated.record,
        title=title.field if title else None,
        number=number[0] if number else None,
        date=dated.date,
        persons=find_persons(page, lexicon.traditional),
        id_numbers=find_id_numbers(page),
        charge=find_charge(page, lexicon.charges),
        ordinal=find_ordinal(page, title),
        page_of=pages,
        page_no=page_no,
        apart_from_counts=by_words,
        account=find_account(page),
        period=find_period(page),
        running=find_running(page),
        carried=find_carried(page),
        copy=find_copy(page, title, kind.code if kind else None, lexicon.copies, fold),
        unit=find_unit(page, title, dated.date),
        amounts=find_amounts(page),
        volumes=volumes,
        pages=declared_pages,
        ends_open=ends_open(page),
        zones=find_zones(page, lexicon.zone_labels, fold),
        hints=find_hints(page, words.sharing(lexicon.kinds), fold),
    )


def _starts(page: Page, title: Title | None, record: bool) -> tuple[bool, float]:
    """Return whether the page opens a document by its words, and how sure that is."""
    if title is not None and title.continued:
        return False, NUMBERED
    if title is not None and not title.running:
        return True, title.sure
    return (True, FIRST_WITHOUT_TITLE) if record else (False, _goes_on(page))


def _counted(
    starts: bool, sure: float, opens: bool, pages: tuple[int, int] | None, page_no: int | None
) -> tuple[bool, float]:
    """The same, knowing how the page is counted; `opens`: a title or the head of a record stands on it."""
    if pages is not None:
        return (False, NUMBERED) if pages[0] > 1 else (True, sure if starts else FIRST_WITHOUT_TITLE)
    if opens or page_no is None:
        return starts, sure
    return (False, NUMBERED) if page_no > 1 else (True, FIRST_WITHOUT_TITLE)


def ends_open(page: Page) -> bool:
    """Whether the last full line runs to the right edge of the text with no closing sign, low on the page."""
    long = [row for row in page.rows if row.right - row.left > 0.5 * page.width]
    if not long:
        return False
    last = long[-1]
    reach = max(row.right for row in long)
    return (
        last.bottom > LOW_SHARE * page.height
        and last.right > reach - 2 * page.body
        and not last.flat.endswith((*CLOSING, ")", "》"))
    )


def _is_furniture(flat: str) -> bool:
    """Whether a line stands over every page."""
    return is_margin(flat) or _CASE_NUMBER.fullmatch(flat) is not None


def _goes_on(page: Page) -> float:
    """How sure it is that an untitled page continues the one before (forms.md 3: continuation cues)."""
    rows = [row for row in page.rows if row.height > 0.75 * page.body and not _is_furniture(row.flat)]
    if any(_TURNED_OVER.fullmatch(row.flat) for row in rows[:TOP_ROWS]):
        return NUMBERED
    if sum(is_talk(row) for row in rows) >= 2:
        return ANSWERS
    if rows and _LATER_ITEM.match(rows[0].flat):
        return LATER_ITEM
    if any(_CAPTION.match(row.flat) for row in rows):
        return CAPTIONS
    if sum(len(row.flat) for row in rows) < FEW_CHARACTERS:
        return HARDLY_TEXT
    long = [row for row in rows if row.right - row.left > 0.5 * page.width]
    if long and long[0] is rows[0] and long[0].left - min(row.left for row in long) < INDENT_CHARS * page.body:
        return NO_INDENT
    return NOTHING
