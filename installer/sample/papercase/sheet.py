"""One face of a sheet while it is being written on: layers of ink, pictures pasted on it, and its truth."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from papercase.fonts import Type, require
from papercase.truth import FaceTruth, Line, Mark
from papercase.units import HEIGHT_PX, PX_PER_MM, WIDTH_PX, Box, px

ASCENT = 0.88  # of the em, above the baseline, in all our typefaces


class Ink(Enum):
    """How much red, green and blue light a full layer of the ink throws back (0 to 1)."""

    TONER = (0.10, 0.10, 0.11)
    GREY = (0.66, 0.66, 0.66)
    THERMAL = (0.36, 0.36, 0.39)
    RED = (0.80, 0.10, 0.12)  # red heads (红头)
    SEAL = (0.80, 0.09, 0.17)  # seal paste (印油)
    PASTE = (0.78, 0.13, 0.15)  # fingerprint paste (印泥)
    PEN = (0.09, 0.10, 0.17)  # gel pen


@dataclass(frozen=True)
class Picture:
    """A picture that covers the paper. `pixels`: (height, width, 3) uint8, R, G, B."""

    left: int
    top: int
    pixels: NDArray[np.uint8]


@dataclass
class Sheet:
    """A face in the making. `key` names its random streams."""

    key: str
    layers: dict[Ink, Image.Image] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    truth: FaceTruth = field(default_factory=FaceTruth)

    def layer(self, ink: Ink) -> Image.Image:
        """Coverage of one ink over the whole face, 0 to 255."""
        if ink not in self.layers:
            self.layers[ink] = Image.new("L", (WIDTH_PX, HEIGHT_PX), 0)
        return self.layers[ink]

    def write(
        self,
        x: float,
        y: float,
        text: str,
        type_: Type,
        *,
        ink: Ink = Ink.TONER,
        tracking: float = 0.0,
        kind: str = "print",
    ) -> float:
        """Set one line from (x, y), the top left of the first em box, in mm; returns where it ends.

        `tracking` is added after each character, in mm. Raises GlyphMissing.
        """
        require(text, type_.typeface)
        draw = ImageDraw.Draw(self.layer(ink))
        baseline = (y + ASCENT * type_.em) * PX_PER_MM
        boxes = []
        for character in text:
            at = (x * PX_PER_MM, baseline)
            if not character.isspace():
                draw.text(at, character, fill=255, font=type_.font, anchor="ls")
                boxes.append(draw.textbbox(at, character, font=type_.font, anchor="ls"))
            x += type_.advance(character) + tracking
        if boxes:
            left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
            box = (int(left), int(top), int(np.ceil(right - left)), int(np.ceil(bottom - top)))
            self.truth.lines.append(Line(text.strip(), box, kind))
        return x

    def centred(
        self, y: float, text: str, type_: Type, *, middle: float = 105.0, ink: Ink = Ink.TONER, tracking: float = 0.0
    ) -> None:
        """One line centred on `middle`, in mm."""
        width = type_.advance(text) + tracking * (len(text) - 1)
        self.write(middle - width / 2, y, text, type_, ink=ink, tracking=tracking)

    def flush_right(self, right: float, y: float, text: str, type_: Type) -> None:
        """One line that ends at `right`, in mm."""
        self.write(right - type_.advance(text), y, text, type_)

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.25, ink: Ink = Ink.TONER) -> None:
        """A straight line (mm)."""
        ImageDraw.Draw(self.layer(ink)).line((px(x0), px(y0), px(x1), px(y1)), fill=255, width=max(1, px(width)))

    def frame(
        self, x: float, y: float, width: float, height: float, *, line: float = 0.18, ink: Ink = Ink.TONER
    ) -> None:
        """A rectangle's outline (mm)."""
        corners = (px(x), px(y), px(x + width), px(y + height))
        ImageDraw.Draw(self.layer(ink)).rectangle(corners, outline=255, width=max(1, px(line)))

    def stamp(self, ink: Ink, left: int, top: int, coverage: NDArray[np.uint8]) -> Box:
        """Lay `coverage` (height, width) on a layer, top left at (left, top) pixels; returns the box of its ink."""
        layer = self.layer(ink)
        height, width = coverage.shape
        area = (left, top, left + width, top + height)
        layer.paste(ImageChops.lighter(layer.crop(area), Image.fromarray(coverage)), area[:2])
        rows, columns = np.nonzero(coverage > 40)
        return (
            left + int(columns.min()),
            top + int(rows.min()),
            int(columns.max() - columns.min()) + 1,
            int(rows.max() - rows.min()) + 1,
        )

    def paste(self, left: int, top: int, pixels: NDArray[np.uint8]) -> None:
        """Glue a picture (height, width, 3) on the sheet, its top left at (left, top) pixels."""
        self.pictures.append(Picture(left, top, pixels))

    def mark(self, kind: str, box: Box) -> None:
        self.truth.marks.append(Mark(kind, box))
