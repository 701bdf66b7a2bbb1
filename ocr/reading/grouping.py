"""Boundaries: which consecutive pages are one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ocr.reading.closing import PRINTED, PRINTING_TIME
from ocr.reading.continuity import Signs, alike, between_counts, signs_of
from ocr.reading.folios import apart_from_folios
from ocr.reading.kinds import ASK_BELOW
from ocr.reading.shared_titles import Paper, kinds_of
from ocr.reading.types import DocumentProposal, Field, KindGuess, PageReading

UNKNOWN_KIND = 0.3
SAME_WORDS, UNFINISHED = 0.9, 0.9
COUNTED_ON = 0.95  # page count, row numbers or account go on with the pages before
CONTRADICTED = 0.7  # they tell opposite things: asked
FIRST_OF_ANOTHER = 0.9  # counted as page 1, of another account or period
HEAD_AGAIN = 0.9  # the title of the paper once more, over a later page
SMALLER = 0.87  # of the title on the first page
RAN_ON = 0.8  # another title of the same kind after pages without one: a part of it or another paper, asked
CONTENT_CHANGED = 0.7  # an untitled page that reads like another kind opens a document, but is asked

_APPENDED = re.compile("明细表|附表|附件|附页|附图")


@dataclass
class _Open:
    """The document being put together."""

    pages: list[int] = field(default_factory=list)
    readings: list[PageReading] = field(default_factory=list)
    sureness: list[float] = field(default_factory=list)

    @property
    def kind(self) -> KindGuess | None:
        return self.readings[0].kind if self.readings else None


def group_pages(readings: Sequence[PageReading | None]) -> tuple[DocumentProposal, ...]:
    """Put pages, in scanning order, together to documents; every page is in exactly one.

    None is a blank face: it stays with the document before it (the back of the sheet), at the start with the next.
    """
    documents: list[_Open] = []
    current = _Open()
    for index, reading in enumerate(between_counts(apart_from_folios(readings))):
        if reading is None:
            current.pages.append(index)
            continue
        opens, sure = _opens(current, reading)
        if opens and current.readings:
            documents.append(current)
            current = _Open()
        current.pages.append(index)
        current.readings.append(reading)
        current.sureness.append(sure)
    if current.pages:
        documents.append(current)
    kinds = iter(kinds_of([Paper(_head(one.readings), tuple(one.readings)) for one in documents if one.readings]))
    return tuple(_proposal(one, _head(one.readings), next(kinds)) if one.readings else _blank(one) for one in documents)


def _opens(current: _Open, reading: PageReading) -> tuple[bool, float]:
    """Return whether a page opens a new document after the current one, and how sure that is."""
    if not current.readings:
        return True, reading.start_confidence if reading.starts_document else UNKNOWN_KIND
    if _follows(current.readings[-1], reading):
        return False, reading.start_confidence
    signs = signs_of(current.readings, reading)
    if signs.contradict or (signs.first and not signs.other and _title_again_smaller(current, reading)):
        return reading.starts_document, CONTRADICTED
    if not reading.starts_document:
        return _opens_untitled(current, reading, signs)
    if _head_again(current, reading, signs):
        return False, _sure_of_head(current, reading, signs)
    if not _is_other_kind(current, reading) and _same_paper(current, reading, signs):
        if signs.counted or _is_appended(reading):
            return False, COUNTED_ON
        parts = current.readings[-1].starts_document  # every page so far has a title of its own
        return False, min(reading.start_confidence, ASK_BELOW if parts else RAN_ON)
    if (signs.first and signs.other) or _is_told_by_words(current, reading):
        return True, max(reading.start_confidence, FIRST_OF_ANOTHER)
    if _may_repeat_its_head(current, reading, signs):
        return True, CONTRADICTED
    return True, reading.start_confidence


def _opens_untitled(current: _Open, reading: PageReading, signs: Signs) -> tuple[bool, float]:
    """The same for a page that does not begin like a paper."""
    broken_off = current.readings[-1].ends_open
    if _has_another_number(current, reading) and not broken_off:
        return True, FIRST_OF_ANOTHER if reading.kind is not None else CONTENT_CHANGED
    if signs.on:
        return False, max(reading.start_confidence, COUNTED_ON)
    if signs.anew or (_is_other_kind(current, reading) and not broken_off):
        return True, CONTENT_CHANGED
    if reading.kind is not None:  # the words of the same kind again
        return False, max(reading.start_confidence, SAME_WORDS)
    if _is_complete(current) and not broken_off and reading.start_confidence < ASK_BELOW:
        return True, CONTENT_CHANGED
    if broken_off or _is_unfinished(current):
        return False, max(reading.start_confidence, UNFINISHED)
    return False, reading.start_confidence


def _is_other_kind(current: _Open, reading: PageReading) -> bool:
    return (
        reading.kind is not None
        and reading.kind.confidence >= ASK_BELOW
        and (current.kind is None or current.kind.code != reading.kind.code)
    )


def _is_told_by_words(current: _Open, reading: PageReading) -> bool:
    """Whether the words below a title, which may be misread, say by themselves that a record or another kind begins."""
    if reading.kind is None or not reading.kind.confirmed or current.readings[-1].ends_open:
        return False
    return reading.opens_record or _is_other_kind(current, reading)


def _has_another_number(current: _Open, reading: PageReading) -> bool:
    """Whether a page stands under a number (文号) of its own, well read."""
    own = {page.number.value for page in current.readings if page.number is not None}
    number = reading.number
    return bool(own) and number is not None and number.confidence >= ASK_BELOW and number.value not in own


def _head_again(current: _Open, reading: PageReading, signs: Signs) -> bool:
    """Whether a page repeats the title of its paper: without the head that every first page of a record has, smaller
    than on the first page, or while count, row numbers or account go on."""
    first = current.readings[0]
    if reading.title is None or reading.opens_record or reading.ordinal is not None or signs.anew:
        return False
    if reading.number is not None and (first.number is None or reading.number.value != first.number.value):
        return False
    if first.title is None:
        record = first.opens_record and "笔录" in reading.title.value
        return record or (signs.on and (current.kind is None or not _is_other_kind(current, reading)))
    if signs.on and _reworded(first.title, reading.title):
        return True
    known = first.opens_record or signs.on
    return _title_again_smaller(current, reading) or (known and alike(first.title, reading.title))


def _may_repeat_its_head(current: _Open, reading: PageReading, signs: Signs) -> bool:
    """Whether the title stands once more over a page while nothing has closed the paper and nothing tells two apart."""
    first = current.readings[0]
    if first.title is None or reading.title is None or not alike(first.title, reading.title) or signs.anew:
        return False
    told = reading.number is not None or reading.opens_record or bool(_names(reading) - _names(first))
    return not told and _is_unfinished(current) and not _is_complete(current)


def _sure_of_head(current: _Open, reading: PageReading, signs: Signs) -> float:
    """How sure a head repeated is no other paper's: one account has several statements, each with row numbers."""
    if current.readings[0].title is None:
        return RAN_ON
    alone = not signs.counted and not _title_again_smaller(current, reading)
    return CONTRADICTED if signs.again and alone else HEAD_AGAIN


def _title_again_smaller(current: _Open, reading: PageReading) -> bool:
    """Whether the title is that of the first page, set smaller."""
    first = current.readings[0].title
    if first is None or reading.title is None or not alike(first, reading.title):
        return False
    return reading.title.box[3] < SMALLER * first.box[3]


def _is_appended(reading: PageReading) -> bool:
    """Whether the title is that of a part at the end of a paper (价格认定明细表)."""
    return reading.title is not None and _APPENDED.search(reading.title.value) is not None


def _is_unfinished(current: _Open) -> bool:
    """Whether nothing has closed the document yet: no date, no place to sign on its last page."""
    last = current.readings[-1]
    return last.date is None and not last.zones and current.kind is not None


def _is_complete(current: _Open) -> bool:
    """Whether the last page is n of n."""
    count = current.readings[-1].page_of
    return count is not None and count[0] == count[1]


def _follows(before: PageReading, reading: PageReading) -> bool:
    """Whether 第n页 共m页 counts on from the page before."""
    return (
        before.page_of is not None
        and reading.page_of is not None
        and reading.page_of == (before.page_of[0] + 1, before.page_of[1])
    )


def _same_paper(current: _Open, reading: PageReading, signs: Signs) -> bool:
    """Whether a titled page of the same kind goes on with the paper: its head again, or another part of a collection.

    The same title again opens another paper (two notices in a row) unless the numbers are equal; another title of the
    same kind (驾驶人 then 机动车 query, register then ID card) does not, unless numbers, ordinals or a record say so.
    """
    first = current.readings[0]
    if _is_complete(current):
        return False
    if reading.kind is None or first.kind is None or reading.kind.code != first.kind.code or reading.opens_record:
        return False
    if _names(reading) and _names(first) and not _names(reading) & _names(first):
        return False  # even under one number: that is found later
    if reading.number is not None and first.number is not None:
        return reading.number.value == first.number.value
    if reading.ordinal is not None or signs.first:
        return False
    if first.kind.assorted or first.title is None or reading.title is None:
        return False
    return not _reworded(first.title, reading.title)


def _reworded(one: Field, other: Field) -> bool:
    """Whether one title is the other, or the other with words left out (犯罪嫌疑人[诉讼]权利义务告知书)."""
    short, long = sorted((one.value, other.value), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def _names(reading: PageReading) -> set[str]:
    return {person.value for person in reading.persons}


def _head(readings: Sequence[PageReading]) -> PageReading:
    """The page that says what a paper is: the first, or a later one that repeats what could not be read there."""
    first = readings[0]
    if first.title is None and first.kind is None:
        return next((reading for reading in readings if reading.title is not None), first)
    return first


def _blank(document: _Open) -> DocumentProposal:
    return DocumentProposal(kind=None, pages=tuple(document.pages), title="", confidence=0.0)


def _proposal(document: _Open, first: PageReading, kind: KindGuess | None) -> DocumentProposal:
    readings = document.readings
    return DocumentProposal(
        kind=kind,
        pages=tuple(document.pages),
        title=first.title.value if first.title else "",
        number=next((reading.number for reading in readings if reading.number), None),
        date=_date(readings),
        persons=_best(person for reading in readings for person in reading.persons),
        ordinal=int(readings[0].ordinal.value) if readings[0].ordinal else None,
        copy=next((reading.copy for reading in readings if reading.copy), None),
        charge=next((reading.charge for reading in readings if reading.charge), None),
        unit=next((reading.unit for reading in readings if reading.unit), None),
        id_numbers=_best(field for reading in readings for field in reading.id_numbers),
        amounts=_best(field for reading in readings for field in reading.amounts),
        volumes=next((reading.volumes for reading in readings if reading.volumes), None),
        declared_pages=next((reading.pages for reading in readings if reading.pages), None),
        confidence=min([kind.confidence if kind else UNKNOWN_KIND, *document.sureness]),
        followed=min(document.sureness[1:], default=1.0),
    )


def _date(readings: Sequence[PageReading]) -> Field | None:
    """A record has the date it started, all else its closing date.

    Of several the last counts that is written out: a short one (2026.3.5) stands beside a signature.
    """
    if readings[0].opens_record:
        return readings[0].date
    found = [reading.date for reading in readings if reading.date]
    dates = [date for date in found if date.role != PRINTED] or found
    written_out = [date for date in dates if "年" in date.raw and date.confidence > PRINTING_TIME]
    sure = [date for date in dates if date.confidence >= ASK_BELOW]
    if written_out or sure:
        return (written_out or sure)[-1]
    return max(dates, key=lambda date: date.confidence, default=None)


def _best(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Each value once, from the place it is surest."""
    best: dict[str, Field] = {}
    for one in fields:
        if one.value not in best or best[one.value].confidence < one.confidence:
            best[one.value] = one
    return tuple(best.values())
