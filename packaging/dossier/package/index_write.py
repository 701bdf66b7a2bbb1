"""Making index.xml; see `index`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dossier.checks.explanations import Explanation
from dossier.model import Case, Document, Dossier, Entry, Face
from dossier.package.digest import Digests
from dossier.package.index import HEAD, NAMESPACE, PackedFile, PackedOriginal
from ocr.imaging.types import Box


@dataclass(frozen=True)
class Earlier:
    """A package of the same submission that went out before (前次报送), and its answer, empty while there is none."""

    package_id: str
    sealed_at: str  # ISO 8601
    verdict: str  # accepted, rejected or empty
    reasons: str


@dataclass(frozen=True)
class Statements:
    """What the sealing station says about the whole. `listed`: every other file, where the index is their only list."""

    profile_status: str
    made_at: str  # ISO 8601
    explained: tuple[Explanation, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    listed: Mapping[str, Digests] = field(default_factory=dict)


def index_bytes(
    dossier: Dossier,
    volumes: Sequence[PackedFile],
    loose: Sequence[PackedFile],
    originals: Sequence[PackedOriginal],
    said: Statements,
) -> bytes:
    """The index as UTF-8 XML. `volumes` and `loose` in the order of the dossier's."""
    root = ET.Element("卷宗", _whole(dossier, said))
    _add_case(root, dossier.case)
    for volume, packed in zip(dossier.volumes, volumes, strict=True):
        element = ET.SubElement(
            root, "卷", {"序号": str(volume.sequence), "代码": volume.code, "类别": volume.kind, "名称": volume.title}
        )
        numbers = dict(volume.page_numbers)
        _add_file(element, packed, volume.pages, numbers)
        for entry in volume.entries:
            _add_document(element, entry, numbers, packed)
    for order, (document, packed) in enumerate(zip(dossier.loose, loose, strict=True), start=1):
        element = ET.SubElement(root, "随卷文书", {"序号": str(order), "名称": document.title})
        _add_file(element, packed, 0, {})
        _add_document(element, Entry(order, document, None, None), {}, packed)
    for original in originals:
        _add_original(root, original)
    _add_history(root, dossier, said)
    for path in sorted(said.listed):
        ET.SubElement(root, "文件", _measured(path, said.listed[path]))
    ET.indent(root, " ")
    return HEAD + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _whole(dossier: Dossier, said: Statements) -> dict[str, str]:
    case = dossier.case
    return {
        "xmlns": NAMESPACE,
        "标准": f"{case.profile_id}@{case.profile_version}",
        "标准状态": said.profile_status,
        "标准摘要": case.profile_sha256,
        "报送": dossier.submission,
        "报送名称": dossier.submission_title,
        "版次": str(len(said.earlier) + 1),
        "训练": _flag(dossier.training),
        "制作时间": said.made_at,
    }


def _add_history(root: ET.Element, dossier: Dossier, said: Statements) -> None:
    """What was let stand and why, who recorded interventions (their content stays in the house), what went before."""
    for each in said.explained:
        ET.SubElement(
            root,
            "说明",
            {
                "检查": each.id,
                "事项": each.key,
                "位置": each.where,
                "面": each.face or "",
                "说明人": each.by,
                "理由": each.reason,
                "时间": each.at.isoformat(),
            },
        )
    for entry in dossier.interventions:
        ET.SubElement(
            root,
            "三个规定记录",
            {"记录人": entry.by, "时间": entry.at.isoformat(), "零报告": _flag(not entry.content)},
        )
    for before in said.earlier:
        ET.SubElement(
            root,
            "前次",
            {"包": before.package_id, "封卷时间": before.sealed_at, "结论": before.verdict, "原因": before.reasons},
        )


def _add_case(root: ET.Element, case: Case) -> None:
    ET.SubElement(
        root,
        "案件",
        {
            "编号": case.case_no,
            "名称": case.name,
            "案由": case.charge,
            "办案单位": case.unit_name,
            "办案单位代码": case.unit_code,
            "密级": case.security,
            "标签": " ".join(sorted(case.tags)),
            "开案时间": case.opened_at.isoformat(),
        },
    )
    for person in case.persons:
        ET.SubElement(
            root,
            "人员",
            {
                "顺序": str(person.order),
                "姓名": person.name,
                "诉讼地位": person.role,
                "证件": person.id_number or "",
            },
        )


def _add_file(element: ET.Element, packed: PackedFile, pages: int, numbers: Mapping[str, int]) -> None:
    element.attrib |= {
        "起页": str(min(numbers.values(), default="")),
        "止页": str(max(numbers.values(), default="")),
        "页数": str(pages),
        "图像": packed.path,
        "文本": packed.text_path,
        "大小": str(packed.digests.size),
        "物理页数": str(packed.physical_pages),
        "签名数": str(packed.signatures),
    }
    ET.SubElement(element, "固化", {"算法": "SHA-256", "值": packed.digests.sha256})
    ET.SubElement(element, "固化", {"算法": "SM3", "值": packed.digests.sm3})

    for copy in packed.copies:
        copied = {"形式": copy.form, **_measured(copy.path, copy.digests), "物理页数": str(copy.physical_pages)}
        ET.SubElement(element, "副本", copied)


def _add_original(root: ET.Element, original: PackedOriginal) -> None:
    ET.SubElement(
        root,
        "电子原件",
        {
            **_measured(original.path, original.digests),
            "名称": original.name,
            "页数": str(original.pages),
            "签名数": str(original.signatures),
            "完好签名数": str(original.intact),
        },
    )


def _measured(path: str, digests: Digests) -> dict[str, str]:
    return {"路径": path, "大小": str(digests.size), "SHA-256": digests.sha256, "SM3": digests.sm3}


def _add_document(volume: ET.Element, entry: Entry, numbers: Mapping[str, int], packed: PackedFile) -> None:
    document = entry.document
    element = ET.SubElement(
        volume,
        "文书",
        {
            "序号": str(entry.order),
            "标识": document.id,
            "类型": document.kind or "",
            "题名": document.title,
            "文号": document.number or "",
            "日期": document.date.isoformat() if document.date else "",
            "人员": "、".join(document.persons),
            "次序": _number(document.ordinal),
            "把握": f"{document.confidence:.3f}",
            "起页": _number(entry.first_page),
            "止页": _number(entry.last_page),
        },
    )
    for face in document.faces:
        _add_page(element, face, numbers.get(face.id), packed.pictures[face.id])
    _add_requirements(element, document, numbers)


def _add_page(element: ET.Element, face: Face, number: int | None, picture_sha256: str) -> None:
    page = ET.SubElement(
        element,
        "页",
        {
            "号": _number(number),
            "标识": face.id,
            "张": str(face.sheet),
            "面": face.side,
            "空白": _flag(face.blank),
            "图像摘要": picture_sha256,
            "原件": face.original_name,
            "原件摘要": face.original_sha256,
            "来源": face.origin.value,
            "采集时间": face.captured_at.isoformat(),
            "端正": _flag(face.straight),
        },
    )
    if face.electronic is not None:
        page.attrib |= {"电子原件": face.electronic.sha256, "原件页": str(face.electronic.page)}


def _add_requirements(element: ET.Element, document: Document, numbers: Mapping[str, int]) -> None:
    """What was found in each signature place (签名要件), empty where nothing is due, and each mark (印迹) on the page;
    boxes in pixels of the picture."""
    for face in document.faces:
        where = {"页": _number(numbers.get(face.id)), "面": face.id}
        for zone in face.zones:
            ET.SubElement(
                element,
                "签名要件",
                {
                    "类型": zone.label.label,
                    "签名": zone.ink.verdict.value if zone.label.wants_signature else "",
                    "捺印": zone.ink.fingerprint.value if zone.label.wants_print else "",
                    "笔迹": f"{zone.ink.ink_mm2:.1f}",
                    "框": _box(zone.label.box),
                    **where,
                },
            )
        for mark in face.marks:
            ET.SubElement(
                element,
                "印迹",
                {
                    "类型": mark.kind.value,
                    "判定": mark.verdict.value,
                    "把握": f"{mark.confidence:.3f}",
                    "框": _box(mark.box),
                    **where,
                },
            )


def _box(box: Box) -> str:
    return ",".join(str(value) for value in box)


def _flag(value: bool) -> str:
    return "是" if value else "否"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
