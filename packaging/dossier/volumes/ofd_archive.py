"""An OFD file (GB/T 33190-2016) under construction: a zip whose parts go out as they come."""

from __future__ import annotations

import datetime as dt
import shutil
import xml.etree.ElementTree as ET
import zipfile
from typing import BinaryIO, Self

NAMESPACE = "http://www.ofdspec.org/2016"
_MODE = 0o100644 << 16
_UNIX = 3


def part(name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    """Return the root element of one XML file."""
    return ET.Element(f"ofd:{name}", {"xmlns:ofd": NAMESPACE, **(attributes or {})})


def child(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element of the OFD namespace."""
    element = ET.SubElement(parent, f"ofd:{name}", attributes)
    element.text = text or None
    return element


def figures(*values: float) -> str:
    """Return numbers as OFD writes them (ST_Array), in millimetres to a thousandth."""
    return " ".join(f"{value + 0.0:.3f}".rstrip("0").rstrip(".") for value in values)


class OfdArchive:
    """Pictures stored as they are, XML deflated, every entry with the same time, so that the same input gives the same
    bytes; gives each object of the document its identifier (标识)."""

    def __init__(self, out: BinaryIO, made_at: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w")
        self._time = made_at.timetuple()[:6]
        self.last_id = 0

    def new_id(self) -> str:
        self.last_id += 1
        return str(self.last_id)

    def put_xml(self, name: str, root: ET.Element) -> None:
        data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode()
        self._zip.writestr(self._entry(name, zipfile.ZIP_DEFLATED), data)

    def put_picture(self, name: str, source: BinaryIO) -> None:
        """Copy a picture in pieces, untouched."""
        with self._zip.open(self._entry(name, zipfile.ZIP_STORED), "w") as target:
            shutil.copyfileobj(source, target)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Write the directory of the zip."""
        self._zip.close()

    def _entry(self, name: str, method: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._time)
        entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _MODE, method
        return entry
