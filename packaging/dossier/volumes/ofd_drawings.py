"""What is drawn over a page of an OFD, as in the PDF: its number and the training mark, as outlines."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from dossier.volumes.fonts import bold_outlines
from dossier.volumes.ofd_archive import OfdArchive, child, figures
from dossier.volumes.overlays import (
    COPY,
    COPY_COLOUR,
    DIGITS,
    TRAINING,
    Matrix,
    copy_place,
    text_width,
    training_place,
)
from dossier.volumes.types import NumberStamp

POINT_MM = 25.4 / 72
_OPERATORS = {"m": "M", "l": "L", "c": "B", "h": "C"}  # ISO 32000-1, 8.5.2 -> GB/T 33190, 9.1
# Only the outlines: readers differ in what they do with a transparent filling, one paints over the words.
_TRAINING_COLOUR, _TRAINING_LINE_MM = "#7AA5D9", 0.5


def add_number(
    layer: ET.Element,
    ofd: OfdArchive,
    text: str,
    stamp: NumberStamp,
    place: tuple[float, float],
    page: tuple[float, float],
) -> None:
    """Draw a page number with its lower left corner at `place`; page and place in points, origin at the bottom left."""
    scale = stamp.font_pt / 1000
    drawn = _outlines(text, DIGITS, (scale, 0, 0, scale, *place), page[1])
    _add(layer, ofd, page, drawn, stamp.colour)


def add_copy(layer: ET.Element, ofd: OfdArchive, page: tuple[float, float]) -> None:
    """Draw the mark of a reading copy at the foot of a page of this size in points."""
    drawn = _outlines(COPY, COPY, copy_place(page[0]), page[1])
    _add(layer, ofd, page, drawn, COPY_COLOUR)


def add_training(layer: ET.Element, ofd: OfdArchive, page: tuple[float, float]) -> None:
    """Draw the training mark along the diagonal of a page of this size in points."""
    drawn = _outlines(TRAINING, TRAINING, training_place(*page, text_width(TRAINING)), page[1])
    _add(layer, ofd, page, drawn, _TRAINING_COLOUR, line_mm=_TRAINING_LINE_MM)


def _add(
    layer: ET.Element,
    ofd: OfdArchive,
    page: tuple[float, float],
    drawn: str,
    colour: str,
    *,
    line_mm: float | None = None,
) -> None:
    """Add a path (GB/T 33190, 9.1), filled, or with a line of this width along it; `colour` as #RRGGBB."""
    box = figures(0, 0, page[0] * POINT_MM, page[1] * POINT_MM)
    filled, stroked = ("true", "false") if line_mm is None else ("false", "true")
    width = {} if line_mm is None else {"LineWidth": figures(line_mm)}
    element = child(layer, "PathObject", ID=ofd.new_id(), Boundary=box, Stroke=stroked, Fill=filled, **width)
    value = " ".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    child(element, "FillColor" if line_mm is None else "StrokeColor", Value=value)
    child(element, "AbbreviatedData", drawn)


def _outlines(text: str, among: str, matrix: Matrix, page_height: float) -> str:
    """`among`: one of a few strings that holds all of `text`, as each opens the font once."""
    outlines = bold_outlines(among)
    drawn, along = [], 0
    for character in text:
        drawn.append(_path(outlines[character].path.decode(), along, matrix, page_height))
        along += outlines[character].advance
    return " ".join(filter(None, drawn))


def _path(operators: str, along: float, matrix: Matrix, page_height: float) -> str:
    """Return PDF path operators as OFD's, in millimetres from the page's top left corner."""
    a, b, c, d, e, f = matrix
    words = []
    for line in operators.splitlines():
        *values, operator = line.split()
        words.append(_OPERATORS[operator])
        for x, y in zip(map(float, values[::2]), map(float, values[1::2]), strict=True):
            right, up = a * (x + along) + c * y + e, b * (x + along) + d * y + f
            words.append(figures(right * POINT_MM, (page_height - up) * POINT_MM))
    return " ".join(words)
