"""讯问笔录(第1次) (GS01): ruled questions and answers, signed and printed on every page."""

from papercase.case import HEARD, OFFICER, SECOND_OFFICER, SUSPECT, UNIT, short_day
from papercase.document import Document
from papercase.elements import SMALL, TITLE, Hand, signature_line
from papercase.fingerprints import press
from papercase.fonts import Type, Typeface
from papercase.handwriting import sign, write_hand
from papercase.setting import FILL_CLOSE, FILL_OPEN, SetLine, break_lines, set_line
from papercase.sheet import Sheet

LEFT, WIDTH = 24.0, 164.0
PITCH = 8.4
TEXT = Type(Typeface.SONG, 13)
FOOT = 268.0
FOOT_LABEL = "被讯问人（签名、捺指印）："

TALK = (
    "问：我们是清禾市公安局交通警察支队望陵大队的民警（出示工作证件），现依法对你进行讯问，你应当如实回答我们的提问，与本案无关的问题，你有拒绝回答的权利。你听清楚了吗？",
    "答：我听清楚了。",
    "问：这是《犯罪嫌疑人诉讼权利义务告知书》，请你阅读，不清楚的地方我们可以向你解释。",
    "答：我看过了，你们也给我读了一遍，内容我都明白。我不申请回避，暂时也不委托律师。",
    "问：你是否知道自己因为什么事情到公安机关接受讯问？",
    "答：知道，是因为2026年3月12日晚上我喝酒以后开车，被交警查到了。",
    "问：你把当天的经过如实讲一下。",
    "答：当天18时30分左右，我和朋友邱海峰在云汀路的三味小厨吃饭，我喝了大约四两白酒，后来又喝了两瓶啤酒，一直吃到21时20分左右才结束。因为饭店离我家只有三公里左右，我心存侥幸，没有叫代驾，就自己把车开走了。",
    "问：你驾驶的是什么车？行驶的路线是怎样的？",
    "答：是我自己的云驰牌灰色小型轿车，号牌是测A·D4821。我从云汀路出发，左转进入溪桥路，准备回柳堤路的家里。开到文渡街口附近时，我觉得头晕，就把车停在了路边，没过多久民警就到了。",
    "问：民警对你做了哪些检查？结果是多少？",
    "答：民警先让我吹气，结果是168mg/100ml，我看过以后在单子上签了名。后来民警带我去望陵区第三人民医院，护士给我抽了两管血，当着我的面封好了。",
    "问：血样检测的结果是176.4mg/100ml，你有没有异议？",
    "答：没有异议，我不申请重新鉴定。",
    "问：当时车上还有没有其他人？有没有发生交通事故？",
    "答：车上只有我一个人，没有发生事故，也没有碰到别人。",
    "问：你是否有驾驶资格？以前是否受过处罚？",
    "答：我有C1驾驶证，2011年领的。以前没有受过刑事处罚，也没有因为酒后驾车被处理过。",
    "问：当天喝酒的还有谁？有没有人劝你不要开车？",
    "答：喝酒的是我和邱海峰两个人，他家住在饭店旁边，是走路回去的。他劝我找代驾，我当时觉得路近，没有听。",
    "问：你对自己的行为有什么认识？",
    "答：我知道错了，喝酒以后开车对自己和别人都很危险，我愿意接受处罚，保证以后不再犯。",
    "问：你还有没有要补充的？以上所讲是否属实？",
    "答：没有补充了，以上讲的都属实。",
)


def interrogation_record() -> tuple[Sheet, ...]:
    """Two faces; on the last the formula, name and date in the suspect's own hand."""
    first, second = Sheet("GS01-1"), Sheet("GS01-2")
    page_number(first, 1, 2)
    first.centred(20, "讯问笔录（第1次）", TITLE, tracking=0.6)
    y = header(first, 36.0)
    lines = [line for text in TALK for line in break_lines(text, TEXT, WIDTH, 0.0)]
    room = int((FOOT - 12 - y) / PITCH)
    ruled(first, y + 2.0, lines[:room])
    page_number(second, 2, 2)
    y = ruled(second, 24.0, lines[room:])
    closing(second, y)
    for sheet in (first, second):
        hand = Hand(SUSPECT.name, finger=True, date=HEARD)
        signature_line(sheet, LEFT, FOOT, FOOT_LABEL, SMALL, hand, wants_print=True, room=84)
    first.truth.fields.update(ordinal=1, date=HEARD.isoformat(), persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])
    return (first, second)


def page_number(sheet: Sheet, page: int, total: int) -> None:
    sheet.flush_right(LEFT + WIDTH, 12, f"第 {page} 页 共 {total} 页", SMALL)
    sheet.truth.page_of = (page, total)


def header(sheet: Sheet, y: float) -> float:
    """The head of the form: labels, typed values underlined, officers' names signed; returns the y below it."""
    typed = (
        "时间‹2026年3月18日09时20分›至‹2026年3月18日10时35分›",
        f"地点‹{UNIT}执法办案区第二讯问室›",
    )
    for text in typed:
        y = typed_line(sheet, y, text)
    for label, name in (("讯问人（签名）", OFFICER), ("记录人（签名）", SECOND_OFFICER)):
        signature_line(sheet, LEFT, y, label, TEXT, Hand(name), room=36, height=7.8)
        x = sheet.write(LEFT + 72, y, "工作单位", TEXT)
        end = sheet.write(x + 1, y, UNIT, TEXT)
        sheet.rule(x + 1, y + 5.4, end, y + 5.4, width=0.2)
        y += PITCH + 0.8
    personal = (
        f"被讯问人‹{SUSPECT.name}›性别‹{SUSPECT.sex}›民族‹汉族›出生日期‹{SUSPECT.born_words}›文化程度‹大专›",
        f"身份证件种类及号码‹居民身份证　{SUSPECT.id_number}›政治面貌‹群众›",
        f"户籍所在地‹{SUSPECT.address}›是否人大代表‹否›",
        f"现住址‹{SUSPECT.address}›联系电话‹{SUSPECT.phone}›",
        f"工作单位和职业‹{SUSPECT.job}›到案方式‹电话通知到案›",
    )
    for text in personal:
        y = typed_line(sheet, y, text)
    return y


def typed_line(sheet: Sheet, y: float, text: str) -> float:
    """Labels and underlined values of the head, with a little air around the values; returns the y below."""
    airy = text.replace(FILL_OPEN, f"{FILL_OPEN} ").replace(FILL_CLOSE, f" {FILL_CLOSE} ")
    for line in break_lines(airy, TEXT, WIDTH, 0.0):
        set_line(sheet, LEFT, y, WIDTH, line, TEXT, 0.0)
        y += PITCH
    return y


def ruled(sheet: Sheet, y: float, lines: list[SetLine]) -> float:
    """Lines of questions and answers, each ruled over the full width; returns the y below them."""
    for line in lines:
        set_line(sheet, LEFT, y, WIDTH, line, TEXT, 0.0)
        ruling(sheet, y)
        y += PITCH
    return y


def ruling(sheet: Sheet, y: float) -> None:
    sheet.rule(LEFT, y + 6.3, LEFT + WIDTH, y + 6.3, width=0.15)


def rule_rest(sheet: Sheet, y: float) -> None:
    """Empty ruled lines down to the foot."""
    while y < FOOT - 14:
        ruling(sheet, y)
        y += PITCH


def closing(sheet: Sheet, y: float) -> None:
    """The formula in the suspect's own hand on the last free lines, with name, print and date."""
    ruling(sheet, y)
    write_hand(sheet, LEFT + 6, y + 4.4, "以上笔录我看过和我说的相符", 7.0, SUSPECT.name)
    sign(sheet, LEFT + 104, y + 3.4, SUSPECT.name, height=8.5)
    press(sheet, LEFT + 134, y + 4.0, SUSPECT.name)
    write_hand(sheet, LEFT + 104, y + PITCH + 4.6, short_day(HEARD), 6.0, SUSPECT.name)
    rule_rest(sheet, y + PITCH)
    sheet.write(LEFT + 6, y + 3 * PITCH, "（以下空白）", TEXT)


INTERROGATION_RECORD = Document(
    kind="GS01",
    title="讯问笔录（第1次）",
    written_faces=2,
    write=interrogation_record,
    date=HEARD,
    persons=(SUSPECT.name,),
    ordinal=1,
)
