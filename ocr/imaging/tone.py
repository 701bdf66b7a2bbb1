"""Light and dark over a page: what the paper is around each pixel, and how much darker than it a pixel is."""

from __future__ import annotations

from math import ceil
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
    return np.maximum(np.maximum(picture[:, :, 0], picture[:, :, 1]), picture[:, :, 2])


def darkest_channel(picture: Picture) -> Picture:
    """(height, width) smallest of blue, green and red; a gray picture as it is."""
    if picture.ndim == 2:
        return picture
    return np.minimum(np.minimum(picture[:, :, 0], picture[:, :, 1]), picture[:, :, 2])


def level_at(picture: Picture, share: float, where: Picture | None = None, channel: int = 0) -> float:
    """The level below which this share (0 to 1) of a channel lies: np.quantile, in a tenth of its time.

    `where` (height, width) is not 0 on the pixels that count; there is at least one.
    """
    counts = cv2.calcHist([np.ascontiguousarray(picture)], [channel], where, [256], [0, 256])
    up_to = np.cumsum(counts.ravel(), dtype=np.float64)
    place = share * (up_to[-1] - 1)
    low, high = np.searchsorted(up_to, [np.floor(place), np.ceil(place)], side="right")
    return float(low + (high - low) * (place % 1))


def brightest_part(brightness: Picture, share: float) -> Picture:
    """1 on all pixels but the darkest of this share (0 to 1)."""
    return (brightness >= ceil(level_at(brightness, share))).view(np.uint8)


def median_colour(picture: Picture, where: Picture) -> NDArray[np.float64]:
    """Of each channel the middle level, where `where` is not 0."""
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    return np.array([level_at(picture, 0.5, where, channel) for channel in range(channels)])


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
    return share_missing(gray, local_paper(gray, dpi))


def share_missing(gray: Picture, paper: Picture) -> Plane:
    """By what share of the paper's brightness something is darker: 0 not darker, 1 black."""
    return np.asarray(np.maximum(1 - gray / np.maximum(paper.astype(np.float32), 1), 0), np.float32)


def darker_by(share: float, gray: Picture, paper: Picture) -> Picture:
    """1 where `share_missing` is at least that share, else 0: by whole levels, in a tenth of the time."""
    dark_below = np.floor((1 - share) * np.maximum(np.arange(256), 1) + 1e-6).astype(np.uint8)
    return (gray <= cv2.LUT(paper, dark_below)).view(np.uint8)
