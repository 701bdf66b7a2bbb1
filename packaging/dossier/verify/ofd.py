"""One OFD of a package against what index.xml declares of it and what was read on its pages (GB/T 33190-2016)."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dossier.model import Finding
from dossier.package.index import IndexedFile
from dossier.verify.findings import block
from dossier.verify.pdf import MAX_PAGES

MAX_ENTRIES = 3 * MAX_PAGES
MAX_PART_BYTES = 32 << 20
MAX_XML_BYTES = 1 << 30  # of all parts together
_NAMESPACE = "{http://www.ofdspec.org/2016}"
_FAULTS = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    NotImplementedError,
    ET.ParseError,
    zipfile.BadZipFile,
    zlib.error,
)


def check_ofd(path: Path, file: IndexedFile, text: Mapping[str, str]) -> Iterator[Finding]:
    """C-01, U-04, U-09: pages as declared, bookmarks are the catalogue, and the text of each face is what was read.

    `file`: the declaration, its path and pages those of the OFD. `text`: by face, without white space.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _check(_Reader(archive), file, text)
    except _FAULTS as fault:
        yield block("U-04", "verify.ofd-unreadable", file.path, reason=f"{type(fault).__name__}: {fault}")


class _Reader:
    """The parts of an OFD, each read within bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.infolist()) > MAX_ENTRIES:
            raise ValueError("too many parts")
        self._archive = archive
        self._folder = ""
        self._left = MAX_XML_BYTES
        self.document = self._document()
        pages = [page.attrib for page in self.document.iter(f"{_NAMESPACE}Page")]
        self.pages = {page["ID"]: page["BaseLoc"] for page in pages}
        if len(self.pages) != len(pages):
            raise ValueError("two pages of one identifier")

    def page_text(self, location: str) -> str:
        """The text of one page in its order, without white space."""
        codes = self._part(posixpath.join(self._folder, location)).iter(f"{_NAMESPACE}TextCode")
        return "".join("".join((code.text or "").split()) for code in codes)

    def _document(self) -> ET.Element:
        root = self._part("OFD.xml").findtext(f"{_NAMESPACE}DocBody/{_NAMESPACE}DocRoot") or ""
        self._folder = posixpath.dirname(root)
        return self._part(root)

    def _part(self, name: str) -> ET.Element:
        with self._archive.open(name.lstrip("/")) as stream:
            data = stream.read(MAX_PART_BYTES + 1)
        self._left -= len(data)
        if len(data) > MAX_PART_BYTES or self._left < 0 or b"<!DOCTYPE" in data:
            raise ValueError(f"{name} is not a part of this kind")
        return ET.fromstring(data.decode())  # noqa: S314 - no document type, so no entities


def _check(ofd: _Reader, file: IndexedFile, text: Mapping[str, str]) -> Iterator[Finding]:
    identifiers = list(ofd.pages)
    if len(identifiers) != file.physical_pages or len(identifiers) > MAX_PAGES:
        yield block(
            "C-01",
            "verify.count",
            file.path,
            what="OFD 页数 pages",
            found=len(identifiers),
            declared=file.physical_pages,
        )
        return
    marks = _bookmarks(ofd, identifiers)
    at = marks[0][1] if marks else 0  # faces stand in one run from there on
    expected: list[tuple[str, int]] = []
    wrong: list[str] = []
    for document in file.documents:
        expected.append(("".join(document.title.split()), at))
        for page in document.leaves:
            if page is not None and at < len(identifiers):
                found = ofd.page_text(ofd.pages[identifiers[at]])
                if found != text.get(page.face):
                    wrong.append(page.face)
            at += 1
    if marks != expected or at > len(identifiers):
        yield block("U-09", "verify.bookmarks", file.path)
    for face in wrong:
        yield block("U-04", "verify.ofd-text", f"{file.path} face {face}")


def _bookmarks(ofd: _Reader, identifiers: Sequence[str]) -> list[tuple[str, int]]:
    """Title and page of each bookmark of the first level."""
    found = []
    for mark in ofd.document.iterfind(f"{_NAMESPACE}Outlines/{_NAMESPACE}OutlineElem"):
        to = mark.find(f"{_NAMESPACE}Actions/{_NAMESPACE}Action/{_NAMESPACE}Goto/{_NAMESPACE}Dest")
        page = identifiers.index(to.attrib["PageID"]) if to is not None else -1
        found.append(("".join(mark.attrib["Title"].split()), page))
    return found
