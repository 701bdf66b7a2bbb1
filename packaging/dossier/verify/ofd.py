"""One OFD of a package against what index.xml declares of it and what was read on its pages (GB/T 33190-2016)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dossier.model import Finding
from dossier.ofd.archive import ROOT, OfdParts, located, open_parts
from dossier.ofd.errors import OfdError
from dossier.package.index import IndexedFile
from dossier.verify.findings import block
from dossier.verify.pdf import MAX_PAGES


def check_ofd(path: Path, file: IndexedFile, text: Mapping[str, str]) -> Iterator[Finding]:
    """C-01, U-04, U-09: pages as declared, bookmarks are the catalogue, and the text of each face is what was read.

    `file`: the declaration, its path and pages those of the OFD. `text`: by face, without white space.
    """
    try:
        with open_parts(path) as parts:
            yield from _check(_Reader(parts), file, text)
    except (OfdError, LookupError, ValueError) as fault:
        yield block("U-04", "verify.ofd-unreadable", file.path, reason=f"{type(fault).__name__}: {fault}")


class _Reader:
    """The pages of an OFD by identifier, and their text."""

    def __init__(self, parts: OfdParts) -> None:
        self._parts = parts
        self._root = located(ROOT, parts.xml(ROOT).findtext("DocBody/DocRoot") or "")
        self.document = parts.xml(self._root)
        pages = [page.attrib for page in self.document.iterfind("Pages/Page")]
        self.pages = {page["ID"]: page["BaseLoc"] for page in pages}
        if len(self.pages) != len(pages):
            raise ValueError("two pages of one identifier")

    def page_text(self, location: str) -> str:
        """The text of one page in its order, without white space."""
        codes = self._parts.xml(located(self._root, location)).iter("TextCode")
        return "".join("".join((code.text or "").split()) for code in codes)


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
    for mark in ofd.document.iterfind("Outlines/OutlineElem"):
        to = mark.find("Actions/Action/Goto/Dest")
        page = identifiers.index(to.attrib["PageID"]) if to is not None else -1
        found.append(("".join(mark.attrib["Title"].split()), page))
    return found
