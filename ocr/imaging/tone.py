"""Light and dark over a page: what the paper is around each pixel, and how much darker than it a pixel is."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.types import Picture

MODEL_DPI: Final = 12.5
REACH_MM: Final = 8.0  # wider than a bold title's stroke, narrower than the shadow of a gutter
PAPER_QUANTILE: Final = 0.9

Plane = NDArray[np.float32]


def brightest_channel(picture: Picture) -> Picture:
    """(height, width) largest of blue, green and red; a gray picture as it is."""
    if picture.ndim == 2:
        return picture
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def darkest_channel(picture: Picture) -> Picture:
    """(height, width) smallest of blue, green and red; a gray picture as it is."""
    if picture.ndim == 2:
        return picture
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def level_at(gray: Picture, share: float) -> float:
    """The brightness below which this share (0 to 1) of the pixels lies: np.quantile, in a tenth of its time."""
    counts = cv2.calcHist([np.ascontiguousarray(gray)], [0], None, [256], [0, 256])
    up_to = np.cumsum(counts.ravel(), dtype=np.float64)
    place = share * (up_to[-1] - 1)
    low, high = np.searchsorted(up_to, [np.floor(place), np.ceil(place)], side="right")
    return float(low + (high - low) * (place % 1))


def paper_level(gray: Picture) -> float:
    """Brightness of the bare paper, 0 to 255, on any page that is not mostly covered."""
    return level_at(gray[::2, ::2], PAPER_QUANTILE)


def local_paper(gray: Picture, dpi: float) -> Picture:
    """Brightness of the brightest paper within 4 mm of each pixel, smooth; same shape."""
    small, small_dpi = reduce_to(gray, dpi, MODEL_DPI)
    size = max(3, round(mm_to_px(REACH_MM, small_dpi)) | 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    around = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, disc), (3, 3))
    return np.asarray(cv2.resize(around, gray.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def darkness(gray: Picture, dpi: float) -> Plane:
    """By what share each pixel is darker than the paper around it: 0 paper, 1 black."""
    paper = np.maximum(local_paper(gray, dpi).astype(np.float32), 1)
    return np.asarray(np.maximum(1 - gray / paper, 0), np.float32)
