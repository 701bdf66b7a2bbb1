"""What scanning adds at a page's edge, taken to white on a whitened picture: punch holes and the rim of the lid."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Picture

HOLE_RIM_MM: Final = 0.5  # torn or shaded edge of a punch hole
DARK_BELOW: Final = 200  # of 255, brightest channel of a whitened picture: lid and its shadow; red ink is brighter


def fill_hole(picture: Picture, dpi: float, centre: tuple[float, float], diameter_mm: float) -> None:
    """Paint a punch hole (装订孔) white, in place. `centre`: x, y in pixels."""
    radius = mm_to_px(diameter_mm / 2 + HOLE_RIM_MM, dpi)
    middle = (round(centre[0]), round(centre[1]))
    cv2.circle(picture, middle, max(1, round(radius)), (255,) * 3, cv2.FILLED, cv2.LINE_AA)


def fill_border(picture: Picture, dpi: float, depths_mm: tuple[float, float, float, float]) -> None:
    """Paint what is left of a black border (黑边) white, in place.

    `depths_mm`: how far from left, top, right, bottom the lid may show. Each line of pixels is cleared from the edge on
    while it is dark; dark that reaches deeper than that is a rule or a picture that runs to the edge, and stays.
    """
    left, top, right, bottom = (round(mm_to_px(mm, dpi)) for mm in depths_mm)
    across = picture.swapaxes(0, 1)
    for page, depth in ((picture, left), (across, top), (picture[:, ::-1], right), (across[:, ::-1], bottom)):
        if 0 < depth < page.shape[1]:
            _clear_from_left(page, depth)


def _clear_from_left(page: Picture, depth: int) -> None:
    strip = page[:, : depth + 1]
    bright: NDArray[np.bool_] = (strip if strip.ndim == 2 else strip.max(axis=2)) >= DARK_BELOW
    runs = np.where(bright.any(axis=1), bright.argmax(axis=1), 0)  # dark to the end: deeper than the lid
    strip[np.arange(depth + 1) < runs[:, None]] = 255
