"""Files that lie, are cut off, or want more than they are worth, each with what a station must make of it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, PngImagePlugin

from ocr.errors import OcrError, PictureBroken, PictureTooLarge, PictureUnknown

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB = 0, 2


@dataclass(frozen=True)
class Hostile:
    """`meant`: the error the file must end in, or width and height of the picture it holds."""

    name: str
    data: bytes
    meant: type[OcrError] | tuple[int, int]


def hostile_files() -> Iterator[Hostile]:
    """All of them, drawn anew; a few MB together, some of them hundreds of MB when decoded."""
    yield from _no_pictures()
    yield from _jpegs()
    yield from _pngs()
    yield from _tiffs()


def _page(width: int = 210, height: int = 297, mode: str = "RGB") -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 255, (height, width, 3)).astype(np.uint8)
    return Image.fromarray(noise).convert(mode)


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def _no_pictures() -> Iterator[Hostile]:
    page = _page()
    yield Hostile("nothing.jpg", b"", PictureUnknown)
    yield Hostile("zeros.png", bytes(4096), PictureUnknown)
    yield Hostile("two-bytes.jpg", b"\xff\xd8", PictureUnknown)
    yield Hostile("moving-gif.png", _saved(page, "GIF", save_all=True, append_images=[_page(mode="L")]), PictureUnknown)
    yield Hostile("webp.jpg", _saved(page, "WEBP"), PictureUnknown)
    yield Hostile("bmp.tif", _saved(page, "BMP"), PictureUnknown)
    yield Hostile("web-page.tif", b"<html><script>alert(1)</script></html>", PictureUnknown)
    yield Hostile("bomb-svg.png", b'<svg width="99999" height="99999"/>', PictureUnknown)
    yield Hostile("program.jpg", b"\x7fELF" + bytes(2000), PictureUnknown)
    yield Hostile("contract-pdf.jpg", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", PictureUnknown)
    yield Hostile("big-tiff.tif", b"II+\0\x08\0\0\0" + bytes(64), PictureUnknown)


def _jpegs() -> Iterator[Hostile]:
    page = _page()
    plain, progressive = _saved(page, "JPEG"), _saved(page, "JPEG", progressive=True)
    frame = plain.index(b"\xff\xc0")
    tags = b"Exif\0\0II*\0" + struct.pack("<IHHHII", 8, 9, 0x112, 3, 2**31, 2**31)
    exif = b"\xff\xe1" + struct.pack(">H", 2 + len(tags)) + tags

    def framed(width: int, height: int, precision: int = 8, kind: int = 0xC0) -> bytes:
        head = struct.pack(">BBHBHH", 0xFF, kind, 17, precision, height, width)
        return plain[:frame] + head + plain[frame + len(head) :]

    yield Hostile("head-only.jpg", plain[:20], PictureBroken)
    yield Hostile("half.jpg", plain[: len(plain) // 2], PictureBroken)
    yield Hostile("junk.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, PictureBroken)
    yield Hostile("endless-scans.jpg", progressive[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 5000, PictureBroken)
    yield Hostile("says-65500-square.jpg", framed(65_500, 65_500), PictureTooLarge)
    yield Hostile("says-8000-square.jpg", framed(8_000, 8_000), PictureBroken)
    yield Hostile("no-height.jpg", framed(210, 0), PictureBroken)
    yield Hostile("twelve-bits.jpg", framed(210, 297, precision=12), PictureBroken)
    yield Hostile("lossless-frame.jpg", framed(210, 297, kind=0xC3), PictureBroken)
    yield Hostile("cmyk.jpg", _saved(_page(mode="CMYK"), "JPEG"), (210, 297))
    yield Hostile("lying-exif.jpg", plain[:2] + exif + plain[2:], (210, 297))
    yield Hostile("archive-behind.jpg", plain + b"PK\x03\x04" + bytes(5000), (210, 297))
    yield Hostile("thin.jpg", _saved(Image.new("RGB", (1, 60_000), "white"), "JPEG"), (1, 60_000))
    yield Hostile("flat.jpg", _saved(Image.new("L", (60_000, 1)), "JPEG"), (60_000, 1))
    yield Hostile(
        "progressive-bomb.jpg",
        _saved(Image.new("RGB", (8_400, 8_500), "white"), "JPEG", progressive=True, subsampling=0),
        (8_400, 8_500),
    )


def _chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc or zlib.crc32(kind + body))


def _png(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = RGB, interlace: int = 0) -> bytes:
    """A PNG whose header says what it is told to, whatever the rows hold."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _zeros(count: int) -> bytes:
    """`count` zero bytes, compressed piece by piece."""
    press = zlib.compressobj(9)
    return b"".join(press.compress(bytes(min(1 << 20, count - at))) for at in range(0, count, 1 << 20)) + press.flush()


def _pngs() -> Iterator[Hostile]:
    plain = _saved(_page(), "PNG")
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "0" * (4 << 20), zip=True)
    bomb = struct.pack(">IIBBBBB", 8_400, 8_500, 8, RGB, 0, 0, 0)
    row = b"\0" + bytes(3 * 100)
    spoilt = plain.replace(plain[-4:], b"\0\0\0\1").replace(b"IDAT", b"IDAU", 1)
    yield Hostile("half.png", plain[: len(plain) // 2], PictureBroken)
    yield Hostile("no-picture-data.png", SIGNATURE + plain[8:33] + _chunk(b"IEND", b""), PictureBroken)
    yield Hostile("spoilt.png", spoilt, PictureBroken)
    yield Hostile("wrong-sum.png", SIGNATURE + _chunk(b"IHDR", plain[16:29], 1) + plain[33:], PictureBroken)
    yield Hostile("says-40000-square.png", _png(40_000, 40_000, row), PictureTooLarge)
    yield Hostile("says-too-many-rows.png", _png(100, 9_000, row * 100), PictureBroken)
    yield Hostile("says-too-few-rows.png", _png(100, 50, row * 100), (100, 50))
    yield Hostile("no-width.png", _png(0, 100, row), PictureBroken)
    yield Hostile("odd-depth.png", _png(100, 100, row * 100, depth=7), PictureBroken)
    yield Hostile(
        "bomb.png",
        SIGNATURE + _chunk(b"IHDR", bomb) + _chunk(b"IDAT", _zeros(8_500 * (1 + 3 * 8_400))) + _chunk(b"IEND", b""),
        (8_400, 8_500),
    )
    yield Hostile("text-bomb.png", _saved(_page(), "PNG", pnginfo=text), PictureBroken)
    yield Hostile("interlaced.png", _png(1, 1, b"\0\xff\0\0", interlace=1), (1, 1))
    yield Hostile("thin.png", _saved(Image.new("RGB", (1, 60_000), "white"), "PNG"), (1, 60_000))
    yield Hostile("sixteen-bits.png", _png(2, 1, b"\0" + b"\x80\0" * 6, depth=16), (2, 1))
    yield Hostile("see-through.png", _saved(_page(mode="RGBA"), "PNG"), (210, 297))
    yield Hostile("moving.png", _saved(_page(), "PNG", save_all=True, append_images=[_page(mode="P")]), PictureUnknown)


def _tiff(tags: dict[int, int], body: bytes = b"", next_ifd: int = 0) -> bytes:
    """One directory of LONG tags, then the body."""
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", next_ifd) + body


def _gray_tags(width: int, height: int) -> dict[int, int]:
    """Width, height, bits, no compression, black is 0, one sample, all rows in one strip (TIFF 6.0)."""
    tags = {256: width, 257: height, 258: 8, 259: 1, 262: 1, 277: 1, 278: height, 279: width * height}
    return {**tags, 273: 8 + 2 + 12 * (len(tags) + 1) + 4}


def _tiffs() -> Iterator[Hostile]:
    plain = _saved(_page(), "TIFF", compression="tiff_lzw")
    small = _gray_tags(100, 100)
    nan = np.full((20, 30), np.nan, np.float32)
    tiles = {256: 30, 257: 20, 258: 8, 259: 1, 262: 1, 277: 1, 322: 40_000, 323: 40_000, 324: 200, 325: 100}
    yield Hostile("half.tif", plain[: len(plain) // 2], PictureBroken)
    yield Hostile("head-only.tif", b"II*\0" + bytes(40), PictureBroken)
    yield Hostile("says-40000-square.tif", _tiff(_gray_tags(40_000, 40_000)), PictureTooLarge)
    yield Hostile("strips-past-the-end.tif", _tiff(small, bytes(5_000)), PictureBroken)
    yield Hostile("directory-of-itself.tif", _tiff(small, bytes(10_000), next_ifd=8), (100, 100))
    yield Hostile("huge-tiles.tif", _tiff(tiles, bytes(400)), PictureBroken)
    yield Hostile("not-numbers.tif", _saved(Image.fromarray(nan), "TIFF"), (30, 20))
    yield Hostile("sixteen-bits.tif", _saved(Image.fromarray(np.full((20, 30), 40_000, np.uint16)), "TIFF"), (30, 20))
    yield Hostile("cmyk.tif", _saved(_page(mode="CMYK"), "TIFF"), (210, 297))
    yield Hostile(
        "bomb.tif", _saved(Image.new("RGB", (8_400, 8_500)), "TIFF", compression="tiff_adobe_deflate"), (8_400, 8_500)
    )
    yield Hostile("many-pages.tif", _chain_of_pages(6_000), (1, 1))


def _chain_of_pages(pages: int) -> bytes:
    """Directories without end, each of one pixel."""
    tags = {256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: 0, 277: 1, 278: 1, 279: 1}
    size = 2 + 12 * len(tags) + 4
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for page in range(pages):
        out += struct.pack("<H", len(tags))
        out += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
        out += struct.pack("<I", 8 + size * (page + 1) if page + 1 < pages else 0)
    return bytes(out)
