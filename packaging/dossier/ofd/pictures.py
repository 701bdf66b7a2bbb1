"""Pictures of an OFD as image objects of a PDF: JPEG and JBIG2 as they are coded, all others decoded."""

from __future__ import annotations

import io
import struct

from PIL import Image, UnidentifiedImageError

from dossier.ofd.archive import OfdParts
from dossier.ofd.structure import Resource
from dossier.volumes.pdf import Entries, PdfWriter, ref
from dossier.volumes.picture import COLOUR_SPACES, read_header

MAX_PIXELS = 80_000_000
_READ = ("JPEG", "PNG", "BMP", "GIF", "TIFF")
_JBIG2 = b"\x97JB2\r\n\x1a\n"  # ITU-T T.88, D.4.1
_PAGE_INFORMATION, _LONG_COUNT, _MAX_SEGMENTS = 48, 7, 1000
_FAULTS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    EOFError,
    ValueError,
    SyntaxError,
    struct.error,
)


class Pictures:
    """Puts each picture into the PDF once. `x_objects`: those put so far. `unread`: names of those that cannot be."""

    def __init__(self, pdf: PdfWriter, parts: OfdParts) -> None:
        self._pdf = pdf
        self._parts = parts
        self._made: dict[str, str | None] = {}
        self.x_objects: dict[str, bytes] = {}
        self.unread: set[str] = set()

    def of(self, resource: Resource) -> str | None:
        """The name of its object; None: it cannot be read, it is noted.

        Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`.
        """
        name = resource.file(resource.element.findtext("MediaFile") or "")
        if name not in self._made:
            number = self._put(self._parts.data(name)) if name in self._parts else None
            if number is None:
                self.unread.add(name)
                self._made[name] = None
            else:
                self._made[name] = f"I{len(self.x_objects)}"
                self.x_objects[f"I{len(self.x_objects)}"] = ref(number)
        return self._made[name]

    def _put(self, data: bytes) -> int | None:
        try:
            return self._put_jbig2(data) if data.startswith(_JBIG2) else self._put_picture(data)
        except _FAULTS:
            return None

    def _put_picture(self, data: bytes) -> int:
        with Image.open(io.BytesIO(data), formats=_READ) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            if opened.format == "JPEG" and opened.mode in ("L", "RGB"):
                header = read_header(io.BytesIO(data))
                opened.load()  # whole, or it is not drawn
                filtered = {"ColorSpace": COLOUR_SPACES[header.components], "Filter": b"/DCTDecode"}
                entries = _entries(header.width, header.height, filtered)
                return self._pdf.put_stream(entries, data, compress=False)
            picture = opened.convert("RGBA")
        own: dict[str, bytes] = {"ColorSpace": b"/DeviceRGB"}
        alpha = picture.getchannel("A")
        if alpha.getextrema() != (255, 255):
            mask = _entries(picture.width, picture.height, {"ColorSpace": b"/DeviceGray"})
            own["SMask"] = ref(self._pdf.put_stream(mask, alpha.tobytes()))
        return self._pdf.put_stream(_entries(picture.width, picture.height, own), picture.convert("RGB").tobytes())

    def _put_jbig2(self, data: bytes) -> int:
        """What a PDF embeds is a file of sequential organisation without its head (ITU-T T.88, D.1).

        Raises `ValueError`, `struct.error`.
        """
        flags = data[8]
        if not flags & 1:
            raise ValueError("its segments do not follow each other")
        body = data[9 if flags & 2 else 13 :]
        width, height = _jbig2_size(body)
        if not 0 < width * height <= MAX_PIXELS:
            raise ValueError("too many pixels")
        filtered = {"ColorSpace": b"/DeviceGray", "Filter": b"/JBIG2Decode", "BitsPerComponent": b"1"}
        return self._pdf.put_stream(_entries(width, height, filtered), body, compress=False)


def _entries(width: int, height: int, own: Entries) -> Entries:
    size = {"Width": b"%d" % width, "Height": b"%d" % height, "BitsPerComponent": b"8"}
    return {"Type": b"/XObject", "Subtype": b"/Image", **size, **own}


def _jbig2_size(body: bytes) -> tuple[int, int]:
    """Width and height out of the page information segment (ITU-T T.88, 7.2, 7.4.8). Raises as `_put_jbig2`."""
    at = 0
    for _ in range(_MAX_SEGMENTS):
        number, flags, referred = struct.unpack_from(">IBB", body, at)
        count = referred >> 5
        at += 6
        if count == _LONG_COUNT:
            count = struct.unpack_from(">I", body, at - 1)[0] & 0x1FFFFFFF
            at += 3 + (count + 8) // 8
        at += count * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
        (length,) = struct.unpack_from(">I", body, at)
        at += 4
        if flags & 0x3F == _PAGE_INFORMATION:
            width, height = struct.unpack_from(">II", body, at)
            return width, height
        at += length
    raise ValueError("it has no page")
