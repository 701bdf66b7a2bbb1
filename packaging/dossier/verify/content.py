"""The dossier as a package holds it, so that whoever receives it can run the sender's checks once more.

What only the sending station has (the pictures' files, what was measured on them, what was recorded of interventions)
is left empty; checks that need it say nothing here.
"""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.model import (
    CaptureOrigin,
    Case,
    Document,
    Dossier,
    Entry,
    Face,
    Intervention,
    Person,
    Volume,
    Zone,
)
from dossier.package.closing import PROFILE
from dossier.package.errors import TagFileBroken
from dossier.package.index import INDEX_NAME, MAX_INDEX_BYTES, index_root, tag
from dossier.package.index_write import Earlier
from dossier.profile import Profile, read_profile
from dossier.profile.yamlfile import LIMIT_BYTES
from dossier.verify.source import Source, read_tag_file
from ocr.engines.types import Char, Line, Quad
from ocr.imaging.types import Box, Mark, MarkKind, Verdict, ZoneInk
from ocr.reading.types import LabelledZone
from signing.types import TrustAnchors

MAX_TEXT_BYTES = 64 << 20
NOT_SENT = "(不随包移送)"


@dataclass(frozen=True)
class Content:
    """A package's dossier, the standard it was made by, and what went out before it."""

    dossier: Dossier
    profile: Profile
    earlier: tuple[Earlier, ...]


def read_content(source: Source, anchors: TrustAnchors | None) -> Content:
    """Read a package that has been verified. `anchors`: whose signature under a profile is believed.

    Raises `TagFileBroken`, `ProfileInvalid`, `ProfileAltered`.
    """
    profile = read_profile(
        {
            name.removeprefix(PROFILE): read_tag_file(source, name, LIMIT_BYTES)
            for name in source.sizes
            if name.startswith(PROFILE)
        },
        anchors=anchors,
    )
    root = index_root(read_tag_file(source, INDEX_NAME, MAX_INDEX_BYTES))
    try:
        return Content(_dossier(root, source), profile, tuple(_earlier(each) for each in root.iterfind(tag("前次"))))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise TagFileBroken(name=INDEX_NAME, reason=f"{type(fault).__name__}: {fault}") from fault


def _dossier(root: ET.Element, source: Source) -> Dossier:
    return Dossier(
        case=_case(root),
        submission=root.attrib["报送"],
        submission_title=root.attrib["报送名称"],
        volumes=tuple(_volume(each, source) for each in root.iterfind(tag("卷"))),
        loose=tuple(document for each in root.iterfind(tag("随卷文书")) for document, _ in _documents(each, source)),
        unfiled=(),
        training=root.attrib["训练"] == "是",
        interventions=tuple(_intervention(each) for each in root.iterfind(tag("三个规定记录"))),
    )


def _case(root: ET.Element) -> Case:
    case = root.find(tag("案件"))
    if case is None:
        raise ValueError("no case")
    profile_id, _, version = root.attrib["标准"].partition("@")
    return Case(
        case_no=case.attrib["编号"],
        name=case.attrib["名称"],
        charge=case.attrib["案由"],
        unit_code=case.attrib["办案单位代码"],
        unit_name=case.attrib["办案单位"],
        persons=tuple(
            Person(int(each.attrib["顺序"]), each.attrib["姓名"], each.attrib["诉讼地位"], each.attrib["证件"] or None)
            for each in root.iterfind(tag("人员"))
        ),
        profile_id=profile_id,
        profile_version=version,
        profile_sha256=root.attrib["标准摘要"],
        tags=frozenset(case.attrib["标签"].split()),
        opened_at=dt.datetime.fromisoformat(case.attrib["开案时间"]),
        security=case.attrib["密级"],
    )


def _volume(element: ET.Element, source: Source) -> Volume:
    numbers: dict[str, int] = {}
    entries = []
    for document, at in _documents(element, source):
        for page in at.iterfind(tag("页")):
            if page.attrib["号"]:
                numbers[page.attrib["标识"]] = int(page.attrib["号"])
        entries.append(Entry(int(at.attrib["序号"]), document, _number(at.attrib["起页"]), _number(at.attrib["止页"])))
    return Volume(
        kind=element.attrib["类别"],
        code=element.attrib["代码"],
        title=element.attrib["名称"],
        sequence=int(element.attrib["序号"]),
        entries=tuple(entries),
        page_numbers=tuple(numbers.items()),
        pages=int(element.attrib["页数"]),
    )


def _documents(element: ET.Element, source: Source) -> Iterator[tuple[Document, ET.Element]]:
    """The documents of one PDF, each with its element."""
    text = _text(source, element.attrib["文本"])
    for each in element.iterfind(tag("文书")):
        yield (
            Document(
                id=each.attrib["标识"],
                kind=each.attrib["类型"] or None,
                title=each.attrib["题名"],
                number=each.attrib["文号"] or None,
                date=dt.date.fromisoformat(each.attrib["日期"]) if each.attrib["日期"] else None,
                persons=tuple(name for name in each.attrib["人员"].split("、") if name),
                ordinal=_number(each.attrib["次序"]),
                confidence=float(each.attrib["把握"]),
                faces=tuple(_face(page, each, text) for page in each.iterfind(tag("页"))),
            ),
            each,
        )


def _text(source: Source, name: str) -> Mapping[str, Any]:
    """Face id -> what was read on it. Raises `TagFileBroken`."""
    data = read_tag_file(source, name, MAX_TEXT_BYTES)
    try:
        return {page["face"]: page for page in json.loads(data)["pages"]}
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise TagFileBroken(name=name, reason=f"{type(fault).__name__}: {fault}") from fault


def _face(page: ET.Element, document: ET.Element, text: Mapping[str, Any]) -> Face:
    face_id = page.attrib["标识"]
    read = text[face_id]
    return Face(
        id=face_id,
        sheet=int(page.attrib["张"]),
        side=page.attrib["面"],
        blank=page.attrib["空白"] == "是",
        original_sha256=page.attrib["原件摘要"],
        original_name=page.attrib["原件"],
        origin=CaptureOrigin(page.attrib["来源"]),
        captured_at=dt.datetime.fromisoformat(page.attrib["采集时间"]),
        picture=Path(),
        width_px=int(read["width"]),
        height_px=int(read["height"]),
        dpi=int(read["dpi"]),
        lines=tuple(_line(line) for line in read["lines"]),
        marks=tuple(_mark(each) for each in _own(document, "印迹", face_id)),
        zones=tuple(_zone(each) for each in _own(document, "签名要件", face_id)),
        engine=str(read["engine"]),
        models=tuple(sorted((str(name), str(sha256)) for name, sha256 in read["models"].items())),
        straight=page.attrib["端正"] == "是",
    )


def _own(document: ET.Element, name: str, face_id: str) -> Iterator[ET.Element]:
    """The elements of one face."""
    return (each for each in document.iterfind(tag(name)) if each.attrib["面"] == face_id)


def _line(line: Mapping[str, Any]) -> Line:
    corners = [(float(x), float(y)) for x, y in line["box"]]
    a, b, c, d = corners
    box: Quad = (a, b, c, d)
    chars = tuple(Char(str(text), float(sure), box) for text, sure in line["chars"])
    return Line(str(line["text"]), float(line["confidence"]), box, chars)


def _mark(element: ET.Element) -> Mark:
    return Mark(
        kind=MarkKind(element.attrib["类型"]),
        box=_box(element.attrib["框"]),
        confidence=float(element.attrib["把握"]),
        verdict=Verdict(element.attrib["判定"]),
    )


def _zone(element: ET.Element) -> Zone:
    box, signature, fingerprint = _box(element.attrib["框"]), element.attrib["签名"], element.attrib["捺印"]
    label = LabelledZone(element.attrib["类型"], box, bool(signature), bool(fingerprint))
    blank = Verdict.BLANK
    return Zone(
        label,
        ZoneInk(
            box,
            float(element.attrib["笔迹"]),
            Verdict(signature) if signature else blank,
            Verdict(fingerprint) if fingerprint else blank,
        ),
    )


def _intervention(element: ET.Element) -> Intervention:
    """What was recorded stays in the house; that it was, and by whom, is told."""
    at = dt.datetime.fromisoformat(element.attrib["时间"])
    return Intervention("" if element.attrib["零报告"] == "是" else NOT_SENT, element.attrib["记录人"], at)


def _earlier(element: ET.Element) -> Earlier:
    return Earlier(element.attrib["包"], element.attrib["封卷时间"], element.attrib["结论"], element.attrib["原因"])


def _box(text: str) -> Box:
    left, top, width, height = (int(value) for value in text.split(","))
    return left, top, width, height


def _number(text: str) -> int | None:
    return int(text) if text else None
