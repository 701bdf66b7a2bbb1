"""Pictures of the access copy (阅卷副本): the evidence picture, lightly smoothed and coded small; whole, not in layers.

Layered compression is left out on purpose: a layer that misses a faint print or a full stop destroys it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dossier.model import Document, Face
from dossier.volumes.picture import open_picture
from ocr.imaging.types import MarkKind

_FLAT = 18  # one step for every frequency: keeps the fine strokes that tables made for photographs give up
_MEAN = 8  # step of a block's mean (ITU-T T.81, A.3.3: eight times the mean), so one gray level; more tints paper
_CHROMA_SIGMA = 1.2
_LUMA = (5, 10.0, 1.4)  # diameter (pixels), gray levels, sigma (pixels)

ACCESS_CODEC: dict[str, str | bool] = {
    "picture": "jpeg",
    "filter": "DCTDecode",
    "re_encoded": True,
    "denoised": True,
    "quality": f"flat table, step {_FLAT}, progressive",
    "text": "invisible layer",
}


def access_documents(
    documents: Iterable[Document], folder: Path, on_face: Callable[[], None] = lambda: None
) -> tuple[Document, ...]:
    """Return the documents with pictures for reading, which are written into `folder`, pixel for pixel as large.
    `on_face` is called after each.

    Raises `PictureUnusable`, `PictureDiffers`, `OSError`.
    """
    return tuple(
        replace(document, faces=tuple(_with_access_pictures(document.faces, folder, on_face))) for document in documents
    )


def _with_access_pictures(faces: Iterable[Face], folder: Path, on_face: Callable[[], None]) -> Iterator[Face]:
    for face in faces:
        target = folder / f"{face.id}.jpg"
        target.write_bytes(access_picture(face))
        yield replace(face, picture=target)
        on_face()


def access_picture(face: Face) -> bytes:
    """Return the picture of a face as a progressive JPEG. Colour keeps its full resolution where a finger was printed.

    Raises `PictureUnusable`, `PictureDiffers`.
    """
    printed = any(mark.kind is MarkKind.FINGERPRINT for mark in face.marks)
    out = io.BytesIO()
    table = [_MEAN, *[_FLAT] * 63]
    _smoothed(face).save(
        out,
        "JPEG",
        qtables=[table, table],
        subsampling="4:4:4" if printed else "4:2:0",
        optimize=True,
        progressive=True,
        dpi=(face.dpi, face.dpi),
    )
    return out.getvalue()


def _smoothed(face: Face) -> Image.Image:
    """The picture with the scanner's noise taken off: brightness edge by edge, colour evenly. Gray, or Y, Cb, Cr."""
    pixels = _pixels(face)
    planes = pixels[:, :, np.newaxis] if pixels.ndim == 2 else pixels
    planes[:, :, 0] = cv2.bilateralFilter(np.ascontiguousarray(planes[:, :, 0]), *_LUMA)
    for chroma in range(1, planes.shape[2]):
        planes[:, :, chroma] = cv2.GaussianBlur(planes[:, :, chroma], (0, 0), _CHROMA_SIGMA)
    return Image.fromarray(pixels, mode="L" if pixels.ndim == 2 else "YCbCr")


def _pixels(face: Face) -> NDArray[np.uint8]:
    with open_picture(face) as (source, header), Image.open(source, formats=["JPEG"]) as opened:
        mode = "L" if header.components == 1 else "YCbCr"
        opened.draft(mode, opened.size)  # as it is coded, where that is so
        return np.array(opened if opened.mode == mode else opened.convert(mode))
