"""The frame sheets: cover (封面), catalogue (卷内文书目录), remarks sheet (卷内备考表), back cover (封底)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from dossier.model import CaptureOrigin, Dossier, ElectronicPage, Entry, Volume
from dossier.volumes.leaves import original_path
from dossier.volumes.types import Making
from dossier.volumes.typeset import typeset

_FILING_DECISION = "LA03"  # 立案决定书: its date is the day the case was filed
_ORIGINS = {
    CaptureOrigin.HARDWARE: "由扫描设备采集",
    CaptureOrigin.REPLAY: "由录制数据回放",
    CaptureOrigin.SIMULATOR: "由模拟设备产生",
    CaptureOrigin.FILE: "由文件导入",
}


def cover_values(volume: Volume, dossier: Dossier, made: Making) -> dict[str, str]:
    """What the fields of the cover say; some of it stands in other volumes."""
    return {
        "案件名称": dossier.case.name,
        "案件编号": dossier.case.case_no,
        "案由": dossier.case.charge,
        "犯罪嫌疑人姓名": _suspects(dossier),
        "立案时间": _filed_on(dossier),
        "立卷单位": made.unit,
        "立卷人": made.maker,
        "审核人": made.checker,
        "卷类": volume.title,
        "本案共__卷": str(made.volumes_total),
        "第__卷": str(volume.sequence),
        "共__页": str(volume.pages),
        "密级": dossier.case.security,
    }


def cover(volume: Volume, dossier: Dossier, made: Making) -> bytes:
    """Return the cover as a PDF."""
    values = cover_values(volume, dossier, made)
    named = [field for field in made.cover_fields if "__" not in field]
    counted = [field for field in made.cover_fields if "__" in field]
    return typeset(
        "cover",
        {
            "kind": volume.title,
            "submission": dossier.submission_title,
            "rows": [[field, values.get(field, "")] for field in named],
            "counts": [[*field.split("__", 1), values.get(field, "")] for field in counted],
            "training": dossier.training,
            "profile": made.profile_label,
        },
    )


def catalogue(volume: Volume, made: Making) -> bytes:
    """Return the catalogue as a PDF of as many pages as it takes."""
    rows = [_catalogue_row(entry, entry is volume.entries[-1], made) for entry in volume.entries]
    columns = list(made.catalogue_columns)
    return typeset("catalogue", {"columns": columns, "rows": [[row.get(c, "") for c in columns] for row in rows]})


def remarks(volume: Volume, dossier: Dossier, made: Making) -> bytes:
    """Return the remarks sheet as a PDF. Its counts are those of the pages bound in."""
    faces = [face for entry in volume.entries for face in entry.document.faces]
    values = {
        "本卷情况说明": _situation(volume, dossier, made),
        "总页数": f"{volume.pages} 页",
        "图片数": f"{len(faces)} 幅（含未编号空白面 {len(faces) - volume.pages} 幅）",
        "立卷人": made.maker,
        "检查人": made.checker,
        "立卷时间": _date(made.now),
    }
    return typeset("remarks", {"rows": [[field, values.get(field, "")] for field in made.remarks_fields]})


def back_cover(volume: Volume, dossier: Dossier, made: Making) -> bytes:
    """Return the back cover as a PDF."""
    return typeset(
        "back",
        {
            "case_no": dossier.case.case_no,
            "volume": f"第 {volume.sequence} 卷 {volume.title}",
            "made": f"{made.unit} {_date(made.now)} {made.station}",
            "profile": made.profile_label,
        },
    )


def placeholder(original: ElectronicPage, copies: int, made: Making) -> bytes:
    """Return the placeholder sheet (占位页) before `copies` faces that show an electronic original, as a PDF."""
    found = made.signatures_found.get(original.sha256, "")
    rows = [
        ("文件名称", original.name),
        ("所在位置", original_path(original)),
        ("SHA-256", original.sha256),
        ("原件页数", f"{original.pages} 页"),
        ("电子签名", found or "未核验"),
        ("本卷内容", f"其后 {copies} 面为阅读副本"),
    ]
    if original.not_drawn:
        rows.append(("副本未能如实绘出", original.not_drawn))
    return typeset("placeholder", {"rows": [[label, value] for label, value in rows]})


def _catalogue_row(entry: Entry, last: bool, made: Making) -> dict[str, str]:
    document = entry.document
    return {
        "顺序号": str(entry.order),
        "责任者": made.responsible.get(document.kind or "", ""),
        "文号": document.number or "",
        "题名": document.title,
        "日期": document.date.isoformat() if document.date else "",
        "页号": _pages(entry, last),
    }


def _pages(entry: Entry, last: bool) -> str:
    """Return the start page, of the last entry start and end where they differ."""
    if entry.first_page is None or entry.last_page is None:
        return ""
    ends_apart = last and entry.last_page != entry.first_page
    return f"{entry.first_page}-{entry.last_page}" if ends_apart else str(entry.first_page)


def _situation(volume: Volume, dossier: Dossier, made: Making) -> str:
    faces = [face for entry in volume.entries for face in entry.document.faces]
    counted = Counter(face.origin for face in faces)
    origins = "，".join(f"{_ORIGINS[origin]} {count} 面" for origin, count in counted.items())
    said = [
        f"本卷收文书 {len(volume.entries)} 件，编 {volume.pages} 页；",
        f"空白面 {len(faces) - volume.pages} 面未编页号，原样收入。",
        f"图像来源：{origins or '无'}。",
        f"依据标准：{made.profile_label}。",
    ]
    if dossier.training:
        said.append("本卷为演示训练卷宗，含非真实采集的图像，不得作为证据使用。")
    return "".join(said)


def _suspects(dossier: Dossier) -> str:
    persons = sorted(dossier.case.persons, key=lambda person: person.order)
    return "、".join(person.name for person in persons if "嫌疑人" in person.role)


def _filed_on(dossier: Dossier) -> str:
    entries = (entry for volume in dossier.volumes for entry in volume.entries)
    dates = (entry.document.date for entry in entries if entry.document.kind == _FILING_DECISION)
    return next((_date(date) for date in dates if date), "")


def _date(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
