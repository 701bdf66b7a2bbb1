"""Has a file arrived to its end? Told from its own structure, without decoding a pixel.

JPEG: ITU-T T.81 annex B; PNG: W3C PNG third edition, sections 5.2 and 5.3; TIFF: TIFF 6.0 sections 2, 3 and 15; PDF:
ISO 32000-1 section 7.5; OFD (GB/T 33190): the ZIP around it, APPNOTE 6.3 sections 4.3.12 and 4.3.16. What lies after a
JPEG's or PNG's end is not looked at: scanners pad.
A hole in a TIFF's picture data is not seen: nothing in the file tells of it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from mmap import mmap

MAX_TIFF_PAGES = 10_000
MAX_TIFF_ENTRIES = 4_096
MAX_TIFF_STRIPS = 1 << 20
_PDF_SEARCH_BYTES = 1024
_ZIP_SEARCH_BYTES = 22 + 0xFFFF  # the record at a ZIP's end and its longest comment
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in coded data all else is stuffing, restart or fill
_STARTXREF = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_CROSS_REFERENCE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_SOS, _EOI = 0xDA, 0xD9
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_TIFF_DATA = ((273, 279), (324, 325))  # offsets and byte counts of strips, of tiles


class FileKind(StrEnum):
    """The files taken; the value is their suffix."""

    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"
    PDF = "pdf"
    OFD = "ofd"


class NotWhole(Exception):
    """The file ends, or is full of holes, before its own structure does."""


def kind_of(data: bytes | mmap) -> FileKind | None:
    """The kind by the first bytes; None for no kind that is taken (BigTIFF is none)."""
    if data[:3] == b"\xff\xd8\xff":
        return FileKind.JPEG
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return FileKind.PNG
    if data[:4] in (b"II*\0", b"MM\0*"):
        return FileKind.TIFF
    if data[:4] == b"PK\3\4" and data.find(b"OFD.xml") >= 0:
        return FileKind.OFD
    return FileKind.PDF if data[:5] == b"%PDF-" else None


def check_whole(kind: FileKind, data: bytes | mmap) -> None:
    """Raises NotWhole. Reads every byte at most a few times and keeps none."""
    try:
        _CHECKS[kind](data)
    except struct.error as error:
        raise NotWhole(f"{kind} is cut off") from error


def _jpeg(data: bytes | mmap) -> None:
    at = 2
    while True:
        start, marker = struct.unpack_from(">BB", data, at)
        if start != 0xFF:
            raise NotWhole(f"no JPEG marker at byte {at}")
        if marker == _EOI:
            return
        if marker == 0xFF:  # fill
            at += 1
            continue
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == _SOS:
            found = _JPEG_MARKER.search(data, at)
            if found is None:
                raise NotWhole("JPEG without its end (EOI)")
            at = found.start()


def _png(data: bytes | mmap) -> None:
    at = 8
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 8 + length
        (told,) = struct.unpack_from(">I", data, end)
        with memoryview(data) as view, view[at + 4 : end] as body:
            if zlib.crc32(body) != told:
                raise NotWhole(f"PNG chunk at byte {at} does not match its check sum")
        if kind == b"IEND":
            return
        at = end + 4


def _tiff(data: bytes | mmap) -> None:
    order = "<" if data[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) == MAX_TIFF_PAGES:
            raise NotWhole("TIFF directories run in a circle or without end")
        seen.add(at)
        at = _tiff_directory(data, order, at)
    if not seen:
        raise NotWhole("TIFF without a directory")


def _tiff_directory(data: bytes | mmap, order: str, at: int) -> int:
    """Check one page's values, strips and tiles; where the next directory is, 0 for none."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if not 0 < count <= MAX_TIFF_ENTRIES:
        raise NotWhole(f"TIFF directory of {count} entries")
    arrays: dict[int, list[int]] = {}
    for number in range(count):
        place = at + 2 + 12 * number
        tag, form, values = struct.unpack_from(f"{order}HHI", data, place)
        size = _TIFF_SIZES.get(form, 1) * values
        where = place + 8 if size <= 4 else struct.unpack_from(f"{order}I", data, place + 8)[0]
        if where + size > len(data):
            raise NotWhole(f"TIFF tag {tag} lies beyond the end")
        if form in (3, 4) and any(tag in pair for pair in _TIFF_DATA):
            arrays[tag] = list(_tiff_numbers(data, order, form, values, where))
    _check_tiff_data(arrays, len(data))
    (following,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return int(following)


def _tiff_numbers(data: bytes | mmap, order: str, form: int, values: int, where: int) -> Iterator[int]:
    if values > MAX_TIFF_STRIPS:
        raise NotWhole(f"TIFF page of {values} strips")
    yield from struct.unpack_from(f"{order}{values}{'H' if form == 3 else 'I'}", data, where)


def _check_tiff_data(arrays: dict[int, list[int]], size: int) -> None:
    pairs = [(arrays[at], arrays[length]) for at, length in _TIFF_DATA if at in arrays and length in arrays]
    if not pairs:
        raise NotWhole("TIFF page without picture data")
    for offsets, lengths in pairs:
        if len(offsets) != len(lengths) or any(at + length > size for at, length in zip(offsets, lengths, strict=True)):
            raise NotWhole("TIFF picture data lies beyond the end")


def _pdf(data: bytes | mmap) -> None:
    found = _STARTXREF.search(data, max(0, len(data) - _PDF_SEARCH_BYTES))
    if found is None:
        raise NotWhole("PDF without its end (startxref, %%EOF)")
    if _CROSS_REFERENCE.match(data, int(found[1])) is None:
        raise NotWhole("PDF whose cross-reference is not where it says")


def _ofd(data: bytes | mmap) -> None:
    end = data.rfind(b"PK\5\6", max(0, len(data) - _ZIP_SEARCH_BYTES))
    if end < 0:
        raise NotWhole("OFD without the directory at its end")
    size, start, comment = struct.unpack_from("<IIH", data, end + 12)
    if start + size > end or data[start : start + 4] != b"PK\1\2" or end + 22 + comment > len(data):
        raise NotWhole("OFD whose directory does not lie where its end says")


_CHECKS: dict[FileKind, Callable[[bytes | mmap], None]] = {
    FileKind.JPEG: _jpeg,
    FileKind.PNG: _png,
    FileKind.TIFF: _tiff,
    FileKind.PDF: _pdf,
    FileKind.OFD: _ofd,
}
