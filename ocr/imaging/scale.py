"""Smaller copies of a page: nearly everything is measured on them."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.imaging.types import Picture

MM_PER_INCH = 25.4


def reduce_to(picture: Picture, dpi: float, target_dpi: float) -> tuple[Picture, float]:
    """A copy at about `target_dpi` by area averaging, and the true dpi of that copy. Never enlarges."""
    if dpi <= target_dpi:
        return picture, dpi
    height, width = picture.shape[:2]
    scale = target_dpi / dpi
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), target_dpi


def thumbnail(picture: Picture, long_side: int = 256) -> Picture:
    """A copy whose longer side has at most `long_side` pixels. Never enlarges."""
    longest = max(picture.shape[:2])
    return reduce_to(picture, longest, long_side)[0]


def red_channel(picture: Picture) -> Picture:
    """Gray in which red seals and prints (nearly) vanish: the red channel; a gray picture as it is."""
    return picture if picture.ndim == 2 else np.asarray(cv2.extractChannel(picture, 2), np.uint8)


def mm_to_px(mm: float, dpi: float) -> float:
    return mm * dpi / MM_PER_INCH
