"""The volume PDF and the loose document PDF, from first byte to last."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from dossier.model import Document, Dossier, Volume
from dossier.volumes import sheets
from dossier.volumes.builder import VolumeBuilder
from dossier.volumes.leaves import Leaf, loose_leaves, volume_leaves
from dossier.volumes.metadata import loose_metadata, volume_metadata
from dossier.volumes.navigation import bookmarks, page_labels
from dossier.volumes.pdf import PdfWriter
from dossier.volumes.types import BuiltVolume, Making, NumberStamp

_CODEC: dict[str, str | bool] = {
    "picture": "jpeg",
    "filter": "DCTDecode",
    "re_encoded": False,
    "denoised": False,
    "text": "invisible layer",
}


def write_volume(volume: Volume, dossier: Dossier, out: Path, *, made: Making, numbered: bool = False) -> BuiltVolume:
    """Write a volume: cover, catalogue, every face in order, remarks sheet, back cover.

    `numbered` draws the page numbers on the pages, as on an access copy; the labels of the pages are the numbers in any
    case. A training dossier is marked on every page. The file appears under `out` only when it is whole and on the
    disk. Same input, same bytes. Raises `VolumeError` and `OSError`.
    """

    def build(builder: VolumeBuilder) -> int:
        documents, leaves = [entry.document for entry in volume.entries], volume_leaves(volume)
        builder.add_sheets(sheets.cover(volume, dossier, made))
        builder.add_sheets(sheets.catalogue(volume, made))
        front = builder.page_count
        _add_leaves(builder, leaves, made)
        last_face = builder.page_count
        builder.add_sheets(sheets.remarks(volume, dossier, made))
        builder.add_sheets(sheets.back_cover(volume, dossier, made))
        builder.finish(
            page_labels(front, [leaf.label for own in leaves for leaf in own], builder.page_count - last_face),
            bookmarks(documents, leaves, front),
            volume_metadata(volume, dossier, made),
        )
        return builder.page_count

    stamp = made.stamp if numbered else None
    return _write(out, stamp, dossier.training, build, numbered=len(volume.page_numbers))


def write_loose(document: Document, dossier: Dossier, out: Path, *, made: Making) -> BuiltVolume:
    """Write a document that accompanies the volumes unbound (起诉意见书): its faces alone, no frame sheets or numbers.

    Otherwise as `write_volume`.
    """

    def build(builder: VolumeBuilder) -> int:
        leaves = loose_leaves(document)
        _add_leaves(builder, leaves, made)
        builder.finish(
            page_labels(0, [leaf.label for leaf in leaves[0]], 0),
            bookmarks([document], leaves, 0),
            loose_metadata(document, dossier, made),
        )
        return builder.page_count

    return _write(out, None, dossier.training, build, numbered=0)


def _add_leaves(builder: VolumeBuilder, leaves: Sequence[Sequence[Leaf]], made: Making) -> None:
    for leaf in (leaf for own in leaves for leaf in own):
        if leaf.face is not None:
            builder.add_face(leaf.face, leaf.number)
        elif leaf.stands_for is not None:
            builder.add_sheets(sheets.placeholder(leaf.stands_for, leaf.copies, made))


def _write(
    out: Path, stamp: NumberStamp | None, training: bool, build: Callable[[VolumeBuilder], int], *, numbered: int
) -> BuiltVolume:
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as stream:
            pdf = PdfWriter(stream)
            pages = build(VolumeBuilder(pdf, stamp, training=training))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(out.parent)
    return BuiltVolume(out, pdf.sha256, pdf.size, pages, numbered, _CODEC)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
