"""Styles: how a county's office prints its papers. Rules are tuned on TUNING and judged on HELDOUT.

SEEN were judged on once; what failed there was looked at, so that they cannot judge blindly any more.
"""

from __future__ import annotations

from dataclasses import dataclass

RECORDS = ("official", "system", "old")


@dataclass(frozen=True)
class Style:
    """Lengths in mm. `number`: how a document number is put together; `pages`: how a page is counted, None not at all.

    `held_out`: takes the wordings of the forms that no tuning style takes.
    """

    name: str
    held_out: bool
    fonts: str  # pair of typefaces the pictures are set in, see `bench/casebook_pictures.py`
    body: float = 5.6
    title: float = 7.8
    pitch: float = 1.75  # in characters
    left: float = 27.0
    right: float = 25.0
    top: float = 36.0
    spaced: bool = False  # 拘 留 证
    joined: bool = False  # the organ's name and the title stand on one line
    number: str = "{org}公({dept}){word}字〔{year}〕{serial}号"
    pages: str | None = "第{n}页 共{m}页"
    record: str = "official"
    day: str = "{y}年{m}月{d}日"
    stamped_in_digits: bool = False
    signed: str = "bracket"  # 被告知人（签名、捺指印）: or 被告知人:   （捺指印）
    cells: bool = True  # label and value stand in cells of their own
    wide: bool = True  # ：（） or :()
    folio: bool = False  # the dossier's page number is stamped at the top right
    frame: bool = False  # an old cover, catalogue and remarks sheet lie in the pile


TUNING = (
    Style("harbour", False, "song", number="{org}公({dept}){word}字〔{year}〕{serial}号", spaced=True, frame=True),
    Style(
        "ridge",
        False,
        "hei",
        body=4.9,
        title=7.0,
        pitch=1.7,
        top=30.0,
        number="{org}公（{dept}）{word}字[{year}]{serial}号",
        pages="第{n}页/共{m}页",
        record="system",
        day="{y}年{mm}月{dd}日",
        signed="colon",
        cells=False,
        folio=True,
    ),
    Style(
        "ferry",
        False,
        "ming",
        body=4.6,
        title=6.4,
        pitch=1.9,
        left=24.0,
        right=22.0,
        joined=True,
        number="{org}{dept}公{word}字({year}){padded}号",
        pages="共{m}页 第{n}页",
        record="old",
        wide=False,
        stamped_in_digits=True,
    ),
)
SEEN = (
    Style(
        "quarry",
        True,
        "gb-song",
        body=5.2,
        title=8.4,
        pitch=1.65,
        left=30.0,
        right=27.0,
        top=40.0,
        spaced=True,
        number="{org}公（{dept}）{word}字【{year}】{serial}号",
        pages="第 {n} 页，共 {m} 页",
        record="old",
        folio=True,
        day="{y} 年 {m} 月 {d} 日",
    ),
    Style(
        "orchard",
        True,
        "micro-hei",
        body=4.4,
        title=6.2,
        pitch=1.8,
        left=22.0,
        right=20.0,
        top=28.0,
        number="{org}公（{dept}）{word}〔{year}〕第{serial}号",
        pages="{n}/{m}",
        record="system",
        signed="colon",
        cells=False,
        wide=False,
        stamped_in_digits=True,
        frame=True,
    ),
    Style(
        "dunes",
        True,
        "zen-hei",
        body=5.4,
        title=7.2,
        pitch=1.7,
        left=25.0,
        right=25.0,
        top=33.0,
        joined=True,
        number="{dept}公{word}字（{year}）{padded}号",
        pages="共{m}页第{n}页",
        record="official",
        day="{y}年{mm}月{dd}日",
        folio=True,
    ),
)
HELDOUT = (
    Style(
        "glacier",
        True,
        "gb-song",
        body=5.0,
        title=7.6,
        pitch=1.72,
        left=28.0,
        right=24.0,
        top=37.0,
        joined=True,
        number="{org}公({dept}){word}字[{year}]第{serial}号",
        pages="第{n}页（共{m}页）",
        record="system",
        signed="colon",
        frame=True,
    ),
    Style(
        "lagoon",
        True,
        "micro-hei",
        body=4.7,
        title=6.8,
        pitch=1.68,
        left=23.0,
        right=23.0,
        top=31.0,
        spaced=True,
        number="{dept}公{word}〔{year}〕{serial}号",
        pages="{n}/{m}",
        record="old",
        day="{y}年{mm}月{dd}日",
        cells=False,
        folio=True,
    ),
    Style(
        "prairie",
        True,
        "zen-hei",
        body=5.3,
        title=8.0,
        pitch=1.6,
        left=26.0,
        right=26.0,
        top=35.0,
        number="{org}公（{dept}）{word}字（{year}）{padded}号",
        pages="共 {m} 页 第 {n} 页",
        record="official",
        stamped_in_digits=True,
        wide=False,
        folio=True,
    ),
)
