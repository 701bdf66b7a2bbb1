"""What happened: persons, times, sums and numbers of one invented case, and each paper's share of them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from casebook.model import Moment, Person
from casebook.style import REGION, Style

SURNAMES = "陶邱顾程蒋沈韩杨秦许何吕孔曹严金魏姜范方石姚谭廖邹熊陆郝汪田任袁于董萧苏潘葛丁傅"
GIVEN = "志远明辉海峰文斌晓燕丽娟建国玉兰春生德福秀英立新永康佳宁子涵思若彤振东梁雅琴浩然欣怡俊杰国栋淑珍家乐鹏程"
PLACES = ("溪桥路三味小厨", "望江街农贸市场", "柳湾村村口", "青石巷12号", "稻香苑小区3号楼", "榆林大道公交站")
JOBS = ("无业", "清禾市第二建筑公司工人", "个体经营", "快递员", "务农", "清禾物流公司司机")
HOMES = ("柳堤路18号", "望江街25号", "柳湾村三组", "稻香苑小区5号楼2单元301室", "青石巷7号", "榆林大道110号")
ROLES = {"s": "嫌疑人", "v": "被害人", "w": "证人", "o": "民警"}
CHARGES = {"drunk_driving": "危险驾驶", "theft": "盗窃", "injury": "故意伤害", "fraud": "诈骗"}
LAWS = {"drunk_driving": "一百三十三条之一", "theft": "二百六十四", "injury": "二百三十四", "fraud": "二百六十六"}
TAGS = {
    "drunk_driving": {"drunk", "bail"},
    "theft": {"detained", "arrested", "victim", "seizure", "search", "price"},
    "injury": {"detained", "arrested", "victim", "minor", "injury"},
    "fraud": {"detained", "arrested", "victim", "seizure"},
}
THINGS = (
    ("手机", 1, "部", "黑色，串号86310405"),
    ("银行卡", 2, "张", "尾号4417、9026"),
    ("电动自行车", 1, "辆", "红色，九成新"),
    ("铁钳", 1, "把", "长30厘米"),
)
WORDS_OF_DIGITS = "零壹贰叁肆伍陆柒捌玖"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RANK = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟")


@dataclass(frozen=True)
class Story:
    kind: str
    seed: int
    case_no: str
    persons: tuple[Person, ...]
    tags: frozenset[str]
    values: Mapping[str, Any]
    times: Mapping[str, dict[str, Moment]]

    def values_for(self, form: str, number: int, own: Mapping[str, Any]) -> dict[str, Any]:
        """The blanks of one paper. `own` may name a person of the story (`p`: "v2")."""
        rng = random.Random(f"{self.kind}/{self.seed}/{form}/{number}")
        values = {**self.values, "kind": form.partition("-")[0], "serial": rng.randint(2, 899), "ordinal": 1}
        values |= {"pages": 1, "length": 1, "seed": self.seed, "number_in_pile": number, "account": account(rng)}
        values |= {"volumes": 2, "volumes_words": rng.choice(("贰", "2", "二")), "volume_no": 1, "entries": []}
        values |= {"volume": "诉讼文书卷"}
        if form in ("QZ07", "ZJ05"):
            values["pages"] = rng.randint(60, 420)
        values |= self.times.get(form.partition("-")[0], self.times["*"])
        if "ordinal" in own:
            values |= {key: values[key].later(days=4 * (own["ordinal"] - 1)) for key in ("t0", "t1", "at")}
        if form in ("BH01", "ZR01"):
            values |= {key: values[key].later(hours=3 * number) for key in ("t0", "t1")}
        return values | {key: self.values[value] if key == "p" else value for key, value in own.items()}


def tell(kind: str, seed: int, style: Style) -> Story:
    """Invent a case. Raises `KeyError` for a kind that is not known."""
    rng = random.Random(f"{kind}/{seed}")
    start = dt.datetime(2026, 1, 5) + dt.timedelta(days=rng.randint(0, 120), hours=rng.randint(9, 20))
    people = {key: _living(one, style.region) for key, one in _people(kind, rng).items()}
    charge = CHARGES[kind]
    place = rng.choice(PLACES)
    amount = float(rng.randint(20, 900) * 100)
    filed = Moment(start, style.day)
    s, v = people["s"], people["v"]
    events = {
        "drunk_driving": f"{s.name}涉嫌酒后驾驶机动车",
        "theft": f"{v.name}被盗窃",
        "injury": f"{v.name}被故意伤害",
        "fraud": f"{v.name}被诈骗",
    }
    reports = {
        "drunk_driving": f"{filed:minute}许，{s.name}饮酒后驾驶小型轿车行驶至{place}时被民警查获。",
        "theft": f"{filed:minute}许，{v.name}报称其放在{place}的财物被盗，价值约{amount:.0f}元。",
        "injury": f"{filed:minute}许，{v.name}报称在{place}被人殴打，左臂受伤。",
        "fraud": f"{filed:minute}许，{v.name}报称在网上被人以投资为名骗走{amount:.0f}元。",
    }
    stories = {
        "drunk_driving": f"{filed:day}晚，犯罪嫌疑人{s.name}酒后驾车行驶至{place}，血液中乙醇含量为176.4mg/100mL。",
        "theft": f"{filed:day}，犯罪嫌疑人{s.name}伙同他人在{place}盗窃被害人{v.name}的财物。",
        "injury": f"{filed:day}，犯罪嫌疑人{s.name}在{place}与{v.name}发生争执，将{v.name}打伤，经鉴定为轻伤二级。",
        "fraud": f"{filed:day}以来，犯罪嫌疑人{s.name}以投资返利为名，骗取{v.name}等人的钱款。",
    }
    unit = "990126000000"
    case_no = f"A{unit}{start:%Y%m}{rng.randint(1, 9999):04d}"
    values: dict[str, Any] = {
        **people,
        "p": s,
        "reporter": v if kind != "drunk_driving" else people["w"],
        "suspects": tuple(people[key] for key in ("s", "s2") if key in people),
        "charge": charge,
        "crime": f"{charge}罪",
        "law": LAWS[kind].removesuffix("条") if kind != "drunk_driving" else "一百三十三",
        "case": f"{s.name}{'等人' if 's2' in people else ''}{charge}案",
        "case_no": case_no,
        "event": events[kind],
        "report": reports[kind],
        "story": stories[kind],
        "evidence": "监控录像",
        "place": place,
        "police": "清禾市公安局望陵分局",
        "organ": "望陵分局",
        "card_organ": "清禾市公安局",
        "station": "望陵分局溪桥派出所",
        "traffic": "清禾市公安局交通警察支队望陵大队",
        "jail": "清禾市第二看守所",
        "jail_home": f"{style.region}北环路6号",
        "proc": "清禾市望陵区人民检察院",
        "court": "清禾市望陵区人民法院",
        "lab": "清禾市正衡司法鉴定中心",
        "police_lab": "清禾市公安局物证鉴定所",
        "price": "清禾市望陵区价格认证中心",
        "hospital": "望陵区第三人民医院",
        "bank": "清禾乡邻银行望陵支行",
        "org": "清",
        "dept": "望",
        "proc_short": "清望",
        "court_code": "清9926",
        "lab_short": "正衡",
        "family": person(rng, "家属"),
        "guarantor": person(rng, "保证人"),
        "relation": "父子",
        "jailer": person(rng, "民警"),
        "doctor": person(rng, "医生"),
        "nurse": person(rng, "护士"),
        "expert": person(rng, "鉴定人"),
        "expert2": person(rng, "鉴定人"),
        "prosecutor": person(rng, "检察官"),
        "judge": person(rng, "审判员"),
        "lawyer": person(rng, "律师"),
        "clerk": person(rng, "经办人"),
        "holder": "清禾乡邻银行望陵支行",
        "expert_house": "清禾市正衡司法鉴定中心",
        "sample": f"{s.name}的血样"
        if kind == "drunk_driving"
        else f"{v.name}的伤情"
        if kind == "injury"
        else "涉案物品",
        "examination": "血液酒精含量" if kind == "drunk_driving" else "损伤程度" if kind == "injury" else "价格",
        "result": {"drunk_driving": "血样中检出乙醇，含量为176.4mg/100mL", "injury": "轻伤二级"}.get(
            kind, f"价格为人民币{amount:.0f}元"
        ),
        "amount": amount,
        "amount_words": in_words(int(amount)),
        "thing": THINGS[0][0],
        "things": THINGS[: rng.randint(2, 4)],
        "things_count": 3,
        "bac": "176.4",
        "breath": "168",
        "bag": f"A{rng.randint(1000, 9999)}",
        "plate": f"测A·D{rng.randint(1000, 9999)}",
        "device": f"JX{rng.randint(10000, 99999)}",
        "slip_no": f"{rng.randint(100, 9999):06d}",
        "measure_no": f"9901{rng.randint(10**8, 10**9 - 1)}",
        "use_no": f"BA{rng.randint(10**7, 10**8 - 1)}",
        "alarm_no": f"J{start:%Y%m%d}{rng.randint(1000, 9999)}",
        "scene_no": f"K{unit}{start:%Y%m}{rng.randint(1, 9999):04d}",
        "disc_no": f"D{rng.randint(100, 999)}",
        "licence": f"9926{rng.randint(10**6, 10**7 - 1)}",
        "licence2": f"9926{rng.randint(10**6, 10**7 - 1)}",
        "permit": f"9926{rng.randint(10**4, 10**5 - 1)}",
        "phone_title": style.phone,
        "phone": f"1000000{rng.randint(1000, 9999)}",
        "ref_case": _number(style, "受案", start.year, rng.randint(2, 899)),
        "ref_request": _number(style, "提捕", start.year, rng.randint(2, 299)),
        "ref_custody": _number(style, "拘", start.year, rng.randint(2, 299)),
        "ref_opinion": _number(style, "诉", start.year, rng.randint(2, 299)),
        "explained": "犯罪嫌疑人的手机因损坏无法开机",
        "filed": filed,
        "opened": filed.later(days=1),
        "closed": filed.later(days=40),
    }
    values = {key: _living(one, style.region) if isinstance(one, Person) else one for key, one in values.items()}
    values |= style.organs
    suspects = [people[key] for key in ("s", "s2") if key in people]
    others = [one for key, one in people.items() if key[0] in "vw"]
    return Story(kind, seed, case_no, (*suspects, *others), frozenset(TAGS[kind]), values, _times(filed))


def _living(one: Person, region: str) -> Person:
    return replace(one, home=one.home.replace(REGION, region))


def _number(style: Style, word: str, year: int, serial: int) -> str:
    """How other papers name a document: in the county's own way where its organs have names of their own."""
    if not style.organs:
        return f"清公(望){word}字〔{year}〕{serial}号"
    organs = {"org": "清", "dept": "望", **dict(style.organs)}
    return style.numbered(organs["org"], organs["dept"], word, year, serial)


def _people(kind: str, rng: random.Random) -> dict[str, Person]:
    keys = ["s", *(("s2",) if kind == "theft" else ()), "v", *(f"v{n}" for n in range(2, 26)), "w", "w2", "w3", "g"]
    if kind != "fraud":
        keys = [key for key in keys if not key.startswith("v") or key in ("v", "v2")]
    people = {key: person(rng, ROLES.get(key[0], "法定代理人")) for key in keys}
    if kind == "injury":
        people["v"] = person(rng, "被害人", young=True)
    return people | {f"o{n}": person(rng, "民警") for n in (1, 2, 3)}


def person(rng: random.Random, role: str, *, young: bool = False) -> Person:
    years = rng.randint(2010, 2012) if young else rng.randint(1962, 2004)
    birth = dt.date(years, 1, 1) + dt.timedelta(days=rng.randint(0, 364))
    male = rng.random() < 0.6
    home = f"{REGION}{rng.choice(HOMES)}"
    phone = f"1000000{rng.randint(1000, 9999)}"
    name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))
    return Person(name, role, male, birth, identity(birth, male, rng), home, rng.choice(JOBS), phone)


def identity(birth: dt.date, male: bool, rng: random.Random) -> str:
    """An identity number of region 990126, which is not assigned; the check digit is right (GB 11643)."""
    body = f"990126{birth:%Y%m%d}{rng.randint(0, 99):02d}{rng.choice('13579' if male else '02468')}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def account(rng: random.Random) -> str:
    return f"99999900{rng.randint(0, 99999999):08d}"


def in_words(yuan: int) -> str:
    """贰万叁仟肆佰元整"""
    digits = str(yuan)
    words, zero = "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            zero = True
            words += "万" if place == 4 else ""
            continue
        words += (
            ("零" if zero and words and not words.endswith("万") else "") + WORDS_OF_DIGITS[int(digit)] + RANK[place]
        )
        zero = False
    return words + "元整"


def _times(filed: Moment) -> dict[str, dict[str, Moment]]:
    """When each kind of paper was made (`at`), and the times it tells."""
    held = filed.later(days=2, hours=3)  # custody
    arrested = filed.later(days=20)
    sent = filed.later(days=45)

    def times(at: Moment, *others: Moment) -> dict[str, Moment]:
        filled = [*others, *([at] * (4 - len(others)))]
        return {"at": at, **{f"t{number}": moment for number, moment in enumerate(filled)}}

    told = filed.later(days=15)
    hour = {"minutes": 75}
    return {
        "*": times(filed.later(days=3), filed.later(days=3), filed.later(days=3, minutes=55)),
        "LA01": times(filed),
        "LA02": times(filed),
        "LA03": times(filed.later(days=1)),
        "LA04": times(filed.later(days=1, hours=1)),
        "ZA01": times(filed.later(minutes=30)),
        "ZA02": times(filed.later(days=3), filed.later(days=2)),
        "QZ01": times(filed.later(days=2), filed.later(days=2), filed.later(days=2, hours=1), held),
        "QZ03": times(held, held.later(hours=1), held.later(hours=9)),
        "QZ04": times(held.later(hours=1), held.later(hours=1)),
        "QZ06": times(held.later(days=2), held, held.later(days=3), held.later(days=30)),
        "QZ07": times(filed.later(days=15), held),
        "QZ08": times(arrested, filed.later(days=15)),
        "QZ13": times(arrested, arrested.later(hours=3), arrested.later(hours=6)),
        "QZ14": times(arrested, arrested.later(hours=3)),
        "QZ35": times(sent, arrested, sent, sent.later(days=30)),
        "QZ36": times(held.later(hours=9), held.later(hours=9)),
        "GS01": times(held.later(hours=2), held.later(hours=2), held.later(hours=2, **hour)),
        "BH01": times(filed.later(hours=1), filed.later(hours=1), filed.later(hours=1, **hour)),
        "ZR01": times(filed.later(days=1), filed.later(days=1), filed.later(days=1, **hour)),
        "ZC14": times(filed.later(days=4), filed.later(days=12)),
        "JD01": times(filed.later(days=9), filed.later(days=5)),
        "DQ01": times(filed.later(days=10), filed),
        "ZC15": times(told),
        "ZC18": times(held, held, held.later(days=3), arrested.later(days=60), held.later(days=9)),
        "ZJ05": times(sent),
        "ZJ06": times(sent.later(hours=1), sent),
        "JT01": times(filed.later(hours=1)),
        "JT02": times(filed.later(minutes=12)),
        "SZ01": times(filed.later(days=6), filed.later(days=-90), filed),
    }
