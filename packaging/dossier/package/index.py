"""index.xml: what is in the package, for machines and archives (namespace urn:juanzong:index:1).

Element and attribute names follow DA/T 46 and DA/T 48 so that an archive's own index can be derived from it; their form
is laid down in schema/index.xsd. Here it is read; `index_write` makes it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from dossier.package.digest import Digests
from dossier.package.errors import TagFileBroken

INDEX_NAME = "index.xml"
NAMESPACE = "urn:juanzong:index:1"
HEAD = b"<?xml version='1.0' encoding='utf-8'?>\n"
MAX_INDEX_BYTES = 64 << 20


@dataclass(frozen=True)
class PackedCopy:
    """An access copy (阅卷副本) of a PDF. `form`: of `VolumeForm`."""

    form: str
    path: str
    digests: Digests
    physical_pages: int


@dataclass(frozen=True)
class PackedOriginal:
    """A born-digital file (电子原件). `intact`: how many of its signatures hold; `found` says it in words."""

    path: str
    name: str  # as its sender called it
    digests: Digests
    pages: int
    signatures: int
    intact: int
    found: str


@dataclass(frozen=True)
class PackedFile:
    """One PDF of the package as it was built: path, digests, signatures in it, pages and the way of its pictures."""

    path: str
    text_path: str
    digests: Digests
    signatures: int
    physical_pages: int
    pictures: Mapping[str, str]  # face id -> SHA-256 of the JPEG that stands on its page
    copies: tuple[PackedCopy, ...] = ()


@dataclass(frozen=True)
class IndexedPage:
    """One face in a PDF. `number`: its page number, None for a blank face. `electronic`: SHA-256 of the electronic
    original it shows, empty for paper; `electronic_page`: which page of it."""

    face: str
    side: str
    number: int | None
    origin: str
    original_sha256: str
    picture_sha256: str
    electronic: str = ""
    electronic_page: int | None = None


@dataclass(frozen=True)
class IndexedDocument:
    kind: str
    title: str
    first_page: int | None
    last_page: int | None
    pages: tuple[IndexedPage, ...]

    @property
    def leaves(self) -> tuple[IndexedPage | None, ...]:
        """Its physical pages in order; None is the placeholder before the copies of an electronic original."""
        runs = [(key, list(run)) for key, run in groupby(self.pages, key=lambda page: page.electronic)]
        return tuple(leaf for key, run in runs for leaf in ([None, *run] if key else run))


@dataclass(frozen=True)
class IndexedCopy:
    """An access copy as index.xml declares it."""

    form: str
    path: str
    sha256: str
    sm3: str
    size: int
    physical_pages: int


@dataclass(frozen=True)
class IndexedOriginal:
    """An electronic original as index.xml declares it."""

    path: str
    name: str
    sha256: str
    sm3: str
    size: int
    pages: int
    signatures: int
    intact: int


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
    text_path: str = ""
    copies: tuple[IndexedCopy, ...] = ()


@dataclass(frozen=True)
class PackageIndex:
    """What index.xml declares."""

    case_no: str
    submission: str
    profile: str  # id@version
    profile_status: str
    profile_sha256: str
    training: bool
    files: tuple[IndexedFile, ...]
    originals: tuple[IndexedOriginal, ...]
    listed: Mapping[str, Mapping[str, str]]  # path -> algorithm -> digest of every other file; in the plain form only


def parse_index(data: bytes) -> PackageIndex:
    """Raises `TagFileBroken` for anything but an index of this namespace; entities and document types are refused."""
    root = index_root(data)
    try:
        return _read(root)
    except (KeyError, ValueError) as fault:
        raise TagFileBroken(name=INDEX_NAME, reason=f"{type(fault).__name__}: {fault}") from fault


def index_root(data: bytes) -> ET.Element:
    """The index as XML. Raises `TagFileBroken`; entities and document types are refused."""
    if len(data) > MAX_INDEX_BYTES:
        raise TagFileBroken(name=INDEX_NAME, reason="too large")
    if not data.startswith(HEAD) or b"<!DOCTYPE" in data:
        raise TagFileBroken(name=INDEX_NAME, reason="not an index of this kind")
    try:
        return ET.fromstring(data.decode())  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, UnicodeDecodeError) as fault:
        raise TagFileBroken(name=INDEX_NAME, reason=f"{type(fault).__name__}: {fault}") from fault


def _read(root: ET.Element) -> PackageIndex:
    if root.tag != tag("卷宗"):
        raise ValueError("unknown root element")
    case = root.find(tag("案件"))
    if case is None:
        raise ValueError("no case")
    return PackageIndex(
        case_no=case.attrib["编号"],
        submission=root.attrib["报送"],
        profile=root.attrib["标准"],
        profile_status=root.attrib["标准状态"],
        profile_sha256=root.attrib["标准摘要"],
        training=_truth(root.attrib["训练"]),
        files=tuple(_read_file(each) for each in root if each.tag in (tag("卷"), tag("随卷文书"))),
        originals=tuple(_read_original(each) for each in root.iterfind(tag("电子原件"))),
        listed={
            each.attrib["路径"]: {"sha256": each.attrib["SHA-256"], "sm3": each.attrib["SM3"]}
            for each in root.iterfind(tag("文件"))
        },
    )


def _read_file(element: ET.Element) -> IndexedFile:
    digests = {each.attrib["算法"]: each.attrib["值"] for each in element.iterfind(tag("固化"))}
    return IndexedFile(
        path=element.attrib["图像"],
        volume=element.tag == tag("卷"),
        sha256=digests["SHA-256"],
        sm3=digests["SM3"],
        size=int(element.attrib["大小"]),
        signatures=int(element.attrib["签名数"]),
        physical_pages=int(element.attrib["物理页数"]),
        numbered_pages=int(element.attrib["页数"]),
        documents=tuple(_read_document(each) for each in element.iterfind(tag("文书"))),
        text_path=element.attrib["文本"],
        copies=tuple(_read_copy(each) for each in element.iterfind(tag("副本"))),
    )


def _read_copy(element: ET.Element) -> IndexedCopy:
    return IndexedCopy(
        form=element.attrib["形式"],
        path=element.attrib["路径"],
        sha256=element.attrib["SHA-256"],
        sm3=element.attrib["SM3"],
        size=int(element.attrib["大小"]),
        physical_pages=int(element.attrib["物理页数"]),
    )


def _read_original(element: ET.Element) -> IndexedOriginal:
    return IndexedOriginal(
        path=element.attrib["路径"],
        name=element.attrib["名称"],
        sha256=element.attrib["SHA-256"],
        sm3=element.attrib["SM3"],
        size=int(element.attrib["大小"]),
        pages=int(element.attrib["页数"]),
        signatures=int(element.attrib["签名数"]),
        intact=int(element.attrib["完好签名数"]),
    )


def _read_document(element: ET.Element) -> IndexedDocument:
    return IndexedDocument(
        kind=element.attrib["类型"],
        title=element.attrib["题名"],
        first_page=_optional(element.attrib["起页"]),
        last_page=_optional(element.attrib["止页"]),
        pages=tuple(_read_page(each) for each in element.iterfind(tag("页"))),
    )


def _read_page(element: ET.Element) -> IndexedPage:
    return IndexedPage(
        face=element.attrib["标识"],
        side=element.attrib["面"],
        number=_optional(element.attrib["号"]),
        origin=element.attrib["来源"],
        original_sha256=element.attrib["原件摘要"],
        picture_sha256=element.attrib["图像摘要"],
        electronic=element.attrib.get("电子原件", ""),
        electronic_page=_optional(element.attrib.get("原件页", "")),
    )


def tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _truth(text: str) -> bool:
    return {"是": True, "否": False}[text]


def _optional(text: str) -> int | None:
    return int(text) if text else None
