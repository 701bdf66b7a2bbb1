"""The invisible text layer of a page (双层 PDF): where each recognised line and character stands.

One showing operator a line: readers cut lines apart at any other. The font size is the height of the line's box, the
horizontal scale the median pitch of its full-width characters; each character is pulled a little to its own place.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.volumes.font import ASCENT, DESCENT, FULL, WIDTHS, LayerFont, usual_width
from dossier.volumes.pdf import number
from dossier.volumes.text import character_centres, is_full_width, layer_text
from ocr.engines.types import Line, Quad

# Pulls in em. More overlap or gap breaks words in poppler; a gap of 1 em of the font size makes it see columns.
_CLOSER, _WIDER = 0.06, 0.08
_SPACE_CLOSER = 0.25
_WIDEST_SPACE = 0.8
_VERTICAL_RATIO = 1.5
# PDFium takes a hyphen at the end of a line out and joins the lines, unless something it does not skip follows.
_HYPHENS = ("-", "\u2010")
_AFTER_HYPHEN = "\u00a0"
_MIN_PITCHES = 3


@dataclass(frozen=True)
class Frame:
    """An upright box, usually in points, origin at the page's bottom left; `left`, `top` are its corner."""

    left: float
    top: float
    width: float
    height: float


def text_layer(lines: Sequence[Line], dpi: int, page_height: float, font: LayerFont) -> bytes:
    """Return the content stream operators of the layer, nothing when no line holds a character.

    Lines in pixels of the picture, `page_height` in points. Fonts are /H and /V of the page's resources.
    """
    shown = [_show(line, dpi, page_height, font) for line in lines if layer_text(line.text)]
    return b"BT 3 Tr\n" + b"\n".join(shown) + b"\nET\n" if shown else b""


def _show(line: Line, dpi: int, page_height: float, font: LayerFont) -> bytes:
    text = layer_text(line.text)
    frame = upright(line.box, 72 / dpi, page_height)
    if is_column(text, frame):
        return _column(text, frame, font)
    centres = character_centres(line)
    xs = [c and c[0] * 72 / dpi - frame.left for c in centres] if centres else None
    return _row(text, xs, frame, font)


def is_column(text: str, frame: Frame) -> bool:
    """Say whether a line is set from top to bottom."""
    return len(text) > 1 and frame.height > _VERTICAL_RATIO * frame.width


def upright(box: Quad, scale: float, page_height: float) -> Frame:
    """Return the box as if it were not turned: its own side lengths about its own centre, at least one pixel each.

    `scale`: units of `page_height` a pixel.
    """
    along = (math.dist(box[0], box[1]) + math.dist(box[3], box[2])) / 2
    across = (math.dist(box[0], box[3]) + math.dist(box[1], box[2])) / 2
    lies = abs(box[1][0] - box[0][0]) >= abs(box[1][1] - box[0][1])
    w, h = (max(side, 1.0) * scale for side in ((along, across) if lies else (across, along)))
    x, y = (scale * sum(point[axis] for point in box) / 4 for axis in (0, 1))
    return Frame(x - w / 2, page_height - y + h / 2, w, h)


def _row(text: str, centres: list[float | None] | None, frame: Frame, font: LayerFont) -> bytes:
    em = _pitch(text, centres) or frame.width / (sum(map(usual_width, text)) / FULL)
    widths = _widths(text, centres, em) if centres else [usual_width(c) for c in text]
    pulls = _pulls(text, centres, widths, em, frame.height) if centres else {}
    parts, start = [], 0
    for index, pull in pulls.items():
        if index:
            parts.append(font.encode(text[start:index], widths[start:index]))
        parts.append(b"%d" % -pull)
        start = index
    end = _line_end(text)
    parts.append(font.encode(text[start:] + end, widths[start:] + [usual_width(c) for c in end]))
    baseline = frame.top - frame.height * ASCENT / (ASCENT - DESCENT)
    return b"/H %s Tf %s Tz 1 0 0 1 %s %s Tm [%s] TJ" % (
        number(frame.height),
        number(100 * em / frame.height),
        number(frame.left),
        number(baseline),
        b" ".join(parts),
    )


def _pitch(text: str, centres: list[float | None] | None) -> float | None:
    """Return the median distance in points of neighbouring full-width characters, None when there are too few."""
    if not centres:
        return None
    distances = [
        right - left
        for (a, left), (b, right) in zip(
            zip(text, centres, strict=True), zip(text[1:], centres[1:], strict=True), strict=False
        )
        if left is not None and right is not None and is_full_width(a) and is_full_width(b)
    ]
    pitch = statistics.median(distances) if len(distances) >= _MIN_PITCHES else 0.0
    return pitch if pitch > 0 else None


def _widths(text: str, centres: list[float | None], em: float) -> list[int]:
    """Return the width of each character: of a run of half-width ones the width nearest to its median pitch."""
    widths = [usual_width(c) for c in text]
    for half, run in itertools.groupby(
        range(len(text)), lambda i: centres[i] is not None and not is_full_width(text[i])
    ):
        indices = list(run)
        places = [x for i in indices if (x := centres[i]) is not None]
        if half and len(places) >= _MIN_PITCHES:
            pitch = statistics.median(right - left for left, right in itertools.pairwise(places)) / em * FULL
            nearest = min(WIDTHS, key=lambda width: abs(width - pitch))
            widths[indices[0] : indices[-1] + 1] = [nearest] * len(indices)
    return widths


def _pulls(text: str, centres: list[float | None], widths: list[int], em: float, size: float) -> dict[int, int]:
    """Return by index how far a character is moved right of where the one before it ends, in thousandths of `em`."""
    pulls: dict[int, int] = {}
    end = 0.0
    for index, centre in enumerate(centres):
        advance = em * widths[index] / FULL
        if centre is not None:
            if index and text[index - 1] == " ":
                least, most = -_SPACE_CLOSER * em, max(0.0, _WIDEST_SPACE * size - em / 2)
            else:
                least, most = -_CLOSER * min(em, size), _WIDER * min(em, size)
            pull = round(min(max(centre - advance / 2 - end, least), most) / em * FULL)
            if pull:
                pulls[index] = pull
                end += pull * em / FULL
        end += advance
    return pulls


def _column(text: str, frame: Frame, font: LayerFont) -> bytes:
    return b"/V %s Tf 100 Tz 1 0 0 1 %s %s Tm [%s] TJ" % (
        number(frame.height / len(text)),
        number(frame.left + frame.width / 2),
        number(frame.top),
        font.encode(text + _line_end(text)),
    )


def _line_end(text: str) -> str:
    return _AFTER_HYPHEN if text.endswith(_HYPHENS) else ""
