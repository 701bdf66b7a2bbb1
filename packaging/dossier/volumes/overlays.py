"""What is drawn over a page: its number (页号) and the training mark. Outlines, not text: no reader copies them."""

from __future__ import annotations

import math

from dossier.volumes.fonts import CAP_HEIGHT, bold_outlines
from dossier.volumes.pdf import Entries, PdfWriter, dictionary, number, ref
from dossier.volumes.types import NumberStamp

_DIGITS = "0123456789"
_TRAINING = "训练 TRAINING"
_TRAINING_TINT = (0.86, 0.9, 0.96)  # multiplied with the page: dark ink stays dark, red stays red
_TRAINING_SHARE = 0.8  # of the page's diagonal


class Overlays:
    """The shared drawings of one file. `resources` goes into every page's resource dictionary."""

    def __init__(self, pdf: PdfWriter, stamp: NumberStamp) -> None:
        self._stamp = stamp
        self._digits = bold_outlines(_DIGITS)
        digits = {f"N{c}": ref(_put_form(pdf, o.path + b"\nf", o.advance)) for c, o in self._digits.items()}
        mark, self._mark_width = _training_path()
        self.x_objects: Entries = {**digits, "Training": ref(_put_form(pdf, mark, self._mark_width))}
        self.states: Entries = {"Multiply": ref(pdf.put(dictionary({"Type": b"/ExtGState", "BM": b"/Multiply"})))}

    def number_size(self, text: str) -> tuple[float, float]:
        """Return width and height in points of a page number."""
        scale = self._stamp.font_pt / 1000
        return sum(self._digits[c].advance for c in text) * scale, CAP_HEIGHT * scale

    def number(self, text: str, left: float, bottom: float) -> bytes:
        """Return the operators that draw a page number with its lower left corner at a place in points."""
        scale = self._stamp.font_pt / 1000
        red, green, blue = (int(self._stamp.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        parts = [b"q %s %s %s rg" % (number(red), number(green), number(blue))]
        parts.append(b"%s 0 0 %s %s %s cm" % (number(scale), number(scale), number(left), number(bottom)))
        parts += [b"/N%s Do 1 0 0 1 %d 0 cm" % (c.encode(), self._digits[c].advance) for c in text]
        return b" ".join(parts) + b" Q\n"

    def training(self, width: float, height: float) -> bytes:
        """Return the operators that draw the training mark along the diagonal of a page of this size in points."""
        angle = math.atan2(height, width)
        scale = _TRAINING_SHARE * math.hypot(width, height) / self._mark_width
        cos, sin = scale * math.cos(angle), scale * math.sin(angle)
        half, lift = self._mark_width / 2, CAP_HEIGHT / 2
        x = width / 2 - half * cos + lift * sin
        y = height / 2 - half * sin - lift * cos
        place = b" ".join(number(value) for value in (cos, sin, -sin, cos, x, y))
        tint = b" ".join(number(value) for value in _TRAINING_TINT)
        return b"q /Multiply gs %s rg %s cm /Training Do Q\n" % (tint, place)


def _put_form(pdf: PdfWriter, content: bytes, advance: int) -> int:
    entries = {
        "Type": b"/XObject",
        "Subtype": b"/Form",
        "BBox": b"[-200 -400 %d 1200]" % (advance + 200),
        "Resources": b"<<>>",
    }
    return pdf.put_stream(entries, content)


def _training_path() -> tuple[bytes, int]:
    outlines = bold_outlines(_TRAINING)
    parts, x = [], 0
    for character in _TRAINING:
        parts.append(b"q 1 0 0 1 %d 0 cm\n%s\nf Q" % (x, outlines[character].path))
        x += outlines[character].advance
    return b"\n".join(parts), x
