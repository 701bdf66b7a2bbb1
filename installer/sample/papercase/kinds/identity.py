"""身份、前科: population print-out and ID card copy (SZ02), query of earlier offences (SZ03)."""

import numpy as np

from papercase.case import HEARD, QUERIED, REGISTRAR, SECOND_OFFICER, STATION, SUSPECT, UNIT, chinese_day, day
from papercase.document import Document
from papercase.elements import BODY, PRINTOUT, SMALL, TITLE, Hand, signature_line
from papercase.fonts import Type, Typeface
from papercase.handwriting import write_hand
from papercase.kinds.filing import UNIT_SEAL
from papercase.pictures import portrait
from papercase.seals import Seal, stamp_seal
from papercase.setting import Cell, paragraph, row
from papercase.sheet import Sheet
from papercase.units import px

HOUSEHOLD_SEAL = Seal(STATION, chord="户口专用章", diameter=40.0)
LEFT = 22.0
HEADING = Type(Typeface.MING, 20)
FINE = Type(Typeface.MING, 10.5)
CARD_LABEL = Type(Typeface.HEI, 7.5)
CARD_VALUE = Type(Typeface.HEI, 9)
CARD_NUMBER = Type(Typeface.HEI_BOLD, 11)
CARD_TITLE = Type(Typeface.HEI_BOLD, 13)


def population_record() -> tuple[Sheet, ...]:
    """户籍证明: 常住人口基本信息 with a portrait, then a copy of the ID card."""
    first, second = Sheet("SZ02-1"), Sheet("SZ02-2")
    population_printout(first)
    card_copy(second)
    return (first, second)


def population_printout(sheet: Sheet) -> None:
    sheet.write(LEFT, 16, "查询用户：990126084", FINE)
    sheet.flush_right(190, 16, "打印时间：2026-03-16 09:42:37", FINE)
    sheet.centred(28, "常住人口基本信息", HEADING, tracking=1.0)
    y = 46.0
    beside = [
        [(28, "姓名"), (38, SUSPECT.name), (24, "性别"), (38, SUSPECT.sex)],
        [(28, "曾用名"), (38, "无"), (24, "民族"), (38, "汉族")],
        [(28, "出生日期"), (38, "1988-09-15"), (24, "婚姻状况"), (38, "已婚")],
        [(28, "公民身份号码"), (100, SUSPECT.id_number)],
    ]
    top = y
    for cells in beside:
        y = row(sheet, LEFT, y, 12.5, [Cell(width, text) for width, text in cells], PRINTOUT)
    sheet.frame(LEFT + 128, top, 40, y - top)
    sheet.paste(px(LEFT + 132), px(top + 4), portrait(32, 41))
    below = [
        [(28, "户籍地址"), (140, SUSPECT.address)],
        [(28, "出生地"), (56, "清禾市望陵区"), (28, "籍贯"), (56, "清禾市")],
        [(28, "文化程度"), (56, "大学专科教育"), (28, "兵役状况"), (56, "未服兵役")],
        [(28, "户号"), (56, "990126003718"), (28, "与户主关系"), (56, "户主")],
        [(28, "服务处所"), (56, "清禾市云汀建材商行"), (28, "职业"), (56, "销售员")],
        [(28, "身高"), (56, "174厘米"), (28, "血型"), (56, "不详")],
        [(28, "何时由何地迁来"), (140, "2009年7月由清禾市文渡镇迁来")],
        [(28, "所属派出所"), (56, STATION), (28, "户籍状态"), (56, "正常")],
    ]
    for cells in below:
        y = row(sheet, LEFT, y, 12.5, [Cell(width, text) for width, text in cells], PRINTOUT)
    text = (
        "以上信息由我所从常住人口信息管理系统查询打印，与系统登记内容一致。本材料供办理陶志远危险驾驶案使用，复印无效。"
    )
    paragraph(sheet, LEFT, y + 8, 168, text, PRINTOUT, 8.4)
    signature_line(sheet, LEFT, y + 40, "承办人（签名）：", PRINTOUT, Hand(REGISTRAR), room=60)
    sheet.flush_right(182, y + 54, STATION, PRINTOUT)
    sheet.flush_right(176, y + 68, day(QUERIED), PRINTOUT)
    stamp_seal(sheet, 156, y + 63.1, HOUSEHOLD_SEAL)
    sheet.truth.fields.update(date=QUERIED.isoformat(), persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])


def card_copy(sheet: Sheet) -> None:
    """Both sides of the card on one sheet, grey as a copier gives them; the suspect confirms the copy."""
    card_ground(sheet, 62, 42)
    card_ground(sheet, 62, 112)
    face_side(sheet, 62, 42)
    back_side(sheet, 62, 112)
    write_hand(sheet, 40, 190, "此复印件与原件一致", 8.0, SUSPECT.name)
    hand = Hand(SUSPECT.name, finger=True, date=HEARD)
    signature_line(sheet, 40, 212, "提供人（签名、捺指印）：", SMALL, hand, wants_print=True, room=84)
    sheet.truth.fields.update(persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])


def card_ground(sheet: Sheet, x: float, y: float) -> None:
    """The card's light grey ground with the fine waves of its print, and its edge."""
    height, width = px(54.0), px(85.6)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = np.sin(rows / 5.0 + 6.0 * np.sin(columns / 90.0)) + np.sin(columns / 6.0 + 5.0 * np.sin(rows / 70.0))
    grey = (226 + 4 * waves).astype(np.uint8)
    sheet.paste(px(x), px(y), np.repeat(grey[:, :, None], 3, axis=2))
    sheet.frame(x, y, 85.6, 54.0, line=0.3)


def face_side(sheet: Sheet, x: float, y: float) -> None:
    sheet.paste(px(x + 58), px(y + 7), portrait(22, 29, grey=True))
    pieces = [
        (6, 7, "姓名", SUSPECT.name),
        (6, 14, "性别", SUSPECT.sex),
        (6, 21, "出生", SUSPECT.born_words),
        (6, 28, "住址", "清禾市望陵区溪桥街道柳"),
    ]
    for dx, dy, label, value in pieces:
        end = sheet.write(x + dx, y + dy + 0.3, label, CARD_LABEL)
        end = sheet.write(end + 2.0, y + dy, value, CARD_VALUE)
        if label == "性别":
            end = sheet.write(end + 4.0, y + dy + 0.3, "民族", CARD_LABEL)
            sheet.write(end + 2.0, y + dy, "汉", CARD_VALUE)
    sheet.write(x + 13.3, y + 33.5, "堤路18号3幢502室", CARD_VALUE)
    end = sheet.write(x + 6, y + 45, "公民身份号码", CARD_LABEL)
    sheet.write(end + 3, y + 44.3, SUSPECT.id_number, CARD_NUMBER, tracking=0.35)


def back_side(sheet: Sheet, x: float, y: float) -> None:
    sheet.centred(y + 10, "居民身份证", CARD_TITLE, middle=x + 46, tracking=1.8)
    end = sheet.write(x + 16, y + 38, "签发机关", CARD_LABEL)
    sheet.write(end + 3, y + 37.7, "清禾市公安局望陵分局", CARD_VALUE)
    end = sheet.write(x + 16, y + 45, "有效期限", CARD_LABEL)
    sheet.write(end + 3, y + 44.7, "2016.08.02-2036.08.02", CARD_VALUE)


RECORD = (
    f"经查询全国违法犯罪人员信息系统和清禾市公安局案件信息管理系统，截至{day(QUERIED)}，未发现{SUSPECT.name}"
    f"（{SUSPECT.sex}，汉族，{SUSPECT.born_words}出生，公民身份号码{SUSPECT.id_number}，户籍所在地{SUSPECT.address}）有受过刑事处罚的记录，"
    "未发现其有因吸毒、赌博、盗窃等受过治安管理处罚的记录，也未发现其被列为在逃人员。",
    f"经查询公安交通管理综合应用平台，{SUSPECT.name}自2011年6月8日初次领取机动车驾驶证以来，没有因饮酒后或者醉酒驾驶机动车受过处罚，"
    "现有交通违法记录二条，均为违反规定停放车辆，已经处理完毕。",
    "以上查询结果仅供办理陶志远危险驾驶案使用。",
)


def offence_query() -> tuple[Sheet, ...]:
    """违法犯罪经历查询: result in prose, signed by the officer who asked, sealed by the unit."""
    sheet = Sheet("SZ03-1")
    sheet.centred(30, "违法犯罪经历查询", TITLE, tracking=2.0)
    y = 52.0
    for text in RECORD:
        y = paragraph(sheet, 26, y, 158, text, BODY, 11.4)
    paragraph(sheet, 26, y + 6, 158, f"查询时间：{day(QUERIED)}10时05分", BODY, 11.4)
    signature_line(sheet, 34.0, y + 24, "查询人（签名）：", BODY, Hand(SECOND_OFFICER, date=QUERIED), room=72)
    sheet.flush_right(184, y + 46, UNIT, BODY)
    sheet.flush_right(178, y + 60, chinese_day(QUERIED), BODY)
    stamp_seal(sheet, 152, y + 55.8, UNIT_SEAL)
    sheet.truth.fields.update(date=QUERIED.isoformat(), persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])
    return (sheet,)


POPULATION_RECORD = Document(
    kind="SZ02",
    title="常住人口基本信息",
    written_faces=2,
    write=population_record,
    date=QUERIED,
    persons=(SUSPECT.name,),
)
OFFENCE_QUERY = Document(
    kind="SZ03", title="违法犯罪经历查询", written_faces=1, write=offence_query, date=QUERIED, persons=(SUSPECT.name,)
)
