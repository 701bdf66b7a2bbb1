"""Records of questions and answers (讯问笔录, 询问笔录) under a head in one of the dialects."""

from __future__ import annotations

import random
from typing import Any

from casebook.filler import answers
from casebook.model import Paper, chinese_count
from casebook.record_heads import HEADS, TABLES
from casebook.sheet import HAND, Sheet

NOTICES = {"GS01": "犯罪嫌疑人诉讼权利义务告知书", "BH01": "被害人诉讼权利义务告知书", "ZR01": "证人诉讼权利义务告知书"}

TOGETHER = "询问/讯问笔录"  # one form for both


def lay_record(sheet: Sheet, facts: dict[str, Any], paper: Paper, rng: random.Random) -> None:
    """Head, rights, questions and answers to the wanted number of pages, and the formula in the person's own hand."""
    values, style, suspect = paper.values, sheet.style, paper.kind == "GS01"
    own = "讯问笔录" if suspect else "询问笔录"
    facts["title"] = own if style.record != "table" else TOGETHER
    label = "被讯问人" if suspect else "被询问人"
    sheet.title, sheet.unit = facts["title"], str(values["police"])
    sheet.counted, sheet.bottom, sheet.ruled = True, 256.0, style.ruled
    sheet.signed_foot = (label, "F", values["p"])
    facts["ordinal"] = _head(sheet, own, label, values)
    for line in _opening(paper.kind, values):
        _say(sheet, line)
    pages, number = values["pages"], 0
    talk = answers(paper.kind, values, rng)
    while len(sheet.done) < pages - 1 or sheet.y < 200.0:
        _say(sheet, talk[number % len(talk)])
        number += 1
    _say(sheet, "问：你还有没有要补充的？以上所讲是否属实？")
    _say(sheet, "答：没有了，属实。")
    sheet.put(style.closing, style.left + 4, size=HAND, hand=True)
    sheet.y += 1.4 * HAND
    sheet.put(f"{values['p'].name} {values['t1']:dot}", style.left + 80, size=HAND, hand=True)
    sheet.y += 1.2 * HAND


def _say(sheet: Sheet, line: str) -> None:
    for usual, own in sheet.style.said:
        line = line.replace(usual, own)
    sheet.prose(line, indent=0.0)


def _head(sheet: Sheet, title: str, label: str, values: Any) -> int | None:
    """Title and head; returns the ordinal, None where the place for it is left empty."""
    style, record = sheet.style, sheet.style.record
    shown = title if record != "table" else TOGETHER
    spaced = " ".join(shown) if style.spaced else shown
    n = values["ordinal"]
    if record == "docket":
        sheet.centred(sheet.unit, style.body * 1.1, large=False)
    if record == "badges":
        sheet.prose(f"第 {n} 次", indent=0.0)
    beside = {
        "official": f"（第{n}次）",
        "clock": f"（{chinese_count(n)}）",
        "short": f"（第{chinese_count(n)}次）",
        "begun": f"  第{n}次",
        "sides": f"（{n}）",
        "exported": f"（第 {n} 次）",
    }.get(record, "")
    sheet.centred(f"{spaced}{beside}", style.title)
    if record == "docket":
        sheet.flush_right(f"第 {chinese_count(n)} 次")
    empty = record == "blanks" and title == "询问笔录"
    below = {
        "system": f"第 {n} 次{title[:2]}",
        "old": f"（第{chinese_count(n)}次）",
        "table": f"第{n}次",
        "timed": f"第{n}次",
        "itemised": f"第 {chinese_count(n)} 次",
        "lined": f"第_{n}_次{title[:2]}",
        "dense": f"（第 {n} 次）",
        "halves": f"第{chinese_count(n)}次",
        "arrival": f"第 {chinese_count(n)} 次{title[:2]}",
        "grid": f"（第{chinese_count(n)}次{title[:2]}）",
        "board": f"（第 {n} 次{title[:2]}）",
        "blanks": f"第 {'  ' if empty else n} 次{title[:2]}",
    }.get(record)
    if below:
        sheet.centred(below, style.body, large=False)
    if record in TABLES:
        for cells in TABLES[record](title[:2], label, values):
            sheet.row(cells, widths=[0.6 if number % 2 == 0 else 1.2 for number in range(len(cells))])
        return int(n)
    for line in HEADS[record](title[:2], label, values):
        sheet.prose(line, indent=0.0)
    return None if empty else int(n)


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
