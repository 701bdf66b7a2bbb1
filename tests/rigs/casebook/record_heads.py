"""Heads of records of questions and answers (讯问笔录, 询问笔录), as counties print them: lines or a table."""

from __future__ import annotations

from typing import Any

from casebook.model import Moment, chinese_count

BLANKS = "%m月%d日%H时%M分"  # as filled into blanks without a year


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


def _docket(asked: str, label: str, values: Any) -> list[str]:
    """The case first, the officers one by one."""
    person, station, t0, t1 = values["p"], values["station"], values["t0"], values["t1"]
    return [
        f"案由：{values['case']}",
        f"时间：{t0:minute}起至{_end(t0, t1)}止",
        f"地点：{values['place']}",
        f"{asked}人：{values['o1']}（{station}）",
        f"记录人：{values['o2']}（{station}）",
        f"{label}：{person.name}　{person.sex}　{t0.at.year - person.birth.year}岁　汉族　初中文化",
        f"公民身份号码：{person.id}",
        f"户籍地：{person.home}",
        f"工作单位及职业：{person.job}　联系电话：{person.phone}",
    ]


def _blanks(asked: str, label: str, values: Any) -> list[str]:
    """Figures typed into a printed blank, room on both sides of each."""
    person = values["p"]
    begun, ended = (f"{values[key].at:%Y 年 %m 月 %d 日 %H 时 %M 分}" for key in ("t0", "t1"))
    return [
        f"时间 {begun} 至 {ended}",
        f"地点 {values['place']}",
        f"{asked}人 {values['o1']} 、 {values['o2']}  记录人 {values['o2']}",
        f"工作单位 {values['station']}",
        f"{label} {person.name} 性别 {person.sex} 民族 汉 文化程度 初中",
        f"出生日期 {person.birth:%Y 年 %m 月 %d 日} 籍贯      ",
        f"证件名称及号码 身份证 {person.id}",
        f"户籍所在地 {person.home}",
        f"现住址 同上  电话 {person.phone}",
    ]


def _told(asked: str, label: str, values: Any) -> list[str]:
    """Each thing by its name, which time it is among them."""
    person = values["p"]
    standing = {"嫌疑人": "犯罪嫌疑人"}.get(person.role, person.role)
    return [
        f"{asked}次数：第{values['ordinal']}次",
        f"{asked}起止时间：{values['t0']:dash}至{values['t1']:dash}",
        f"{asked}场所：{values['place']}",
        f"办案单位：{values['station']}",
        f"{asked}民警：{values['o1']}，{values['o2']}（兼记录）",
        f"{label}：{person.name}（系本案{standing}）",
        f"性别：{person.sex}  出生日期：{person.born}  公民身份号码：{person.id}",
        f"家庭住址：{person.home}  手机号码：{person.phone}",
        f"到案方式：{'口头传唤' if asked == '讯问' else '自行到案'}  是否人大代表：否",
    ]


def _begun(asked: str, label: str, values: Any) -> list[str]:
    """Who first; begun and ended in words behind the times."""
    person, t0 = values["p"], values["t0"]
    return [
        f"{asked}人：{values['o1']}   记录人：{values['o2']}",
        f"单位：{values['station']}",
        f"{label}：{person.name}",
        f"基本情况：{person.sex}，汉族，{person.born}生，身份证号{person.id}，{person.job}",
        f"住址：{person.home}",
        f"联系方式：{person.phone}",
        f"{asked}地点：{values['place']}",
        f"{asked}于{t0:minute}开始，于{values['t1']:minute}结束",
    ]


def _itemised(asked: str, label: str, values: Any) -> list[str]:
    """Numbered from one to six."""
    person = values["p"]
    return [
        f"一、{asked}时间：自{values['t0']:minute}至{values['t1']:minute}",
        f"二、{asked}地点：{values['place']}",
        f"三、{asked}人：{values['o1']}、{values['o2']}；记录人：{values['o2']}；单位：{values['station']}",
        f"四、{label}：{person.name}，{person.sex}，汉族，{person.born}出生",
        f"五、身份证号码：{person.id}；电话：{person.phone}",
        f"六、户籍地：{person.home}；现住址：同户籍地",
    ]


def _badges(asked: str, label: str, values: Any) -> list[str]:
    """The officers with the numbers of their badges (警号), when and where last."""
    person = values["p"]
    return [
        f"办案单位　{values['station']}",
        f"{asked}民警　{values['o1']}（警号099126）　{values['o2']}（警号099341，兼记录）",
        f"{label}　{person.name}　{person.sex}　{person.born}出生",
        f"公民身份号码　{person.id}",
        f"户籍所在地　{person.home}（现住同上）",
        f"联系电话　{person.phone}　是否系人大代表、政协委员　否",
        f"{asked}自{values['t0']:minute}起，至{_end(values['t0'], values['t1'])}止，在{values['place']}进行",
    ]


def _spread(asked: str, label: str, values: Any) -> list[str]:
    """One thing a line, short labels drawn out to the width of four characters; which time it is among them."""
    person = values["p"]
    return [
        f"次　　数：第{chinese_count(values['ordinal'])}次",
        f"时　　间：{values['t0']:minute}至{values['t1']:minute}",
        f"地　　点：{values['place']}",
        f"{asked[0]} {asked[1]} 人：{values['o1']}　　记 录 人：{values['o2']}",
        f"工作单位：{values['station']}",
        f"{label}：{person.name}　　性　　别：{person.sex}　　民　　族：汉",
        f"出生日期：{person.born}　　文化程度：初中",
        f"证件号码：{person.id}",
        f"户 籍 地：{person.home}",
        f"职　　业：{person.job}　　电　　话：{person.phone}",
    ]


def _exported(asked: str, label: str, values: Any) -> list[str]:
    """As a case system prints it: times in figures, two things a line."""
    person = values["p"]
    begun, ended = (f"{values[key].at:%Y-%m-%d %H:%M}" for key in ("t0", "t1"))
    return [
        f"开始时间：{begun}　　结束时间：{ended}",
        f"{asked}地点：{values['place']}",
        f"主办人：{values['o1']}　　协办人（记录）：{values['o2']}",
        f"办案部门：{values['station']}",
        f"{label}：{person.name}（{person.sex}，{person.born}出生）",
        f"有效证件：居民身份证{person.id}",
        f"户籍地址：{person.home}",
        f"从业状况：{person.job}　　手机：{person.phone}",
    ]


def _table(_asked: str, label: str, values: Any) -> list[list[str]]:
    person, t0, t1 = values["p"], values["t0"], values["t1"]
    return [
        ["时间", f"{t0:minute}至{_end(t0, t1)}"],
        ["地点", str(values["place"])],
        ["办案人员", f"{values['o1']}、{values['o2']}", "工作单位", str(values["station"])],
        [label, person.name, "性别", person.sex],
        ["出生日期", person.born, "证件号码", person.id],
        ["现住址", person.home, "联系方式", person.phone],
    ]


def _counted(asked: str, label: str, values: Any) -> list[list[str]]:
    """Beginning and end in cells of their own, which time it is in the first one."""
    person = values["p"]
    return [
        [f"{asked}次数", f"第{values['ordinal']}次", "案别", str(values["charge"])],
        ["开始时间", f"{values['t0']:minute}", "结束时间", f"{values['t1']:minute}"],
        [f"{asked}地点", str(values["place"])],
        [f"{asked}人", f"{values['o1']}", "记录人", f"{values['o2']}"],
        [f"{label}姓名", person.name, "性别", person.sex],
        ["身份证号", person.id, "出生日期", person.born],
        ["住址", person.home],
    ]


def _grid(asked: str, label: str, values: Any) -> list[list[str]]:
    """From and until in one cell; officers each with the unit."""
    person, station = values["p"], str(values["station"])
    return [
        ["起止时间", f"自{values['t0']:minute}至{values['t1']:minute}"],
        ["地点", str(values["place"])],
        [f"{asked}人", f"{values['o1']}", "单位", station],
        ["记录人", f"{values['o2']}", "单位", station],
        [label, person.name, "性别", person.sex],
        ["出生年月日", person.born, "文化程度", "初中"],
        ["身份证件种类及号码", f"居民身份证 {person.id}"],
        ["户籍所在地", person.home],
        ["职业", person.job, "电话", person.phone],
    ]


def _sides(asked: str, _label: str, values: Any) -> list[list[str]]:
    """Begin and end in rows of their own, the person by the plain name of the cell."""
    person = values["p"]
    return [
        ["开始", f"{values['t0']:minute}"],
        ["结束", f"{values['t1']:minute}"],
        ["地点", str(values["place"])],
        [f"{asked}人", f"{values['o1']} {values['o2']}", "记录人", f"{values['o2']}"],
        ["单位", str(values["station"])],
        ["姓名", person.name, "性别", person.sex],
        ["出生日期", person.born, "民族", "汉族"],
        ["证件号码", f"身份证 {person.id}"],
        ["住址", person.home],
        ["职业", person.job, "电话", person.phone],
    ]


def _board(asked: str, label: str, values: Any) -> list[list[str]]:
    """Begin and end side by side, the person in the middle, the officers below."""
    person, t0 = values["p"], values["t0"]
    return [
        [f"{asked}开始", f"{t0:minute}", f"{asked}结束", f"{values['t1']:minute}"],
        [f"{asked}地点", str(values["place"])],
        [label, person.name, "性别", person.sex, "年龄", f"{t0.at.year - person.birth.year}岁"],
        ["出生日期", person.born, "联系电话", person.phone],
        ["身份证号码", person.id],
        ["户籍所在地", person.home],
        ["现住址", "同户籍所在地"],
        [f"{asked}人", f"{values['o1']}", "记录人", f"{values['o2']}"],
        ["工作单位", str(values["station"])],
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
    "docket": _docket,
    "blanks": _blanks,
    "told": _told,
    "begun": _begun,
    "itemised": _itemised,
    "badges": _badges,
    "spread": _spread,
    "exported": _exported,
}
TABLES = {"table": _table, "counted": _counted, "grid": _grid, "sides": _sides, "board": _board}
