"""What a volume is made with, and what has been made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

COVER_FIELDS = (
    "案件名称",
    "案件编号",
    "案由",
    "犯罪嫌疑人姓名",
    "立案时间",
    "结案时间",
    "立卷单位",
    "立卷人",
    "审核人",
    "卷类",
    "本案共__卷",
    "第__卷",
    "共__页",
    "保管期限",
    "密级",
)
CATALOGUE_COLUMNS = ("顺序号", "责任者", "文号", "题名", "日期", "页号", "备注")
REMARKS_FIELDS = ("本卷情况说明", "总页数", "图片数", "光盘数", "立卷人", "检查人", "立卷时间")


@dataclass(frozen=True)
class NumberStamp:
    """How page numbers (页号) are printed on the pages: front top right, back top left."""

    font_pt: float = 12.0
    colour: str = "#C00000"
    margin_mm: tuple[float, float] = (8.0, 8.0)  # from the side, from the top


@dataclass(frozen=True)
class Making:
    """Who makes a volume, when, and how the profile wants it. A field the station cannot fill stays a line for the pen.

    `responsible` names the 责任者 of the catalogue by document kind, where that is known. `signatures_found` says what
    was found of the signatures in each electronic original, by its SHA-256.
    """

    now: dt.datetime  # aware
    maker: str  # 立卷人
    checker: str  # 检查人, 审核人
    unit: str  # 立卷单位
    volumes_total: int
    profile_label: str  # e.g. CN-GENERIC 2026.1 (draft, unverified)
    station: str
    stamp: NumberStamp = NumberStamp()
    cover_fields: tuple[str, ...] = COVER_FIELDS
    catalogue_columns: tuple[str, ...] = CATALOGUE_COLUMNS
    remarks_fields: tuple[str, ...] = REMARKS_FIELDS
    responsible: Mapping[str, str] = field(default_factory=dict)
    signatures_found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BuiltVolume:
    """One PDF or OFD that has been written. `codec` says for the manifest how its pictures are coded."""

    path: Path
    sha256: str
    size: int  # bytes
    physical_pages: int
    numbered_pages: int
    codec: Mapping[str, str | bool]
