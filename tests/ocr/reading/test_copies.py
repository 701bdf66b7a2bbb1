"""Which copy of a paper it is, and who made it."""

from __future__ import annotations

from ocr.reading import PageReading
from ocr.reading.types import CopyKind
from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import BODY, CUSTODY_WARRANT, Placed, centred, prose


def copy_of(reading: PageReading) -> str | None:
    return reading.copy.value if reading.copy else None


def with_title_line(rows: list[Placed], words: str) -> list[Placed]:
    return [*rows[:2], centred(words, 66, BODY), *rows[2:]]


def test_the_mark_at_the_foot_says_ours(read: Read) -> None:
    reading = read(CUSTODY_WARRANT)
    assert copy_of(reading) == CopyKind.OURS
    assert reading.copy is not None
    assert reading.copy.box[1] > 3200


def test_a_copy_for_the_family_is_somebody_elses(read: Read) -> None:
    assert copy_of(read([*CUSTODY_WARRANT[:-1], ("此联交被拘留人家属", 24.4, 280)])) == CopyKind.OTHER


def test_a_stub_is_known_by_its_word_and_by_its_rows(read: Read) -> None:
    labels = ("案件名称", "批准人", "批准时间", "填发时间", "填发人", "办案单位")
    rows: list[Placed] = [centred("拘留证", 40), *[(label, 30, 90 + 12 * n) for n, label in enumerate(labels)]]
    assert copy_of(read(rows)) == CopyKind.STUB
    assert copy_of(read([centred("拘留证", 40), centred("（存根）", 50, BODY)])) == CopyKind.STUB


def test_a_duplicate_is_ours_or_the_jails_by_kind(read: Read) -> None:
    custody = with_title_line(CUSTODY_WARRANT[:-1], "（副本）")
    assert copy_of(read(custody)) == CopyKind.OTHER
    summons: list[Placed] = [
        centred("传 唤 证", 54.9),
        centred("（副本）", 66, BODY),
        *prose("兹传唤涉嫌盗窃罪的犯罪嫌疑人陶志远于2026年3月18日9时到溪桥派出所接受讯问。", 100),
    ]
    assert copy_of(read(summons)) == CopyKind.OURS


def test_copies_told_of_in_a_sentence_are_no_mark(read: Read) -> None:
    text = "本通知书一式三联，一份附卷，一份交被害人，一份存档，由办案人员负责分送有关单位。"
    assert copy_of(read([centred("立案告知书", 40), (text, 26, 100)])) is None


def test_the_unit_stands_above_the_title_before_it_or_over_the_date(read: Read) -> None:
    above = read(CUSTODY_WARRANT)
    joined = read([centred("清禾市公安局望陵分局拘留证", 50), ("清公(望)拘字〔2026〕12号", 120, 85)])
    below = read([centred("到案经过", 40), ("望陵分局溪桥派出所", 128, 200), ("2026年3月18日", 132, 210)])
    units = [reading.unit.value for reading in (above, joined, below) if reading.unit]
    assert units == ["清禾市公安局望陵分局", "清禾市公安局望陵分局", "望陵分局溪桥派出所"]
