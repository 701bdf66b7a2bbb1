"""Records of victims and witnesses go by one title: told apart by all their pages and by the person's other records."""

from __future__ import annotations

import pytest

from ocr.reading import DocumentProposal, PageReading, group_pages
from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import Placed, centred

VICTIM = "问：这是《被害人诉讼权利义务告知书》，你看一下。"
WITNESS = "问：你应当如实作证，有意作伪证或者隐匿罪证要负法律责任，你明白吗？"
NOTHING = "问：你把当时的情况讲一下？"


def head(read: Read, name: str, count: str = "第1页 共2页") -> PageReading:
    """The first page of a record, on which only its head finds room."""
    rows: list[Placed] = [
        (count, 160, 14, 4.5),
        centred("询问笔录", 24),
        ("时间2026年3月18日14时20分至2026年3月18日15时40分", 26, 40),
        ("地点 望江街农贸市场", 26, 49),
        (f"被询问人 {name} 性别 男 出生日期 1988年9月15日", 26, 58),
        ("问：我们是望陵分局的民警，现依法向你了解情况，你应当如实回答。", 26, 80),
        ("答：听清楚了。", 26, 89),
        ("被询问人（签名、捺指印）：", 26, 270),
    ]
    return read(rows)


def later(read: Read, said: str, count: str = "第2页 共2页") -> PageReading:
    return read([(count, 160, 14, 4.5), (said, 26, 30), ("答：看过了，内容我都明白。", 26, 39), ("答：属实。", 26, 48)])


def kinds(documents: tuple[DocumentProposal, ...]) -> list[tuple[str | None, bool]]:
    return [(one.kind.code if one.kind else None, one.confidence >= 0.85) for one in documents]


@pytest.mark.parametrize(("said", "kind"), [(VICTIM, ("BH01", True)), (WITNESS, ("ZR01", True))])
def test_a_later_page_says_whose_record_it_is(read: Read, said: str, kind: tuple[str, bool]) -> None:
    first = head(read, "陶志远")
    assert first.kind is not None
    assert first.kind.confidence < 0.85
    assert kinds(group_pages([first, later(read, said)])) == [kind]


def test_a_record_that_no_page_tells_is_asked(read: Read) -> None:
    ((_, sure),) = kinds(group_pages([head(read, "陶志远"), later(read, NOTHING)]))
    assert not sure


def test_a_key_said_on_many_pages_counts_once(read: Read) -> None:
    pages = [later(read, "问：被害人你认识吗？", f"第{n}页 共6页") for n in range(2, 7)]
    ((_, sure),) = kinds(group_pages([head(read, "陶志远", "第1页 共6页"), *pages]))
    assert not sure


def test_a_second_record_of_the_same_person_is_of_the_same_kind(read: Read) -> None:
    known = [head(read, "陶志远"), later(read, VICTIM)]
    again, other = ([head(read, name), later(read, NOTHING)] for name in ("陶志远", "邱海峰"))
    assert kinds(group_pages([*known, *again]))[1] == ("BH01", True)
    assert kinds(group_pages([*again, *known]))[0] == ("BH01", True)
    assert not kinds(group_pages([*known, *other]))[1][1]


def test_a_person_asked_as_both_is_no_help(read: Read) -> None:
    both = [head(read, "陶志远"), later(read, VICTIM), head(read, "陶志远"), later(read, WITNESS)]
    documents = group_pages([*both, head(read, "陶志远"), later(read, NOTHING)])
    assert [sure for _, sure in kinds(documents)] == [True, True, False]
