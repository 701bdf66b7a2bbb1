"""Page counts of every wording, and the dossier's own page numbers told from a paper's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.reading import Field, KindGuess, PageReading, group_pages
from ocr.reading.counts import is_count
from ocr.reading.folios import apart_from_folios
from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import centred

BOX = (0, 0, 100, 40)
COUNTS = {
    "第2页 共3页": (2, 3),
    "第 2 页，共 3 页": (2, 3),
    "第2页/共3页": (2, 3),
    "第 2 页 / 总 3 页": (2, 3),
    "第2页（共3页）": (2, 3),
    "第二页 共三页": (2, 3),
    "共3页 第2页": (2, 3),
    "共3页，本页为第2页": (2, 3),
    "第2/3页": (2, 3),
    "（2/3）": (2, 3),
    "页码：2/3": (2, 3),
    "Page 2 of 3": (2, 3),
    "共三页之二": (2, 3),
    "第二页（全三页）": (2, 3),
    "共3页之第2页": (2, 3),
    "第3页 共2页": None,
    "2026年3月5日": None,
    "电话 12/34567": None,
}


@pytest.mark.parametrize(("printed", "counted"), COUNTS.items())
def test_a_count_is_read_at_head_or_foot(read: Read, printed: str, counted: tuple[int, int] | None) -> None:
    assert read([(printed, 150, 15), centred("情况说明", 40)]).page_of == counted
    assert read([centred("情况说明", 40), (printed, 90, 284)]).page_of == counted
    assert read([centred("情况说明", 40), (printed, 90, 150)]).page_of is None


def test_of_two_counts_the_smaller_is_the_papers_own(read: Read) -> None:
    assert read([("第42页 共180页", 90, 9), ("页码:2/3", 27, 16), centred("情况说明", 40)]).page_of == (2, 3)


@pytest.mark.parametrize("printed", ["- 3 -", "— 3 —", "第3页", "第三页", "第2页 共3页", "(2/3)", "12", "【3】"])
def test_a_line_that_is_only_a_count(printed: str) -> None:
    assert is_count(printed.replace(" ", ""))


def paper(code: str, n: int, total: int | None, *, opens: bool = True) -> PageReading:
    """A page of the dossier numbered n; `opens`: its own title stands on it."""
    return PageReading(
        kind=KindGuess(code, 0.97, 9.0),
        starts_document=False if total else opens,
        start_confidence=0.97,
        title=Field(code, code, 0.95, BOX) if opens else None,
        page_of=(n, total) if total else None,
        page_no=None if total else n,
        apart_from_counts=(opens, 1.0 if opens else 0.6),
    )


@pytest.mark.parametrize("total", [180, None])
def test_numbers_that_run_on_from_paper_to_paper_hold_none_together(total: int | None) -> None:
    codes = [("LA01", True), ("LA03", True), ("QZ03", True), ("QZ03", False), ("GS01", True)]
    pile = [paper(code, 41 + n, total, opens=opens) for n, (code, opens) in enumerate(codes)]
    assert [document.pages for document in group_pages(pile)] == [(0,), (1,), (2, 3), (4,)]
    assert all(reading is not None and reading.page_of is None for reading in apart_from_folios(pile))


def test_counts_of_papers_stay() -> None:
    record = [paper("GS01", n, 3, opens=n == 1) for n in (1, 2, 3)]
    pile = [*record, *[replace(page, kind=KindGuess("BH01", 0.97, 9.0)) for page in record]]
    assert apart_from_folios(pile) == pile
