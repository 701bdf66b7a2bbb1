"""eep.xml: the package as an archive takes it, 电子文件封装包 (DA/T 48-2009).

The files lie beside it and are named by their 电子属性, with both digests; nothing is encoded into the XML (编码 may be
absent), so that a volume of any size can be checked piece by piece. The electronic signature stands for the bytes of
the element 被签名对象 as they are in the file.
"""

from __future__ import annotations

import base64
import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from cryptography.hazmat.primitives.serialization import Encoding

from dossier.model import Document, Dossier, Volume
from dossier.package.digest import Digests
from dossier.package.errors import TagFileBroken
from dossier.package.index import PackedFile
from dossier.package.payload import Payload
from dossier.volumes import Making
from dossier.volumes.leaves import ORIGINALS
from signing.cms import sign_detached
from signing.types import Signer

EEP_NAME = "eep.xml"
NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
MAX_EEP_BYTES = 64 << 20
_VERSION = "2009"
_OPEN, _CLOSE = f'<被签名对象 eep版本="{_VERSION}">'.encode(), "</被签名对象>".encode()
_RULE = "以 CMS 分离签名(RFC 5652,DER,base64)签署 被签名对象 元素在本文件中从起始标记到结束标记的原始字节(UTF-8)"
_FORMATS = {".pdf": "PDF/A-2b", ".ofd": "OFD", ".json": "JSON", ".xml": "XML", ".xsd": "XML Schema"}


@dataclass(frozen=True)
class _Entity:
    """One 文件实体: a bound volume, a loose document, or the files that go along."""

    level: str  # 聚合层次
    number: str  # 电子文件号
    title: str
    persons: str
    date: str
    pages: int
    files: tuple[str, ...]  # the first is the main one
    note: str


def eep_bytes(
    dossier: Dossier,
    payload: Payload,
    listed: Mapping[str, Digests],
    making: Making,
    signer: Signer,
) -> bytes:
    """The whole file. `listed`: every file of the package but this one, the seal and its signature.

    Raises `SigningError`.
    """
    content = _signed_object(dossier, list(_entities(dossier, payload, listed)), listed, making)
    signature = sign_detached(content, signer, now=making.now)
    return b"".join(
        (
            b"<?xml version='1.0' encoding='utf-8'?>\n",
            f'<电子文件封装包 xmlns="{NAMESPACE}">\n'.encode(),
            "<封装包格式描述>本封装包依据 DA/T 48-2009 制作</封装包格式描述>\n".encode(),
            f"<版本>{_VERSION}</版本>\n".encode(),
            content,
            b"\n",
            _signature_block(signature, signer, making.now),
            "\n</电子文件封装包>\n".encode(),
        )
    )


def signed_part(data: bytes) -> bytes:
    """The bytes that the signature in `data` stands for. Raises `TagFileBroken`."""
    start, end = data.find(_OPEN), data.rfind(_CLOSE)
    if start < 0 or end < start:
        raise TagFileBroken(name=EEP_NAME, reason="no 被签名对象")
    return data[start : end + len(_CLOSE)]


def read_eep(data: bytes) -> tuple[dict[str, dict[str, str]], bytes]:
    """Path -> algorithm -> digest of the files it lists, and the signature. Raises `TagFileBroken`."""
    if len(data) > MAX_EEP_BYTES or b"<!DOCTYPE" in data:
        raise TagFileBroken(name=EEP_NAME, reason="not an EEP of this kind")
    try:
        root = ET.fromstring(data.decode())  # noqa: S314 - no document type, so no entities
        listed = {}
        for each in root.iter(_tag("电子属性")):
            sums = {code.attrib["算法"]: code.text or "" for code in each.iterfind(_tag("校验码"))}
            listed[_text(each, "计算机文件名")] = {"sha256": sums["SHA-256"], "sm3": sums["SM3"]}
        signature = base64.b64decode("".join(each.text or "" for each in root.iter(_tag("签名结果"))), validate=True)
    except (ET.ParseError, UnicodeDecodeError, KeyError, ValueError) as fault:
        raise TagFileBroken(name=EEP_NAME, reason=f"{type(fault).__name__}: {fault}") from fault
    return listed, signature


def _entities(dossier: Dossier, payload: Payload, listed: Mapping[str, Digests]) -> Iterator[_Entity]:
    case_no = dossier.case.case_no
    for volume, packed in zip(dossier.volumes, payload.volumes, strict=True):
        yield _volume_entity(case_no, volume, packed)
    for order, (document, packed) in enumerate(zip(dossier.loose, payload.loose, strict=True), start=1):
        yield _loose_entity(f"{case_no}-X{order:02d}", document, packed)
    for order, original in enumerate(payload.originals, start=1):
        number, note = f"{case_no}-D{order:02d}", "电子原件,逐字节移送;卷内为其阅读副本"
        yield _Entity("件", number, original.name, "", "", original.pages, (original.path,), note)
    told = {name for packed in (*payload.volumes, *payload.loose) for name in _files(packed)}
    told |= {original.path for original in payload.originals}
    rest = tuple(sorted(listed.keys() - told))
    title = "目录、标准、检查与操作日志"
    yield _Entity("件", f"{case_no}-T", title, "", "", 0, rest, "核验本封装包所需的文件")


def _files(packed: PackedFile) -> tuple[str, ...]:
    return (packed.path, packed.text_path, *(copy.path for copy in packed.copies))


def _volume_entity(case_no: str, volume: Volume, packed: PackedFile) -> _Entity:
    documents = [entry.document for entry in volume.entries]
    days = sorted(document.date.isoformat() for document in documents if document.date)
    return _Entity(
        level="案卷",
        number=f"{case_no}-{volume.sequence:02d}",
        title=volume.title,
        persons="、".join(dict.fromkeys(name for document in documents for name in document.persons)),
        date=f"{days[0]}/{days[-1]}" if days else "",
        pages=volume.pages,
        files=_files(packed),
        note=f"共 {len(documents)} 件文书",
    )


def _loose_entity(number: str, document: Document, packed: PackedFile) -> _Entity:
    return _Entity(
        level="件",
        number=number,
        title=document.title,
        persons="、".join(document.persons),
        date=document.date.isoformat() if document.date else "",
        pages=packed.physical_pages,
        files=_files(packed),
        note="随卷移送,不装订入卷",
    )


def _signed_object(
    dossier: Dossier, entities: Sequence[_Entity], listed: Mapping[str, Digests], making: Making
) -> bytes:
    root = ET.Element("被签名对象", {"eep版本": _VERSION})
    _add(root, "封装包类型", "原始型")
    _add(root, "封装包类型描述", "文件数据与本文件存放于同一容器,以计算机文件名引用")
    _add(root, "封装包创建时间", making.now.isoformat())
    _add(root, "封装包创建单位", making.unit)
    content = ET.SubElement(root, "封装内容")
    block = ET.SubElement(content, "文件实体块")
    for number, entity in enumerate(entities, start=1):
        _add_entity(block, entity, listed, making.unit, number)
    _add_business(ET.SubElement(content, "业务实体块"), dossier, making)
    _add_people(ET.SubElement(content, "机构人员实体块"), dossier, making)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode").encode()


def _add_entity(block: ET.Element, entity: _Entity, listed: Mapping[str, Digests], unit: str, serial: int) -> None:
    element = ET.SubElement(block, "文件实体")
    _add(element, "聚合层次", entity.level)
    source = ET.SubElement(element, "来源")
    _add(source, "全宗名称", unit)
    _add(source, "立档单位名称", unit)
    _add(element, "电子文件号", entity.number)
    description = ET.SubElement(element, "内容描述")
    for name, value in (("题名", entity.title), ("人名", entity.persons), ("责任者", unit), ("日期", entity.date)):
        _add(description, name, value)
    _add(ET.SubElement(element, "形式特征"), "页数", str(entity.pages))
    _add(ET.SubElement(element, "存储位置"), "当前位置", "本封装包所在容器")
    _add(element, "附注", entity.note)
    data = ET.SubElement(element, "文件数据")
    for number, name in enumerate(entity.files, start=1):
        document = ET.SubElement(data, "文档")
        _add(document, "文档标识符", f"修改0-文档{serial}-{number}")
        _add(document, "文档序号", str(number))
        _add(document, "文档主从声明", "主文档" if number == 1 else "附属文档")
        _add(document, "题名", entity.title if number == 1 else PurePosixPath(name).name)
        properties = ET.SubElement(ET.SubElement(document, "文档数据"), "电子属性")
        _add(properties, "格式名称", _format(name))
        _add(properties, "计算机文件名", name)
        _add(properties, "计算机文件大小", str(listed[name].size))
        for algorithm, digest in (("SHA-256", listed[name].sha256), ("SM3", listed[name].sm3)):
            ET.SubElement(properties, "校验码", {"算法": algorithm}).text = digest


def _format(name: str) -> str:
    """An electronic original is of its maker's kind, not one of ours."""
    suffix = PurePosixPath(name).suffix
    return suffix[1:].upper() if ORIGINALS in name else _FORMATS.get(suffix, "文本")


def _add_business(block: ET.Element, dossier: Dossier, making: Making) -> None:
    act = ET.SubElement(block, "业务实体")
    for name, value in (
        ("业务状态", "历史行为"),
        ("业务行为", "封卷"),
        ("行为时间", making.now.isoformat()),
        ("行为依据", making.profile_label),
        ("行为描述", f"{dossier.submission_title},{'训练卷宗,不得作为证据使用' if dossier.training else '正式卷宗'}"),
    ):
        _add(act, name, value)


def _add_people(block: ET.Element, dossier: Dossier, making: Making) -> None:
    for kind, name, code in (("内设机构", making.unit, dossier.case.unit_code), ("个人", making.maker, "")):
        person = ET.SubElement(block, "机构人员实体")
        _add(person, "机构人员类型", kind)
        _add(person, "机构人员名称", name)
        _add(person, "组织机构代码", code)


def _signature_block(signature: bytes, signer: Signer, now: dt.datetime) -> bytes:
    block = ET.Element("电子签名块")
    element = ET.SubElement(block, "电子签名")
    for name, value in (
        ("签名标识符", "修改0-签名1"),
        ("签名规则", _RULE),
        ("签名时间", now.isoformat()),
        ("签名人", signer.certificate.subject.rfc4514_string()),
        ("签名结果", base64.b64encode(signature).decode()),
    ):
        _add(element, name, value)
    certificates = ET.SubElement(element, "证书块")
    _add(certificates, "证书", base64.b64encode(signer.certificate.public_bytes(Encoding.DER)).decode())
    _add(certificates, "证书引证", signer.certificate.issuer.rfc4514_string())
    algorithm = signer.certificate.public_key()
    _add(element, "签名算法标识", f"{type(algorithm).__name__.removesuffix('PublicKey').strip('_')} SHA-256")
    ET.indent(block, " ")
    return ET.tostring(block, encoding="unicode").encode()


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _text(parent: ET.Element, name: str) -> str:
    found = parent.findtext(_tag(name))
    if not found:
        raise ValueError(f"{name} is missing")
    return found


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
