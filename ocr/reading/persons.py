"""Names of persons, each with what the paper calls them (姓名, 被讯问人, 犯罪嫌疑人, ...)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ocr.reading.text import Page, Run, field, right_of, runs
from ocr.reading.types import Field

# The persons a paper is about, who reported, and whose things they are; officers and witnesses of an act are not.
LABELS = (
    "被取保候审人姓名|被取保候审人|被监视居住人|被讯问人姓名|被讯问人|被询问人姓名|被询问人|被传唤人|被拘传人|被拘留人|被逮捕人|被告知人|被释放人"
    "|违法犯罪嫌疑人|犯罪嫌疑人姓名|犯罪嫌疑人|嫌疑人姓名|嫌疑人|当事人姓名|当事人|被测试人|被测人姓名|被测人|被查询人|驾驶人姓名"
    "|被抽血人|机动车所有人|所有人|报案人姓名|报案人|报警人姓名|报警人|控告人|被鉴定人|被检测人|被检验人|被搜查人或其家属|被搜查人|受送达人|持有人"
    "|领取人|提交人|辨认人|指认人|谅解人|书写人|证人|被害人|被告人|户名|客户名称|账户名称|开户人|姓名"
)
# The commonest surnames, single and compound: without one, a word after a label is no name and is left to the clerk.
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁于蒋蔡余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季岳温柳樊葛邢安齐伍庞颜倪庄聂章"
    "鲁岑凌裴祝耿牛祁纪舒屈项盛童欧焦关毕辛阮路房宁左柯翟管娄时苗俞霍包闵古翁冉霞穆桂席卜尚詹车蓝梅骆甘鲍游解成涂辜卓褚卫窦楼应靳米代"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|皇甫|令狐|慕容|尉迟|东方|夏侯|公孙|长孙|宇文"
_NO_ROLE = ("姓名", "户名", "客户名称", "账户名称", "开户人")
# Words that begin like a name.
_NO_NAME = (
    "(?!关系|陈述|方式|方法|方面|时间|时候|车辆|车主|金额|成员|成年|应当|应予|应该|解除|解释|单位|任何|安全|安排|万元|路口|连续|和解|居住|代理"
    "|代为|代表|常住)"
)
_GIVEN = "(?:(?![的了是在于对和与将被因及或为从向我他她你们这那其该])[一-龥])"
_NAME = rf"{_NO_NAME}(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SINGLE}]{_GIVEN}{{1,2}})|[一-龥]{{2,6}}(?:·[一-龥]{{1,8}})+"
# What may follow a name in running text or on the same printed line.
_AFTER = (
    r"(?=$|[,、。;:()《》/\d]|性别|男|女|涉嫌|因|于|在|的|一案|出生|身份|户籍|客户|账户|查询|民族|曾用名|别名|年龄|的?家属|系|到案|酒后|驾驶|签名|联系|电话|报警|报案"
    r"|执行|作案|进行|被|案|为|是|近|主动|对|将|有|与|和|以|及|从|向|无|伙同|饮酒|血样|账号|帐号|血液|已|曾|供述|刑事|位于|予以|可能|认罪|辨认|指认|犯|等)"
)
# Who stands on the other side of a payment (对方户名, 收款人姓名) is not whom the statement is of.
_LABELLED = re.compile(rf"(?<!对.)(?<!款人)(?P<label>{LABELS}):?(?P<name>{_NAME})")
_ENDED = re.compile(_AFTER)
_LABEL = re.compile(rf"(?P<label>{LABELS}):?")
# Without a label: 陶志远涉嫌…, 陶志远(男, …, …罪的陶志远刑事拘留, 对陶志远的住处; and the addressee of a letter.
_DESCRIBED = (
    re.compile(rf"(?:^|(?<=[,、。;:对现询的将经]))(?P<name>{_NAME})(?=涉嫌|\((?:男|女|性别|出生|身份证|公民))"),
    re.compile(rf"(?<=罪的)(?P<name>{_NAME})(?=刑事拘留|执行|予以|,)"),
    re.compile(rf"(?:(?<=对)|(?<=送检的))(?P<name>{_NAME})(?=的(?:血样|血液|伤情|尿样|住处|人身|车辆)|位于|血样|血液)"),
)
_ADDRESSEE = re.compile(rf"(?P<name>{_NAME}):")
_SIGNED = r"(?:\([^()]*签[^()]*\)|签[名字章](?:[、并(]?[捺按]手?指?印\)?)?)"
_SIGNATURE = re.compile(rf"(?P<label>{LABELS}){_SIGNED}:?(?P<name>{_NAME})?(?=$|\d)")
_WHOLE_NAME = re.compile(_NAME)
CELL_TRUST = 0.95
SIMPLIFIED_TRUST = 0.9
HAND_TRUST = 0.7  # a name in the person's own hand


def find_persons(page: Page, traditional: Mapping[str, str]) -> tuple[Field, ...]:
    """Return each name once, in reading order, from the surest place it stands at; traditional forms simplified."""
    found: dict[str, Field] = {}
    for person in (_simplified(person, traditional) for person in _all(page)):
        known = found.get(person.value)
        if known is None or known.confidence < person.confidence:
            found[person.value] = person if person.role or known is None else replace(person, role=known.role)
    return tuple(found.values())


def _simplified(person: Field, traditional: Mapping[str, str]) -> Field:
    value = "".join(traditional.get(char, char) for char in person.value)
    if value == person.value:
        return person
    return replace(person, value=value, confidence=person.confidence * SIMPLIFIED_TRUST)


def _all(page: Page) -> Iterator[Field]:
    for run in runs(page):
        yield from _cells(run, page) if len(run.rows) == 1 else _running(run)


def _cells(run: Run, page: Page) -> Iterator[Field]:
    """A line alone: a label whose name stands in the next cell, a place for a hand, an addressee, or text."""
    row = run.rows[0]
    label = _LABEL.fullmatch(row.flat)
    signature = _SIGNATURE.match(row.flat)
    addressee = _ADDRESSEE.fullmatch(row.flat)
    if label or (signature and not signature["name"]):
        cell, trust = right_of(row, page), CELL_TRUST if label else HAND_TRUST
        role = _role(label["label"] if label else signature["label"] if signature else "")
        if cell is not None and _WHOLE_NAME.fullmatch(cell.flat):
            yield replace(field(cell, 0, len(cell.flat), cell.flat, trust=trust), role=role)
    elif signature:
        start, end = signature.span("name")
        yield replace(field(row, start, end, signature["name"], trust=HAND_TRUST), role=_role(signature["label"]))
    elif addressee:
        yield field(row, 0, len(row.flat) - 1, addressee["name"])
    else:
        yield from _running(run)


def _running(run: Run) -> Iterator[Field]:
    flat = run.flat
    for pattern in _DESCRIBED:
        for match in pattern.finditer(flat):
            yield run.field(match.start("name"), match.end("name"), match["name"])
    for match in _LABELLED.finditer(flat):
        start, end = match.span("name")
        least = start + (2 if match["name"][0] in _SINGLE else 3)
        ends = [least, end] if "·" not in match["name"] else [end]
        end = next((at for at in ends if at <= end and (run.parted(at) or _ENDED.match(flat, at))), 0)
        if end:
            yield replace(run.field(start, end, flat[start:end]), role=_role(match["label"]))


def _role(label: str) -> str:
    """犯罪嫌疑人姓名 and 犯罪嫌疑人 are one role; 姓名 and who holds an account are none."""
    return label.removesuffix("姓名") if label not in _NO_ROLE else ""
