"""Blank pages (空白页): marked, never dropped. What counts are pieces that stand out from the paper around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.types import Border, Picture

LOOK_DPI: Final = 25
MIN_CONTRAST: Final = 38  # of 255, in the channel where it is strongest; gray show-through stays below
MIN_COLOUR_CONTRAST: Final = 15  # of 255, of the spread between channels: faint prints and seals, not gray show-through
WINDOW_PX: Final = 31
MARGIN_SHARE: Final = 0.03
HOLE_MM: Final = (3.5, 9.0)  # punch holes measure 4.3 to 8.2 mm
HOLE_EDGE_MM: Final = 18.0
MIN_HOLE_FILL: Final = 0.6  # of its box; a disc has 0.79
MAX_HOLE_ASPECT: Final = 1.5
MIN_HOLE_CONTRAST: Final = 90


@dataclass(frozen=True)
class Blankness:
    blank: bool
    score: float  # 1 nothing seen, towards 0 the more pieces stand out
    pieces: int


def judge_blank(picture: Picture, dpi: float, border: Border) -> Blankness:
    """Count pieces with local contrast; a page number alone gives 3, a faint print 2, a true blank 0.

    Left out: a rim of 3 % beyond a black border, and round solid dark blobs near the edge (punch holes). Dust on a real
    blank can give more than 0, so a page with anything on it is never called blank.
    """
    small, small_dpi = reduce_to(picture, dpi, LOOK_DPI)
    layers = small[:, :, None] if small.ndim == 2 else small
    inner = _inside(layers, border, small_dpi)
    window = min(WINDOW_PX, min(inner.shape[:2]) | 1)
    darker = [_below(inner[:, :, channel], window) for channel in range(inner.shape[2])]
    contrast = np.maximum.reduce(darker)
    coloured = _below(255 - (inner.max(axis=2) - inner.min(axis=2)), window)
    standing_out = (contrast >= MIN_CONTRAST) | (coloured >= MIN_COLOUR_CONTRAST)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(standing_out.astype(np.uint8))
    pieces = 0
    for label, (x, y, width, height, area) in enumerate(stats[1:], start=1):
        deepest = int(contrast[labels == label].max()) if _hole_sized(width, height, area, small_dpi) else 0
        rim = min(x, y, inner.shape[1] - x - width, inner.shape[0] - y - height)
        if deepest >= MIN_HOLE_CONTRAST and rim <= mm_to_px(HOLE_EDGE_MM, small_dpi):
            continue
        pieces += 1
    return Blankness(pieces == 0, 1 / (1 + pieces), pieces)


def _below(layer: Picture, window: int) -> NDArray[np.int16]:
    """By how much each pixel lies below the median around it."""
    around = np.asarray(cv2.medianBlur(np.ascontiguousarray(layer), window), np.int16)
    return np.asarray(around - layer, np.int16)


def _inside(layers: Picture, border: Border, dpi: float) -> Picture:
    height, width = layers.shape[:2]
    rim = MARGIN_SHARE * min(height, width)
    left, top, right, bottom = (
        round(rim + mm_to_px(mm, dpi)) for mm in (border.left, border.top, border.right, border.bottom)
    )
    return layers[top : max(top + 1, height - bottom), left : max(left + 1, width - right)]


def _hole_sized(width: int, height: int, area: int, dpi: float) -> bool:
    low, high = (mm_to_px(mm, dpi) for mm in HOLE_MM)
    return (
        low - 1 <= min(width, height)
        and max(width, height) <= high + 1
        and max(width, height) <= MAX_HOLE_ASPECT * min(width, height)
        and area >= MIN_HOLE_FILL * width * height
    )
