"""index.xml: what is in the package, for machines and archives (namespace urn:juanzong:index:1).

Element and attribute names follow DA/T 46 and DA/T 48 so that an archive's own index can be derived from it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.checks.explanations import Explanation
from dossier.model import Case, Document, Dossier, Entry, Face
from dossier.package.digest import Digests
from dossier.package.errors import TagFileBroken

INDEX_NAME = "index.xml"
NAMESPACE = "urn:juanzong:index:1"
_HEAD = b"<?xml version='1.0' encoding='utf-8'?>\n"
MAX_INDEX_BYTES = 64 << 20


@dataclass(frozen=True)
class PackedFile:
    """One PDF of the package as it was built: path, digests, signatures in it, pages and the way of its pictures."""

    path: str
    text_path: str
    digests: Digests
    signatures: int
    physical_pages: int
    pictures: Mapping[str, str]  # face id -> SHA-256 of the JPEG that stands on its page


@dataclass(frozen=True)
class IndexedPage:
    """One face in a PDF. `number`: its page number, None for a blank face."""

    face: str
    side: str
    number: int | None
    origin: str
    original_sha256: str
    picture_sha256: str


@dataclass(frozen=True)
class IndexedDocument:
    kind: str
    title: str
    first_page: int | None
    last_page: int | None
    pages: tuple[IndexedPage, ...]


@dataclass(frozen=True)
class IndexedFile:
    """A volume or a loose document as index.xml declares it. `volume` is False for loose documents."""

    path: str
    volume: bool
    sha256: str
    sm3: str
    size: int
    signatures: int
    physical_pages: int
    numbered_pages: int
    documents: tuple[IndexedDocument, ...]


@dataclass(frozen=True)
class PackageIndex:
    """What index.xml declares."""

    case_no: str
    submission: str
    profile: str  # id@version
    profile_sha256: str
    training: bool
    files: tuple[IndexedFile, ...]


def index_bytes(
    dossier: Dossier,
    volumes: Sequence[PackedFile],
    loose: Sequence[PackedFile],
    explained: Iterable[Explanation],
    *,
    profile_status: str,
    made_at: str,
) -> bytes:
    """The index as UTF-8 XML. `volumes` and `loose` in the order of the dossier's."""
    case = dossier.case
    root = ET.Element(
        "卷宗",
        {
            "xmlns": NAMESPACE,
            "标准": f"{case.profile_id}@{case.profile_version}",
            "标准状态": profile_status,
            "标准摘要": case.profile_sha256,
            "报送": dossier.submission,
            "报送名称": dossier.submission_title,
            "训练": _flag(dossier.training),
            "制作时间": made_at,
        },
    )
    _add_case(root, case)
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
    for each in explained:
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
    ET.indent(root, " ")
    return _HEAD + ET.tostring(root, encoding="unicode").encode() + b"\n"


def parse_index(data: bytes) -> PackageIndex:
    """Raises `TagFileBroken` for anything but an index of this namespace; entities and document types are refused."""
    if len(data) > MAX_INDEX_BYTES:
        raise TagFileBroken(name=INDEX_NAME, reason="too large")
    if not data.startswith(_HEAD) or b"<!DOCTYPE" in data:
        raise TagFileBroken(name=INDEX_NAME, reason="not an index of this kind")
    try:
        root = ET.fromstring(data.decode())  # noqa: S314 - no document type, so no entities
        return _read(root)
    except (ET.ParseError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise TagFileBroken(name=INDEX_NAME, reason=f"{type(fault).__name__}: {fault}") from fault


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
            "起页": _number(entry.first_page),
            "止页": _number(entry.last_page),
        },
    )
    for face in document.faces:
        _add_page(element, face, numbers.get(face.id), packed.pictures[face.id])
    _add_requirements(element, document, numbers)


def _add_page(element: ET.Element, face: Face, number: int | None, picture_sha256: str) -> None:
    ET.SubElement(
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
        },
    )


def _add_requirements(element: ET.Element, document: Document, numbers: Mapping[str, int]) -> None:
    """What was found in each signature place (签名要件), empty where nothing is due; the box is in pixels."""
    for face in document.faces:
        for zone in face.zones:
            ET.SubElement(
                element,
                "签名要件",
                {
                    "类型": zone.label.label,
                    "签名": zone.ink.verdict.value if zone.label.wants_signature else "",
                    "捺印": zone.ink.fingerprint.value if zone.label.wants_print else "",
                    "页": _number(numbers.get(face.id)),
                    "框": ",".join(str(value) for value in zone.label.box),
                },
            )


def _read(root: ET.Element) -> PackageIndex:
    if root.tag != _tag("卷宗"):
        raise ValueError("unknown root element")
    case = root.find(_tag("案件"))
    if case is None:
        raise ValueError("no case")
    return PackageIndex(
        case_no=case.attrib["编号"],
        submission=root.attrib["报送"],
        profile=root.attrib["标准"],
        profile_sha256=root.attrib["标准摘要"],
        training=_truth(root.attrib["训练"]),
        files=tuple(_read_file(each) for each in root if each.tag in (_tag("卷"), _tag("随卷文书"))),
    )


def _read_file(element: ET.Element) -> IndexedFile:
    digests = {each.attrib["算法"]: each.attrib["值"] for each in element.iterfind(_tag("固化"))}
    return IndexedFile(
        path=element.attrib["图像"],
        volume=element.tag == _tag("卷"),
        sha256=digests["SHA-256"],
        sm3=digests["SM3"],
        size=int(element.attrib["大小"]),
        signatures=int(element.attrib["签名数"]),
        physical_pages=int(element.attrib["物理页数"]),
        numbered_pages=int(element.attrib["页数"]),
        documents=tuple(_read_document(each) for each in element.iterfind(_tag("文书"))),
    )


def _read_document(element: ET.Element) -> IndexedDocument:
    return IndexedDocument(
        kind=element.attrib["类型"],
        title=element.attrib["题名"],
        first_page=_optional(element.attrib["起页"]),
        last_page=_optional(element.attrib["止页"]),
        pages=tuple(_read_page(each) for each in element.iterfind(_tag("页"))),
    )


def _read_page(element: ET.Element) -> IndexedPage:
    return IndexedPage(
        face=element.attrib["标识"],
        side=element.attrib["面"],
        number=_optional(element.attrib["号"]),
        origin=element.attrib["来源"],
        original_sha256=element.attrib["原件摘要"],
        picture_sha256=element.attrib["图像摘要"],
    )


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _flag(value: bool) -> str:
    return "是" if value else "否"


def _truth(text: str) -> bool:
    return {"是": True, "否": False}[text]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _optional(text: str) -> int | None:
    return int(text) if text else None
