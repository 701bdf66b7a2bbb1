"""The evidence picture as it goes into the PDF: its JPEG bytes, of which only the header is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from dossier.model import Face
from dossier.volumes.errors import PictureDiffers, PictureUnusable
from dossier.volumes.pdf import PdfWriter

_MAX_SEGMENTS = 2000
_MAX_SIDE = 30_000
_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what DCTDecode reads
_OTHER_FRAMES = set(range(0xC0, 0xD0)) - _FRAMES - {0xC4, 0xC8, 0xCC}
COLOUR_SPACES = {1: b"/DeviceGray", 3: b"/DeviceRGB"}


@dataclass(frozen=True)
class JpegHeader:
    width: int
    height: int
    components: int


@contextmanager
def open_picture(face: Face) -> Iterator[tuple[BinaryIO, JpegHeader]]:
    """Lend the picture of a face from its first byte, after a look at its header and its end.

    Raises `PictureUnusable`, also for what fails while it is lent, and `PictureDiffers`.
    """
    try:
        with face.picture.open("rb") as source:
            header = read_header(source)
            _check_end(source)
            if (header.width, header.height) != (face.width_px, face.height_px):
                found, expected = f"{header.width}x{header.height}", f"{face.width_px}x{face.height_px}"
                raise PictureDiffers(face=face.id, found=found, expected=expected)
            source.seek(0)
            yield source, header
    except (OSError, EOFError, ValueError) as error:
        raise PictureUnusable(face=face.id, detail=error) from error


def put_picture(pdf: PdfWriter, face: Face) -> int:
    """Write the picture of a face as an image object with its bytes as they are; return its number.

    Raises `PictureUnusable` and `PictureDiffers`.
    """
    with open_picture(face) as (source, header):
        entries = {
            "Type": b"/XObject",
            "Subtype": b"/Image",
            "Width": b"%d" % header.width,
            "Height": b"%d" % header.height,
            "BitsPerComponent": b"8",
            "ColorSpace": COLOUR_SPACES[header.components],
            "Filter": b"/DCTDecode",
        }
        return pdf.copy_stream(entries, source, os.fstat(source.fileno()).st_size)


def read_header(source: BinaryIO) -> JpegHeader:
    """Read a JPEG up to its frame header (ITU-T T.81, annex B). Raises `ValueError` for what a PDF must not carry."""
    if source.read(2) != b"\xff\xd8":
        raise ValueError("it is not a JPEG")
    for _ in range(_MAX_SEGMENTS):
        marker = source.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            break
        if marker[1] == 0xFF:  # fill byte
            source.seek(-1, os.SEEK_CUR)
            continue
        length = int.from_bytes(source.read(2), "big")
        if marker[1] in _FRAMES:
            return _frame(source.read(6))
        if marker[1] in _OTHER_FRAMES:
            raise ValueError("its kind of JPEG does not belong in a PDF")
        source.seek(max(length - 2, 0), os.SEEK_CUR)
    raise ValueError("it has no JPEG frame header")


def _frame(data: bytes) -> JpegHeader:
    if len(data) < 6:
        raise ValueError("it ends within its header")
    height, width = int.from_bytes(data[1:3], "big"), int.from_bytes(data[3:5], "big")
    if data[0] != 8 or data[5] not in COLOUR_SPACES:
        raise ValueError("only 8-bit gray or RGB pictures can be bound in")
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise ValueError(f"its size {width}x{height} is out of range")
    return JpegHeader(width, height, data[5])


def _check_end(source: BinaryIO) -> None:
    source.seek(-2, os.SEEK_END)
    if source.read(2) != b"\xff\xd9":
        raise ValueError("it is cut off")
