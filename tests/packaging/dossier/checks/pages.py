"""Faces of a dossier seen otherwise, and names written on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dossier.model import Document, Dossier, Face
from ocr.imaging.writing import shape_of

KAI = ImageFont.truetype("/usr/share/fonts/truetype/arphic/ukai.ttc", 60)


def with_faces(dossier: Dossier, change: Callable[[Face], Face]) -> Dossier:
    """The dossier with every face changed."""

    def changed(document: Document) -> Document:
        return replace(document, faces=tuple(map(change, document.faces)))

    volumes = tuple(
        replace(volume, entries=tuple(replace(entry, document=changed(entry.document)) for entry in volume.entries))
        for volume in dossier.volumes
    )
    loose, frames = (tuple(map(changed, documents)) for documents in (dossier.loose, dossier.frames))
    return replace(dossier, volumes=volumes, loose=loose, frames=frames)


def written(name: str, time: int) -> str:
    """The shape of a name; each `time` it climbs otherwise."""
    paper = Image.new("L", (300, 160), 0)
    ImageDraw.Draw(paper).text((40, 50), name, fill=255, font=KAI)
    return shape_of(np.asarray(paper.rotate(2.0 * time)) > 128)
