"""Smaller copies of a page: nearly everything is measured on them."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.imaging.types import Picture

MM_PER_INCH = 25.4


def reduce_to(picture: Picture, dpi: float, target_dpi: float) -> tuple[Picture, float]:
    """A copy at about `target_dpi` by area averaging, and the true dpi of that copy. Never enlarges.

    Whole blocks of pixels are averaged first: eight times as fast as blocks that end within a pixel. An incomplete
    block at the right or the bottom is left out.
    """
    if dpi <= target_dpi:
        return picture, dpi
    height, width = picture.shape[:2]
    block = max(1, min(int(dpi / target_dpi), height, width))
    if block > 1:
        rows, columns = height // block, width // block
        picture = _averaged(picture[: rows * block, : columns * block], (columns, rows))
    if block * target_dpi != dpi:
        scale = target_dpi / dpi
        picture = _averaged(picture, (max(1, round(width * scale)), max(1, round(height * scale))))
    return picture, target_dpi


def _averaged(picture: Picture, size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def thumbnail(picture: Picture, long_side: int = 256) -> Picture:
    """A copy whose longer side has at most `long_side` pixels. Never enlarges."""
    longest = max(picture.shape[:2])
    return reduce_to(picture, longest, long_side)[0]


def red_channel(picture: Picture) -> Picture:
    """Gray in which red seals and prints (nearly) vanish: the red channel; a gray picture as it is."""
    return picture if picture.ndim == 2 else np.asarray(cv2.extractChannel(picture, 2), np.uint8)


def mm_to_px(mm: float, dpi: float) -> float:
    return mm * dpi / MM_PER_INCH
