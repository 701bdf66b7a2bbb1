"""Cut-off text (文字被切): strokes that run out of the picture on a side."""

from __future__ import annotations

from typing import Final

import numpy as np

from ocr.imaging.measures import CutOff, Side
from ocr.imaging.scale import MM_PER_INCH, mm_to_px, red_channel, reduce_to
from ocr.imaging.tone import darker_by, local_paper
from ocr.imaging.types import Border, Picture

LOOK_DPI: Final = 150
STRIP_MM: Final = 12.0  # deep enough to see the paper beside a stroke
MIN_INK_DARKNESS: Final = 0.25
STROKE_MM: Final = (0.2, 8.0)  # along the side; longer runs are shadows, pictures or the sheet's own edge
INWARD_MM: Final = 0.8  # a stroke reaches at least this far in; dust on the rim does not
MIN_STROKES: Final = 4  # three columns of a table run to both sides of a form; a cut line of text leaves more
MAX_DARK_RIM: Final = 0.5  # of a side: no sheet ends there


def find_cut_off(picture: Picture, dpi: float, border: Border) -> CutOff:
    """Sides on which at least four strokes cross the picture's edge.

    Sides on which the lid shows are left out: there the sheet's own edge is in the picture.
    """
    gray, gray_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    inward = max(1, round(INWARD_MM * gray_dpi / MM_PER_INCH))
    if min(gray.shape) <= 2 * inward:
        return CutOff((), 0.0)
    deep = round(mm_to_px(STRIP_MM, gray_dpi))
    strips = {
        Side.LEFT: (border.left, gray[:, :deep].T),
        Side.TOP: (border.top, gray[:deep]),
        Side.RIGHT: (border.right, gray[:, : -deep - 1 : -1].T),
        Side.BOTTOM: (border.bottom, gray[: -deep - 1 : -1]),
    }
    strokes = {side: 0 if lid else _strokes(strip, inward, gray_dpi) for side, (lid, strip) in strips.items()}
    cut = tuple(side for side, count in strokes.items() if count >= MIN_STROKES)
    doubt = max((1 / (1 + abs(count - MIN_STROKES + 0.5)) for count in strokes.values()), default=0.0)
    return CutOff(cut, 1 - 0.5 * doubt)


def _strokes(strip: Picture, inward: int, dpi: float) -> int:
    """How many runs of ink cross the first `inward` rows of a strip (depth, length) whose first row is the side."""
    strip = np.ascontiguousarray(strip)
    ink = darker_by(MIN_INK_DARKNESS, strip, local_paper(strip, dpi))[:inward].view(np.bool_)
    crossing = ink.all(axis=0)
    if ink.any(axis=0).mean() > MAX_DARK_RIM:
        return 0
    steps = np.diff(np.concatenate([[0], crossing.view(np.int8), [0]]))
    lengths = (np.nonzero(steps < 0)[0] - np.nonzero(steps > 0)[0]) * MM_PER_INCH / dpi
    return int(((lengths >= STROKE_MM[0]) & (lengths <= STROKE_MM[1])).sum())
