"""Where one document ends and the next begins."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ocr.reading import DocumentProposal, Field, KindGuess, PageReading, group_pages
from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import CARD_COPY, CUSTODY_WARRANT, RECORD, RECORD_GOES_ON, Placed, centred, prose

BOX = (0, 0, 10, 10)
NUMBER = "清公(望)鉴通字〔2026〕13号"


def value(text: str, confidence: float = 0.95) -> Field:
    return Field(text, text, confidence, BOX)


def titled(code: str, title: str, number: str | None = None, **more: object) -> PageReading:
    return PageReading(
        kind=KindGuess(code, 0.97, 9.0),
        starts_document=True,
        start_confidence=1.0,
        title=value(title),
        number=value(number) if number else None,
        **more,  # type: ignore[arg-type]
    )


def untitled(code: str | None = None, sure: float = 0.6, **more: object) -> PageReading:
    kind = KindGuess(code, 0.9, 5.0) if code else None
    return PageReading(kind=kind, starts_document=False, start_confidence=sure, **more)  # type: ignore[arg-type]


def shape(documents: tuple[DocumentProposal, ...]) -> list[tuple[str | None, tuple[int, ...]]]:
    return [(document.kind.code if document.kind else None, document.pages) for document in documents]


def test_a_pile_of_real_pages(read: Read) -> None:
    photo: list[Placed] = [("拍摄时间：2026年3月12日22时06分", 48, 127), ("拍摄地点：溪桥路与文渡街交叉口", 48, 136)]
    printout: list[Placed] = [centred("常住人口基本信息", 28), ("姓名", 24, 60), ("陶志远", 60, 60)]
    pages = [read(rows) for rows in (CUSTODY_WARRANT, RECORD, RECORD_GOES_ON, photo, printout, CARD_COPY)]
    documents = group_pages([pages[0], None, *pages[1:]])
    assert shape(documents) == [("QZ03", (0, 1)), ("GS01", (2, 3, 4)), ("SZ02", (5, 6))]
    record = documents[1]
    assert (record.title, record.ordinal) == ("讯问笔录", 1)
    assert record.date is not None
    assert record.date.value == "2026-03-18"
    assert [person.value for person in record.persons] == ["陶志远"]


def test_blank_faces_stay_with_the_document_before_them() -> None:
    pages = [None, titled("LA03", "立案决定书"), None, None, titled("QZ21", "取保候审决定书"), None]
    assert shape(group_pages(pages)) == [("LA03", (0, 1, 2, 3)), ("QZ21", (4, 5))]


def test_only_blank_faces() -> None:
    assert shape(group_pages([None, None])) == [(None, (0, 1))]
    assert group_pages([]) == ()


def test_the_same_title_again_is_another_paper_unless_the_number_is_the_same() -> None:
    twice = [titled("ZC15", "鉴定意见通知书"), titled("ZC15", "鉴定意见通知书")]
    assert len(group_pages(twice)) == 2
    numbered = [
        titled("WZ01", "扣押清单", "清公(望)扣字〔2026〕3号"),
        titled("WZ01", "扣押清单", "清公(望)扣字〔2026〕3号"),
    ]
    assert len(group_pages(numbered)) == 1
    other = [
        titled("WZ01", "扣押清单", "清公(望)扣字〔2026〕3号"),
        titled("WZ01", "扣押清单", "清公(望)扣字〔2026〕4号"),
    ]
    assert len(group_pages(other)) == 2


def test_another_title_of_the_same_kind_belongs_to_the_collection() -> None:
    queries = [titled("JT03", "驾驶人信息查询结果单"), titled("JT03", "机动车信息查询结果单")]
    assert len(group_pages(queries)) == 1
    records = [titled("BR01", "辨认笔录"), titled("BR01", "现场指认笔录", opens_record=True)]
    assert len(group_pages(records)) == 2


def test_page_numbers_hold_a_paper_together_even_with_its_head_repeated() -> None:
    pages = [titled("ZA01", "接处警登记表", page_of=(1, 2)), untitled("JT02", 0.97, page_of=(2, 2))]
    assert shape(group_pages(pages)) == [("ZA01", (0, 1))]


def test_an_untitled_page_with_the_words_of_another_kind_is_split_off_and_asked() -> None:
    documents = group_pages([titled("ZA02", "到案经过"), untitled("SZ02")])
    assert shape(documents) == [("ZA02", (0,)), ("SZ02", (1,))]
    assert documents[0].confidence >= 0.85 > documents[1].confidence


def test_an_untitled_page_after_a_finished_paper_is_asked_after_an_unfinished_one_not() -> None:
    unfinished, finished = titled("ZA02", "到案经过"), titled("ZA02", "到案经过", date=value("2026-03-18"))
    assert group_pages([unfinished, untitled()])[0].confidence >= 0.85
    assert group_pages([finished, untitled()])[0].confidence < 0.85


def test_a_written_out_date_is_the_papers_a_short_one_the_signers() -> None:
    written, short = Field("2026-03-16", "2026年3月16日", 0.93, BOX), Field("2026-03-18", "2026.3.18", 0.93, BOX)
    (document,) = group_pages([titled("SZ02", "户籍证明", date=written), untitled("SZ02", date=short)])
    assert document.date == written


def test_an_untitled_beginning_has_no_kind_and_is_asked() -> None:
    (document,) = group_pages([untitled()])
    assert document.kind is None
    assert document.confidence < 0.85


PAGES = st.sampled_from(
    [None, titled("LA03", "立案决定书"), titled("GS01", "讯问笔录", opens_record=True), untitled(), untitled("SZ02")]
)


@given(st.lists(PAGES, max_size=30))
def test_every_page_is_in_exactly_one_document_in_order(pages: list[PageReading | None]) -> None:
    grouped = [page for document in group_pages(pages) for page in document.pages]
    assert grouped == list(range(len(pages)))


def test_grouping_is_deterministic(read: Read) -> None:
    pages = [read(rows) for rows in (RECORD, RECORD_GOES_ON, CUSTODY_WARRANT)]
    random.Random(1).shuffle(pages)
    assert group_pages(pages) == group_pages(list(pages))


def test_text_of_prose_pages(read: Read) -> None:
    first = read([centred("到案经过", 30), *prose("2026年3月12日，我队接指令赶赴现场，发现一辆小型轿车停在路边。", 52)])
    second = read([*prose("当日22时06分，民警对陶志远进行测试。", 30), ("二〇二六年三月十八日", 128, 120)])
    (document,) = group_pages([first, second])
    assert document.date is not None
    assert (document.title, document.date.value, document.confidence >= 0.85) == ("到案经过", "2026-03-18", True)


def test_the_same_notice_for_another_person_is_another_paper() -> None:
    one = titled("SZ02", "户籍证明", persons=(value("陶志远"),))
    other = titled("SZ02", "常住人口基本信息", persons=(value("邱海峰"),))
    own_card = titled("SZ02", "居民身份证复印件", persons=(value("邱海峰"),))
    assert shape(group_pages([one, other, own_card])) == [("SZ02", (0,)), ("SZ02", (1, 2))]


def test_a_title_with_words_left_out_is_the_same_title_and_opens_another_paper() -> None:
    pages = [titled("ZC01", "犯罪嫌疑人诉讼权利义务告知书"), titled("ZC01", "犯罪嫌疑人权利义务告知书")]
    assert shape(group_pages(pages)) == [("ZC01", (0,)), ("ZC01", (1,))]


def test_text_that_breaks_off_goes_on_whatever_the_next_page_talks_of() -> None:
    pages = [titled("ZJ05", "起诉意见书", ends_open=True), untitled("JD01")]
    (document,) = group_pages(pages)
    assert document.pages == (0, 1)
    assert document.confidence > 0.85


def test_what_is_found_on_any_page_belongs_to_the_document() -> None:
    first = titled("ZJ05", "起诉意见书", charge=value("盗窃"), id_numbers=(value("990126198809152178", 0.5),))
    last = untitled(
        volumes=value("2"), pages=value("180"), copy=value("ours"), id_numbers=(value("990126198809152178", 0.9),)
    )
    (document,) = group_pages([first, last])
    assert [f.value for f in (document.charge, document.volumes, document.declared_pages, document.copy) if f] == [
        "盗窃",
        "2",
        "180",
        "ours",
    ]
    assert [number.confidence for number in document.id_numbers] == [0.9]


def test_another_title_after_untitled_pages_is_asked_unless_the_count_goes_on() -> None:
    report = [titled("DQ01", "价格认定结论书"), untitled(sure=0.95)]
    asked = group_pages([*report, titled("DQ01", "价格鉴定结论书")])
    counted = group_pages([*report, titled("DQ01", "价格鉴定结论书", page_no=3)])
    assert shape(asked) == shape(counted) == [("DQ01", (0, 1, 2))]
    assert asked[0].confidence < 0.85 < counted[0].confidence


def over(code: str, title: str, height: int, **more: object) -> PageReading:
    """A page with a title of so many pixels over it."""
    return replace(titled(code, title), title=Field(title, title, 0.95, (0, 0, 100, height)), **more)  # type: ignore[arg-type]


def test_a_title_repeated_smaller_over_later_pages_opens_no_paper() -> None:
    pages = [over("ZJ05", "起诉意见书", 90), over("ZJ05", "起诉意见书", 60), over("ZJ05", "起诉意见书", 60)]
    assert shape(group_pages(pages)) == [("ZJ05", (0, 1, 2))]
    assert len(group_pages([over("ZJ05", "起诉意见书", 90)] * 2)) == 2


def test_a_record_has_one_head_whatever_is_repeated_over_its_pages() -> None:
    first = over("GS01", "讯问笔录", 80, opens_record=True)
    assert shape(group_pages([first, over("GS01", "讯问笔录", 80), first])) == [("GS01", (0, 1)), ("GS01", (2,))]


def test_of_a_kind_of_many_sorts_another_title_is_another_paper() -> None:
    def sort(title: str, *, assorted: bool) -> PageReading:
        return replace(titled("SZ01", title), kind=KindGuess("SZ01", 0.97, 9.0, assorted=assorted))

    assert len(group_pages([sort("门诊病历", assorted=True), sort("聊天记录", assorted=True)])) == 2
    assert len(group_pages([sort("门诊病历", assorted=False), sort("聊天记录", assorted=False)])) == 1


def test_a_part_at_the_end_of_a_paper_belongs_to_it_under_a_title_of_its_own() -> None:
    pages = [titled("DQ01", "价格认定结论书"), untitled("DQ01", 0.9), titled("DQ01", "价格认定明细表")]
    (document,) = group_pages(pages)
    assert document.confidence >= 0.85


def test_when_a_page_was_printed_is_no_date_of_a_paper_that_has_another() -> None:
    printed = replace(value("2026-04-02", 0.7), role="打印")
    pages = [titled("ZC01", "告知书", date=printed), untitled("ZC01", 0.9, date=value("2026-03-06", 0.5))]
    assert group_pages(pages)[0].date == value("2026-03-06", 0.5)


def test_a_page_under_another_number_is_another_paper_though_its_title_is_lost() -> None:
    first = titled("ZC15", "鉴定结论通知书", "清公(望)鉴通字〔2026〕12号")
    known, unknown = untitled("ZC15", number=value(NUMBER)), untitled(number=value(NUMBER))
    doubted = untitled("ZC15", number=value(NUMBER, 0.6))
    assert shape(group_pages([first, known])) == [("ZC15", (0,)), ("ZC15", (1,))]
    assert group_pages([first, known])[1].confidence >= 0.85 > group_pages([first, unknown])[1].confidence
    assert len(group_pages([first, doubted])) == 1


def test_a_doubted_title_is_sure_where_the_words_alone_say_another_kind() -> None:
    said = replace(titled("ZC04", "认罪之罚从宽制度告知书"), start_confidence=0.72)
    confirmed = replace(said, kind=KindGuess("ZC04", 0.95, 9.0, confirmed=True))
    before = titled("ZC01", "犯罪嫌疑人诉讼权利义务告知书")
    assert group_pages([before, said])[1].confidence < 0.85 <= group_pages([before, confirmed])[1].confidence
    broken_off = replace(before, ends_open=True)
    assert group_pages([broken_off, confirmed])[1].confidence < 0.85
    same = titled("ZC04", "认罪认罚告知书", date=value("2026-03-18"))
    assert group_pages([same, confirmed])[-1].confidence < 0.85
    record = replace(confirmed, opens_record=True)
    assert group_pages([same, record])[-1].confidence >= 0.85
