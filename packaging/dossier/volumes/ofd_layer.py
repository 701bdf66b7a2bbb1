"""The invisible text over a page of an OFD: one text object a recognised line, each character at its own place."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from dossier.volumes.font import ASCENT, DESCENT, FULL, usual_width
from dossier.volumes.layer import Frame, is_column, upright
from dossier.volumes.ofd_archive import OfdArchive, child, figures
from dossier.volumes.text import character_centres, layer_text
from ocr.engines.types import Line

MM_PER_INCH = 25.4
_SIZE = 0.8  # of the line's box: at its full height readers mark the text a millimetre too low
_INVISIBLE = "0"


def add_text(layer: ET.Element, ofd: OfdArchive, lines: Sequence[Line], dpi: float, font: str) -> None:
    """Add the lines that hold a character to a page's layer, in their order; boxes in pixels of `dpi`."""
    for line in lines:
        text = layer_text(line.text)
        if not text:
            continue
        scale = MM_PER_INCH / dpi
        frame = upright(line.box, scale, 0.0)
        column = is_column(text, frame)
        size = min(frame.width, frame.height / len(text)) if column else _SIZE * frame.height
        element = child(
            layer,
            "TextObject",
            ID=ofd.new_id(),
            Boundary=figures(frame.left, -frame.top, frame.width, frame.height),
            Font=font,
            Size=figures(size),
            Alpha=_INVISIBLE,
        )
        # Readers look for the opacity in either place.
        child(element, "FillColor", Value="0 0 0", Alpha=_INVISIBLE)
        child(element, "TextCode", text, **(_column(text, frame, size) if column else _row(line, frame, size, scale)))


def _column(text: str, frame: Frame, size: float) -> dict[str, str]:
    pitch = frame.height / len(text)
    return {
        "X": figures((frame.width - size) / 2),
        "Y": figures(size * ASCENT / (ASCENT - DESCENT)),
        "DeltaY": figures(*[pitch] * (len(text) - 1)),
    }


def _row(line: Line, frame: Frame, size: float, scale: float) -> dict[str, str]:
    starts = _starts(line, frame, size, scale)
    middle = (ASCENT + DESCENT) / 2 / (ASCENT - DESCENT)  # of a glyph, above the baseline
    place = {"X": figures(starts[0]), "Y": figures(frame.height / 2 + middle * size)}
    steps = [right - left for left, right in itertools.pairwise(starts)]
    return {**place, "DeltaX": figures(*steps)} if steps else place


def _starts(line: Line, frame: Frame, size: float, scale: float) -> list[float]:
    """Return the left edge of each character from the frame's, rising."""
    text = layer_text(line.text)
    widths = [usual_width(c) / FULL for c in text]
    centres = character_centres(line)
    if centres is None:
        em = frame.width / sum(widths)
        return [em * before for before in itertools.accumulate(widths[:-1], initial=0.0)]
    starts: list[float] = []
    for index, (centre, width) in enumerate(zip(centres, widths, strict=True)):
        behind = starts[-1] + widths[index - 1] * size if index else 0.0
        start = behind if centre is None else centre[0] * scale - frame.left - width * size / 2
        starts.append(max(start, starts[-1] if starts else start))
    return starts
