"""The font of the text layer: no picture of any character, only its width and its meaning.

Two glyphs, half and full width, each a contour without area: PDFium drops a text object of one glyph whose outline is
empty. A character's code is its code point; characters beyond the basic plane get codes of the surrogate range.
"""

from __future__ import annotations

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from dossier.volumes.errors import TooManyRareCharacters
from dossier.volumes.pdf import PdfWriter, array, dictionary, ref
from dossier.volumes.text import is_full_width

ASCENT, DESCENT = 880, -120
HALF, FULL = 500, 1000
_NAME = "JuanzongTextLayer"
_SURROGATES = range(0xD800, 0xE000)
_CMAP_BLOCK = 100  # most entries of one bfchar block


@cache
def font_program() -> bytes:
    """Return the TrueType font with the glyphs .notdef, half, full."""
    widths = {".notdef": FULL, "half": HALF, "full": FULL}
    builder = FontBuilder(1000, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(list(widths))
    builder.setupGlyf({name: _diagonal(width) for name, width in widths.items()})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _diagonal(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((width, ASCENT))
    pen.closePath()
    return pen.glyph()


def width(character: str) -> int:
    """Return a character's width in thousandths of the font size."""
    return FULL if is_full_width(character) else HALF


class LayerFont:
    """Gives out codes while pages are written and writes the font objects when all codes are known."""

    def __init__(self, pdf: PdfWriter) -> None:
        self._pdf = pdf
        self._used: dict[str, int] = {}
        self._rare = iter(_SURROGATES)
        self.horizontal = pdf.reserve()
        self.vertical = pdf.reserve()

    def encode(self, text: str) -> bytes:
        """Return a hexadecimal string object. Raises `TooManyRareCharacters`."""
        return b"<" + b"".join(b"%04X" % self._code(c) for c in text) + b">"

    def put(self) -> None:
        """Write both fonts; nothing may be encoded afterwards."""
        program = font_program()
        descriptor = {
            "Type": b"/FontDescriptor",
            "FontName": b"/" + _NAME.encode(),
            "Flags": b"4",
            "FontBBox": b"[0 %d %d %d]" % (DESCENT, FULL, ASCENT),
            "ItalicAngle": b"0",
            "Ascent": b"%d" % ASCENT,
            "Descent": b"%d" % DESCENT,
            "CapHeight": b"%d" % ASCENT,
            "StemV": b"80",
            "FontFile2": ref(self._pdf.put_stream({"Length1": b"%d" % len(program)}, program)),
        }
        halves = sorted(code for c, code in self._used.items() if not is_full_width(c))
        descendant = {
            "Type": b"/Font",
            "Subtype": b"/CIDFontType2",
            "BaseFont": b"/" + _NAME.encode(),
            "CIDSystemInfo": b"<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "FontDescriptor": ref(self._pdf.put(dictionary(descriptor))),
            "DW": b"%d" % FULL,
            "W": array([b"%d %d %d" % (code, code, HALF) for code in halves]),
            "CIDToGIDMap": ref(self._pdf.put_stream({}, _glyph_map(halves))),
        }
        shared = {
            "Type": b"/Font",
            "Subtype": b"/Type0",
            "BaseFont": b"/" + _NAME.encode(),
            "DescendantFonts": array([ref(self._pdf.put(dictionary(descendant)))]),
            "ToUnicode": ref(self._pdf.put_stream({}, _to_unicode(self._used))),
        }
        self._pdf.put(dictionary({**shared, "Encoding": b"/Identity-H"}), at=self.horizontal)
        self._pdf.put(dictionary({**shared, "Encoding": b"/Identity-V"}), at=self.vertical)

    def _code(self, character: str) -> int:
        if (code := self._used.get(character)) is None:
            code = ord(character) if ord(character) < 0x10000 else next(self._rare, None)
            if code is None:
                raise TooManyRareCharacters(limit=len(_SURROGATES))
            self._used[character] = code
        return code


def _glyph_map(halves: list[int]) -> bytes:
    glyphs = bytearray(b"\0\2" * 0x10000)
    for code in halves:
        glyphs[2 * code + 1] = 1
    return bytes(glyphs)


def _to_unicode(used: dict[str, int]) -> bytes:
    rows = [b"<%04X> <%s>" % (code, c.encode("utf-16-be").hex().upper().encode()) for c, code in sorted(used.items())]
    blocks = (rows[start : start + _CMAP_BLOCK] for start in range(0, len(rows), _CMAP_BLOCK))
    return b"\n".join(
        (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
            b"endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )
