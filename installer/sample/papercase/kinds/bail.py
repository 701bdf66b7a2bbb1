"""取保候审: the decision (QZ21) and the notice of duties (QZ22), whose last signature is missing on purpose."""

from papercase.case import BUREAU, CASE_NAME, CHARGE, HEARD, NUMBERS, SUSPECT, UNIT, chinese_day, day
from papercase.document import Document
from papercase.elements import BODY, NOTE, TITLE, Hand, signature_line
from papercase.handwriting import write_hand
from papercase.kinds.filing import BUREAU_SEAL, UNIT_SEAL
from papercase.seals import stamp_seal
from papercase.setting import paragraph
from papercase.sheet import Sheet

EMPTY_LABEL = "被取保候审人（签名、捺指印）"


def bail_decision() -> tuple[Sheet, ...]:
    """取保候审决定书: fill-in warrant, dossier copy; millimetres of a measured form."""
    sheet = Sheet("QZ21-1")
    sheet.centred(44.6, BUREAU, BODY, middle=106)
    sheet.centred(54.5, "取保候审决定书", TITLE, middle=106, tracking=1.5)
    sheet.centred(67.0, "（副本）", BODY, middle=106)
    sheet.flush_right(188.2, 84.7, NUMBERS["QZ21"], BODY)
    person = (
        f"犯罪嫌疑人‹{SUSPECT.name}›，性别‹{SUSPECT.sex}›，出生日期‹{SUSPECT.born_words}›，住址‹{SUSPECT.address}›，"
        f"单位及职业‹{SUSPECT.job}›，联系方式‹{SUSPECT.phone}›。"
    )
    decision = (
        f"我局正在侦查‹{CASE_NAME}›，因犯罪嫌疑人‹采取取保候审不致发生社会危险性›，根据《中华人民共和国刑事诉讼法》"
        f"第‹六十七条第一款第二项›之规定，决定对其取保候审，期限从‹{day(HEARD)}›起算。交纳保证金"
        "（大写）‹伍仟元整›。"
    )
    y = paragraph(sheet, 22.4, 100.7, 165.8, person, BODY, 10.6)
    paragraph(sheet, 22.4, y, 165.8, decision, BODY, 10.6)
    sheet.flush_right(184.0, 180.0, BUREAU, BODY)
    sheet.flush_right(178.4, 194.0, chinese_day(HEARD), BODY)
    stamp_seal(sheet, 150, 189.8, BUREAU_SEAL)
    sheet.write(30.9, 214, "本决定书已收到。", BODY)
    signature_line(
        sheet, 30.9, 232, "被取保候审人：", BODY, Hand(SUSPECT.name, finger=True), wants_print=True, room=62, height=11
    )
    sheet.write(138, 232, "（捺指印）", BODY)
    filled_date(sheet, 82, 254)
    sheet.write(24.4, 279.8, "此联附卷", NOTE)
    sheet.truth.fields.update(number=NUMBERS["QZ21"], date=HEARD.isoformat(), persons=[SUSPECT.name], charge=CHARGE)
    return (sheet,)


def filled_date(sheet: Sheet, x: float, y: float) -> None:
    """The receipt's date: printed 年 月 日 时, figures by hand."""
    figures = (("2026", "年", 21.0), ("3", "月", 9.0), ("18", "日", 11.0), ("11", "时", 11.0))
    for figure, word, room in figures:
        write_hand(sheet, x + 1.0, y + 3.0, figure, 8.0, SUSPECT.name)
        x = sheet.write(x + room, y, word, BODY)


INTRODUCTION = (
    f"根据《中华人民共和国刑事诉讼法》第七十一条的规定，公安机关已决定对你取保候审，期限为十二个月，自{day(HEARD)}起计算。"
    "在取保候审期间，你应当遵守下列规定，并承担相应的法律责任："
)
DUTIES_FRONT = (
    "一、未经执行机关批准，不得离开所居住的市、县。确有正当理由需要离开的，应当提前提出书面申请，经批准后方可离开，并按期返回报告。",
    "二、住址、工作单位和联系方式发生变动的，应当在二十四小时以内向执行机关报告，不得隐瞒或者拖延。",
    "三、在传讯的时候及时到案，不得以任何理由推托、躲避。确因疾病等原因不能按时到案的，应当事先说明并提供证明。",
    "四、不得以任何形式干扰证人作证，不得威胁、引诱、收买证人，也不得打听、传播证人的住址和联系方式。",
    "五、不得毁灭、伪造证据或者串供，不得指使、教唆他人作虚假陈述。",
    "六、按照公安机关的要求，不得进入下列特定的场所：提供酒类饮品的娱乐场所；不得从事下列特定的活动：驾驶机动车。",
    "七、将机动车驾驶证、出入境证件交执行机关保存，保存期间不得申请补领、换领。",
)
DUTIES_BACK = (
    "八、每月第一周向执行机关报告一次本人的活动情况，报告可以采用书面形式，也可以当面进行，并接受执行机关的教育和考察。",
    "九、执行机关为清禾市公安局望陵分局溪桥派出所，你应当在接到决定书之日起二十四小时以内持决定书前往报到。",
    "被取保候审人违反上述规定，已交纳保证金的，没收部分或者全部保证金，并且区别情形，责令具结悔过、重新交纳保证金、提出保证人，"
    "或者监视居住、予以逮捕。对违反规定需要予以逮捕的，可以先行拘留。在取保候审期间故意实施新的犯罪的，没收全部保证金，并依法追究刑事责任。",
    "取保候审期间没有违反规定的，取保候审结束的时候，凭解除取保候审的通知或者有关法律文书到银行领取退还的保证金。",
    "以上内容本人已经阅读，并已听取办案人员的说明，本人完全明白，保证严格遵守。",
)


def duties_notice() -> tuple[Sheet, ...]:
    """被取保候审人义务告知书: two faces; the suspect has neither signed nor printed at the end."""
    first, second = Sheet("QZ22-1"), Sheet("QZ22-2")
    first.centred(28, "被取保候审人义务告知书", TITLE, tracking=1.0)
    first.write(26, 48, f"{SUSPECT.name}：", BODY)
    y = paragraph(first, 26, 59, 158, INTRODUCTION, BODY, 10.6)
    for duty in DUTIES_FRONT:
        y = paragraph(first, 26, y, 158, duty, BODY, 10.6)
    y = 30.0
    for duty in DUTIES_BACK:
        y = paragraph(second, 26, y, 158, duty, BODY, 10.6)
    signature_line(second, 26, y + 12, f"{EMPTY_LABEL}：", BODY, wants_print=True, room=70)
    second.write(110, y + 24, "年　　月　　日", BODY)
    second.flush_right(184, 236, UNIT, BODY)
    second.flush_right(176, 250, chinese_day(HEARD), BODY)
    stamp_seal(second, 150, 245.8, UNIT_SEAL)
    first.truth.fields.update(persons=[SUSPECT.name])
    second.truth.fields.update(date=HEARD.isoformat())
    return (first, second)


BAIL_DECISION = Document(
    kind="QZ21",
    title="取保候审决定书",
    written_faces=1,
    write=bail_decision,
    date=HEARD,
    number=NUMBERS["QZ21"],
    persons=(SUSPECT.name,),
)
DUTIES_NOTICE = Document(
    kind="QZ22",
    title="被取保候审人义务告知书",
    written_faces=2,
    write=duties_notice,
    date=HEARD,
    persons=(SUSPECT.name,),
    left_empty=(1, EMPTY_LABEL),
)
