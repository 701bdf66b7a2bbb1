"""From lines to meaning: document kind, boundaries, number, date, persons, zones for signatures."""

from ocr.reading.grouping import group_pages
from ocr.reading.page import read_page
from ocr.reading.types import DocumentProposal, Field, KindGuess, LabelledZone, Lexicon, PageReading

__all__ = [
    "DocumentProposal",
    "Field",
    "KindGuess",
    "LabelledZone",
    "Lexicon",
    "PageReading",
    "group_pages",
    "read_page",
]
