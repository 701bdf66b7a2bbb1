"""交通类证据: blood sample form (JT01), breath test slip and photographs (JT02), driver and vehicle queries (JT03)."""

import numpy as np

from papercase.case import (
    ACCEPTED,
    BAG_NUMBERS,
    BREATH_MG,
    DEVICE_NO,
    ENGINE_NO,
    HOSPITAL,
    NIGHT,
    NURSE,
    OFFICER,
    OFFICER_NUMBERS,
    PLATE,
    SECOND_OFFICER,
    SUSPECT,
    UNIT,
    VIN,
    day,
)
from papercase.document import Document
from papercase.elements import BODY, PRINTOUT, SMALL, TINY, TITLE, Hand, signature_line
from papercase.fonts import Type, Typeface
from papercase.handwriting import write_hand
from papercase.inking import smooth_field
from papercase.kinds.filing import UNIT_SEAL
from papercase.pictures import breath_test, parked_car
from papercase.randomness import stream
from papercase.seals import stamp_seal
from papercase.setting import Cell, paragraph, row
from papercase.sheet import Ink, Sheet
from papercase.units import px

LEFT = 22.0
HEADING = Type(Typeface.MING, 20)
FINE = Type(Typeface.MING, 10.5)
SLIP = Type(Typeface.HEI, 8.5)
SLIP_RESULT = Type(Typeface.HEI_BOLD, 14)


def blood_form() -> tuple[Sheet, ...]:
    """当事人血样提取登记表: a printed table, the hospital's part filled in by hand."""
    sheet = Sheet("JT01-1")
    sheet.centred(20, UNIT, BODY)
    sheet.centred(31, "当事人血样提取登记表", TITLE, tracking=1.0)
    y = 47.0
    typed = [
        [(34, "当事人姓名"), (46, SUSPECT.name), (34, "性别"), (52, SUSPECT.sex)],
        [(34, "身份证号码"), (132, SUSPECT.id_number)],
        [(34, "驾驶证号码"), (132, SUSPECT.id_number)],
        [(34, "车辆号牌"), (46, PLATE), (34, "车辆类型"), (52, "小型轿车")],
        [(34, "查获时间"), (132, "2026年3月12日21时57分")],
        [(34, "查获地点"), (132, "溪桥路与文渡街交叉口东侧50米处")],
        [(34, "抽血原因"), (132, f"呼气酒精测试结果为{BREATH_MG}mg/100ml，涉嫌醉酒驾驶机动车")],
        [(34, "抽血地点"), (132, f"{HOSPITAL}急诊科")],
    ]
    for cells in typed:
        y = row(sheet, LEFT, y, 11.5, [Cell(width, text) for width, text in cells], SMALL)
    by_hand = [
        ("抽血时间", "2026年3月12日22时48分"),
        ("消毒液名称", "碘伏消毒液"),
        ("血样份数及数量", "两份 每份3毫升"),
        ("试管抗凝情况", "已加抗凝剂 无凝血"),
        ("密封袋编号", "  ".join(BAG_NUMBERS)),
        ("封装情况", "当场封装 封口完好"),
    ]
    for label, value in by_hand:
        row(sheet, LEFT, y, 12.5, [Cell(34, label), Cell(132)], SMALL)
        write_hand(sheet, LEFT + 38, y + 8.2, value, 6.2, NURSE)
        y += 12.5
    text = "以上血样在当事人和交通警察的见证下提取，一份送检，一份备检，由交通警察负责保管和送检。"
    paragraph(sheet, LEFT, y + 4, 166, text, SMALL, 8.0)
    suspect = Hand(SUSPECT.name, finger=True, date=NIGHT)
    signature_line(sheet, LEFT, y + 30, "当事人（签名、捺指印）：", SMALL, suspect, wants_print=True, room=84)
    signature_line(sheet, LEFT, y + 52, "医护人员（签名）：", SMALL, Hand(NURSE, date=NIGHT), room=70)
    officers = (Hand(OFFICER), Hand(SECOND_OFFICER, date=NIGHT))
    signature_line(sheet, LEFT, y + 68, "交通警察（签名）：", SMALL, *officers, room=90)
    sheet.truth.fields.update(
        date=NIGHT.isoformat(), persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number], bag_numbers=list(BAG_NUMBERS)
    )
    return (sheet,)


def breath_sheets() -> tuple[Sheet, ...]:
    """呼气酒精测试结果单: the thermal slip pasted on A4, then a page of photographs."""
    first, second = Sheet("JT02-1"), Sheet("JT02-2")
    slip_sheet(first)
    photo_page(second)
    return (first, second)


def slip_sheet(sheet: Sheet) -> None:
    sheet.centred(26, "呼气酒精测试结果单", TITLE, tracking=1.0)
    slip(sheet, 32.0, 46.0)
    sheet.write(104, 50, "当事人对测试结果有无异议：", SMALL)
    write_hand(sheet, 112, 64, "没有异议", 8.0, SUSPECT.name)
    text = (
        "根据《中华人民共和国道路交通安全法》的规定，当事人对呼气酒精测试结果有异议的，应当提取血样，检测血液中的酒精含量。"
        "呼气酒精测试结果达到醉酒驾驶机动车标准的，无论有无异议，均应当提取血样。以上内容已向当事人告知。"
    )
    paragraph(sheet, 104, 78, 82, text, SMALL, 8.0)
    suspect = Hand(SUSPECT.name, finger=True, date=NIGHT)
    signature_line(sheet, 32, 205, "被测人（签名、捺指印）：", SMALL, suspect, wants_print=True, room=86)
    officers = (Hand(OFFICER), Hand(SECOND_OFFICER, date=NIGHT))
    signature_line(sheet, 32, 232, "交通警察（签名）：", SMALL, *officers, room=92)
    sheet.write(32, 258, "注：本结果单粘贴在A4纸上随案保存，热敏纸字迹易褪色，应当另行复印一份附后。", TINY)
    sheet.truth.fields.update(date=NIGHT.isoformat(), persons=[SUSPECT.name], id_numbers=[SUSPECT.id_number])


def slip(sheet: Sheet, x: float, y: float) -> None:
    """The thermal slip, 57 mm wide: fading grey on white, glued along its top edge, a shadow at the others."""
    width, height = 57.0, 132.0
    rng = stream(sheet.key, "slip")
    tall, wide = px(height), px(width)
    tone = np.stack([base + 1.5 * smooth_field(rng, tall, wide, 90) for base in (246.0, 245.0, 247.0)], axis=2)
    shadow = np.full((tall + 10, wide + 10, 3), 214, np.uint8)
    sheet.paste(px(x) - 2, px(y) + 2, shadow)
    sheet.paste(px(x), px(y), tone.astype(np.uint8))
    top = y + 6
    middle = x + width / 2
    sheet.centred(top, "呼气酒精检测结果", Type(Typeface.HEI, 10.5), middle=middle, ink=Ink.THERMAL)
    rows = (
        f"仪器编号:{DEVICE_NO}",
        "记录号:00001738",
        "测试模式:主动测试",
        "检定有效期:2026.09.20",
        "环境温度:11℃",
        f"被测人:{SUSPECT.name}",
        f"驾驶证号:{SUSPECT.id_number}",
        f"车牌号:{PLATE}",
        "地点:溪桥路文渡街口",
        f"部门:{UNIT[-4:]}一中队",
        f"执勤民警:{OFFICER}",
        f"警号:{OFFICER_NUMBERS[OFFICER]}",
        "测试时间:2026.03.12 22:06",
    )
    top += 9
    for text in rows:
        sheet.write(x + 4, top, text, SLIP, ink=Ink.THERMAL)
        top += 6.0
    sheet.write(x + 4, top + 2, "测试结果:", SLIP, ink=Ink.THERMAL)
    sheet.centred(top + 8, f"{BREATH_MG} mg/100ml", SLIP_RESULT, middle=middle, ink=Ink.THERMAL)
    sheet.write(x + 4, top + 20, "本仪器测量结果供现场筛查使用", SLIP, ink=Ink.THERMAL)


def photo_page(sheet: Sheet) -> None:
    """Two photographs, 120 x 90 mm, with captions; no title."""
    captions = (
        (
            breath_test(120, 90),
            "说明：民警魏建平对驾驶人陶志远进行呼气酒精测试",
            "拍摄时间：2026年3月12日22时06分　拍摄人：罗晓东",
        ),
        (
            parked_car(120, 90),
            "说明：陶志远驾驶的号牌为测A·D4821的灰色小型轿车",
            "拍摄时间：2026年3月12日22时10分　拍摄人：罗晓东",
        ),
    )
    y = 24.0
    for pixels, *words in captions:
        sheet.paste(px(45), px(y), pixels)
        sheet.frame(45, y + 92, 120, 30)
        for index, text in enumerate((*words, "拍摄地点：溪桥路与文渡街交叉口东侧50米处")):
            sheet.write(48, y + 95 + index * 8.6, text, SMALL)
        y += 130
    sheet.truth.photo = True
    sheet.truth.fields.update(persons=[SUSPECT.name])


def query_results() -> tuple[Sheet, ...]:
    """驾驶人信息查询结果单 and 机动车信息查询结果单, one page each."""
    driver, vehicle = Sheet("JT03-1"), Sheet("JT03-2")
    rows_driver = [
        [(32, "姓名"), (52, SUSPECT.name), (32, "性别"), (52, SUSPECT.sex)],
        [(32, "驾驶证号"), (136, SUSPECT.id_number)],
        [(32, "档案编号"), (52, "990126014827"), (32, "准驾车型"), (52, "C1")],
        [(32, "初次领证日期"), (52, "2011-06-08"), (32, "驾驶证状态"), (52, "正常")],
        [(32, "有效期始"), (52, "2017-06-08"), (32, "有效期止"), (52, "2027-06-08")],
        [(32, "发证机关"), (136, "清禾市公安局交通警察支队")],
        [(32, "联系电话"), (52, SUSPECT.phone), (32, "累积记分"), (52, "0分")],
        [(32, "登记住址"), (136, SUSPECT.address)],
    ]
    rows_vehicle = [
        [(32, "号牌号码"), (52, PLATE), (32, "号牌种类"), (52, "小型汽车号牌")],
        [(32, "所有人"), (52, SUSPECT.name), (32, "使用性质"), (52, "非营运")],
        [(32, "身份证号码"), (136, SUSPECT.id_number)],
        [(32, "车辆品牌"), (52, "云驰牌"), (32, "车身颜色"), (52, "灰色")],
        [(32, "车辆识别代号"), (136, VIN)],
        [(32, "发动机号"), (52, ENGINE_NO), (32, "车辆类型"), (52, "小型轿车")],
        [(32, "初次登记日期"), (52, "2019-07-25"), (32, "检验有效期止"), (52, "2027-07-31")],
        [(32, "保险终止日期"), (52, "2026-07-24"), (32, "机动车状态"), (52, "正常")],
    ]
    query_page(
        driver,
        "驾驶人信息查询结果单",
        "09:12:40",
        rows_driver,
        "该驾驶人持有有效的机动车驾驶证，所驾车辆与准驾车型相符。",
    )
    query_page(
        vehicle,
        "机动车信息查询结果单",
        "09:15:03",
        rows_vehicle,
        "该机动车在检验有效期内，登记信息与现场车辆相符，未发现被盗抢记录。",
    )
    driver.truth.fields.update(id_numbers=[SUSPECT.id_number])
    vehicle.truth.fields.update(vin=VIN, plate=PLATE)
    return (driver, vehicle)


def query_page(sheet: Sheet, title: str, time: str, rows: list[list[tuple[int, str]]], remark: str) -> None:
    """One query print-out: title, unit and time, table, who asked, seal."""
    sheet.centred(24, title, HEADING, tracking=1.0)
    sheet.write(LEFT, 40, f"查询单位：{UNIT}", FINE)
    sheet.flush_right(LEFT + 168, 40, f"查询时间：2026-03-13 {time}", FINE)
    y = 48.0
    for cells in rows:
        y = row(sheet, LEFT, y, 13.0, [Cell(width, text) for width, text in cells], PRINTOUT)
    y = row(sheet, LEFT, y, 16.0, [Cell(32, "备注"), Cell(136, remark, left=True)], PRINTOUT)
    text = "本结果单由公安交通管理综合应用平台查询打印，内容与平台登记信息一致，仅供办理案件使用。"
    paragraph(sheet, LEFT, y + 8, 168, text, PRINTOUT, 8.4)
    signature_line(sheet, LEFT, y + 34, "查询人（签名）：", PRINTOUT, Hand(SECOND_OFFICER, date=ACCEPTED), room=76)
    sheet.flush_right(184, y + 56, UNIT, PRINTOUT)
    sheet.flush_right(178, y + 70, day(ACCEPTED), PRINTOUT)
    stamp_seal(sheet, 155, y + 65.2, UNIT_SEAL)
    sheet.truth.fields.update(date=ACCEPTED.isoformat(), persons=[SUSPECT.name])


BLOOD_FORM = Document(
    kind="JT01", title="当事人血样提取登记表", written_faces=1, write=blood_form, date=NIGHT, persons=(SUSPECT.name,)
)
BREATH_SHEETS = Document(
    kind="JT02", title="呼气酒精测试结果单", written_faces=2, write=breath_sheets, date=NIGHT, persons=(SUSPECT.name,)
)
QUERY_RESULTS = Document(
    kind="JT03",
    title="驾驶人信息查询结果单",
    written_faces=2,
    write=query_results,
    date=ACCEPTED,
    persons=(SUSPECT.name,),
)
