"""The parts of an OFD that somebody else made, each read within bounds."""

from __future__ import annotations

import os
import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dossier.ofd.errors import OfdBroken, OfdTooLarge, OfdUnsafe

MAX_ENTRIES = 60_000
MAX_LISTING_BYTES = 16 << 20
_TAIL = 20 + 22 + 65_535  # what can stand behind the list of parts
MAX_XML_BYTES = 32 << 20  # of one part
MAX_PART_BYTES = 128 << 20
MAX_TOTAL_BYTES = 2 << 30
MAX_DEPTH = 64  # elements within elements
ROOT = "OFD.xml"
_ZIP_FAULTS = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,  # an encrypted part
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


class OfdParts:
    """The parts by their names. Elements come without their namespace: writers use several, and some none."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MAX_TOTAL_BYTES
        self._names = _names(archive)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> ET.Element:
        """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`."""
        data = self.data(name, MAX_XML_BYTES)
        try:
            root: ET.Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as fault:
            raise OfdUnsafe(detail=f"{name} declares a document type or entities") from fault
        except (ET.ParseError, ValueError, LookupError) as fault:
            raise OfdBroken(detail=f"{name}: {fault}") from fault
        _strip(root, name)
        return root

    def data(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """Raises `OfdBroken`, `OfdTooLarge`."""
        if name not in self._names:
            raise OfdBroken(detail=f"{name} is missing")
        try:
            with self._archive.open(self._names[name]) as stream:
                data = stream.read(min(limit, self._left) + 1)
        except _ZIP_FAULTS as fault:
            raise OfdBroken(detail=f"{name}: {fault}") from fault
        self._left -= len(data)
        if len(data) > limit:
            raise OfdTooLarge(what=name, limit=f"{limit >> 20} MB")
        if self._left < 0:
            raise OfdTooLarge(what="all parts together", limit=f"{MAX_TOTAL_BYTES >> 20} MB")
        return data


@contextmanager
def open_parts(path: Path) -> Iterator[OfdParts]:
    """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`."""
    _require_short_listing(path)
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_FAULTS as fault:
        raise OfdBroken(detail=str(fault)) from fault
    with archive:
        yield OfdParts(archive)


def _require_short_listing(path: Path) -> None:
    """zipfile takes the whole list of parts into memory, before anything of it can be looked at (APPNOTE.TXT, 4.3)."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    large = tail[max(0, at - 20) :].startswith(b"PK\6\7")  # of more than 4 GB or 65,535 parts
    if at >= 0 and (large or length > MAX_LISTING_BYTES):
        raise OfdTooLarge(what="the list of its parts", limit=f"{MAX_LISTING_BYTES >> 20} MB")


def located(base: str, location: str) -> str:
    """The name of the part that `location` (ST_Loc) means inside the part `base`. Raises `OfdUnsafe`."""
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    return _inside(joined, location)


def _inside(name: str, told: str) -> str:
    normal = posixpath.normpath(name.lstrip("/"))
    if normal in ("..", ".") or normal.startswith("../"):
        raise OfdUnsafe(detail=f"the name {told[:80]!r} leads out of the file")
    return normal


def _names(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise OfdTooLarge(what=f"{len(entries)} parts", limit=MAX_ENTRIES)
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _inside(entry.filename.replace("\\", "/"), entry.filename)
        if name in names:
            raise OfdUnsafe(detail=f"two parts are called {name[:80]!r}")
        names[name] = entry
    return names


def _strip(root: ET.Element, name: str) -> None:
    """Take the namespaces off, level by level, as far down as is taken."""
    level = [root]
    for _ in range(MAX_DEPTH):
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
        level = [child for element in level for child in element]
        if not level:
            return
    raise OfdTooLarge(what=f"{name} is nested deeply", limit=f"{MAX_DEPTH} levels")
