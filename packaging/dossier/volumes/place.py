"""Where a page number goes: its corner, or the nearest place there without ink."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dossier.volumes.types import NumberStamp

_LOOK_DPI = 75  # ink is looked for in a picture reduced to about this
_INK_STEP = 40  # gray levels darker than the paper
_PAPER = 90  # percentile of the corner's gray levels
_AIR_MM = 1.0  # free around the number
_STEP_MM = 2.0
_REACH_MM = 40.0  # how far the number may move down and in
_MM = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A picture and the size in points of the page it fills."""

    picture: Path
    dpi: int
    side: str  # front | back
    width: float
    height: float


@lru_cache(maxsize=4096)  # the PDF and the OFD of a volume ask the same, page after page; a picture costs its decoding
def number_place(sheet: Sheet, size: tuple[float, float], stamp: NumberStamp) -> tuple[float, float]:
    """Return the lower left corner in points for a number of `size` (width, height in points).

    Front faces top right, back faces top left, `stamp.margin_mm` from the edges. Where ink stands it moves down and in
    by steps, the shortest way first; where ink is everywhere it takes the place with the least.
    """
    ink, scale = _ink(sheet)
    places = sorted(
        ((down, across) for down in np.arange(0, _REACH_MM, _STEP_MM) for across in np.arange(0, _REACH_MM, _STEP_MM)),
        key=lambda move: (move[0] + move[1], move[1]),
    )
    corners = [_corner(sheet, size, stamp, float(down), float(across)) for down, across in places]
    covered = [_covered(ink, scale, corner, size) for corner in corners]
    left, top = corners[covered.index(min(covered))]
    return left, sheet.height - top - size[1]


def _corner(
    sheet: Sheet, size: tuple[float, float], stamp: NumberStamp, down: float, across: float
) -> tuple[float, float]:
    """Return left and top in points from the page's top left corner, always on the page."""
    aside = (stamp.margin_mm[0] + across) * _MM
    left = sheet.width - aside - size[0] if sheet.side == "front" else aside
    top = (stamp.margin_mm[1] + down) * _MM
    return min(max(left, 0.0), max(sheet.width - size[0], 0.0)), min(top, max(sheet.height - size[1], 0.0))


def _ink(sheet: Sheet) -> tuple[NDArray[np.int64], float]:
    """Return the summed-area table of ink over the page's upper part, and its pixels per point."""
    with Image.open(sheet.picture) as image:
        full = image.width
        reduction = max(1, sheet.dpi // _LOOK_DPI)
        image.draft("L", (image.width // reduction, image.height // reduction))
        gray = np.asarray(image.convert("L"), dtype=np.int64)
    scale = gray.shape[1] / full * sheet.dpi / 72
    reach = round((2 * _REACH_MM * _MM) * scale)
    upper = gray[:reach]
    ink = upper < np.percentile(upper, _PAPER) - _INK_STEP
    return np.pad(ink.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0))), scale


def _covered(table: NDArray[np.int64], scale: float, corner: tuple[float, float], size: tuple[float, float]) -> int:
    air = _AIR_MM * _MM
    left, right = _clip(table.shape[1], scale, corner[0] - air, corner[0] + size[0] + air)
    top, bottom = _clip(table.shape[0], scale, corner[1] - air, corner[1] + size[1] + air)
    return int(table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left])


def _clip(length: int, scale: float, start: float, stop: float) -> tuple[int, int]:
    return max(0, int(start * scale)), min(length - 1, int(stop * scale) + 1)
