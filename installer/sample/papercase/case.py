"""The case as data: one drunk-driving case (危险驾驶) of an invented world. Nothing here exists."""

import datetime as dt
from dataclasses import dataclass

from papercase.idnumber import id_number

BUREAU = "清禾市公安局望陵分局"
UNIT = "清禾市公安局交通警察支队望陵大队"
STATION = "望陵分局溪桥派出所"
HOSPITAL = "望陵区第三人民医院"
LABORATORY = "清禾市正衡司法鉴定中心"
UNIT_CODE = "990126000000"
CASE_NO = f"A{UNIT_CODE}2026030415"
CHARGE = "危险驾驶"


@dataclass(frozen=True)
class Person:
    """Somebody in the case (涉案人员)."""

    order: int
    name: str
    role: str
    sex: str
    born: dt.date
    sequence: int
    address: str
    job: str
    phone: str

    @property
    def id_number(self) -> str:
        return id_number(self.born, self.sequence)

    @property
    def born_words(self) -> str:
        return day(self.born)


SUSPECT = Person(
    order=1,
    name="陶志远",
    role="嫌疑人",
    sex="男",
    born=dt.date(1988, 9, 15),
    sequence=217,
    address="清禾市望陵区溪桥街道柳堤路18号3幢502室",
    job="清禾市云汀建材商行销售员",
    phone="10000003726",
)
REPORTER = Person(
    order=2,
    name="何文静",
    role="证人",
    sex="女",
    born=dt.date(1993, 5, 21),
    sequence=364,
    address="清禾市望陵区文渡街道荷塘里6幢1单元301室",
    job="清禾市安澜物业服务有限公司职员",
    phone="10000005218",
)
PERSONS = (SUSPECT, REPORTER)
CASE_NAME = f"{SUSPECT.name}{CHARGE}案"

# 办案民警, 大队负责人, 医护人员, 户籍民警
OFFICER, SECOND_OFFICER, LEADER, NURSE, REGISTRAR = "魏建平", "罗晓东", "高立新", "苏敏", "白洁"
OFFICER_NUMBERS = {OFFICER: "990417", SECOND_OFFICER: "990523"}
OFFICE_PHONE = "10000006021"

PLATE = "测A·D4821"
CAR = "云驰牌灰色小型轿车"
VIN = "LTSTDEM26A0004821"
ENGINE_NO = "TD4821006"

NIGHT = dt.date(2026, 3, 12)  # reported, tested, blood drawn
ACCEPTED = dt.date(2026, 3, 13)  # 受案
QUERIED = dt.date(2026, 3, 16)  # 户籍, 前科
OPENED = dt.date(2026, 3, 17)  # 立案
HEARD = dt.date(2026, 3, 18)  # 讯问, 取保候审

BREATH_MG = "168"
BLOOD_MG = "176.4"
BAG_NUMBERS = ("FX99010312A", "FX99010312B")
ALARM_NO = "J99012620260312000873"
DEVICE_NO = "JC99-20417"


def number(word: str, serial: int) -> str:
    """Document number (文号) of the bureau, e.g. 清公(望)立字〔2026〕127号."""
    return f"清公(望){word}字〔2026〕{serial}号"


NUMBERS = {
    "LA01": number("受案", 415),
    "LA03": number("立", 127),
    "QZ21": number("取保", 58),
}


def day(date: dt.date) -> str:
    """2026年3月18日"""
    return f"{date.year}年{date.month}月{date.day}日"


def chinese_day(date: dt.date) -> str:
    """二〇二六年三月十八日, as it stands under seals."""
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(d)] for d in str(date.year))
    return f"{year}年{chinese_count(date.month)}月{chinese_count(date.day)}日"


def chinese_count(n: int) -> str:
    """1 to 31 in words: 一, 十, 十八, 二十, 三十一."""
    ones = "一二三四五六七八九"
    tens, one = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{ones[tens - 1]}十")
    return head + (ones[one - 1] if one else "")


def short_day(date: dt.date) -> str:
    """2026.3.18, as people write it beside their signature."""
    return f"{date.year}.{date.month}.{date.day}"
