"""Glyphs for the text of an OFD: out of the fonts it brings along, else out of ours as stand-ins."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from fontTools.ttLib import TTFont, TTLibError

from dossier.ofd.archive import OfdParts
from dossier.ofd.paths import figures
from dossier.ofd.structure import Resource
from dossier.volumes.fonts import Outline, font_outline, stand_in_font
from dossier.volumes.pdf import PdfWriter, ref

# fontTools has no exception of its own for most of what is wrong in a font.
_FONT_FAULTS = (
    TTLibError,
    struct.error,
    AssertionError,
    AttributeError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
)
_GOTHIC = ("黑", "hei", "gothic", "sans", "arial", "helvetica", "yahei", "雅黑")
_BOLD_WEIGHT = 600


@dataclass(frozen=True)
class Glyph:
    """A glyph in the PDF: the name of its form, and its width in sizes."""

    name: str
    width: float


class Glyphs:
    """Puts each glyph into the PDF once. `x_objects`: the forms made so far. `stood_in`: names of the fonts that ours
    stand in for; `lacking`: characters nobody has."""

    def __init__(self, pdf: PdfWriter, parts: OfdParts) -> None:
        self._pdf = pdf
        self._parts = parts
        self._fonts: dict[str, TTFont | None] = {}
        self._made: dict[tuple[str, bool, str | int], Glyph | None] = {}
        self.x_objects: dict[str, bytes] = {}
        self.stood_in: set[str] = set()
        self.lacking: set[str] = set()

    def of(self, font: Resource, character: str, index: int | None, *, bold: bool) -> Glyph | None:
        """The glyph of a character; `index`: which of the font that came along. None: nobody has it, it is noted.

        Raises `OfdBroken`, `OfdTooLarge`, `FontMissing`.
        """
        name = font.element.get("FontName", "")
        key = (font.element.get("ID", name), bold, character if index is None else index)
        if key not in self._made:
            outline = self._embedded(font, character, index) or self._stand_in(font, name, character, bold)
            self._made[key] = None if outline is None else self._put(outline)
        return self._made[key]

    def _put(self, outline: Outline) -> Glyph:
        name = f"G{len(self.x_objects)}"
        entries = {
            "Type": b"/XObject",
            "Subtype": b"/Form",
            "Resources": b"<<>>",
            "BBox": b"[-4000 -4000 8000 8000]",
            "Matrix": b"[0.001 0 0 0.001 0 0]",
        }
        self.x_objects[name] = ref(self._pdf.put_stream(entries, outline.path + b"\nf"))
        return Glyph(name, outline.advance / 1000)

    def _embedded(self, font: Resource, character: str, index: int | None) -> Outline | None:
        opened = self._opened(font)
        if opened is None:
            return None
        try:
            name = opened.getBestCmap().get(ord(character)) if index is None else opened.getGlyphName(index)
            return None if name is None else font_outline(opened, name)
        except _FONT_FAULTS:
            self.stood_in.add(font.element.get("FontName", ""))
            return None

    def _opened(self, font: Resource) -> TTFont | None:
        identifier = font.element.get("ID", "")
        if identifier not in self._fonts:
            self._fonts[identifier] = self._read(font)
        return self._fonts[identifier]

    def _read(self, font: Resource) -> TTFont | None:
        location = font.element.findtext("FontFile")
        if not location:
            self.stood_in.add(font.element.get("FontName", ""))
            return None
        data = self._parts.data(font.file(location))
        try:
            return TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
        except _FONT_FAULTS:
            self.stood_in.add(font.element.get("FontName", ""))
            return None

    def _stand_in(self, font: Resource, name: str, character: str, bold: bool) -> Outline | None:
        gothic = any(word in name.lower() for word in _GOTHIC)
        heavy = bold or font.element.get("Bold") == "true"
        opened = stand_in_font(gothic=gothic, bold=heavy)
        found = opened.getBestCmap().get(ord(character))
        if found is None:
            self.lacking.add(character)
            return None
        return font_outline(opened, found)


def heavy(weight: str | None) -> bool:
    """Whether a text's weight (0 to 1000) is that of bold letters. Raises `OfdBroken`."""
    return weight is not None and figures([weight], 1)[0] >= _BOLD_WEIGHT
