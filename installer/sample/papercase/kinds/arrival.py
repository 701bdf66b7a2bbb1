"""案件来源、到案经过: the alarm record (ZA01, a system print-out) and the officers' account (ZA02)."""

from papercase.case import (
    ACCEPTED,
    ALARM_NO,
    CAR,
    HEARD,
    OFFICER,
    PLATE,
    REPORTER,
    SECOND_OFFICER,
    SUSPECT,
    UNIT,
    chinese_day,
    day,
)
from papercase.document import Document
from papercase.elements import BODY, PRINTOUT, TITLE, Hand, signature_line
from papercase.fonts import Type, Typeface
from papercase.kinds.filing import UNIT_SEAL
from papercase.seals import stamp_seal
from papercase.setting import Cell, draw_cell, paragraph, row
from papercase.sheet import Sheet

LEFT, WIDTH = 22.0, 168.0
HEADING = Type(Typeface.MING, 20)
FINE = Type(Typeface.MING, 10.5)

CALL = (
    "报警人称：其驾车行驶至溪桥路时，前方有一辆灰色小型轿车（号牌测A·D4821）左右摇摆、忽快忽慢，多次压线，怀疑司机喝了酒，"
    "担心发生事故，请交警尽快到场处理。报警人表示愿意留下联系方式，并在后方保持安全距离跟随，直至该车停在文渡街口附近的路边。"
    "接警员已提醒报警人注意自身行车安全，不要超车拦截，不要下车与对方争执，等候民警到达后当面说明情况。"
)
RESULT = (
    "21时57分，民警魏建平（警号990417）、罗晓东（警号990523）到达溪桥路与文渡街交叉口东侧50米处。现场一辆灰色小型轿车靠右侧路边停放，"
    "发动机未熄火，车内仅有驾驶人一人，经核对身份为陶志远。该人面色发红，身上有明显酒气，承认饭后驾车。22时06分，民警使用呼气式酒精检测仪"
    "对其进行测试，结果为168mg/100ml。民警随后将其带至望陵区第三人民医院，于22时48分由医护人员提取血样。"
    "报警人何文静在现场向民警说明了发现经过，并表示可以配合制作笔录。车辆已由民警移至大队停车场，现场交通秩序正常。"
)


def alarm_record() -> tuple[Sheet, ...]:
    """接处警登记表: two pages of an old print-out; caller, officers and the unit's seal on the second."""
    first, second = Sheet("ZA01-1"), Sheet("ZA01-2")
    alarm_front(first)
    alarm_back(second)
    return (first, second)


def page_line(sheet: Sheet, page: int, total: int) -> None:
    """The print-out's page number at the foot."""
    sheet.centred(281, f"第{page}页 共{total}页", FINE)
    sheet.truth.page_of = (page, total)


def alarm_front(sheet: Sheet) -> None:
    sheet.write(LEFT, 16, f"警情编号：{ALARM_NO}", FINE)
    sheet.flush_right(LEFT + WIDTH, 16, "打印时间：2026-03-13 08:15:22", FINE)
    sheet.centred(27, "接处警登记表", HEADING, tracking=1.0)
    y = 42.0
    rows = [
        [(32, "接警单位"), (136, "清禾市公安局110报警服务台")],
        [(32, "报警时间"), (52, "2026-03-12 21:46:08"), (32, "接警时间"), (52, "2026-03-12 21:46:31")],
        [(32, "报警方式"), (52, "电话报警"), (32, "报警电话"), (52, REPORTER.phone)],
        [(32, "报警人"), (52, REPORTER.name), (32, "报警人性别"), (52, REPORTER.sex)],
        [(32, "证件号码"), (136, REPORTER.id_number)],
        [(32, "联系地址"), (136, REPORTER.address)],
        [(32, "案发时间"), (52, "2026-03-12 21:45"), (32, "警情类别"), (52, "道路交通类警情")],
        [(32, "案发地点"), (136, "清禾市望陵区溪桥路与文渡街交叉口东侧50米")],
        [(32, "涉及车辆"), (136, f"{PLATE}　{CAR}")],
    ]
    for cells in rows:
        y = row(sheet, LEFT, y, 11.5, [Cell(width, text) for width, text in cells], PRINTOUT)
    draw_cell(sheet, LEFT, y, 52, Cell(32, "报警内容"), PRINTOUT)
    sheet.frame(LEFT + 32, y, 136, 52)
    paragraph(sheet, LEFT + 35, y + 5, 130, CALL, PRINTOUT, 7.8)
    y += 52
    rows = [
        [(32, "派警时间"), (52, "2026-03-12 21:48:10"), (32, "处警单位"), (52, "望陵大队一中队")],
        [(32, "出警时间"), (52, "2026-03-12 21:49:02"), (32, "到达现场时间"), (52, "2026-03-12 21:57:40")],
        [(32, "处警民警"), (52, f"{OFFICER}、{SECOND_OFFICER}"), (32, "处警车辆"), (52, "测A·J0316警")],
        [(32, "有无伤亡"), (52, "无"), (32, "是否全程录像"), (52, "是")],
        [(32, "反馈时间"), (52, "2026-03-12 23:31:55"), (32, "反馈人"), (52, SECOND_OFFICER)],
    ]
    for cells in rows:
        y = row(sheet, LEFT, y, 11.5, [Cell(width, text) for width, text in cells], PRINTOUT)
    page_line(sheet, 1, 2)
    sheet.truth.fields.update(
        alarm_number=ALARM_NO, persons=[REPORTER.name], id_numbers=[REPORTER.id_number], plate=PLATE
    )


def alarm_back(sheet: Sheet) -> None:
    sheet.write(LEFT, 16, f"警情编号：{ALARM_NO}", FINE)
    sheet.flush_right(LEFT + WIDTH, 16, "打印时间：2026-03-13 08:15:22", FINE)
    y = 26.0
    draw_cell(sheet, LEFT, y, 96, Cell(32, "处警经过及结果"), PRINTOUT)
    sheet.frame(LEFT + 32, y, 136, 96)
    paragraph(sheet, LEFT + 35, y + 5, 130, RESULT, PRINTOUT, 7.8)
    y += 96
    text = "经初步核查，陶志远涉嫌醉酒驾驶机动车，移交案件承办民警受理，按照刑事案件程序办理。"
    y = row(sheet, LEFT, y, 22, [Cell(32, "处理意见"), Cell(136, text, left=True)], PRINTOUT)
    caller = Hand(REPORTER.name, finger=True, date=ACCEPTED)
    signature_line(sheet, LEFT, y + 22, "报警人（签名、捺指印）：", PRINTOUT, caller, wants_print=True, room=86)
    officers = (Hand(OFFICER), Hand(SECOND_OFFICER, date=ACCEPTED))
    signature_line(sheet, LEFT, y + 48, "出警民警（签名）：", PRINTOUT, *officers, room=94)
    sheet.flush_right(184, y + 74, UNIT, PRINTOUT)
    sheet.flush_right(178, y + 88, day(ACCEPTED), PRINTOUT)
    stamp_seal(sheet, 155, y + 83, UNIT_SEAL)
    page_line(sheet, 2, 2)
    sheet.truth.fields.update(alarm_number=ALARM_NO, date=ACCEPTED.isoformat(), persons=[SUSPECT.name])


ACCOUNT_FRONT = (
    f"犯罪嫌疑人{SUSPECT.name}，{SUSPECT.sex}，{SUSPECT.born_words}出生，汉族，大专文化程度，公民身份号码{SUSPECT.id_number}，"
    f"户籍所在地及现住址均为{SUSPECT.address}，系{SUSPECT.job}，联系电话{SUSPECT.phone}。",
    "2026年3月12日21时46分，我队接110指令：群众何文静报称，溪桥路上有一辆灰色小型轿车（号牌测A·D4821）行驶轨迹异常，怀疑驾驶人酒后驾车。"
    "接到指令后，民警魏建平、罗晓东立即驾驶警车赶赴现场，并在途中与报警人保持电话联系，了解该车的行驶方向和停车位置。",
    "当日21时57分，民警到达溪桥路与文渡街交叉口东侧50米处，发现该车停靠在道路右侧，发动机仍在运转，驾驶座上坐有一名男子，车内没有其他人员。"
    "民警表明身份并出示工作证件后，要求该男子熄火下车接受检查，该男子予以配合。经当场核对居民身份证，确认该男子为陶志远。民警发现其面色发红、"
    "言语含糊、身上有明显酒气，遂告知其将依法进行呼气酒精测试。",
)
ACCOUNT_BACK = (
    "当日22时06分，民警使用编号为JC99-20417的呼气式酒精检测仪，对陶志远进行测试，结果为168mg/100ml，已经超过醉酒驾驶机动车的标准。"
    "陶志远对测试结果没有异议，在测试结果单上签名并捺指印。民警随即将其带至望陵区第三人民医院。22时48分，医护人员苏敏在两名民警的"
    "见证下提取陶志远血样两份，当场封装并登记。",
    "2026年3月17日，清禾市正衡司法鉴定中心出具检测报告，从送检的陶志远血样中检出乙醇成分，含量为176.4mg/100ml。当日，我局决定对本案立案侦查。",
    "2026年3月18日8时50分，陶志远接到民警电话通知后，自行来到清禾市公安局交通警察支队望陵大队接受讯问。到案后，陶志远能够如实供述自己醉酒驾驶机动车的"
    "犯罪事实，没有反抗、逃跑等行为。特此说明。",
)


def arrival_account() -> tuple[Sheet, ...]:
    """到案经过: two faces of prose; both officers sign, the unit's seal over the date."""
    first, second = Sheet("ZA02-1"), Sheet("ZA02-2")
    first.centred(30, "到案经过", TITLE, tracking=4.0)
    y = 52.0
    for text in ACCOUNT_FRONT:
        y = paragraph(first, 26, y, 158, text, BODY, 11.4)
    y = 30.0
    for text in ACCOUNT_BACK:
        y = paragraph(second, 26, y, 158, text, BODY, 11.4)
    signature_line(second, 70, y + 14, "办案民警（签名）：", BODY, Hand(OFFICER), Hand(SECOND_OFFICER), room=72)
    second.flush_right(184, y + 36, UNIT, BODY)
    second.flush_right(178, y + 50, chinese_day(HEARD), BODY)
    stamp_seal(second, 152, y + 45.8, UNIT_SEAL)
    first.truth.fields.update(persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])
    second.truth.fields.update(date=HEARD.isoformat())
    return (first, second)


ALARM_RECORD = Document(
    kind="ZA01",
    title="接处警登记表",
    written_faces=2,
    write=alarm_record,
    date=ACCEPTED,
    number=None,
    persons=(REPORTER.name,),
)
ARRIVAL_ACCOUNT = Document(
    kind="ZA02", title="到案经过", written_faces=2, write=arrival_account, date=HEARD, persons=(SUSPECT.name,)
)
