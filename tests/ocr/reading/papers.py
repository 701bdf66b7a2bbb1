"""Pages of an invented case in literal lines: (text, left, top, height) in mm on A4."""

from __future__ import annotations

BODY, TITLE = 5.6, 7.8  # heights of characters in mm: 16 and 22 pt

Placed = tuple[str, float, float] | tuple[str, float, float, float]


def width(text: str, size: float) -> float:
    """Half-width characters take half the room."""
    return sum(size * (0.5 if ord(char) < 0x2000 else 1.0) for char in text)


def centred(text: str, top: float, size: float = TITLE) -> Placed:
    return text, 105.0 - width(text, size) / 2, top, size


def prose(text: str, top: float, *, left: float = 26.0, chars: int = 28, pitch: float = 9.0) -> list[Placed]:
    """A paragraph whose first line is indented by two characters."""
    rows: list[Placed] = [(text[: chars - 2], left + 2 * BODY, top)]
    rest = text[chars - 2 :]
    rows += [(rest[i : i + chars], left, top + pitch * (1 + i // chars)) for i in range(0, len(rest), chars)]
    return rows


CUSTODY_TEXT = (
    "根据《中华人民共和国刑事诉讼法》第八十二条之规定，兹决定对犯罪嫌疑人陶志远（性别男，出生日期1988年9月15日，"
    "住清禾市望陵区溪桥街道柳堤路18号）执行拘留，送清禾市第二看守所羁押。"
)

CUSTODY_WARRANT: list[Placed] = [
    centred("清禾市公安局望陵分局", 44.6, BODY),
    centred("拘 留 证", 54.9),
    ("清公(望)拘字〔2026〕12号", 120, 85),
    *prose(CUSTODY_TEXT, 100.5),
    ("清禾市公安局望陵分局", 128, 180),
    ("二〇二六年三月十八日", 128, 190),
    ("本证已于2026年3月18日14时向我宣布。", 31, 212),
    ("被拘留人:", 31, 223),
    ("(捺指印)", 121, 223),
    ("本证副本已收到，被拘留人陶志远已于2026年3月18日16时送至我所。", 31, 236),
    ("接收民警:", 31, 250),
    ("此联附卷", 24.4, 280),
]


def record(title: str, person_label: str, notice: str) -> list[Placed]:
    """First page of a record of questions and answers."""
    return [
        ("第1页 共2页", 160, 14, 4.5),
        centred(title, 24),
        ("时间2026年3月18日14时20分至2026年3月18日15时40分", 26, 40),
        ("地点 望陵分局办案区讯问室2", 26, 49),
        (f"{person_label} 陶志远 性别 男 出生日期 1988年9月15日", 26, 58),
        ("身份证件种类及号码 居民身份证 990126198809152178", 26, 67),
        ("问:我们是望陵分局的民警，现依法向你了解情况，你应当如实回答。", 26, 80),
        ("答:我听清楚了。", 26, 89),
        (f"问:这是《{notice}》，你看一下。", 26, 98),
        ("答:看过了，都明白。3月12日晚上我在云汀路的三味小厨吃饭，喝了", 26, 107),
        (f"{person_label}(签名、捺指印):", 26, 270),
    ]


RECORD = record("讯问笔录(第1次)", "被讯问人", "犯罪嫌疑人诉讼权利义务告知书")

RECORD_GOES_ON: list[Placed] = [
    ("第2页 共2页", 160, 14, 4.5),
    ("四两白酒，后来开车回家，在溪桥路口被民警拦下做呼气酒精测试。", 26, 30),
    ("问:以上说的是否属实?", 26, 39),
    ("答:属实。", 26, 48),
    ("2026.3.18", 130, 80),
    ("被讯问人(签名、捺指印):", 26, 270),
]

CATALOGUE: list[Placed] = [
    centred("卷内文书目录", 24),
    *[
        cell
        for row, (title, number) in enumerate(
            [("受案登记表", "415"), ("立案决定书", "127"), ("取保候审决定书", "58"), ("讯问笔录", ""), ("到案经过", "")]
        )
        for cell in (
            (str(row + 1), 24, 50 + 12 * row),
            ("望陵分局", 34, 50 + 12 * row),
            centred(title, 50 + 12 * row, BODY),
            (f"{row + 1}", 180, 50 + 12 * row),
            *([(f"清公(望)字〔2026〕{number}号", 130, 50 + 12 * row)] if number else []),
        )
    ],
]

OPINION_GOES_ON: list[Placed] = [
    ("认定上述事实的证据如下：", 37.2, 28),
    ("1.受案登记表、立案决定书；", 37.2, 39),
    ("2.犯罪嫌疑人陶志远的供述和辩解，讯问笔录二份；", 37.2, 50),
    ("3.鉴定意见通知书、到案经过、户籍证明。", 37.2, 61),
    *prose("上述犯罪嫌疑人陶志远的行为触犯了《中华人民共和国刑法》第一百三十三条之一，涉嫌危险驾驶罪。", 72),
    ("此致", 37.2, 130),
    ("清禾市望陵区人民检察院", 26, 141),
    ("二〇二六年四月二日", 128, 170),
]

CARD_COPY: list[Placed] = [
    ("姓名", 68, 49, 2.6),
    ("陶志远", 80, 49, 3.2),
    ("性别", 68, 56, 2.6),
    ("男", 80, 56, 3.2),
    ("民族", 88, 56, 2.6),
    ("汉", 96, 56, 3.2),
    ("公民身份号码", 68, 87, 2.6),
    ("990126198809152178", 88, 87, 3.9),
    ("居民身份证", 95, 122, 4.6),
    ("签发机关", 78, 150, 2.6),
    ("清禾市公安局望陵分局", 94, 150, 3.2),
    ("有效期限", 78, 157, 2.6),
    ("2016.08.02-2036.08.02", 94, 157, 3.2),
]
