"""The dossier's own page numbers (卷宗页码), told from those of a paper: they run on from one paper into the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.reading.kinds import ASK_BELOW
from ocr.reading.types import PageReading

CROSSINGS = 2  # a paper's count never runs into another paper; once may be a slip of the reading


def apart_from_folios(readings: Sequence[PageReading | None]) -> list[PageReading | None]:
    """The readings without page counts that are the dossier's: what such a page says besides is all that counts."""
    filled = [reading for reading in readings if reading is not None]
    crossed = [(one, next_) for one, next_ in pairwise(filled) if _another_paper(one, next_)]
    totals = Counter(
        next_.page_of[1]
        for one, next_ in crossed
        if one.page_of and next_.page_of and next_.page_of == (one.page_of[0] + 1, one.page_of[1])
    )
    folios = {total for total, times in totals.items() if times >= CROSSINGS}
    numbered = sum(one.page_no is not None and next_.page_no == one.page_no + 1 for one, next_ in crossed) >= CROSSINGS
    return [_without(reading, folios, numbered) for reading in readings]


def _another_paper(one: PageReading, next_: PageReading) -> bool:
    """Whether a title and its words say that the next page begins a paper of another kind."""
    starts, _ = next_.apart_from_counts or (next_.starts_document, 0.0)
    return (
        starts
        and next_.kind is not None
        and next_.kind.confidence >= ASK_BELOW
        and one.kind is not None
        and one.kind.code != next_.kind.code
    )


def _without(reading: PageReading | None, folios: set[int], numbered: bool) -> PageReading | None:
    if reading is None or reading.apart_from_counts is None:
        return reading
    page_of = reading.page_of if reading.page_of and reading.page_of[1] not in folios else None
    page_no = None if numbered else reading.page_no
    if (page_of, page_no) == (reading.page_of, reading.page_no):
        return reading
    if page_of is not None:
        return replace(reading, page_no=page_no)
    starts, sure = reading.apart_from_counts
    return replace(reading, page_of=page_of, page_no=page_no, starts_document=starts, start_confidence=sure)
