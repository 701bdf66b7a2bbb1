"""Black scanner border (黑边): how deep the lid shows on each side, never deeper than the paper's own edge."""

from __future__ import annotations

from math import ceil
from typing import Final

import cv2
import numpy as np

from ocr.imaging.geometry import widened
from ocr.imaging.scale import MM_PER_INCH, mm_to_px, red_channel, reduce_to
from ocr.imaging.tone import level_at
from ocr.imaging.types import Border, Picture

LOOK_DPI: Final = 75
MAX_DEPTH_MM: Final = 20.0  # deeper darkness is a photo or a black page, not a lid
MIN_DEPTH_MM: Final = 0.5
DARK_SHARE: Final = 0.45  # of the paper's brightness
SURE_SHARE: Final = 0.02  # of a side's lines may be shallower (dust on the lid)


def find_border(picture: Picture, dpi: float, skew_deg: float | None) -> Border:
    """Depth of the dark border on each side of the picture as given, in mm; 0 where there is none.

    Looked at in the straightened page: everything outside the picture counts as dark there, so a depth is found only
    where the whole side is dark, and it is that of the shallowest place less one pixel at 75 dpi (0.34 mm). So a cut at
    this depth after straightening never touches the paper.
    """
    gray, gray_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    height, width = gray.shape
    deg = skew_deg or 0.0
    straight = _straighten(gray, deg)
    extra_x, extra_y = ((new - old) / 2 for new, old in zip(widened(width, height, deg), (width, height), strict=True))
    dark = straight < ceil(DARK_SHARE * level_at(gray, 0.9))
    deepest = round(mm_to_px(MAX_DEPTH_MM, gray_dpi) + max(extra_x, extra_y))
    sides = ((dark, extra_x), (dark.T, extra_y), (dark[:, ::-1], extra_x), (dark.T[:, ::-1], extra_y))
    depths = [_depth(side, deepest) - extra - 1 for side, extra in sides]
    in_mm = [max(0.0, px * MM_PER_INCH / gray_dpi) for px in depths]
    return Border(*(mm if mm >= MIN_DEPTH_MM else 0.0 for mm in in_mm))


def _straighten(gray: Picture, deg: float) -> Picture:
    height, width = gray.shape
    new_width, new_height = (round(side) for side in widened(width, height, deg))
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -deg, 1.0)
    matrix[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    return np.asarray(cv2.warpAffine(gray, matrix, (new_width, new_height), borderValue=0), np.uint8)


def _depth(dark_from_left: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], deepest: int) -> float:
    """How many columns from the left are dark in (nearly) every row; 0 when most rows are dark beyond `deepest`."""
    strip = dark_from_left[:, : deepest + 1]
    runs = np.where(strip.all(axis=1), deepest + 1, strip.argmin(axis=1))
    if np.median(runs) > deepest:
        return 0.0
    return float(np.quantile(runs, SURE_SHARE, method="lower"))
