"""Records of questions and answers (讯问笔录, 询问笔录) in the dialects of their head."""

from __future__ import annotations

import random
from typing import Any

from casebook.filler import answers
from casebook.model import Moment, Paper, chinese_count
from casebook.sheet import HAND, Sheet

NOTICES = {"GS01": "犯罪嫌疑人诉讼权利义务告知书", "BH01": "被害人诉讼权利义务告知书", "ZR01": "证人诉讼权利义务告知书"}

BLANKS = "%m月%d日%H时%M分"  # as filled into blanks without a year

TOGETHER = "询问/讯问笔录"  # one form for both


def lay_record(sheet: Sheet, facts: dict[str, Any], paper: Paper, rng: random.Random) -> None:
    """Head, rights, questions and answers to the wanted number of pages, and the formula in the person's own hand."""
    values, style, suspect = paper.values, sheet.style, paper.kind == "GS01"
    own = "讯问笔录" if suspect else "询问笔录"
    facts["title"] = own if style.record != "table" else TOGETHER
    label = "被讯问人" if suspect else "被询问人"
    sheet.title, sheet.unit = facts["title"], str(values["police"])
    sheet.counted, sheet.bottom = True, 256.0
    sheet.signed_foot = (label, "F", values["p"])
    sheet.style = style
    _head(sheet, own, label, values)
    for line in _opening(paper.kind, values):
        sheet.prose(line, indent=0.0)
    pages, number = values["pages"], 0
    talk = answers(paper.kind, values, rng)
    while len(sheet.done) < pages - 1 or sheet.y < 200.0:
        sheet.prose(talk[number % len(talk)], indent=0.0)
        number += 1
    sheet.prose("问：你还有没有要补充的？以上所讲是否属实？", indent=0.0)
    sheet.prose("答：没有了，属实。", indent=0.0)
    sheet.put("以上笔录我看过，和我说的相符。", style.left + 4, size=HAND, hand=True)
    sheet.y += 1.4 * HAND
    sheet.put(f"{values['p'].name} {values['t1']:dot}", style.left + 80, size=HAND, hand=True)
    sheet.y += 1.2 * HAND


def _head(sheet: Sheet, title: str, label: str, values: Any) -> None:
    style = sheet.style
    shown = title if style.record != "table" else TOGETHER
    spaced = " ".join(shown) if style.spaced else shown
    n = values["ordinal"]
    beside = {
        "official": f"（第{n}次）",
        "clock": f"（{chinese_count(n)}）",
        "short": f"（第{chinese_count(n)}次）",
    }.get(style.record, "")
    sheet.centred(f"{spaced}{beside}", style.title)
    below = {
        "system": f"第 {n} 次{title[:2]}",
        "old": f"（第{chinese_count(n)}次）",
        "table": f"第{n}次",
        "timed": f"第{n}次",
        "lined": f"第_{n}_次{title[:2]}",
        "dense": f"（第 {n} 次）",
        "halves": f"第{chinese_count(n)}次",
        "arrival": f"第 {chinese_count(n)} 次{title[:2]}",
    }.get(style.record)
    if below:
        sheet.centred(below, style.body, large=False)
    if style.record == "table":
        for cells in _table(label, values):
            sheet.row(cells, widths=[0.6 if number % 2 == 0 else 1.2 for number in range(len(cells))])
        return
    for line in HEADS[style.record](title[:2], label, values):
        sheet.prose(line, indent=0.0)


def _official(asked: str, label: str, values: Any) -> list[str]:
    person, station = values["p"], values["station"]
    return [
        f"时间 {values['t0']:minute} 至 {values['t1']:minute}",
        f"地点 {values['place']}",
        f"{asked}人（签名） {values['o1']} 工作单位 {station}",
        f"记录人（签名） {values['o2']} 工作单位 {station}",
        f"{label} {person.name} 性别 {person.sex} 出生日期 {person.born} 文化程度 初中",
        f"身份证件种类及号码 居民身份证 {person.id}",
        f"户籍所在地 {person.home}",
        f"现住址 {person.home} 联系方式 {person.phone}",
    ]


def _system(asked: str, label: str, values: Any) -> list[str]:
    person, station = values["p"], values["station"]
    head = "" if asked == "讯问" else "询问"
    return [
        f"{head}时间：自{values['t0']:minute}起至{values['t1']:minute}止",
        f"{head}地点：{values['place']}",
        f"侦查员姓名、单位：{values['o1']}，{station}",
        f"记录员姓名、单位：{values['o2']}，{station}",
        f"{'犯罪嫌疑人姓名' if asked == '讯问' else label}：{person.name} 别名：无 曾用名：无",
        f"性别：{person.sex} 民族：汉族 出生日期：{person.born}",
        f"身份证件种类及号码：居民身份证 {person.id}",
        f"户籍所在地：{person.home}",
    ]


def _old(asked: str, label: str, values: Any) -> list[str]:
    person = values["p"]
    return [
        f"时间：{values['t0']:minute}",
        f"至：{values['t1']:minute}",
        f"{asked}地点：{values['place']}",
        f"{asked}人：{values['o1']}  记录人：{values['o2']}",
        f"{label}：{person.name}  性别：{person.sex}  年龄：{values['t0'].at.year - person.birth.year}",
        f"工作单位和职业：{person.job}",
        f"住址：{person.home}",
        f"身份证号码：{person.id}",
    ]


def _clock(asked: str, label: str, values: Any) -> list[str]:
    person, ended = values["p"], values["t1"].at
    return [
        f"{asked}时间：{values['t0']:clock}至{ended:%H:%M}",
        f"{asked}地点：{values['place']}",
        f"{asked}人员：{values['o1']}、{values['o2']}（{values['station']}）",
        f"{label}姓名：{person.name}（{person.sex}，{person.born}出生）",
        f"公民身份号码：{person.id}  联系电话：{person.phone}",
        f"户籍地及现住址：{person.home}",
    ]


def _timed(asked: str, label: str, values: Any) -> list[str]:
    """Beginning and end on lines of their own, the person first."""
    person = values["p"]
    return [
        f"{label} {person.name}   性别 {person.sex}   民族 汉",
        f"出生年月日 {person.born}   文化程度 初中",
        f"居民身份证号码 {person.id}",
        f"户籍地址 {person.home}",
        f"职业及工作单位 {person.job}   电话 {person.phone}",
        f"{asked}开始时间 {values['t0']:minute}",
        f"{asked}结束时间 {values['t1']:minute}",
        f"{asked}地点 {values['place']}",
        f"{asked}人 {values['o1']} {values['o2']}   记录人 {values['o2']}",
    ]


def _short(asked: str, label: str, values: Any) -> list[str]:
    """The whole time on one line with the place."""
    person, t0, t1 = values["p"], values["t0"], values["t1"]
    return [
        f"{asked}时间 {t0:minute}—{t1:minute}",
        f"{asked}地点 {values['place']}  {asked}员 {values['o1']}、{values['o2']}",
        f"{label}：{person.name}，{person.sex}，{t0.at.year - person.birth.year}岁，身份证：{person.id}",
        f"单位职业：{person.job}，家庭住址：{person.home}，电话：{person.phone}",
    ]


def _lined(asked: str, label: str, values: Any) -> list[str]:
    """Blanks on printed lines."""
    person = values["p"]
    return [
        f"{asked}机关：_{values['police']}_",
        f"起始时间：_{values['t0']:dash}_  终止时间：_{values['t1']:dash}_",
        f"地点：_{values['place']}_  {asked}人：_{values['o1']}_、_{values['o2']}_",
        f"{label}：_{person.name}_ 性别：_{person.sex}_ 出生年月：_{person.born}_",
        f"证件类型：_身份证_  证件号码：_{person.id}_",
        f"住所：_{person.home}_  联系方式：_{person.phone}_",
    ]


def _dense(asked: str, label: str, values: Any) -> list[str]:
    """As one paragraph."""
    person, t0, t1 = values["p"], values["t0"], values["t1"]
    return [
        f"{t0:minute}至{t1:minute}，{values['station']}民警{values['o1']}、{values['o2']}在{values['place']}对{label}进行{asked}。",
        f"{label}姓名：{person.name}；性别：{person.sex}；出生日期：{person.born}；身份证号码：{person.id}；"
        f"住址：{person.home}；电话：{person.phone}。",
    ]


def _halves(asked: str, label: str, values: Any) -> list[str]:
    """From and until under each other, officers last."""
    person = values["p"]
    return [
        f"{asked}对象：{person.name}（{label}）",
        f"{asked}地点：{values['place']}",
        f"自 {values['t0']:minute} 起",
        f"至 {values['t1']:minute} 止",
        f"性别 {person.sex}，出生于{person.born}，身份证号 {person.id}",
        f"现住 {person.home}，手机 {person.phone}",
        f"主{asked[0]}人：{values['o1']}　记录：{values['o2']}　单位：{values['station']}",
    ]


def _arrival(asked: str, label: str, values: Any) -> list[str]:
    """With the line on when the person came and left, filled in where a suspect was called by word of mouth."""
    person, station, t0, t1 = values["p"], values["station"], values["t0"], values["t1"]
    called = "口头传唤/被扭送/自动投案" if asked == "讯问" else "口头传唤"
    came, left, name = "  月  日  时  分", "  月  日  时  分", "   "
    if asked == "讯问" and values["ordinal"] == 1:
        came, left = f"{t0.later(minutes=-35).at:{BLANKS}}", f"{t1.later(minutes=20).at:{BLANKS}}"
        name = person.name
    return [
        f"时间 {t0:minute}至 {t1:minute}",
        f"地点 {values['place']}",
        f"{'侦查员' if asked == '讯问' else '询问人'}姓名、单位 {values['o1']}、{values['o2']} {station}",
        f"记录员姓名、单位 {values['o2']} {station}",
        f"{label} {person.name} 别名、曾用名、绰号 无 性别 {person.sex} 民族 汉族",
        f"出生日期 {person.born} 文化程度 初中 政治面貌 群众 人大代表 □是■否",
        f"身份证件种类及号码 居民身份证{person.id}",
        f"户籍所在地 {person.home}",
        f"现住址 {person.home} 联系电话 {person.phone}",
        f"工作单位和职业 {person.job}",
        f"（{called}的{label}{came}到达，{left}离开，本人签名确认：{name}）",
    ]


def _table(label: str, values: Any) -> list[list[str]]:
    person, t0, t1 = values["p"], values["t0"], values["t1"]
    return [
        ["时间", f"{t0:minute}至{_end(t0, t1)}"],
        ["地点", str(values["place"])],
        ["办案人员", f"{values['o1']}、{values['o2']}", "工作单位", str(values["station"])],
        [label, person.name, "性别", person.sex],
        ["出生日期", person.born, "证件号码", person.id],
        ["现住址", person.home, "联系方式", person.phone],
    ]


def _end(start: Moment, end: Moment) -> str:
    """The end without its day where that is the day of the start."""
    return f"{end.at:%H时%M分}" if start.at.date() == end.at.date() else f"{end:minute}"


HEADS = {
    "official": _official,
    "system": _system,
    "old": _old,
    "clock": _clock,
    "timed": _timed,
    "short": _short,
    "lined": _lined,
    "dense": _dense,
    "halves": _halves,
    "arrival": _arrival,
}


def _opening(kind: str, values: Any) -> list[str]:
    """Who asks, and the rights; in a later record the custody is told."""
    asked = "讯问" if kind == "GS01" else "询问"
    lines = [
        f"问：我们是{values['station']}的民警，现依法对你进行{asked}，你应当如实回答我们的提问。你听清楚了吗？",
        "答：听清楚了。",
    ]
    if values["ordinal"] == 1:
        lines += [f"问：这是《{NOTICES[kind]}》，你看一下。", "答：看过了，内容我都明白。"]
    if kind == "ZR01":
        lines += ["问：你应当如实作证，有意作伪证或者隐匿罪证要负法律责任，你明白吗？", "答：明白。"]
    if kind == "GS01" and values["ordinal"] == 1:
        lines += [
            "问：你的个人简历和家庭成员情况？是否受过刑事处罚？",
            "答：我从小在本地上学，家里有父母，没有受过处罚。",
        ]
    if kind == "GS01" and values.get("ref_custody") and values["ordinal"] > 1:
        lines += [f"问：现向你宣布{values['ref_custody']}拘留证，你听清楚了吗？", "答：听清楚了。"]
    return lines
