"""The parts of an OFD that belong to the whole: OFD.xml, Document.xml, resources, page labels (GB/T 33190, 7)."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossier.volumes.metadata import PRODUCER, Metadata
from dossier.volumes.navigation import Bookmark
from dossier.volumes.ofd_archive import NAMESPACE, OfdArchive, child, figures, part

ROOT = "OFD.xml"
DOCUMENT = "Doc_0"
LABELS = "urn:juanzong:page-labels:1"
_FONT = "宋体"  # by name: no character of it is ever painted
_A4 = (210.0, 297.0)


@dataclass(frozen=True)
class WrittenPage:
    """A page that is already in the file: its identifiers, its label, its picture's name."""

    id: str
    picture_id: str  # of the object on the page
    resource_id: str  # of the picture itself
    file: str
    label: str


def put_tree(
    ofd: OfdArchive, pages: Sequence[WrittenPage], marks: Sequence[Bookmark], font: str, metadata: Metadata
) -> None:
    """Write all that is not a page. Pages of no own size would be A4; each has its own."""
    fonts = part("Res", {"BaseLoc": "Res"})
    child(child(fonts, "Fonts"), "Font", ID=font, FontName=_FONT, FamilyName=_FONT, Charset="unicode")
    ofd.put_xml(f"{DOCUMENT}/PublicRes.xml", fonts)
    media = part("Res", {"BaseLoc": "Res"})
    pictures = child(media, "MultiMedias")
    for page in pages:
        kind = "PNG" if page.file.endswith(".png") else "JPEG"
        picture = child(pictures, "MultiMedia", ID=page.resource_id, Type="Image", Format=kind)
        child(picture, "MediaFile", page.file)
    ofd.put_xml(f"{DOCUMENT}/DocumentRes.xml", media)
    _put_labels(ofd, pages)
    ofd.put_xml(f"{DOCUMENT}/Document.xml", _document(ofd, pages, marks))
    ofd.put_xml(ROOT, _root(metadata))


def _document(ofd: OfdArchive, pages: Sequence[WrittenPage], marks: Sequence[Bookmark]) -> ET.Element:
    root = part("Document")
    common = child(root, "CommonData")
    child(common, "MaxUnitID", str(ofd.last_id))
    child(child(common, "PageArea"), "PhysicalBox", figures(0, 0, *_A4))
    child(common, "PublicRes", "PublicRes.xml")
    child(common, "DocumentRes", "DocumentRes.xml")
    listed = child(root, "Pages")
    for index, page in enumerate(pages):
        child(listed, "Page", ID=page.id, BaseLoc=f"Pages/Page_{index}/Content.xml")
    if marks:
        _add_outline(child(root, "Outlines"), marks, pages)
    child(child(root, "VPreferences"), "PageMode", "UseOutlines")
    child(root, "CustomTags", "Tags/CustomTags.xml")
    return root


def _add_outline(parent: ET.Element, marks: Iterable[Bookmark], pages: Sequence[WrittenPage]) -> None:
    for mark in marks:
        element = child(parent, "OutlineElem", Title=mark.title, Count=str(len(mark.children)), Expanded="false")
        goto = child(child(child(element, "Actions"), "Action", Event="CLICK"), "Goto")
        child(goto, "Dest", Type="Fit", PageID=pages[mark.page].id)
        _add_outline(element, mark.children, pages)


def _put_labels(ofd: OfdArchive, pages: Sequence[WrittenPage]) -> None:
    """OFD knows no page labels (页号): they are a custom tag on each page's picture (GB/T 33190, 16)."""
    tags = part("CustomTags")
    child(child(tags, "CustomTag", NameSpace=LABELS), "FileLoc", "PageLabels.xml")
    ofd.put_xml(f"{DOCUMENT}/Tags/CustomTags.xml", tags)
    labels = ET.Element("页号表", {"xmlns": LABELS, "xmlns:ofd": NAMESPACE})
    for page in pages:
        label = ET.SubElement(labels, "页号", {"值": page.label})
        child(label, "ObjectRef", page.picture_id, PageRef=page.id)
    ofd.put_xml(f"{DOCUMENT}/Tags/PageLabels.xml", labels)


def _root(metadata: Metadata) -> ET.Element:
    root = part("OFD", {"Version": "1.0", "DocType": "OFD"})
    body = child(root, "DocBody")
    info = child(body, "DocInfo")
    name = f"{metadata.identifier} {metadata.made_at.isoformat()}"
    date = metadata.made_at.date().isoformat()
    for element, text in (
        ("DocID", uuid.uuid5(uuid.NAMESPACE_OID, name).hex),
        ("Title", metadata.title),
        ("Author", metadata.creator),
        ("Subject", metadata.description),
        ("CreationDate", date),
        ("ModDate", date),
        ("Creator", PRODUCER),
    ):
        child(info, element, text)
    child(child(info, "CustomDatas"), "CustomData", metadata.identifier, Name="卷号")
    child(body, "DocRoot", f"{DOCUMENT}/Document.xml")
    return root
