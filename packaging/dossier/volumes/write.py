"""The volume PDF and the loose document PDF, from first byte to last."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from dossier.model import Document, Dossier, Volume
from dossier.volumes import sheets
from dossier.volumes.builder import VolumeBuilder
from dossier.volumes.metadata import Metadata
from dossier.volumes.navigation import bookmarks, page_labels, volume_labels
from dossier.volumes.pdf import PdfWriter
from dossier.volumes.text import layer_text
from dossier.volumes.types import BuiltVolume, Making

_CODEC: dict[str, str | bool] = {
    "picture": "jpeg",
    "filter": "DCTDecode",
    "re_encoded": False,
    "denoised": False,
    "text": "invisible layer",
}


def write_volume(volume: Volume, dossier: Dossier, out: Path, *, made: Making) -> BuiltVolume:
    """Write a volume: cover, catalogue, every face in order, remarks sheet, back cover.

    Numbered faces carry their number, blank ones none; a training dossier is marked on every page. The file appears
    under `out` only when it is whole and on the disk. Same input, same bytes. Raises `VolumeError` and `OSError`.
    """

    def build(builder: VolumeBuilder) -> int:
        numbers = dict(volume.page_numbers)
        documents = [entry.document for entry in volume.entries]
        builder.add_sheets(sheets.cover(volume, dossier, made))
        builder.add_sheets(sheets.catalogue(volume, made))
        front = builder.page_count
        for document in documents:
            for face in document.faces:
                builder.add_face(face, numbers.get(face.id))
        last_face = builder.page_count
        builder.add_sheets(sheets.remarks(volume, dossier, made))
        builder.add_sheets(sheets.back_cover(volume, dossier, made))
        labels = volume_labels(volume)
        builder.finish(
            page_labels(front, labels, builder.page_count - last_face),
            bookmarks(documents, labels, front),
            _metadata(
                f"{dossier.case.name} {volume.title}", f"{dossier.case.case_no}-{volume.sequence}", dossier, made
            ),
        )
        return builder.page_count

    return _write(out, made, dossier.training, build, numbered=len(volume.page_numbers))


def write_loose(document: Document, dossier: Dossier, out: Path, *, made: Making) -> BuiltVolume:
    """Write a document that accompanies the volumes unbound (起诉意见书): its faces alone, no frame sheets or numbers.

    Otherwise as `write_volume`.
    """

    def build(builder: VolumeBuilder) -> int:
        for face in document.faces:
            builder.add_face(face, None)
        labels = tuple(str(position) for position in range(1, builder.page_count + 1))
        builder.finish(
            page_labels(0, labels, 0),
            bookmarks([document], labels, 0),
            _metadata(f"{dossier.case.name} {document.title}", f"{dossier.case.case_no}-{document.id}", dossier, made),
        )
        return builder.page_count

    return _write(out, made, dossier.training, build, numbered=0)


def _write(
    out: Path, made: Making, training: bool, build: Callable[[VolumeBuilder], int], *, numbered: int
) -> BuiltVolume:
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as stream:
            pdf = PdfWriter(stream)
            pages = build(VolumeBuilder(pdf, made.stamp, training=training))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(out.parent)
    return BuiltVolume(out, pdf.sha256, pdf.size, pages, numbered, _CODEC)


def _metadata(title: str, identifier: str, dossier: Dossier, made: Making) -> Metadata:
    said = [dossier.submission_title, f"依据标准：{made.profile_label}"]
    if dossier.training:
        said.append("演示/训练卷宗，不得作为证据使用")
    return Metadata(layer_text(title), layer_text(identifier), layer_text("；".join(said)), made.station, made.now)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
