"""Records of questions and answers (讯问笔录, 询问笔录) in the three dialects of their head."""

from __future__ import annotations

import random
from typing import Any

from casebook.filler import answers
from casebook.model import Paper, chinese_count
from casebook.sheet import HAND, Sheet

NOTICES = {"GS01": "犯罪嫌疑人诉讼权利义务告知书", "BH01": "被害人诉讼权利义务告知书", "ZR01": "证人诉讼权利义务告知书"}


def lay_record(sheet: Sheet, facts: dict[str, Any], paper: Paper, rng: random.Random) -> None:
    """Head, rights, questions and answers to the wanted number of pages, and the formula in the person's own hand."""
    values, style, suspect = paper.values, sheet.style, paper.kind == "GS01"
    facts["title"] = "讯问笔录" if suspect else "询问笔录"
    label = "被讯问人" if suspect else "被询问人"
    sheet.counted, sheet.bottom = True, 256.0
    sheet.signed_foot = (label, "F", values["p"])
    sheet.style = style
    _head(sheet, facts["title"], label, values)
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
    style, n, asked = sheet.style, values["ordinal"], title[:2]
    person, station, o1, o2 = values["p"], values["station"], values["o1"], values["o2"]
    t0, t1 = values["t0"], values["t1"]
    spaced = " ".join(title) if style.spaced else title
    if style.record == "official":
        sheet.centred(f"{spaced}（第{n}次）", style.title)
        lines = [
            f"时间 {t0:minute} 至 {t1:minute}",
            f"地点 {values['place']}",
            f"{asked}人（签名） {o1} 工作单位 {station}",
            f"记录人（签名） {o2} 工作单位 {station}",
            f"{label} {person.name} 性别 {person.sex} 出生日期 {person.born} 文化程度 初中",
            f"身份证件种类及号码 居民身份证 {person.id}",
            f"户籍所在地 {person.home}",
            f"现住址 {person.home} 联系方式 {person.phone}",
        ]
    elif style.record == "system":
        sheet.centred(spaced, style.title)
        sheet.centred(f"第 {n} 次{asked}", style.body, large=False)
        head = "" if asked == "讯问" else "询问"
        lines = [
            f"{head}时间：自{t0:minute}起至{t1:minute}止",
            f"{head}地点：{values['place']}",
            f"侦查员姓名、单位：{o1}，{station}",
            f"记录员姓名、单位：{o2}，{station}",
            f"{'犯罪嫌疑人姓名' if asked == '讯问' else label}：{person.name} 别名：无 曾用名：无",
            f"性别：{person.sex} 民族：汉族 出生日期：{person.born}",
            f"身份证件种类及号码：居民身份证 {person.id}",
            f"户籍所在地：{person.home}",
        ]
    else:
        sheet.centred(spaced, style.title)
        sheet.centred(f"（第{chinese_count(n)}次）", style.body, large=False)
        lines = [
            f"时间：{t0:minute}",
            f"至：{t1:minute}",
            f"{asked}地点：{values['place']}",
            f"{asked}人：{o1}  记录人：{o2}",
            f"{label}：{person.name}  性别：{person.sex}  年龄：{t0.at.year - person.birth.year}",
            f"工作单位和职业：{person.job}",
            f"住址：{person.home}",
            f"身份证号码：{person.id}",
        ]
    for line in lines:
        sheet.prose(line, indent=0.0)


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
