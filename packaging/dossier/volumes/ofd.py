"""A volume or loose document as OFD (GB/T 33190-2016), page by page what its PDF is.

The pictures are the PDF's, byte for byte, over each the same text, invisible; the frame sheets come out of the PDF.
"""

from __future__ import annotations

import hashlib
import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dossier.model import Document, Dossier, Face, Volume
from dossier.volumes.leaves import Leaf, loose_leaves, volume_leaves
from dossier.volumes.metadata import Metadata, loose_metadata, volume_metadata
from dossier.volumes.navigation import bookmarks
from dossier.volumes.ofd_archive import OfdArchive, child, figures, part
from dossier.volumes.ofd_drawings import POINT_MM, add_copy, add_number, add_training
from dossier.volumes.ofd_layer import add_text
from dossier.volumes.ofd_sheets import POINTS, FrameSheet, open_volume
from dossier.volumes.ofd_tree import DOCUMENT, WrittenPage, put_tree
from dossier.volumes.overlays import number_size
from dossier.volumes.picture import open_picture
from dossier.volumes.place import Sheet, number_place
from dossier.volumes.types import BuiltVolume, Making, NumberStamp
from ocr.engines.types import Line
from signing.durable import appearing

_CODEC: dict[str, str | bool] = {"picture": "jpeg", "text": "invisible layer"}


def write_volume_ofd(volume: Volume, dossier: Dossier, pdf: Path, out: Path, *, made: Making) -> BuiltVolume:
    """Write the OFD of a volume; its frame sheets and placeholders come out of `pdf`, which `write_volume` made of it.

    The page numbers are drawn on the pages. The file appears under `out` only when it is whole and on the disk. Same
    input, same bytes; memory does not grow with the pictures. Raises `VolumeError` and `OSError`.
    """
    documents = [entry.document for entry in volume.entries]
    what = _Content(documents, volume_leaves(volume), volume_metadata(volume, dossier, made), dossier.training)
    return _write(what, pdf, out, made)


def write_loose_ofd(document: Document, dossier: Dossier, pdf: Path, out: Path, *, made: Making) -> BuiltVolume:
    """The same for a document that `write_loose` made `pdf` of."""
    what = _Content([document], loose_leaves(document), loose_metadata(document, dossier, made), dossier.training)
    return _write(what, pdf, out, made)


@dataclass(frozen=True)
class _Content:
    """What one file holds. `leaves` of each document."""

    documents: Sequence[Document]
    leaves: Sequence[Sequence[Leaf]]
    metadata: Metadata
    training: bool


def _write(what: _Content, pdf: Path, out: Path, made: Making) -> BuiltVolume:
    leaves = [leaf for own in what.leaves for leaf in own]
    with appearing(out) as temporary:
        with temporary.open("wb") as stream, open_volume(pdf) as volume, OfdArchive(stream, made.now) as ofd:
            writer = _PageWriter(ofd, made.stamp, training=what.training)
            front = volume.first_face
            for index in range(front):
                writer.add_sheet(volume.sheet(index), f"前{index + 1}")
            for index, leaf in enumerate(leaves, front):
                if leaf.face is None:
                    writer.add_sheet(volume.sheet(index), leaf.label)
                else:
                    writer.add_face(leaf.face, leaf.number, leaf.label)
            back = front + len(leaves)
            for index in range(back, volume.page_count):
                writer.add_sheet(volume.sheet(index), f"后{index - back + 1}")
            marks = bookmarks(what.documents, what.leaves, front)
            put_tree(ofd, writer.pages, marks, writer.font, what.metadata)
        with temporary.open("rb") as written:
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        size = temporary.stat().st_size
    numbered = sum(leaf.number is not None for leaf in leaves)
    return BuiltVolume(out, sha256, size, len(writer.pages), numbered, _CODEC)


class _PageWriter:
    """Adds pages to an archive and keeps their identifiers. `training` puts the training mark on each face."""

    def __init__(self, ofd: OfdArchive, stamp: NumberStamp, *, training: bool) -> None:
        self._ofd = ofd
        self._stamp = stamp
        self._training = training
        self.font = ofd.new_id()
        self.pages: list[WrittenPage] = []

    def add_sheet(self, sheet: FrameSheet, label: str) -> None:
        """Add a frame sheet; its picture carries the training mark already."""
        page, layer = self._begin(io.BytesIO(sheet.png), "png", (sheet.width, sheet.height), label)
        self._end(page, layer, sheet.lines, POINTS)

    def add_face(self, face: Face, page_number: int | None, label: str) -> None:
        """Add the picture of a face, its page number, its text. Raises `PictureUnusable`, `PictureDiffers`."""
        size = (face.width_px * POINTS / face.dpi, face.height_px * POINTS / face.dpi)
        with open_picture(face) as (picture, _):
            page, layer = self._begin(picture, "jpg", size, label)
        if page_number is not None:
            text = str(page_number)
            place = number_place(
                Sheet(face.picture, face.dpi, face.side, *size), number_size(text, self._stamp), self._stamp
            )
            add_number(layer, self._ofd, text, self._stamp, place, size)
        if face.electronic is not None:
            add_copy(layer, self._ofd, size)
        if self._training:
            add_training(layer, self._ofd, size)
        self._end(page, layer, face.lines, face.dpi)

    def _begin(
        self, picture: BinaryIO, suffix: str, size: tuple[float, float], label: str
    ) -> tuple[ET.Element, ET.Element]:
        """Store the picture; return the page and its layer, on which the picture fills `size` (points)."""
        ofd, file = self._ofd, f"Image_{len(self.pages)}.{suffix}"
        ofd.put_picture(f"{DOCUMENT}/Res/{file}", picture)
        width, height = (points * POINT_MM for points in size)
        box = figures(0, 0, width, height)
        page = part("Page")
        child(child(page, "Area"), "PhysicalBox", box)
        layer = child(child(page, "Content"), "Layer", ID=ofd.new_id(), Type="Body")
        written = WrittenPage(ofd.new_id(), ofd.new_id(), ofd.new_id(), file, label)
        matrix = figures(width, 0, 0, height, 0, 0)
        child(layer, "ImageObject", ID=written.picture_id, ResourceID=written.resource_id, Boundary=box, CTM=matrix)
        self.pages.append(written)
        return page, layer

    def _end(self, page: ET.Element, layer: ET.Element, lines: Sequence[Line], dpi: int) -> None:
        add_text(layer, self._ofd, lines, dpi, self.font)
        self._ofd.put_xml(f"{DOCUMENT}/Pages/Page_{len(self.pages) - 1}/Content.xml", page)
