"""Which copy (联) of a paper lies here: the dossier's (此联附卷), the stub (存根), or somebody else's (此联交…)."""

from __future__ import annotations

from ocr.reading.text import Fold, Page, Row, field
from ocr.reading.titles import Title
from ocr.reading.types import CopyKind, CopyWords, Field

MARK_LENGTH = 24  # a longer line tells of copies in a sentence
STUB_ROWS = 4
BY_ROWS, BY_DUPLICATE = 0.9, 0.88  # trust in what is not printed in words
LAW = "刑事诉讼法"  # a stub cites none


def find_copy(page: Page, title: Title | None, code: str | None, words: CopyWords, fold: Fold) -> Field | None:
    """Return the copy, its value a `CopyKind`; None on a paper that does not say. `code`: the kind guessed.

    附卷 decides over 副本, which is the dossier's copy of some kinds and the jail's of others.
    """
    for kind, marks in ((CopyKind.OURS, words.ours), (CopyKind.OTHER, words.others)):
        for row in page.rows:
            mark = next((mark for mark in marks if fold(mark) in fold(row.flat)), None)
            if mark is not None and len(row.flat) <= MARK_LENGTH:
                return field(row, 0, len(row.flat), kind.value)
    if title is None:
        return None
    near = [row for row in page.rows if abs(row.middle - title.last.middle) < 4 * title.last.height]
    stub = _in_brackets(words.stub, near)
    if stub is not None:
        return field(stub, 0, len(stub.flat), CopyKind.STUB.value)
    rows = [row for row in page.rows if any(row.flat.startswith(label) for label in words.stub_rows)]
    if len(rows) >= STUB_ROWS and fold(LAW) not in fold(page.flat):
        return field(rows[0], 0, len(rows[0].flat), CopyKind.STUB.value, trust=BY_ROWS)
    duplicate = _in_brackets("副本", near)
    if duplicate is None:
        return None
    kind = CopyKind.OURS if code in words.duplicate_is_ours else CopyKind.OTHER
    return field(duplicate, 0, len(duplicate.flat), kind.value, trust=BY_DUPLICATE)


def _in_brackets(word: str, rows: list[Row]) -> Row | None:
    return next((row for row in rows if f"({word})" in row.flat), None)
