"""Names of persons after the labels of forms and records (姓名, 被讯问人, 犯罪嫌疑人, ...)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ocr.reading.text import Page, field, right_of
from ocr.reading.types import Field

# The persons a paper is about and who reported; officers and witnesses of an act are not among them.
LABELS = (
    "被取保候审人姓名|被取保候审人|被监视居住人|被讯问人姓名|被讯问人|被询问人姓名|被询问人|被传唤人|被拘传人|被拘留人|被逮捕人|被告知人"
    "|违法犯罪嫌疑人|犯罪嫌疑人姓名|犯罪嫌疑人|嫌疑人姓名|嫌疑人|当事人姓名|当事人|被测试人|被测人姓名|被测人|被查询人|驾驶人姓名"
    "|被抽血人|机动车所有人|所有人|报案人姓名|报案人|报警人姓名|报警人|控告人|姓名"
)
# The commonest surnames, single and compound: without one, a word after a label is no name and is left to the clerk.
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季岳温柳樊葛邢安齐伍庞颜倪庄聂章"
    "鲁岑凌裴祝耿牛祁纪舒屈项盛童欧焦关毕辛阮路房宁左柯翟管娄时苗俞霍包闵古翁冉霞穆桂席卜尚詹车蓝梅骆甘鲍游解成涂辜卓"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|皇甫|令狐|慕容|尉迟|东方|夏侯|公孙|长孙|宇文"
_NAME = rf"(?:{_COMPOUND})[一-龥]{{1,2}}|[{_SINGLE}][一-龥]{{1,2}}|[一-龥]{{2,6}}(?:·[一-龥]{{1,8}})+"
# What may follow a name in running text or on the same printed line.
_AFTER = (
    r"(?=$|[,、。;:()《》/\d]|性别|男|女|涉嫌|因|于|在|的|一案|出生|身份|户籍|民族|曾用名|别名|年龄|的?家属|系|到案|酒后|驾驶|签名|联系|电话"
    r"|执行|作案|进行|被|案|为|是|近|主动|对|将)"
)
_LABELLED = re.compile(rf"(?:{LABELS}):?(?P<name>(?:{_NAME}){_AFTER})")
_LABEL = re.compile(rf"(?:{LABELS}):?")
# Without a label: 陶志远涉嫌…, 陶志远(男, …; and the addressee of a letter, alone on a line.
_DESCRIBED = re.compile(rf"(?:^|(?<=[,、。;:对现询]))(?P<name>{_NAME})(?=涉嫌|\((?:男|女|性别))")
_ADDRESSEE = re.compile(rf"(?P<name>{_NAME}):")
_SIGNATURE = re.compile(rf"(?:{LABELS})\((?:[^()]*签[^()]*)\):?(?P<name>{_NAME})?(?=$|\d)")
_WHOLE_NAME = re.compile(_NAME)
_SHORTER = re.compile(rf"(?:{_COMPOUND})[一-龥]{_AFTER}|[{_SINGLE}][一-龥]{_AFTER}")
CELL_TRUST = 0.95
SIMPLIFIED_TRUST = 0.9
HAND_TRUST = 0.7  # a name in the person's own hand


def find_persons(page: Page, traditional: Mapping[str, str]) -> tuple[Field, ...]:
    """Return each name once, in reading order, from the surest place it stands at; traditional forms simplified."""
    found: dict[str, Field] = {}
    for person in (_simplified(person, traditional) for person in _all(page)):
        known = found.get(person.value)
        if known is None or known.confidence < person.confidence:
            found[person.value] = person
    return tuple(found.values())


def _simplified(person: Field, traditional: Mapping[str, str]) -> Field:
    value = "".join(traditional.get(char, char) for char in person.value)
    if value == person.value:
        return person
    return replace(person, value=value, confidence=person.confidence * SIMPLIFIED_TRUST)


def _all(page: Page) -> Iterator[Field]:
    for row in page.rows:
        if _LABEL.fullmatch(row.flat):
            cell = right_of(row, page)
            if cell is not None and _WHOLE_NAME.fullmatch(cell.flat):
                yield field(cell, 0, len(cell.flat), cell.flat, trust=CELL_TRUST)
            continue
        signature = _SIGNATURE.match(row.flat)
        if signature:
            hand = right_of(row, page)
            if signature["name"]:
                yield field(row, signature.start("name"), signature.end("name"), signature["name"], trust=HAND_TRUST)
            elif hand is not None and _WHOLE_NAME.fullmatch(hand.flat):
                yield field(hand, 0, len(hand.flat), hand.flat, trust=HAND_TRUST)
            continue
        addressee = _ADDRESSEE.fullmatch(row.flat)
        if addressee:
            yield field(row, 0, len(row.flat) - 1, addressee["name"])
            continue
        for match in _DESCRIBED.finditer(row.flat):
            yield field(row, match.start("name"), match.end("name"), match["name"])
        for match in _LABELLED.finditer(row.flat):
            start, name = match.start("name"), match["name"]
            short = _SHORTER.match(row.flat, start)
            if short and len(short[0]) < len(name):
                name = short[0]
            yield field(row, start, start + len(name), name)
