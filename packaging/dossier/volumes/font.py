"""The font of the text layer: no picture of any character, only its width and its meaning.

One glyph a width, each a contour without area: PDFium drops a text object of one glyph whose outline is empty.
A character's code is its code point. What that does not serve gets a code of the private use area: characters beyond
the basic plane, and Latin and digits set wider than half an em (numbers on forms are often spaced out).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from dossier.volumes.errors import TooManyRareCharacters
from dossier.volumes.pdf import PdfWriter, array, dictionary, ref
from dossier.volumes.text import is_full_width

ASCENT, DESCENT = 880, -120
WIDTHS = (500, 600, 700, 800, 900, 1000)  # thousandths of the font size
HALF, FULL = WIDTHS[0], WIDTHS[-1]
_NAME = "JuanzongTextLayer"
_SPARE = range(0xE000, 0xF900)  # private use; pypdf takes two codes of the surrogate range for one character
_CMAP_BLOCK = 100  # most entries of one bfchar block


@cache
def font_program() -> bytes:
    """Return the TrueType font: .notdef and one glyph for each of `WIDTHS`, in their order."""
    widths = {".notdef": FULL} | {f"wide{width}": width for width in WIDTHS}
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


def usual_width(character: str) -> int:
    """Return a character's width in thousandths of the font size, where nothing else is known."""
    return FULL if is_full_width(character) else HALF


class LayerFont:
    """Gives out codes while pages are written and writes the font objects when all codes are known."""

    def __init__(self, pdf: PdfWriter) -> None:
        self._pdf = pdf
        self._used: dict[tuple[str, int], int] = {}
        self._spare = iter(_SPARE)
        self.horizontal = pdf.reserve()
        self.vertical = pdf.reserve()

    def encode(self, text: str, widths: Sequence[int] | None = None) -> bytes:
        """Return a hexadecimal string object; `widths` out of `WIDTHS`. Raises `TooManyRareCharacters`."""
        sized = zip(text, widths or map(usual_width, text), strict=True)
        return b"<" + b"".join(b"%04X" % self._code(*one) for one in sized) + b">"

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
        narrow = sorted((code, width) for (_, width), code in self._used.items() if width != FULL)
        descendant = {
            "Type": b"/Font",
            "Subtype": b"/CIDFontType2",
            "BaseFont": b"/" + _NAME.encode(),
            "CIDSystemInfo": b"<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "FontDescriptor": ref(self._pdf.put(dictionary(descriptor))),
            "DW": b"%d" % FULL,
            "W": array([b"%d %d %d" % (code, code, width) for code, width in narrow]),
            "CIDToGIDMap": ref(self._pdf.put_stream({}, _glyph_map(narrow))),
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

    def _code(self, character: str, width: int) -> int:
        if (code := self._used.get((character, width))) is None:
            code = ord(character)
            if code > 0xFFFF or code in _SPARE or width != usual_width(character):
                code = self._next_spare()
            self._used[character, width] = code
        return code

    def _next_spare(self) -> int:
        try:
            return next(self._spare)
        except StopIteration:
            raise TooManyRareCharacters(limit=len(_SPARE)) from None


def _glyph_map(narrow: list[tuple[int, int]]) -> bytes:
    """Return the glyph index of each code, two bytes each: the glyph of full width, others for `narrow`."""
    glyphs = bytearray(bytes((0, len(WIDTHS))) * 0x10000)
    for code, width in narrow:
        glyphs[2 * code + 1] = 1 + WIDTHS.index(width)
    return bytes(glyphs)


def _to_unicode(used: dict[tuple[str, int], int]) -> bytes:
    texts = sorted((code, character.encode("utf-16-be").hex().upper()) for (character, _), code in used.items())
    rows = [b"<%04X> <%s>" % (code, text.encode()) for code, text in texts]
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
