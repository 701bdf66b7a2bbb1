"""What one page says about itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from ocr.engines.types import Line
from ocr.reading import Lexicon, read_page
from tests.ocr.reading.conftest import DPI, HEIGHT, WIDTH, Lay, Read
from tests.ocr.reading.papers import (
    BODY,
    CARD_COPY,
    CATALOGUE,
    CUSTODY_WARRANT,
    OPINION_GOES_ON,
    RECORD,
    RECORD_GOES_ON,
    TITLE,
    Placed,
    centred,
    prose,
    record,
)

ASK_BELOW = 0.85
FILLER = "经审查，本案事实清楚，现将有关情况通知如下，请按照规定的期限和方式办理，并将办理结果书面告知我单位。"


def letter(*titles: str, size: float = TITLE) -> list[Placed]:
    """A page of prose under one or more title lines."""
    heads = [centred(title, 30 + 11 * number, size) for number, title in enumerate(titles)]
    return [*heads, *prose(FILLER, 70)]


def test_a_warrant_says_everything(read: Read) -> None:
    page = read(CUSTODY_WARRANT)
    assert page.kind is not None
    assert (page.kind.code, page.starts_document, page.opens_record) == ("QZ03", True, False)
    assert page.kind.confidence >= ASK_BELOW <= page.start_confidence
    assert page.title is not None
    assert (page.title.value, page.title.raw) == ("拘留证", "拘 留 证")
    assert page.number is not None
    assert page.number.value == "清公(望)拘字〔2026〕12号"
    assert page.date is not None
    assert (page.date.value, page.date.raw) == ("2026-03-18", "二〇二六年三月十八日")
    assert [person.value for person in page.persons] == ["陶志远"]
    assert [(z.label, z.wants_signature, z.wants_print) for z in page.zones] == [
        ("被拘留人(捺指印)", True, True),
        ("接收民警", True, False),
    ]


def test_letters_of_a_spaced_title_may_be_lines_of_their_own(read: Read) -> None:
    letters: list[Placed] = [(char, 87 + 15 * place, 54.9, TITLE) for place, char in enumerate("拘留证")]
    page = read([line for line in CUSTODY_WARRANT if line[0] != "拘 留 证"] + letters)
    assert page.kind is not None
    assert page.title is not None
    assert (page.kind.code, page.title.value) == ("QZ03", "拘留证")


def test_title_over_two_lines(read: Read) -> None:
    page = read(letter("犯罪嫌疑人诉讼权利", "义务告知书"))
    assert page.kind is not None
    assert page.kind.code == "ZC01"


def unique_titles(lexicon: Lexicon) -> dict[str, str]:
    """Titles and aliases that belong to one kind only, as long as engines need to be sure."""
    owners: dict[str, list[str]] = {}
    for kind in lexicon.kinds:
        for title in (kind.title, *kind.aliases):
            owners.setdefault(title, []).append(kind.code)
    return {title: codes[0] for title, codes in owners.items() if len(codes) == 1 and "…" not in title}


def test_each_kind_goes_by_each_of_its_titles(read: Read, lexicon: Lexicon) -> None:
    wrong = {}
    for title, code in unique_titles(lexicon).items():
        page = read(letter(title))
        if page.kind is None or page.kind.code != code or not page.starts_document:
            wrong[title] = (code, page.kind)
    assert wrong == {}


def test_misread_titles_are_found_or_asked_never_another_kind(read: Read, lexicon: Lexicon) -> None:
    """One character in eight as engines confuse it: hardly any is lost, none is filed wrong without being asked."""
    alike: dict[str, list[str]] = {}
    for wrong, right in lexicon.confusions.items():
        if len(wrong) == 1:
            alike.setdefault(right, []).append(wrong)
    rng = random.Random(7)
    right = asked = 0
    titles = {title: code for title, code in unique_titles(lexicon).items() if len(title) >= 5}
    for title, code in titles.items():
        noisy = "".join(rng.choice(alike[c]) if c in alike and rng.random() < 0.5 else c for c in title)
        kind = read(letter(noisy)).kind
        sure = kind is not None and kind.confidence >= ASK_BELOW
        right += sure and kind is not None and kind.code == code
        asked += not sure
        assert not sure or (kind is not None and kind.code == code), (title, noisy, kind)
    assert right >= 0.97 * len(titles), (right, asked, len(titles))


def test_a_nearly_right_title_needs_words_that_speak_for_it(read: Read) -> None:
    alone = read(letter("立案决走书")).kind
    assert alone is not None
    assert alone.confidence < ASK_BELOW
    body = "经审查，陶志远涉嫌危险驾驶罪，根据《中华人民共和国刑事诉讼法》之规定，决定对陶志远危险驾驶案立案侦查。"
    supported = read([centred("立案决走书", 60), ("清公(望)立字〔2026〕127号", 110, 85), *prose(body, 101)]).kind
    assert supported is not None
    assert (supported.code, supported.confidence >= ASK_BELOW) == ("LA03", True)


def test_a_misread_title_behind_other_words_is_confirmed_by_the_text(read: Read) -> None:
    body = (
        "犯罪嫌疑人自愿如实供述自己的罪行，愿意接受处罚的，可以依法从宽处理；没有委托辩护人的，由值班律师提供法律帮助。"
    )
    notice = read([centred("犯罪嫌疑人认罪认罚从宽制度告知口", 60), *prose(body, 101)])
    assert notice.kind is not None
    assert (notice.kind.code, notice.kind.confidence >= ASK_BELOW, notice.kind.confirmed) == ("ZC04", True, False)
    running = ("2026/5/11 8:46 犯罪嫌疑人认罪认罚从宽制度告知书", 60, 10, 3.6)
    said = read([running, centred("犯罪嫌疑人认罪认罚从宽制度告知口", 60), *prose(body, 101)])
    assert said.kind is not None
    assert said.kind.confirmed
    bare = read(letter("犯罪嫌疑人认罪认罚从宽制度告知口")).kind
    assert bare is None or bare.confidence < ASK_BELOW


def test_an_unknown_title_over_words_of_one_kind_alone_is_confirmed(read: Read) -> None:
    rows = [
        (label, 26, 60 + 9 * n, 4.0)
        for n, label in enumerate(("警情编号", "报警人", "报警电话", "出警时间", "处警结果"))
    ]
    unknown = read(letter("停车位使用情况登记表")).kind
    assert unknown is None or not unknown.confirmed
    page = read(
        [
            centred("指挥中心派单", 30),
            *rows,
            ("到达现场", 26, 120, 4.0),
            ("出警人员", 26, 130, 4.0),
            ("反馈", 26, 140, 4.0),
        ]
    )
    assert page.kind is not None
    assert (page.kind.code, page.kind.confirmed) == ("ZA01", True)


def test_a_paper_whose_title_is_lost_is_known_by_its_number_and_text(read: Read) -> None:
    body = "我局指派/聘请有关人员，对涉案物品进行了价格鉴定。鉴定意见是：价格为人民币85700元。"
    rows = [*prose(body, 101), ("如果你对该鉴定意见有异议，可以提出补充鉴定或者重新鉴定的申请。", 37.2, 140)]
    numbered = read([("清公(望)鉴通字〔2026〕13号", 110, 85), *rows])
    assert numbered.kind is not None
    assert (numbered.kind.code, numbered.starts_document) == ("ZC15", False)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("归案办案情况说明", "ZA02"),
        ("到案情况的说明", "ZA02"),
        ("抓获嫌疑人经过", "ZA02"),
        ("犯罪嫌疑人抓获情况", "ZA02"),
        ("铁路公安110接警登记表", "ZA01"),
        ("执法记录仪视频说明", "ST01"),
        ("监控光盘制作说明", "ST01"),
        ("居民户籍信息", "SZ02"),
        ("全国人口信息查询结果", "SZ02"),
        ("机主通话记录清单", "SZ01"),
        ("聊天界面截图", "SZ01"),
        ("微信聊天界面截图", "SZ01"),
        ("物证检验照片", "WZ07"),
        ("通信费用清单（语音详单）", "SZ01"),
        ("亲笔供词", "GS02"),
        ("案件移送审查起诉告知书", "ZJ06"),
    ],
)
def test_titles_worded_by_a_county(read: Read, title: str, code: str) -> None:
    kind = read(letter(title)).kind
    assert kind is not None
    assert (kind.code, kind.confidence >= ASK_BELOW) == (code, True)


def test_a_notice_of_a_step_is_not_the_paper_of_that_step(read: Read) -> None:
    kind = read(letter("移送审查起诉情况告知书")).kind
    assert kind is None or (kind.code, kind.confidence >= ASK_BELOW) != ("ZJ05", True)


@pytest.mark.parametrize("glyph", ["讯问笔录(第1次)", "询问笔录(第1次)", "汛问笔录(第1次)"])
@pytest.mark.parametrize(
    ("person", "notice", "code"),
    [
        ("被讯问人", "犯罪嫌疑人诉讼权利义务告知书", "GS01"),
        ("被询问人", "被害人诉讼权利义务告知书", "BH01"),
        ("被询问人", "证人诉讼权利义务告知书", "ZR01"),
    ],
)
def test_the_person_word_decides_between_records(read: Read, glyph: str, person: str, notice: str, code: str) -> None:
    page = read(record(glyph, person, notice))
    assert page.kind is not None
    assert page.kind.code == code
    assert page.kind.confidence >= ASK_BELOW


def test_a_record_says_start_ordinal_person_and_page(read: Read) -> None:
    page = read(RECORD)
    assert page.opens_record
    assert page.date is not None
    assert (page.date.value, page.date.raw) == ("2026-03-18", "2026年3月18日14时20分")
    assert page.ordinal is not None
    assert page.ordinal.value == "1"
    assert page.page_of == (1, 2)
    assert [person.value for person in page.persons] == ["陶志远"]
    assert [number.value for number in page.id_numbers] == ["990126198809152178"]
    assert page.id_numbers[0].confidence >= ASK_BELOW


def test_a_record_without_a_readable_title_opens_all_the_same(read: Read) -> None:
    page = read([line for line in RECORD if "笔录" not in line[0]])
    assert page.starts_document
    assert page.start_confidence < ASK_BELOW
    assert page.kind is not None
    assert page.kind.code == "GS01"


def test_a_numbered_continuation_goes_on(read: Read) -> None:
    page = read(RECORD_GOES_ON)
    assert not page.starts_document
    assert page.start_confidence >= ASK_BELOW
    assert (page.page_of, page.title) == ((2, 2), None)


@pytest.mark.parametrize("label", ["客户名称", "账户名称", "开户人"])
def test_who_holds_an_account_is_named_without_a_role(read: Read, label: str) -> None:
    page = read(
        [centred("客户账户交易明细查询表", 30, TITLE), (f"{label}：蒋峰 客户账号：9999990083432808", 30, 60, BODY)]
    )
    assert [(person.value, person.role) for person in page.persons] == [("蒋峰", "")]


def test_titles_in_a_catalogue_do_not_count(read: Read) -> None:
    page = read(CATALOGUE)
    assert page.kind is not None
    assert page.kind.code == "FM02"
    rest = read(CATALOGUE[1:])  # a second sheet repeats no title
    assert not rest.starts_document
    assert rest.title is None


def test_titles_in_a_list_of_evidence_do_not_count(read: Read) -> None:
    page = read(OPINION_GOES_ON)
    assert (page.starts_document, page.title) == (False, None)
    assert page.date is not None
    assert page.date.value == "2026-04-02"
    assert page.charge is not None
    assert page.charge.value == "危险驾驶"


def test_a_notice_quoted_in_a_record_does_not_count(read: Read) -> None:
    quoted: list[Placed] = [("《犯罪嫌疑人诉讼权利义务告知书》", 50, 30), *prose(FILLER, 39)]
    page = read(quoted)
    assert (page.starts_document, page.title) == (False, None)


def test_an_untitled_form_is_known_by_its_labels(read: Read) -> None:
    page = read(CARD_COPY)
    assert not page.starts_document
    assert page.kind is not None
    assert page.kind.code == "SZ02"


def test_prose_without_title_is_asked(read: Read) -> None:
    page = read(prose(FILLER, 30) + prose(FILLER, 50) + prose(FILLER, 70))
    assert page.kind is None
    assert (page.starts_document, page.start_confidence < ASK_BELOW) == (False, True)


def test_an_unknown_title_opens_but_is_asked(read: Read) -> None:
    page = read(letter("停车位使用情况登记表"))
    assert page.starts_document
    assert page.start_confidence < ASK_BELOW
    assert page.kind is None or page.kind.confidence < ASK_BELOW


def test_a_wrong_check_digit_is_kept_as_read_with_low_confidence(read: Read) -> None:
    rows: Sequence[Placed] = [("公民身份号码990126198809152171", 26, 60), ("身份证号99012619880915217x", 26, 70)]
    wrong, small = read(rows).id_numbers
    assert (wrong.value, small.value, small.raw) == ("990126198809152171", "99012619880915217X", "99012619880915217x")
    assert wrong.confidence <= 0.3 >= small.confidence


def test_an_empty_page_says_nothing(read: Read) -> None:
    page = read([("　", 20, 20)])
    assert (page.kind, page.title, page.date, page.zones) == (None, None, None, ())


def test_confidence_is_that_of_the_weakest_character(read: Read) -> None:
    page = read([centred("立案决定书", 50), ("清公(望)立字〔2026〕127号", 110, 85, BODY)])
    assert page.number is not None
    assert page.number.confidence == pytest.approx(0.98)
    left, top, width, height = page.number.box
    assert (left, top) == (1299, 1004)
    assert width > 10 * height


def test_a_small_line_in_the_margin_is_no_title_of_the_page(read: Read) -> None:
    running: Placed = ("讯问笔录", 97, 10, 3.6)
    first = read([running, centred("讯问笔录", 35), ("时间 2026年3月5日14时20分 至 2026年3月5日15时20分", 27, 60)])
    later = read([running, ("答：我知道错了，愿意赔偿损失。", 27, 40), ("问：还有补充吗？", 27, 50)])
    assert first.title is not None
    assert first.starts_document
    assert first.opens_record
    assert not later.starts_document
    assert later.kind is not None
    assert later.kind.code == "GS01"


def test_a_title_that_says_it_goes_on_opens_nothing(read: Read) -> None:
    for title in ("扣押清单（续页）", "扣押清单（续）", "扣押清单续页"):
        page = read([centred(title, 30), ("3", 27, 60), ("手机", 60, 60)])
        assert not page.starts_document, title
        assert page.kind is not None
        assert page.kind.code == "WZ01"


def test_an_upright_stamp_stands_beside_no_line(lay: Lay, lexicon: Lexicon) -> None:
    text = lay([centred("立案决定书", 40, 5.6), *prose("根据《中华人民共和国刑事诉讼法》之规定，决定立案侦查。", 70)])
    stamp = Line("复印件与原件核对无异", 0.98, ((106, 300), (165, 300), (165, 1500), (106, 1500)), ())
    page = read_page(replace(text, lines=(stamp, *text.lines)), WIDTH, HEIGHT, DPI, lexicon)
    assert page.starts_document
    assert page.title is not None
    assert page.title.value == "立案决定书"


HEADS = (
    ["讯问时间：自2026年3月5日14时20分起至2026年3月5日15时20分止", "被讯问人：陶志远"],
    ["讯问时间：2026年3月5日14:20至15:20", "被讯问人姓名：陶志远"],
    ["讯问开始时间 2026年3月5日14时20分", "讯问结束时间 2026年3月5日15时20分", "被讯问人 陶志远"],
    ["起始时间：2026-03-05 14:20:00  终止时间：2026-03-05 15:20:00", "被讯问人：陶志远"],
    ["2026年3月5日14时20分至2026年3月5日15时20分，民警在讯问室对被讯问人进行讯问。", "被讯问人姓名：陶志远"],
    ["一、讯问时间：自2026年3月5日14时20分至2026年3月5日15时20分", "二、被讯问人：陶志远"],
    ["开始 2026年3月5日14时20分", "结束 2026年3月5日15时20分", "姓名 陶志远"],
    ["自 2026年3月5日14时20分 起", "至 2026年3月5日15时20分 止", "讯问对象：陶志远（被讯问人）"],
)


@pytest.mark.parametrize("head", HEADS, ids=[lines[0][:6] for lines in HEADS])
def test_a_record_starts_at_the_first_moment_of_its_head(read: Read, head: list[str]) -> None:
    rows: list[Placed] = [(text, 27, 50 + 9 * place) for place, text in enumerate(head)]
    page = read([centred("讯问笔录", 30), *rows, ("问：你因什么事被传唤？", 27, 90), ("答：不知道。", 27, 99)])
    assert page.opens_record
    assert page.date is not None
    assert page.date.value == "2026-03-05"


def test_a_later_page_with_dates_beside_hands_begins_no_record(read: Read) -> None:
    hands: list[Placed] = [("见证人（签名）：", 27, 40), ("王伟", 70, 40), ("2026-03-05 18:00:00", 120, 40)]
    assert not read([centred("现场勘验笔录", 22, 5.2), *hands]).opens_record


def test_letters_read_for_zeros_are_mended_where_the_check_digit_agrees(read: Read) -> None:
    good, bad = (
        read([("证件号码", 27, 60), (text, 70, 60)]).id_numbers for text in ("99O126198809152178", "99O126198809152179")
    )
    assert [(number.value, number.confidence > 0.9) for number in good] == [("990126198809152178", True)]
    assert all(number.confidence < ASK_BELOW for number in bad)


def test_a_number_whose_last_sign_is_misread_is_asked(read: Read) -> None:
    page = read([centred("起诉意见书", 40), ("清公(望)诉字〔2026〕185之", 120, 60)])
    assert page.number is not None
    assert page.number.value == "清公(望)诉字〔2026〕185号"
    assert page.number.confidence < ASK_BELOW


def test_a_cell_whose_neighbour_stands_a_little_lower_is_no_title(read: Read) -> None:
    rows: list[Placed] = [("(接上页)", 27, 20), ("云州铁路公", 27, 110.4), centred("常住人口基本信息", 110.0, BODY)]
    assert read(rows).title is None


def test_a_title_is_measured_by_its_ink(lay: Lay, lexicon: Lexicon) -> None:
    text = lay(letter("无违法犯罪记录证明"))
    framed = [
        replace(line, box=tuple((x, y + 30 * (corner > 1)) for corner, (x, y) in enumerate(line.box)))
        for line in text.lines[1:]
    ]
    page = read_page(replace(text, lines=(text.lines[0], *framed)), WIDTH, HEIGHT, DPI, lexicon)
    assert page.title is not None
    assert page.title.raw == "无违法犯罪记录证明"


def test_a_line_in_the_margin_is_not_the_first(read: Read) -> None:
    page = read([("A9901260000002026041304", 90, 10, 3.6), *letter("涉案违法犯罪记录单", size=BODY)])
    assert page.title is not None
