"""What is drawn over a page: its number (页号), the training mark, the mark of a reading copy. Outlines, not text: no
reader copies them."""

from __future__ import annotations

import math

from dossier.volumes.fonts import CAP_HEIGHT, bold_outlines
from dossier.volumes.pdf import Entries, PdfWriter, dictionary, number, ref
from dossier.volumes.types import NumberStamp

DIGITS = "0123456789"
TRAINING = "训练 TRAINING"
COPY = "阅读副本 以电子原件为准"  # on the pages that show an electronic original
COPY_COLOUR = "#606060"
_TRAINING_TINT = (0.86, 0.9, 0.96)  # multiplied with the page: dark ink stays dark, red stays red
_TRAINING_SHARE = 0.8  # of the page's diagonal
_COPY_PT, _COPY_FOOT_PT = 9.0, 14.0


class Overlays:
    """The shared drawings of one file. `x_objects` and `states` go into every page's resource dictionary."""

    def __init__(self, pdf: PdfWriter) -> None:
        self._digits = bold_outlines(DIGITS)
        digits = {f"N{c}": ref(_put_form(pdf, o.path + b"\nf", o.advance)) for c, o in self._digits.items()}
        training, self._training_width = _path(TRAINING)
        copy, copy_width = _path(COPY)
        self.x_objects: Entries = {
            **digits,
            "Training": ref(_put_form(pdf, training, self._training_width)),
            "Copy": ref(_put_form(pdf, copy, copy_width)),
        }
        self.states: Entries = {"Multiply": ref(pdf.put(dictionary({"Type": b"/ExtGState", "BM": b"/Multiply"})))}

    def number(self, text: str, left: float, bottom: float, stamp: NumberStamp) -> bytes:
        """Return the operators that draw a page number with its lower left corner at a place in points."""
        scale = number(stamp.font_pt / 1000)
        parts = [b"q %s %s 0 0 %s %s %s cm" % (_fill(stamp.colour), scale, scale, number(left), number(bottom))]
        parts += [b"/N%s Do 1 0 0 1 %d 0 cm" % (c.encode(), self._digits[c].advance) for c in text]
        return b" ".join(parts) + b" Q\n"

    def copy(self, width: float) -> bytes:
        """Return the operators that draw the mark of a reading copy on a page of this width in points."""
        place = b" ".join(map(number, copy_place(width)))
        return b"q %s %s cm /Copy Do Q\n" % (_fill(COPY_COLOUR), place)

    def training(self, width: float, height: float) -> bytes:
        """Return the operators that draw the training mark along the diagonal of a page of this size in points."""
        place = b" ".join(map(number, training_place(width, height, self._training_width)))
        tint = b" ".join(number(value) for value in _TRAINING_TINT)
        return b"q /Multiply gs %s rg %s cm /Training Do Q\n" % (tint, place)


def number_size(text: str, stamp: NumberStamp) -> tuple[float, float]:
    """Return width and height in points of a page number."""
    digits, scale = bold_outlines(DIGITS), stamp.font_pt / 1000
    return sum(digits[c].advance for c in text) * scale, CAP_HEIGHT * scale


Matrix = tuple[float, float, float, float, float, float]


def training_place(width: float, height: float, mark_width: float) -> Matrix:
    """Return the matrix (ISO 32000-1, 8.3.3) that lays the training mark along the diagonal of a page.

    Page in points, `mark_width` in thousandths of the font size, the mark's origin on its baseline.
    """
    angle = math.atan2(height, width)
    scale = _TRAINING_SHARE * math.hypot(width, height) / mark_width
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    half, lift = mark_width / 2, CAP_HEIGHT / 2
    return cos, sin, -sin, cos, width / 2 - half * cos + lift * sin, height / 2 - half * sin - lift * cos


def copy_place(width: float) -> Matrix:
    """Return the matrix that lays the mark of a reading copy at the foot of a page of this width in points."""
    scale = _COPY_PT / 1000
    return scale, 0, 0, scale, width / 2 - text_width(COPY) * scale / 2, _COPY_FOOT_PT


def text_width(mark: str) -> int:
    """Return the width of a mark in thousandths of the font size."""
    outlines = bold_outlines(mark)
    return sum(outlines[character].advance for character in mark)


def _fill(colour: str) -> bytes:
    """The operator that sets the colour `#RRGGBB` to fill with."""
    return b" ".join(number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)) + b" rg"


def _put_form(pdf: PdfWriter, content: bytes, advance: int) -> int:
    entries = {
        "Type": b"/XObject",
        "Subtype": b"/Form",
        "BBox": b"[-200 -400 %d 1200]" % (advance + 200),
        "Resources": b"<<>>",
    }
    return pdf.put_stream(entries, content)


def _path(mark: str) -> tuple[bytes, int]:
    outlines = bold_outlines(mark)
    parts, x = [], 0
    for character in mark:
        parts.append(b"q 1 0 0 1 %d 0 cm\n%s\nf Q" % (x, outlines[character].path))
        x += outlines[character].advance
    return b"\n".join(parts), x
