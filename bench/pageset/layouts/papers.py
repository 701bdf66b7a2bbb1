"""Running text: notices with a red head, warrants, records with ruled lines, reports, a few lines."""

from __future__ import annotations

import numpy as np
from papercase.seals import Seal

from pageset import world
from pageset.hand import press_finger, sign, stamp_seal
from pageset.ink import RED
from pageset.lettering import Type, Typeface
from pageset.plate import Plate
from pageset.setting import paragraph
from pageset.style import Look


def red_head(look: Look, rng: np.random.Generator) -> Plate:
    """A notice of an office (红头文件): red name and rule, number, two paragraphs, seal over the date."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    office = str(rng.choice(world.OFFICES))
    head = Type(look.title, min(40.0, 380.0 / len(office)))
    plate.centred(look.top, office, head, ink=RED, tracking=0.6)
    y = look.top + head.em + 8
    plate.centred(y, world.document_number(rng), body)
    y += body.em + 3
    plate.rule(look.left, y, plate.width - look.right, y, width=0.7, ink=RED)
    y += 14
    plate.centred(y, f"关于{world.person(rng)}涉嫌{rng.choice(world.CHARGES)}一案的通知", Type(look.title, 20))
    y += 20
    y = _paragraphs(plate, look, body, y, rng, 2, bottom=215)
    _close(plate, look, office, y + 12, rng)
    return plate


def warrant(look: Look, rng: np.random.Generator) -> Plate:
    """A fill-in warrant: unit, letter-spaced title, number, body, seal, receipt with signature and print."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(44.6, world.POLICE, Type(look.title, 16))
    plate.centred(
        55, str(rng.choice(["拘留证", "逮捕证", "传唤证", "搜查证", "立案决定书"])), Type(look.title, 22), tracking=4.0
    )
    plate.flush_right(188, 85, world.document_number(rng), body)
    y = paragraph(plate, world.paragraph(rng, 2), body, look.left, 186, 100, 11.2, bottom=168)
    _close(plate, look, world.POLICE, max(y + 8, 176), rng)
    name = world.person(rng)
    plate.write(look.left, 222, f"本证已于{world.day(rng):%Y年%m月%d日%H时}向我宣布。", body)
    plate.write(look.left, 236, "被拘留人", body)
    sign(plate, look.left + 26, 239, name, rng, face=look.hand, ink=look.pen)
    press_finger(plate, 118, 240, name, rng)
    plate.write(24.4, 279.8, "此联附卷", Type(look.body, 12))
    return plate


def record(look: Look, rng: np.random.Generator) -> Plate:
    """A page of questions and answers (讯问笔录) on ruled lines, signed and printed at the foot."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    right = plate.width - look.right
    plate.centred(look.top - 10, "讯 问 笔 录", Type(look.title, 22))
    plate.flush_right(
        right, look.top - 14, f"第{rng.integers(1, 6)}页  共{rng.integers(6, 12)}页", Type(look.body, 10.5)
    )
    y, pitch = look.top + 8, look.pitch * body.em
    while y < 245:
        for words in (rng.choice(world.QUESTIONS), rng.choice(world.ANSWERS)):
            text = world.filled(str(words), rng)
            y = paragraph(plate, text, body, look.left, right, y, pitch, bottom=250, ruled=look.rule_ink)
    name = world.person(rng)
    plate.write(look.left, 262, "被讯问人：", body)
    sign(plate, look.left + 30, 264, name, rng, face=look.hand, ink=look.pen)
    press_finger(plate, look.left + 68, 265, name, rng)
    return plate


def report(look: Look, rng: np.random.Generator) -> Plate:
    """A plain report, full of text, with numbered headings and a footer."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(
        look.top,
        str(rng.choice(["情况说明", "到案经过", "起诉意见书", "司法鉴定意见书"])),
        Type(look.title, 22),
        tracking=2.0,
    )
    y = look.top + 18
    right = plate.width - look.right
    for number in "一二三四五":
        if y > 235:
            break
        plate.write(
            look.left + 2 * body.em,
            y,
            f"{number}、{rng.choice(['基本案情', '检验过程', '侦查情况', '分析说明'])}",
            Type(look.title, look.points),
        )
        y += look.pitch * body.em
        y = paragraph(plate, world.paragraph(rng, 3), body, look.left, right, y, look.pitch * body.em, bottom=262)
    plate.centred(281, f"第 {rng.integers(1, 9)} 页  共 {rng.integers(9, 20)} 页", Type(look.body, 9))
    return plate


def two_columns(look: Look, rng: np.random.Generator) -> Plate:
    """A bulletin in two columns of small type."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(look.top - 8, f"{rng.choice(world.PLACES)}平安通讯", Type(look.title, 24))
    middle, right = plate.width / 2, plate.width - look.right
    for left, end in ((look.left, middle - 4), (middle + 4, right)):
        y = look.top + 12
        while y < 262:
            y = paragraph(plate, world.paragraph(rng, 3), body, left, end, y, look.pitch * body.em, bottom=268)
    return plate


def few_lines(look: Look, rng: np.random.Generator) -> Plate:
    """A receipt slip's worth of words on a whole sheet: title, two or three short lines, a date."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    y = look.top + rng.uniform(0, 40)
    plate.centred(y, str(rng.choice(["送达回执", "备考表", "说明", "证明"])), Type(look.title, 22), tracking=3.0)
    y += 22
    for _ in range(int(rng.integers(2, 4))):
        text = world.filled(str(rng.choice(world.STATEMENTS)), rng)[: int(rng.integers(12, 24))]
        plate.write(look.left + 2 * body.em, y, text, body)
        y += look.pitch * body.em
    dates = Type(look.dates, look.points)
    plate.flush_right(plate.width - look.right, y + 10, world.chinese_day(world.day(rng)), dates)
    return plate


def vertical_letter(look: Look, rng: np.random.Generator) -> Plate:
    """A traditional letter in columns from the right (竖排), with red column rules."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    pitch, foot = body.em * look.pitch, plate.height - 28
    x = plate.width - look.right
    text = world.traditional_paragraph(rng, 7) * 2
    room = int((foot - look.top) / (1.08 * body.em))
    while x - pitch > look.left and text:
        plate.write_down(x - pitch / 2, look.top, text[:room], body)
        plate.rule(x, look.top - 4, x, foot + 4, width=0.3, ink=RED)
        text, x = text[room:], x - pitch
    plate.rule(x, look.top - 4, x, foot + 4, width=0.3, ink=RED)
    for y in (look.top - 4, foot + 4):
        plate.rule(x, y, plate.width - look.right, y, width=0.6, ink=RED)
    return plate


def traditional_report(look: Look, rng: np.random.Generator) -> Plate:
    """A petition in traditional characters, set in lines."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(look.top, "陳情書", Type(look.title, 24), tracking=6.0)
    y = look.top + 22
    for _ in range(4):
        text = world.traditional_paragraph(rng, 4)
        y = paragraph(plate, text, body, look.left, plate.width - look.right, y, look.pitch * body.em, bottom=250)
    plate.flush_right(plate.width - look.right, 262, "具狀人林國棟謹呈", body)
    return plate


def bilingual(look: Look, rng: np.random.Generator) -> Plate:
    """A laboratory report with Latin words, figures and units between the Chinese."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    right = plate.width - look.right
    plate.centred(look.top, "检验报告 LABORATORY REPORT", Type(look.title, 18))
    plate.flush_right(
        right, look.top + 12, f"No. QH-{rng.integers(2021, 2026)}-{rng.integers(100, 999)}", Type(Typeface.HEI, 10.5)
    )
    y = look.top + 24
    for name, unit in (
        ("Ethanol 乙醇", "mg/100ml"),
        ("WBC 白细胞计数", "10^9/L"),
        ("ALT 谷丙转氨酶", "U/L"),
        ("pH 值", ""),
        ("MDMA 摇头丸", "ng/ml"),
        ("Na 钠离子", "mmol/L"),
    ):
        plate.write(look.left, y, name, body)
        plate.write(105, y, f"{rng.uniform(0.1, 200):.2f} {unit}", body)
        plate.write(165, y, str(rng.choice(["(+)", "(-)", "N.D."])), body)
        y += look.pitch * body.em
    y += 6
    for _ in range(3):
        y = paragraph(plate, world.paragraph(rng, 2), body, look.left, right, y, look.pitch * body.em, bottom=262)
    return plate


def _paragraphs(
    plate: Plate, look: Look, body: Type, y: float, rng: np.random.Generator, count: int, *, bottom: float
) -> float:
    for _ in range(count):
        text = world.paragraph(rng, int(rng.integers(2, 4)))
        y = paragraph(plate, text, body, look.left, plate.width - look.right, y, look.pitch * body.em, bottom=bottom)
    return y


def _close(plate: Plate, look: Look, office: str, y: float, rng: np.random.Generator) -> None:
    """Office, date and the seal over both."""
    body, dates = Type(look.body, look.points), Type(look.dates, look.points)
    plate.flush_right(plate.width - look.right - 6, y, office, body)
    plate.flush_right(plate.width - look.right - 8, y + 1.7 * body.em, world.chinese_day(world.day(rng)), dates)
    stamp_seal(plate, plate.width - look.right - 32 + rng.uniform(-5, 5), y + 8, Seal(office, "", 42.0), rng)
