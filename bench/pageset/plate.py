"""One face of a sheet while it is being laid out, in mm from its top left: layers of ink at 600 dpi, and its truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from pageset.ink import TONER, Ink
from pageset.lettering import PX_PER_MM, Type, drawable
from pageset.truth import CharBox, DrawnMark, Quad, TextLine, around, box_quad

ASCENT = 0.88  # of the em, above the baseline, in all our typefaces
INKED = 40  # coverage of 255 from which a pixel counts as ink
Coverage = NDArray[np.uint8]  # (height, width), 0 to 255, at 600 dpi


@dataclass(frozen=True)
class Pasted:
    """A picture glued on the sheet. `pixels`: (height, width, 3) R, G, B."""

    left: float  # mm
    top: float
    width: float
    pixels: NDArray[np.uint8]


@dataclass
class Plate:
    """A sheet of `width` x `height` mm; all lengths that its methods take are mm."""

    width: float = 210.0
    height: float = 297.0
    ink: Ink = TONER
    layers: dict[Ink, Image.Image] = field(default_factory=dict)
    pictures: list[Pasted] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    marks: list[DrawnMark] = field(default_factory=list)

    def layer(self, ink: Ink) -> Image.Image:
        """Coverage of one ink over the whole face."""
        if ink not in self.layers:
            self.layers[ink] = Image.new("L", (px(self.width), px(self.height)), 0)
        return self.layers[ink]

    def write(
        self, x: float, y: float, text: str, type_: Type, *, ink: Ink | None = None, tracking: float = 0.0
    ) -> float:
        """Set one line from the top left of its first em box; returns where it ends. `tracking`: after each one.

        Raises GlyphMissing.
        """
        draw = ImageDraw.Draw(self.layer(ink or self.ink))
        baseline = px(y + ASCENT * type_.em)
        chars = []
        for character in text:
            if not character.isspace():
                chars.append(CharBox(character, _set(draw, (px(x), baseline), character, type_, "ls")))
            x += type_.advance(character) + tracking
        self._enter(text, chars, type_.em)
        return x

    def write_down(self, x: float, y: float, text: str, type_: Type, *, ink: Ink | None = None) -> float:
        """Set one column downwards (竖排), (x, y) the top middle of its first em box; returns where it ends."""
        draw = ImageDraw.Draw(self.layer(ink or self.ink))
        chars = []
        for character in text:
            if not character.isspace():
                at = (px(x), px(y + type_.em / 2))
                chars.append(CharBox(character, _set(draw, at, character, type_, "mm")))
            y += type_.em * 1.08
        self._enter(text, chars, type_.em, vertical=True)
        return y

    def centred(
        self,
        y: float,
        text: str,
        type_: Type,
        *,
        middle: float | None = None,
        ink: Ink | None = None,
        tracking: float = 0.0,
    ) -> None:
        """One line centred on `middle`, by default the middle of the sheet."""
        width = type_.advance(text) + tracking * (len(text) - 1)
        self.write(
            (self.width / 2 if middle is None else middle) - width / 2, y, text, type_, ink=ink, tracking=tracking
        )

    def flush_right(self, right: float, y: float, text: str, type_: Type) -> None:
        self.write(right - type_.advance(text), y, text, type_)

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.25, ink: Ink | None = None) -> None:
        """A straight line."""
        draw = ImageDraw.Draw(self.layer(ink or self.ink))
        draw.line((px(x0), px(y0), px(x1), px(y1)), fill=255, width=max(1, px(width)))

    def stamp(self, x: float, y: float, coverage: Coverage, ink: Ink) -> Quad:
        """Lay a coverage with its centre at (x, y); returns the box of its ink that lies on the sheet."""
        layer = self.layer(ink)
        height, width = coverage.shape
        left, top = px(x) - width // 2, px(y) - height // 2
        area = (left, top, left + width, top + height)
        layer.paste(ImageChops.lighter(layer.crop(area), Image.fromarray(coverage)), area[:2])
        rows, columns = np.nonzero(coverage >= INKED)
        box = (left + columns.min(), top + rows.min(), left + columns.max() + 1, top + rows.max() + 1)
        clipped = np.clip(box, 0, [layer.width, layer.height] * 2) / PX_PER_MM
        return box_quad(*(float(side) for side in clipped))

    def hand_line(self, text: str, quads: list[Quad], em: float) -> None:
        """Enter a line of handwriting whose characters were stamped one by one."""
        boxes = zip((character for character in text if not character.isspace()), quads, strict=True)
        self._enter(text, [CharBox(character, quad) for character, quad in boxes], em, hand=True)

    def mark(self, kind: str, quad: Quad) -> None:
        self.marks.append(DrawnMark(kind, quad))

    def paste(self, x: float, y: float, width: float, pixels: NDArray[np.uint8]) -> None:
        self.pictures.append(Pasted(x, y, width, pixels))

    def _enter(self, text: str, chars: list[CharBox], em: float, *, hand: bool = False, vertical: bool = False) -> None:
        if chars:
            self.lines.append(
                TextLine(text.strip(), around([char.quad for char in chars]), tuple(chars), em, hand, vertical)
            )


def px(mm: float) -> int:
    return round(mm * PX_PER_MM)


class GlyphMissing(Exception):
    """A typeface would draw an empty box (tofu), and the truth would be wrong."""


def _set(draw: ImageDraw.ImageDraw, at: tuple[int, int], character: str, type_: Type, anchor: str) -> Quad:
    if not drawable(character, type_.typeface):
        raise GlyphMissing(f"{type_.typeface.name} has no {character}")
    draw.text(at, character, fill=255, font=type_.font, anchor=anchor)
    left, top, right, bottom = ink_box(type_, character, anchor)
    x, y = at
    return box_quad((x + left) / PX_PER_MM, (y + top) / PX_PER_MM, (x + right) / PX_PER_MM, (y + bottom) / PX_PER_MM)


@cache
def ink_box(type_: Type, character: str, anchor: str) -> tuple[int, int, int, int]:
    """The box of a character's ink relative to its anchor, in plate pixels (Pillow's textbbox adds the advance)."""
    mask, (x, y) = type_.font.getmask2(character, "L", anchor=anchor)
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    return x + left, y + top, x + right, y + bottom
