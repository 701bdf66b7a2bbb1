"""Two-page spread (跨页): the shadow of a gutter between two facing pages in one picture."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import Spread
from ocr.imaging.scale import MM_PER_INCH, mm_to_px, reduce_to
from ocr.imaging.tone import brightest_channel
from ocr.imaging.types import Picture

LOOK_DPI: Final = 50
MIN_ASPECT: Final = 1.15  # width over height; two facing A4 or 16K pages have 1.4
STRIPS: Final = 6
BRIGHT_QUANTILE: Final = 0.85  # of a column in a strip: paper between the lines
TILTS: Final = (-0.02, 0.0, 0.02)  # sideways per height
MIDDLE: Final = (0.35, 0.65)  # of the width
AROUND_MM: Final = 40.0
SURE: Final = 0.08  # depth of the shadow seen in all strips; single landscape pages measured 0.035 at most
SURELY_NOT: Final = 0.05


def find_spread(picture: Picture, dpi: float) -> Spread:
    """Look at an upright page for a dark column near the middle that runs through all of its height.

    A narrow page is none. A book opened so flat that its gutter casts no shadow is not seen as a spread.
    """
    height, width = picture.shape[:2]
    if width < MIN_ASPECT * height or height < 2 * STRIPS:
        return Spread(False, None, 1.0)
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    gray = brightest_channel(look)
    depth, column = max(_gutter(gray, look_dpi, tilt) for tilt in TILTS)
    if depth >= SURE:
        return Spread(True, column * MM_PER_INCH / look_dpi, min(1.0, 0.5 + depth))
    if depth > SURELY_NOT:
        return Spread(None, None, 0.0)
    return Spread(False, None, 1 - 0.5 * depth / SURELY_NOT)


def _gutter(gray: Picture, dpi: float, tilt: float) -> tuple[float, int]:
    """Depth (0 to 1) of the deepest dip that all strips share, and its column."""
    height, width = gray.shape
    shear = np.array([[1, -tilt, tilt * height / 2], [0, 1, 0]])
    upright = gray if not tilt else cv2.warpAffine(gray, shear, (width, height), borderMode=cv2.BORDER_REPLICATE)
    strips = np.array_split(upright, STRIPS, axis=0)
    dips = np.array([_dips(np.quantile(strip, BRIGHT_QUANTILE, axis=0), dpi) for strip in strips])
    shared = np.sort(dips, axis=0)[1]  # a thumb or a clip may hide the gutter in one strip
    low, high = (round(share * width) for share in MIDDLE)
    column = low + int(shared[low:high].argmax())
    return float(shared[column]), column


def _dips(profile: NDArray[np.float64], dpi: float) -> NDArray[np.float32]:
    """By what share each column is darker than the lighter columns on both sides of it."""
    reach = max(1, round(mm_to_px(AROUND_MM, dpi)))
    row = cv2.blur(profile.astype(np.float32)[None], (3, 1))
    padded = np.pad(row[0], reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach)
    left, right = windows[: len(profile)].max(axis=1), windows[-len(profile) :].max(axis=1)
    return np.asarray(1 - row[0] / np.maximum(np.minimum(left, right), 1), np.float32)
