"""Picture files in and out: JPEG, PNG and TIFF, looked at before they are decoded."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from ocr.errors import PictureBroken, PictureTooLarge, PictureUnknown
from ocr.imaging.png_rows import DEFLATE_DAMAGED, read_plain_png
from ocr.imaging.types import Picture

MAX_PIXELS: Final = 72_000_000  # A3 at 600 dpi has 70; the costliest decoders and renders then stay under 1 GB
MAX_JPEG_BYTES: Final = 128 << 20
MAX_PNG_BYTES: Final = 200 << 20
MAX_JPEG_SCANS: Final = 32  # progressive files have about 10; thousands are an attack on the decoder's time
STRIP_PIXELS: Final = 1 << 20  # converted at a time, so that no second whole copy is made
MAX_TIFF_PAGES: Final = 5_000
MIN_DPI: Final = 50
MAX_DPI: Final = 2_400
EXIF_ORIENTATION: Final = 0x0112
EXIF_TURNS: Final = {3: 180, 6: 90, 8: 270}  # EXIF 2.32, table 6; mirrored values do not come from scanners
A4_SHORT_SIDE_IN: Final = 210 / 25.4
COLOUR_STEP: Final = 32  # of the pixels looked at first for a colour

# Pillow reports damage in many classes; SyntaxError is its "not a <format> file".
DAMAGE = (
    *(OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, EOFError, OverflowError, MemoryError),
    *(struct.error, zlib.error, DEFLATE_DAMAGED, Image.DecompressionBombError),
)

# A damaged tag is no news to a clerk: a picture is judged by its pixels.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")


class ColourMode(StrEnum):
    COLOUR = "color"
    GRAY = "gray"
    BITONAL = "bitonal"


@dataclass(frozen=True)
class Loaded:
    """One decoded picture with what its file says about itself."""

    picture: Picture  # (height, width, 3), B, G, R
    dpi: int | None  # None when the file does not say, says nonsense or differs between across and down
    format: str  # "JPEG", "PNG" or "TIFF"
    mode: ColourMode
    exif_turn: int  # clockwise turn the file asks for (0, 90, 180, 270); NOT applied to `picture`


def load_picture(path: Path, *, page: int = 0, max_pixels: int = MAX_PIXELS) -> Loaded:
    """Decode one picture; `page` counts the pages of a TIFF from 0.

    16-bit samples are reduced to 8, transparency is laid on white, CMYK and palettes become B, G, R.

    Raises PictureUnknown (no JPEG, PNG or TIFF, or a moving PNG), PictureTooLarge (before anything is decoded),
    PictureBroken (cut off or damaged; also when the file cannot be opened as a picture at all). FileNotFoundError
    passes through.
    """
    with path.open("rb") as stream:
        kind = _sniff(stream.read(8), path)
        stream.seek(0)
        try:
            header = _open(kind, stream)
            if page:
                header.seek(page)
        except DAMAGE as fault:
            raise PictureBroken(file=path.name, detail=str(fault) or type(fault).__name__) from fault
        if getattr(header, "is_animated", False) and kind == "PNG":
            raise PictureUnknown(file=path.name)
        width, height = header.size
        if width * height > max_pixels:
            raise PictureTooLarge(file=path.name, width=width, height=height, limit=max_pixels // 1_000_000)
        try:
            if isinstance(header, TiffImagePlugin.TiffImageFile):
                _check_strips(header, path.stat().st_size)
            dpi, exif_turn = _dpi(header), _exif_turn(header)
            picture = _decode(kind, header, path)
        except DAMAGE as fault:
            raise PictureBroken(file=path.name, detail=str(fault) or type(fault).__name__) from fault
        return Loaded(picture, dpi, kind, _mode(header.mode), exif_turn)


def count_pages(path: Path) -> int:
    """Number of pages a picture file holds: 1, or for a TIFF the length of its directory chain.

    Raises PictureUnknown, PictureBroken (damaged chain, or more than MAX_TIFF_PAGES pages).
    """
    with path.open("rb") as stream:
        kind = _sniff(stream.read(8), path)
        if kind != "TIFF":
            return 1
        stream.seek(0)
        try:
            header = TiffImagePlugin.TiffImageFile(stream)
            pages = 1
            while header._seek_check(pages):
                if pages == MAX_TIFF_PAGES:
                    raise ValueError(f"it has more than {MAX_TIFF_PAGES} pages")
                header.seek(pages)
                pages += 1
        except EOFError:
            return pages
        except DAMAGE as fault:
            raise PictureBroken(file=path.name, detail=str(fault) or type(fault).__name__) from fault
    return pages


def dpi_of_a4(width: int, height: int) -> int:
    """The resolution a picture has when its sheet is A4, from 50 to 2400: for files that do not say."""
    return min(MAX_DPI, max(MIN_DPI, round(min(width, height) / A4_SHORT_SIDE_IN)))


def encode_jpeg(picture: Picture, quality: int = 85, subsampling: str = "444", dpi: int = 300) -> bytes:
    """JFIF bytes of a gray or B, G, R picture, with its resolution in the JFIF header.

    `subsampling` is "444" (keep it where seals or prints are), "422" or "420". Where blue, green and red are the same
    all over, as of a gray scan, one component is written: two of a single level take a fifth of a page's bytes.
    """
    if picture.ndim == 3 and not _has_colour(picture):
        picture = picture[:, :, 0]
    rows = np.ascontiguousarray(picture)
    if rows.ndim == 2:
        data = simplejpeg.encode_jpeg(rows[:, :, None], quality, "GRAY", "Gray")
    else:
        data = simplejpeg.encode_jpeg(rows, quality, "BGR", subsampling)
    density = bytes([1]) + dpi.to_bytes(2, "big") * 2  # JFIF 1.02: units at offset 13 (1 = dots an inch), then x and y
    return bytes(data[:13]) + density + bytes(data[18:])


def _has_colour(picture: Picture) -> bool:
    """Whether blue, green and red of any pixel differ."""
    looks = (picture[::COLOUR_STEP, ::COLOUR_STEP], picture)
    return any(not np.array_equal(look[:, :, 0], look[:, :, channel]) for look in looks for channel in (1, 2))


def _sniff(head: bytes, path: Path) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if head[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    raise PictureUnknown(file=path.name)


def _open(kind: str, stream: BinaryIO) -> ImageFile.ImageFile:
    """The header only. The plugins are called directly: Image.open would apply its own, process-wide pixel limit."""
    if kind == "JPEG":
        return JpegImagePlugin.JpegImageFile(stream)
    if kind == "PNG":
        return PngImagePlugin.PngImageFile(stream)
    return TiffImagePlugin.TiffImageFile(stream)


def _decode(kind: str, header: ImageFile.ImageFile, path: Path) -> Picture:
    if kind == "JPEG" and header.mode in ("RGB", "L"):
        return _decode_jpeg(_read(path, MAX_JPEG_BYTES), header.size)
    plain = read_plain_png(_read(path, MAX_PNG_BYTES)) if kind == "PNG" else None
    return _decode_with_pillow(header) if plain is None else plain


def _read(path: Path, most: int) -> bytes:
    if path.stat().st_size > most:
        raise ValueError(f"more than {most >> 20} MB")
    return path.read_bytes()


def _decode_jpeg(data: bytes, size: tuple[int, int]) -> Picture:
    height, width, *_ = simplejpeg.decode_jpeg_header(data)
    if (width, height) != size:
        raise ValueError("its headers contradict each other")
    if data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ValueError(f"more than {MAX_JPEG_SCANS} scans")
    picture: Picture = simplejpeg.decode_jpeg(data, "BGR", strict=True)
    return picture


def _decode_with_pillow(image: ImageFile.ImageFile) -> Picture:
    image.load()
    width, height = image.size
    picture = np.empty((height, width, 3), np.uint8)
    rows = max(1, STRIP_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        cv2.cvtColor(_as_rgb(image.crop((0, top, width, bottom))), cv2.COLOR_RGB2BGR, dst=picture[top:bottom])
    return picture


def _as_rgb(strip: Image.Image) -> Picture:
    """8 bits a sample; transparency is laid on white."""
    if strip.mode.startswith("I") or strip.mode == "F":
        return np.repeat(_to_8_bits(np.asarray(strip))[:, :, None], 3, axis=2)
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        strip = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
    return np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"), np.uint8)


def _to_8_bits(samples: NDArray[np.generic]) -> Picture:
    """Gray samples of 16 bits or more, or real numbers from 0 to 1, as 8 bits."""
    if samples.dtype.kind == "f":
        return np.asarray(np.clip(np.nan_to_num(samples), 0, 1) * 255, np.uint8)
    return np.asarray(np.clip(samples.astype(np.int64) >> 8, 0, 255), np.uint8)


def _check_strips(image: TiffImagePlugin.TiffImageFile, file_bytes: int) -> None:
    """Refuse a TIFF whose picture data lie past the end of the file: fax decoders fill what is missing with white."""
    tags = image.tag_v2
    for offsets, lengths in ((273, 279), (324, 325)):  # TIFF 6.0: StripOffsets, StripByteCounts; tiles likewise
        for offset, length in zip(tags.get(offsets, ()), tags.get(lengths, ()), strict=False):
            if offset + length > file_bytes:
                raise ValueError("its picture data end before the file says")


def _dpi(image: ImageFile.ImageFile) -> int | None:
    across, down = image.info.get("dpi", (0, 0))
    across, down = float(across), float(down)
    if not (MIN_DPI <= across <= MAX_DPI) or abs(across - down) > 0.02 * across:
        return None
    return round(across)


def _exif_turn(image: ImageFile.ImageFile) -> int:
    if isinstance(image, PngImagePlugin.PngImageFile) and "exif" not in image.info:
        return 0  # Pillow would decode all the rows to look for EXIF behind them
    return EXIF_TURNS.get(image.getexif().get(EXIF_ORIENTATION, 1), 0)


def _mode(pillow_mode: str) -> ColourMode:
    if pillow_mode == "1":
        return ColourMode.BITONAL
    if pillow_mode in ("L", "LA", "F") or pillow_mode.startswith("I"):
        return ColourMode.GRAY
    return ColourMode.COLOUR
