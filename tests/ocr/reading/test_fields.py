"""Persons, closing dates, ordinals, page numbers and charges in their usual places."""

from __future__ import annotations

import pytest

from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import BODY, Placed, centred, prose


def names(read: Read, rows: list[Placed]) -> list[str]:
    return [person.value for person in read(rows).persons]


@pytest.mark.parametrize(
    "text",
    [
        "被讯问人 陶志远 性别 男",
        "被取保候审人:陶志远",
        "犯罪嫌疑人陶志远，男，1988年9月15日出生",
        "犯罪嫌疑人陶志远涉嫌危险驾驶罪",
        "决定对陶志远涉嫌危险驾驶一案立案侦查",
        "犯罪嫌疑人（签名、捺指印）：陶志远 2026.3.18",
        "未发现陶志远（男，汉族）有受过刑事处罚的记录",
        "陶志远:",
        "当事人姓名:陶志遠",  # a traditional form the engine wrote
    ],
)
def test_names(read: Read, text: str) -> None:
    assert names(read, [(text, 26, 100)]) == ["陶志远"]


def test_two_and_compound_character_names(read: Read) -> None:
    assert names(read, [("犯罪嫌疑人高明，男", 26, 100), ("被害人姓名 欧阳文静 性别 女", 26, 110)]) == [
        "高明",
        "欧阳文静",
    ]


def test_a_name_in_the_cell_beside_its_label(read: Read) -> None:
    assert names(read, [("姓名", 30, 100), ("陶志远", 70, 100.5), ("性别", 110, 100), ("男", 140, 100)]) == ["陶志远"]


@pytest.mark.parametrize(
    "text",
    [
        "犯罪嫌疑人诉讼权利义务",
        "对犯罪嫌疑人进行讯问",
        "犯罪嫌疑人有权申请回避",
        "侦查人员魏建平、罗晓东",
        "当事人对测试结果有无异议:",
    ],
)
def test_what_is_no_name(read: Read, text: str) -> None:
    assert names(read, [(text, 26, 100)]) == []


def date(read: Read, rows: list[Placed]) -> str | None:
    found = read(rows).date
    return found.value if found else None


def test_who_is_on_the_other_side_of_a_payment_is_not_of_the_paper(read: Read) -> None:
    page = read(
        [("户名:陶志远 账号:9999990067924911", 24, 50), ("对方户名：胡刚", 24, 70), ("收款人姓名：林勇", 24, 80)]
    )
    assert [person.value for person in page.persons] == ["陶志远"]


def test_the_closing_date_wins_over_receipt_and_text(read: Read) -> None:
    rows: list[Placed] = [
        *prose("因犯罪嫌疑人涉嫌危险驾驶罪，期限从2026年3月19日起算，2026年3月12日发生的事实已经查明。", 100),
        ("二〇二六年三月十八日", 128, 190),
        ("2026年3月20日11时", 90, 254),
    ]
    assert date(read, rows) == "2026-03-18"


def test_a_date_split_by_a_seal_is_put_together(read: Read) -> None:
    assert date(read, [("二〇", 120, 190), ("二六年三月十八日", 132, 190.5)]) == "2026-03-18"


def test_a_date_in_a_table_is_not_the_papers(read: Read) -> None:
    rows: list[Placed] = [("初次领证日期", 24, 120), ("2011-06-08", 70, 120), ("2026年3月13日", 130, 250)]
    assert date(read, rows) == "2026-03-13"
    assert date(read, rows[:2]) is None


def test_a_printing_time_counts_where_nothing_better_stands(read: Read) -> None:
    page = read([("打印时间：2026-03-13 08:15:22", 120, 16)])
    assert page.date is not None
    assert page.date.value == "2026-03-13"
    assert page.date.confidence < 0.85


def test_a_short_date_beside_a_signature(read: Read) -> None:
    assert date(read, [("查询人(签名):", 24, 200), ("罗晓东", 70, 200), ("2026.3.13", 100, 200)]) == "2026-03-13"


@pytest.mark.parametrize(("label", "wanted"), [("受案民警：何永", "2026-03-13"), ("驾驶证：何永", None)])
def test_a_short_date_beside_a_name_read_together_with_its_label(read: Read, label: str, wanted: str | None) -> None:
    assert date(read, [(label, 24, 200), ("2026-03-13", 100, 200)]) == wanted


def test_a_day_over_its_moments_is_not_the_papers(read: Read) -> None:
    moments: list[Placed] = [("04:42", 26, 66), ("取现", 45, 66), ("10:47", 26, 72), ("利息", 45, 72)]
    assert date(read, [("2025年11月13日", 22, 60), *moments]) is None
    assert date(read, [*moments, ("2025年11月13日", 130, 90)]) == "2025-11-13"


def test_a_name_before_a_label_read_in_one_line(read: Read) -> None:
    page = read([("报警人：姜涵报警电话：10000006590", 26, 60)])
    assert [person.value for person in page.persons] == ["姜涵"]


def test_a_signature_whose_print_is_asked_in_a_bracket(read: Read) -> None:
    page = read([("犯罪嫌疑人签名（捺印）：", 26, 60), ("方振英", 100, 60)])
    assert [person.value for person in page.persons] == ["方振英"]


def test_the_end_of_a_sentence_is_no_closing_date(read: Read) -> None:
    assert date(read, [("限从2026年3月18日", 26, 190)]) is None


def test_no_date_is_made_of_a_piece(read: Read) -> None:
    assert date(read, [("六年三月十八日", 132, 190)]) is None


@pytest.mark.parametrize(
    ("title", "below", "ordinal"),
    [
        ("讯问笔录（第1次）", "", "1"),
        ("讯问笔录", "(第三次)", "3"),
        ("第十二次讯问笔录", "", "12"),
        ("讯问笔录", "", None),
    ],
)
def test_ordinals(read: Read, title: str, below: str, ordinal: str | None) -> None:
    rows = [centred(title, 30), *([centred(below, 41, BODY)] if below else [])]
    found = read(
        [*rows, *prose("在第一次讯问时已经告知，现就有关事实继续讯问，请如实回答侦查人员的提问。", 70)]
    ).ordinal
    assert (found.value if found else None) == ordinal


@pytest.mark.parametrize(
    ("rows", "page_of"),
    [
        ([("第1页 共2页", 160, 14)], (1, 2)),
        ([("第 2 页，共 11 页", 90, 285)], (2, 11)),
        ([("第1页", 150, 14), ("共3页", 175, 14)], (1, 3)),
        ([("第三页共四页", 150, 14)], (3, 4)),
        ([("共5页 第2页", 150, 14)], (2, 5)),
        ([("第3页 共2页", 150, 14)], None),
        ([("卷宗第1页 共2页", 60, 150)], None),  # in the text, not at an edge
    ],
)
def test_page_numbers(read: Read, rows: list[Placed], page_of: tuple[int, int] | None) -> None:
    assert read(rows).page_of == page_of


@pytest.mark.parametrize(
    ("text", "charge"),
    [
        ("决定对陶志远危险驾驶案立案侦查", "危险驾驶"),
        ("涉嫌掩饰、隐瞒犯罪所得罪", "掩饰、隐瞒犯罪所得"),
        ("涉嫌倒卖文物罪", "倒卖文物"),  # not on the profile's list
        ("在道路上驾驶机动车", None),
    ],
)
def test_charges(read: Read, text: str, charge: str | None) -> None:
    found = read([(text, 26, 100)]).charge
    assert (found.value if found else None) == charge


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("犯罪嫌疑人姓名：陶志远", "陶志远", "犯罪嫌疑人"),
        ("报警人：陶志远 报警电话：10000005144", "陶志远", "报警人"),
        ("户名：陶志远 账号：9999990066617834", "陶志远", ""),
        ("经批准，对涉嫌盗窃罪的陶志远执行逮捕", "陶志远", ""),
        ("对陶志远的血样进行了血液酒精含量鉴定", "陶志远", ""),
    ],
)
def test_names_and_what_the_paper_calls_them(read: Read, text: str, name: str, role: str) -> None:
    (person,) = read([(text, 26, 100)]).persons
    assert (person.value, person.role) == (name, role)


def test_a_name_and_a_date_that_go_on_in_the_next_line(read: Read) -> None:
    first = "根据《中华人民共和国刑事诉讼法》之规定，兹决定对犯罪嫌疑人陶"
    reading = read([(first, 26, 100), ("志远（性别男）执行拘留。", 26, 109)])
    assert [person.value for person in reading.persons] == ["陶志远"]
    assert reading.persons[0].box[3] > 100  # both lines


@pytest.mark.parametrize("text", ["第2页/共4页", "第2页（共4页）", "共4页第2页", "第 2 页，共 4 页", "2/4"])
def test_pages_counted_in_several_wordings(read: Read, text: str) -> None:
    assert read([(text, 160, 14, 4.5), ("答:我听清楚了。", 26, 40)]).page_of == (2, 4)


@pytest.mark.parametrize("text", ["- 2 -", "第2页"])
def test_a_page_counted_without_the_total_goes_on(read: Read, text: str) -> None:
    reading = read([("以上事实清楚。", 37, 28), (text, 100, 284, 4.2)])
    assert (reading.page_no, reading.starts_document) == (2, False)
    assert reading.start_confidence > 0.9


def test_letters_read_for_figures_in_a_date_are_read_through(read: Read) -> None:
    reading = read([centred("扣押清单", 30), ("持有人:", 26, 200), ("陶志远", 50, 200), ("2026.3.l8", 90, 200)])
    assert reading.date is not None
    assert reading.date.value == "2026-03-18"
    assert reading.date.confidence < 0.85


def test_the_date_most_hands_wrote_counts(read: Read) -> None:
    hands = [("持有人:", 150), ("见证人:", 165), ("保管人:", 180)]
    days = ["2028.3.18", "2026.3.18", "2026.3.18"]
    rows: list[Placed] = [centred("扣押清单", 30)]
    for (label, y), day in zip(hands, days, strict=True):
        rows += [(label, 26, y), ("陶志远", 50, y), (day, 90, y)]
    assert date(read, rows) == "2026-03-18"


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([("990126198809", 50, 60), ("152178", 50, 68)], ["990126198809152178"]),  # in a narrow cell
        ([("990126", 50, 60), ("198809152178", 72, 60)], ["990126198809152178"]),
        ([("990126198809", 50, 60), ("152179", 50, 68)], []),  # the check digit is another
        ([("990126198809", 50, 60), ("152178", 120, 68)], []),
    ],
)
def test_an_identity_number_in_two_parts(read: Read, parts: list[Placed], wanted: list[str]) -> None:
    assert [number.value for number in read([("证件号码", 24, 60), *parts]).id_numbers] == wanted


def test_a_scene_number_stands_behind_its_label(read: Read) -> None:
    reading = read([centred("现场勘验笔录", 30), ("勘查号：K9901260000002026020957", 26, 50)])
    assert reading.number is not None
    assert reading.number.value == "K9901260000002026020957"
