"""受案、立案: acceptance form (LA01), receipt to the reporter (LA02), decision to open the case (LA03)."""

from papercase.case import (
    ACCEPTED,
    BUREAU,
    CASE_NAME,
    CHARGE,
    LEADER,
    NUMBERS,
    OFFICE_PHONE,
    OFFICER,
    OPENED,
    PLATE,
    REPORTER,
    SECOND_OFFICER,
    SUSPECT,
    UNIT,
    chinese_day,
    day,
)
from papercase.document import Document
from papercase.elements import BODY, NOTE, SMALL, TINY, TITLE, Hand, signature_line
from papercase.fonts import Type, Typeface
from papercase.seals import Seal, stamp_seal
from papercase.setting import Cell, draw_cell, paragraph, row
from papercase.sheet import Ink, Sheet

UNIT_SEAL = Seal(UNIT)
BUREAU_SEAL = Seal(BUREAU)
LEFT, WIDTH = 25.0, 165.0

FACTS = (
    "2026年3月12日21时46分，报案人何文静拨打110报警称：其驾车由云汀路驶入溪桥路后，发现前方一辆灰色小型轿车（号牌测A·D4821）"
    "行驶轨迹左右摇摆，多次压越道路中心线，怀疑驾驶人酒后驾驶，请民警到场处理。接报后，民警魏建平、罗晓东于21时57分到达溪桥路与"
    "文渡街交叉口东侧50米处，发现该车停在路边，驾驶座上的男子陶志远面色发红、言语含糊，身上有明显酒气。民警当场对陶志远进行呼气酒精"
    "测试，测试结果为168mg/100ml，陶志远对测试结果无异议。民警随后将其带至望陵区第三人民医院，由医护人员提取血样两份。陶志远承认当晚与朋友"
    "聚餐时饮用白酒和啤酒，饭后独自驾车回家。现场未发生交通事故，无人员受伤，无财物损失。民警已将该车移至望陵大队停车场停放，钥匙由民警"
    "登记保管，并通知陶志远的亲属到场。现场处置全程由执法记录仪录音录像，视频资料已按规定上传保存。"
)


def acceptance_form() -> tuple[Sheet, ...]:
    """受案登记表: a table over two faces; the unit's seal stands at the head."""
    first, second = Sheet("LA01-1"), Sheet("LA01-2")
    acceptance_front(first)
    acceptance_back(second)
    return (first, second)


def acceptance_front(sheet: Sheet) -> None:
    sheet.centred(20, "受案登记表", TITLE, tracking=2.0)
    sheet.flush_right(LEFT + WIDTH, 38, NUMBERS["LA01"], SMALL)
    sheet.write(LEFT, 54, f"（受案单位名称和印章）{UNIT}", SMALL)
    y = 66.0
    sources = "■110指令　□工作中发现　□报案　□投案　□移送　□扭送　□其他"
    y = row(sheet, LEFT, y, 11, [Cell(30, "案件来源"), Cell(135, sources, left=True)], TINY)
    rows = [
        [
            (30, "报案人姓名"),
            (25, REPORTER.name),
            (18, "性别"),
            (17, REPORTER.sex),
            (30, "出生日期"),
            (45, REPORTER.born_words),
        ],
        [(30, "证件种类"), (43, "居民身份证"), (30, "证件号码"), (62, REPORTER.id_number)],
        [(30, "工作单位"), (78, "清禾市安澜物业服务有限公司"), (22, "联系方式"), (35, REPORTER.phone)],
        [(30, "现住址"), (135, REPORTER.address)],
        [(30, "移送单位"), (60, "／"), (30, "移送人"), (45, "／")],
        [(30, "接报民警"), (45, f"{OFFICER}、{SECOND_OFFICER}"), (25, "接报时间"), (65, "2026年3月12日21时46分")],
        [(30, "接报地点"), (135, "清禾市公安局交通警察支队望陵大队值班室")],
    ]
    for cells in rows:
        y = row(sheet, LEFT, y, 11, [Cell(width, text) for width, text in cells], SMALL)
    bottom = 281.0
    draw_cell(
        sheet,
        LEFT,
        y,
        bottom - y,
        Cell(30, "简要案情或者报案记录（发案时间、地点、简要过程、涉案人基本情况等）"),
        SMALL,
    )
    sheet.frame(LEFT + 30, y, 135, bottom - y)
    paragraph(sheet, LEFT + 33, y + 4, 129, FACTS, SMALL, 7.2)
    sheet.write(LEFT + 33, bottom - 24, "以上记录经报案人核对无误。", SMALL)
    signature_line(
        sheet,
        LEFT + 60,
        bottom - 11,
        "报案人（签名）：",
        SMALL,
        Hand(REPORTER.name, date=ACCEPTED),
        room=60,
        height=8.5,
    )
    stamp_seal(sheet, LEFT + 67, 49.5, UNIT_SEAL)
    sheet.truth.fields.update(number=NUMBERS["LA01"], persons=[REPORTER.name], id_numbers=[REPORTER.id_number])


def acceptance_back(sheet: Sheet) -> None:
    y = 25.0
    evidence = "■是　□否　接收报案录音一份、执法记录仪视频一份，另制作接受证据材料清单。"
    y = row(sheet, LEFT, y, 24, [Cell(30, "是否接收证据"), Cell(135, evidence, left=True)], SMALL)
    opinions = (
        "■属本单位管辖的刑事案件，建议及时立案侦查",
        "□属本单位管辖的行政案件，建议及时调查处理",
        "□不属于本单位管辖，建议移送有管辖权的单位处理",
        "□不属于公安机关职责范围，不予调查处理并当场书面告知当事人",
        "□其他",
    )
    draw_cell(sheet, LEFT, y, 92, Cell(30, "受案意见"), SMALL)
    sheet.frame(LEFT + 30, y, 135, 92)
    for index, opinion in enumerate(opinions):
        sheet.write(LEFT + 33, y + 6 + index * 9, opinion, SMALL)
    hands = (Hand(OFFICER), Hand(SECOND_OFFICER, date=ACCEPTED))
    signature_line(sheet, LEFT + 40, y + 72, "受案民警（签名）：", SMALL, *hands, room=86, height=8.5)
    y += 92
    draw_cell(sheet, LEFT, y, 72, Cell(30, "受案审批"), SMALL)
    sheet.frame(LEFT + 30, y, 135, 72)
    text = "经审查，报案内容属实，陶志远涉嫌醉酒驾驶机动车，属本单位管辖，同意受理为刑事案件，由魏建平、罗晓东承办。"
    paragraph(sheet, LEFT + 33, y + 8, 129, text, SMALL, 8.5)
    signature_line(
        sheet, LEFT + 40, y + 52, "受案部门负责人（签名）：", SMALL, Hand(LEADER, date=ACCEPTED), room=72, height=8.5
    )
    y += 72
    draw_cell(sheet, LEFT, y, 22, Cell(30, "备注"), SMALL)
    sheet.frame(LEFT + 30, y, 135, 22)
    sheet.write(LEFT + 33, y + 8, f"已于{day(ACCEPTED)}向报案人出具受案回执。", SMALL)
    sheet.write(LEFT, y + 26, "一式两份，一份附卷，一份存根。", TINY)


def receipt() -> tuple[Sheet, ...]:
    """受案回执: a short letter to the reporter, who signs for it; its sheet is a little smaller than A4."""
    sheet = Sheet("LA02-1")
    sheet.centred(40, "受案回执", TITLE, tracking=3.0)
    sheet.write(28, 66, f"{REPORTER.name}：", BODY)
    text = (
        f"你于‹2026年3月12日›报称的‹{SUSPECT.name}涉嫌{CHARGE}›一案我单位已受理，受案登记表文号为‹{NUMBERS['LA01']}›。"
        "你可以通过到我单位值班室当面询问或者拨打联系电话的方式，凭本回执查询案件办理进展情况。"
        "你应当如实反映案件情况，对诬告陷害他人、作虚假陈述的，应当承担相应的法律责任。"
    )
    y = paragraph(sheet, 28, 78, 155, text, BODY, 11.0)
    paragraph(sheet, 28, y, 155, f"联系人：‹{OFFICER}、{SECOND_OFFICER}›", BODY, 11.0)
    paragraph(sheet, 28, y + 11, 155, f"联系电话：‹{OFFICE_PHONE}›", BODY, 11.0)
    signature_line(sheet, 28, 182, "报案人签收：", BODY, Hand(REPORTER.name, date=ACCEPTED), room=70, height=10)
    sheet.write(125, 204, "受案单位（印）", BODY)
    sheet.write(115, 218, chinese_day(ACCEPTED), BODY)
    stamp_seal(sheet, 144, 213.8, UNIT_SEAL)
    sheet.write(28, 262, "一式两份，一份附卷，一份交报案人。", SMALL)
    sheet.truth.fields.update(number=NUMBERS["LA01"], date=ACCEPTED.isoformat(), persons=[REPORTER.name, SUSPECT.name])
    return (sheet,)


def opening_decision() -> tuple[Sheet, ...]:
    """立案决定书: red head, the bureau's seal over the date; the back of its sheet is blank."""
    sheet = Sheet("LA03-1")
    sheet.centred(34, BUREAU, Type(Typeface.SONG_BLACK, 30), ink=Ink.RED, tracking=2.5)
    sheet.rule(24, 50, 186, 50, width=0.9, ink=Ink.RED)
    sheet.centred(62, "立案决定书", TITLE, tracking=5.0)
    sheet.flush_right(186, 85, NUMBERS["LA03"], BODY)
    text = (
        f"经审查，‹{SUSPECT.name}›涉嫌醉酒后在道路上驾驶号牌为‹{PLATE}›的小型轿车，其行为涉嫌构成{CHARGE}罪，"
        "有犯罪事实需要追究刑事责任，且属于我局管辖。根据《中华人民共和国刑事诉讼法》第‹一百一十二条›之规定，"
        f"决定对‹{CASE_NAME}›立案侦查。"
    )
    paragraph(sheet, 24, 101, 162, text, BODY, 11.2)
    sheet.flush_right(184, 179, BUREAU, BODY)
    sheet.flush_right(178, 193, chinese_day(OPENED), BODY)
    stamp_seal(sheet, 153, 188.8, BUREAU_SEAL)
    sheet.write(24.4, 279.8, "此联附卷", NOTE)
    sheet.truth.fields.update(number=NUMBERS["LA03"], date=OPENED.isoformat(), persons=[SUSPECT.name], charge=CHARGE)
    return (sheet,)


ACCEPTANCE_FORM = Document(
    kind="LA01",
    title="受案登记表",
    written_faces=2,
    write=acceptance_form,
    date=ACCEPTED,
    number=NUMBERS["LA01"],
    persons=(REPORTER.name,),
)
RECEIPT = Document(
    kind="LA02", title="受案回执", written_faces=1, write=receipt, date=ACCEPTED, persons=(REPORTER.name,)
)
OPENING_DECISION = Document(
    kind="LA03",
    title="立案决定书",
    written_faces=1,
    write=opening_decision,
    date=OPENED,
    number=NUMBERS["LA03"],
    persons=(SUSPECT.name,),
    blank_back=True,
)
