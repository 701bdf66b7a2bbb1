"""Pictures of the access copy (阅卷副本): the evidence picture, lightly smoothed and coded small; whole, not in layers.

Layered compression is left out on purpose: a layer that misses a faint print or a full stop destroys it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dossier.model import Document, Face
from dossier.volumes.picture import open_picture

TARGET_BYTES = 350_000  # a page; noisy ones take more, for below the last quality letters suffer
_QUALITIES = (60, 50)  # of the flat table
_FLAT = 16  # one step for every frequency: keeps the fine strokes that tables made for photographs give up
_MEAN = 4  # largest step of a block's mean: a coarse one tints paper
_CHROMA_SIGMA = 1.2
_LUMA = (5, 10.0, 1.4)  # diameter (pixels), gray levels, sigma (pixels)

ACCESS_CODEC: dict[str, str | bool] = {
    "picture": "jpeg",
    "filter": "DCTDecode",
    "re_encoded": True,
    "denoised": True,
    "quality": f"flat table, {_QUALITIES[0]} or {_QUALITIES[-1]}, progressive",
    "text": "invisible layer",
}


def access_documents(documents: Iterable[Document], folder: Path) -> tuple[Document, ...]:
    """Return the documents with pictures for reading, which are written into `folder`, pixel for pixel as large.

    Raises `PictureUnusable`, `PictureDiffers`, `OSError`.
    """
    return tuple(
        replace(document, faces=tuple(_with_access_picture(face, folder) for face in document.faces))
        for document in documents
    )


def _with_access_picture(face: Face, folder: Path) -> Face:
    target = folder / f"{face.id}.jpg"
    target.write_bytes(access_picture(face))
    return replace(face, picture=target)


def access_picture(face: Face) -> bytes:
    """Return the picture of a face as a progressive JPEG. Colour keeps its full resolution where marks are.

    Raises `PictureUnusable`, `PictureDiffers`.
    """
    small = _smoothed(face)
    sampling = "4:4:4" if face.marks else "4:2:0"
    data = b""
    for quality in _QUALITIES:
        data = _coded(small, quality, sampling, face.dpi)
        if len(data) <= TARGET_BYTES:
            break
    return data


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


def _coded(picture: Image.Image, quality: int, sampling: str, dpi: int) -> bytes:
    out = io.BytesIO()
    step = _step(quality)
    table = [min(step, _MEAN), *[step] * 63]
    picture.save(
        out, "JPEG", qtables=[table, table], subsampling=sampling, optimize=True, progressive=True, dpi=(dpi, dpi)
    )
    return out.getvalue()


def _step(quality: int) -> int:
    """The usual scaling of quantisation tables by quality (IJG), of the flat table."""
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    return min(255, max(1, round(_FLAT * scale / 100)))
