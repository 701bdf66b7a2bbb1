"""Ruled forms: registration tables, lists, ledgers of figures, print-outs of calls."""

from __future__ import annotations

import numpy as np
from papercase.seals import Seal

from pageset import world
from pageset.hand import sign, stamp_seal, write_hand
from pageset.lettering import Type, Typeface
from pageset.plate import Plate
from pageset.setting import cell, grid
from pageset.style import Look


def registration(look: Look, rng: np.random.Generator) -> Plate:
    """A registration form (受案登记表): printed labels, values written by hand, a seal at the head."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(look.top - 8, "受案登记表", Type(look.title, 22), tracking=2.0)
    plate.flush_right(plate.width - look.right, look.top + 8, world.document_number(rng), Type(look.body, 12))
    stamp_seal(plate, look.left + 34, look.top + 8, Seal(world.STATION, "", 40.0), rng)
    right = plate.width - look.right
    xs = np.array([0.0, 0.17, 0.42, 0.58, 1.0]) * (right - look.left) + look.left
    ys = look.top + 18 + np.arange(13) * 13.5
    grid(plate, [xs[0], xs[-1]], list(ys), look.rule_ink, width=0.3)
    for x in xs[1:-1]:
        plate.rule(float(x), float(ys[0]), float(x), float(ys[9]), width=0.2, ink=look.rule_ink)
    plate.rule(float(xs[1]), float(ys[9]), float(xs[1]), float(ys[-1]), width=0.2, ink=look.rule_ink)
    labels = ("案件来源", "报案人", "性别", "出生日期", "证件号码", "工作单位", "联系方式", "现住址", "接报民警")
    others = ("接报时间", "接报地点", "移送单位", "移送人", "文化程度", "民族", "户籍地", "是否报警", "备注")
    for row, pair in enumerate(zip(labels, others, strict=True)):
        for label, column in zip(pair, (0, 2), strict=True):
            cell(plate, label, body, (xs[column], ys[row], xs[column + 1], ys[row + 1]))
            at = float(xs[column + 1]) + 2, float(ys[row] + ys[row + 1]) / 2
            write_hand(plate, *at, _value(rng), 5.2, rng, face=look.hand, ink=look.pen)
    cell(plate, "简要案情", body, (xs[0], ys[9], xs[1], ys[-1]))
    cell(plate, world.paragraph(rng, 3), body, (xs[1], ys[9], xs[-1], ys[-1]), middle=False)
    plate.write(look.left, float(ys[-1]) + 8, "受案民警：", body)
    sign(plate, look.left + 28, float(ys[-1]) + 10, world.person(rng), rng, face=look.hand, ink=look.pen)
    return plate


def _value(rng: np.random.Generator) -> str:
    """What somebody writes into a field."""
    time = f"{rng.integers(1, 28)}日{rng.integers(0, 24)}时"
    return str(rng.choice([world.person(rng), str(rng.choice(world.PLACES)), time]))


def catalogue(look: Look, rng: np.random.Generator) -> Plate:
    """The list of papers in a volume (卷内文书目录)."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(look.top - 6, "卷内文书目录", Type(look.title, 22), tracking=2.0)
    shares = np.array([0, 0.08, 0.24, 0.44, 0.76, 0.90, 1.0])
    xs = shares * (plate.width - look.right - look.left) + look.left
    ys = look.top + 12 + np.arange(int(rng.integers(14, 19))) * 12.5
    grid(plate, list(xs), list(ys), look.rule_ink)
    titles = (
        "立案决定书",
        "受案登记表",
        "拘留证",
        "讯问笔录",
        "询问笔录",
        "扣押清单",
        "鉴定意见通知书",
        "现场勘验笔录",
        "到案经过",
        "起诉意见书",
    )
    heads = ("序号", "责任者", "文号", "题名", "日期", "页号")
    for row in range(len(ys) - 1):
        words = heads if row == 0 else _entry(row, titles, rng)
        for column, text in enumerate(words):
            cell(plate, text, body, (xs[column], ys[row], xs[column + 1], ys[row + 1]))
    return plate


def _entry(row: int, titles: tuple[str, ...], rng: np.random.Generator) -> tuple[str, ...]:
    date = world.day(rng)
    return (
        str(row),
        str(rng.choice(["望陵分局", world.person(rng), "正衡鉴定"])),
        f"立〔{date.year}〕{rng.integers(1, 999)}号",
        f"{world.person(rng)}{rng.choice(titles)}",
        f"{date:%m.%d}",
        str(row * 3),
    )


def figures(look: Look, rng: np.random.Generator) -> Plate:
    """A table of figures alone, without a word: nothing that says which way is up."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    columns, rows = int(rng.integers(5, 9)), int(rng.integers(18, 28))
    xs = np.linspace(look.left, plate.width - look.right, columns + 1)
    ys = look.top + np.arange(rows + 1) * 8.5
    grid(plate, list(xs), list(ys), look.rule_ink)
    for row in range(rows):
        for column in range(columns):
            if rng.random() < 0.55:
                value = f"{rng.integers(0, 9999) / 10 ** int(rng.integers(0, 3)):g}"
                cell(plate, value, body, (xs[column], ys[row], xs[column + 1], ys[row + 1]))
    return plate


def empty_form(look: Look, rng: np.random.Generator) -> Plate:
    """Rules alone: a form nobody filled in."""
    plate = Plate(ink=look.ink)
    columns, rows = int(rng.integers(2, 6)), int(rng.integers(10, 24))
    inner = np.sort(rng.uniform(0.1, 0.9, columns - 1))
    xs = look.left + (plate.width - look.left - look.right) * np.r_[0, inner, 1]
    grid(plate, list(xs), list(look.top + np.arange(rows + 1) * (235 / rows)), look.rule_ink)
    return plate


def call_list(look: Look, rng: np.random.Generator) -> Plate:
    """A print-out of telephone calls on a broad sheet: monospaced columns."""
    plate, body = Plate(297.0, 210.0, look.ink), Type(look.body, look.points)
    plate.write(look.left, look.top - 10, f"话单查询结果  机主：{world.person(rng)}  打印时间：{world.day(rng)}", body)
    plate.rule(look.left, look.top - 1, plate.width - look.right, look.top - 1, ink=look.ink)
    y = look.top + 2
    while y < 196:
        date = world.day(rng)
        calls = f"{date} {rng.integers(0, 24):02d}:{rng.integers(0, 60):02d}:{rng.integers(0, 60):02d}"
        kind = rng.choice(["主叫", "被叫", "短信"])
        number = f"100 0000 {rng.integers(0, 10000):04d}"
        place = rng.choice(world.PLACES)
        plate.write(look.left, y, f"{calls}  {kind}  {number}  {rng.integers(1, 900):4d}秒  {place}基站", body)
        y += look.pitch * body.em
    return plate


def bank_statement(look: Look, rng: np.random.Generator) -> Plate:
    """A list of bank entries with zebra of thin rules and amounts set flush right."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.centred(look.top - 8, "账户交易明细", Type(look.title, 18))
    plate.write(
        look.left, look.top + 4, f"户名：{world.person(rng)}    账号：9999 9900 {rng.integers(1000, 9999)}", body
    )
    y, right = look.top + 14, plate.width - look.right
    while y < 270:
        plate.write(look.left, y, f"{world.day(rng)}", body)
        plate.write(look.left + 30, y, str(rng.choice(["转账支出", "现金存入", "扫码付款", "工资", "利息"])), body)
        plate.flush_right(right - 40, y, f"{rng.integers(1, 90000) / 100:,.2f}", body)
        plate.flush_right(right, y, f"{rng.integers(1, 9000000) / 100:,.2f}", body)
        y += look.pitch * body.em
        plate.rule(look.left, y - 0.4 * body.em, right, y - 0.4 * body.em, width=0.12, ink=look.rule_ink)
    plate.centred(281, "望陵支行业务凭证", Type(Typeface.HEI, 9))
    return plate
