"""Papers of many pages: heads repeated, counts, accounts, periods and row numbers that go on or begin again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.reading import DocumentProposal, Field, KindGuess, PageReading, group_pages
from ocr.reading.continuity import alike

ACCOUNT, OTHER = "9999990003748980", "9999990070026096"
TITLE = "清禾乡邻银行望陵支行账户交易流水"
SPRING, SUMMER = "2026-01-01/2026-03-31", "2026-04-01/2026-06-30"


def value(text: str, height: int = 80) -> Field:
    return Field(text, text, 0.95, (0, 0, 400, height))


def head(title: str = TITLE, height: int = 80, *, code: str = "SZ01", **more: object) -> PageReading:
    """A page of a printout under a head."""
    kind = KindGuess(code, 0.97, 9.0, assorted=code == "SZ01")
    return PageReading(kind, starts_document=True, start_confidence=1.0, title=value(title, height), **more)  # type: ignore[arg-type]


def bare(sure: float = 0.6, **more: object) -> PageReading:
    """A page that begins with rows or column heads."""
    return PageReading(kind=None, starts_document=False, start_confidence=sure, **more)  # type: ignore[arg-type]


def pages_of(documents: tuple[DocumentProposal, ...]) -> list[tuple[int, ...]]:
    return [document.pages for document in documents]


def is_sure(documents: tuple[DocumentProposal, ...]) -> bool:
    return all(document.confidence >= 0.85 for document in documents)


@pytest.mark.parametrize(
    ("later", "misread"),
    [
        ({"page_no": 2}, TITLE),
        ({"account": ACCOUNT}, TITLE),
        ({"running": (35, 68)}, TITLE),
        ({"account": ACCOUNT}, "清禾乡邻银行望陵支行账户易流水"),  # a character lost
        ({"account": ACCOUNT}, "账户交易流水"),  # the head of later pages is shorter
    ],
)
def test_a_full_head_again_goes_on_with_count_account_or_rows(later: dict[str, object], misread: str) -> None:
    first = head(page_no=1, account=ACCOUNT, running=(1, 34))
    documents = group_pages([first, head(misread, **later)])
    assert (pages_of(documents), is_sure(documents)) == ([(0, 1)], True)


@pytest.mark.parametrize(
    "later",
    [
        {"page_no": 1, "account": ACCOUNT},
        {"account": OTHER},
        {"account": ACCOUNT, "period": SUMMER},
        {"account": OTHER, "running": (1, 34)},
    ],
)
def test_a_count_from_1_another_account_or_period_is_another_statement(later: dict[str, object]) -> None:
    first = head(page_no=1, account=ACCOUNT, period=SPRING, running=(1, 34))
    documents = group_pages([first, head(**later)])
    assert (pages_of(documents), is_sure(documents)) == ([(0,), (1,)], True)


def test_an_account_read_with_one_wrong_figure_is_no_other_account() -> None:
    first = head(account=ACCOUNT)
    documents = group_pages(
        [first, head(account="9999990003748988", page_no=2), head(TITLE, 60, account="999999000374898")]
    )
    assert (pages_of(documents), is_sure(documents)) == ([(0, 1, 2)], True)


def test_rows_alone_go_on_under_column_heads_or_nothing() -> None:
    documents = group_pages(
        [head(running=(1, 34), date=value("2026-04-02")), bare(running=(36, 68)), bare(running=(69, 90))]
    )
    assert (pages_of(documents), is_sure(documents)) == ([(0, 1, 2)], True)


@pytest.mark.parametrize(
    "later",
    [
        head(page_no=2, account=OTHER),  # counted on under another account
        head(account=ACCOUNT, running=(1, 34)),  # the head and the row numbers again
        head(TITLE, 60, page_no=1),  # a head of later pages, counted 1: 11 read with a figure lost
        bare(account=OTHER),  # another account, but no title
        bare(0.8, page_no=1),
    ],
)
def test_what_contradicts_itself_is_asked(later: PageReading) -> None:
    documents = group_pages([head(page_no=1, account=ACCOUNT, running=(1, 34)), later])
    assert not is_sure(documents)


def test_the_sum_carried_over_brings_the_next_page() -> None:
    first, closed = head(carried=("", "12345.60"), date=value("2026-04-02")), head(date=value("2026-04-02"))
    for later in (bare(carried=("12345.60", "88.00")), head(carried=("12345.60", ""))):
        documents = group_pages([first, later])
        assert (pages_of(documents), is_sure(documents)) == ([(0, 1)], True)
        assert is_sure(group_pages([closed, later]))  # the sum below the first page was not read
        assert not is_sure(group_pages([replace(first, carried=("", "99.00")), later]))


def test_a_head_again_over_an_open_paper_is_asked_when_nothing_tells_two_apart() -> None:
    first, closed = head(), head(date=value("2026-04-02"))
    assert not is_sure(group_pages([first, head()]))
    assert is_sure(group_pages([closed, head()]))
    assert is_sure(group_pages([head(persons=(value("陶志远"),)), head(persons=(value("邱海峰"),))]))


def test_row_numbers_of_their_own_on_each_page_go_on_by_the_count() -> None:
    pages = [head(page_no=n, account=ACCOUNT, running=(1, 30)) for n in (1, 2, 3)]
    documents = group_pages(pages)
    assert (pages_of(documents), is_sure(documents)) == ([(0, 1, 2)], True)


def test_accounts_told_in_a_record_are_nothing_against_it() -> None:
    record = head("讯问笔录", code="GS01", opens_record=True, account=ACCOUNT)
    documents = group_pages([record, bare(0.95, account=OTHER)])
    assert (pages_of(documents), is_sure(documents)) == ([(0, 1)], True)


def test_a_title_lost_on_the_first_page_is_taken_from_the_next_and_asked() -> None:
    lost = replace(bare(0.8, page_no=1, account=OTHER), starts_document=True)
    before, after = head(page_no=1, account=ACCOUNT), head(TITLE, 60, page_no=2, account=OTHER)
    _, document = group_pages([before, lost, after])
    assert (document.pages, document.title, document.kind and document.kind.code) == ((1, 2), TITLE, "SZ01")
    assert document.confidence < 0.85


def test_a_page_after_n_of_n_is_another_paper_and_asked() -> None:
    documents = group_pages([head(page_of=(1, 2)), bare(0.97, page_of=(2, 2)), bare()])
    assert (pages_of(documents), is_sure(documents[:1]), is_sure(documents[1:])) == ([(0, 1), (2,)], True, False)
    photographs = group_pages([head(page_of=(1, 2)), bare(0.97, page_of=(2, 2)), bare(0.9)])  # they say what they are
    assert pages_of(photographs) == [(0, 1, 2)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("账户交易明细", "账户交易明细", True),
        ("账户交易明细", "账户交易明组", True),
        ("账户交易明细", "帐户交易明细", True),
        ("账户交易明细", "账户易明细", True),
        ("账户交易明细", "账户交易明", True),
        ("账户交易明细", "账户文易明组", False),
        ("账户交易明细", "客户账户交易明细", False),
        ("讯问笔录", "询问笔录", False),
    ],
)
def test_titles_with_a_character_misread(one: str, other: str, same: bool) -> None:
    assert alike(value(one), value(other)) is same
    assert alike(value(other), value(one)) is same


@pytest.mark.parametrize(("last", "sure"), [((3, 3), True), ((3, 4), False), ((1, 3), False)])
def test_a_page_without_count_between_two_that_leave_room_for_it_alone(last: tuple[int, int], sure: bool) -> None:
    unread = bare()  # fed across and not turned upright, or too pale
    printed = value("2026-04-02")
    documents = group_pages([head(page_of=(1, 3), date=printed), unread, bare(0.97, page_of=last)])
    assert (pages_of(documents) == [(0, 1, 2)] and is_sure(documents)) == sure
