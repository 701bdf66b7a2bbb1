"""Whether the claimed resolution (分辨率) can be true: the sheet and its characters must have the size of real ones."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from ocr.imaging.measures import Resolution
from ocr.imaging.pieces import find_pieces
from ocr.imaging.scale import MM_PER_INCH, red_channel, reduce_to
from ocr.imaging.tone import darker_by, local_paper
from ocr.imaging.types import Picture

LOOK_DPI: Final = 75
MIN_INK_DARKNESS: Final = 0.25
SHEET_MM: Final = (50.0, 450.0)  # receipts and cards to A3 with a margin
USUAL_MM: Final = (  # short, long: A5, 16K, B5, A4, Letter, B4, A3
    *((148, 210), (184, 260), (182, 257), (210, 297), (216, 279), (257, 364), (297, 420)),
)
USUAL_TOLERANCE: Final = 0.04
CHARACTER_MM: Final = (2.0, 7.5)  # 6 to 21 points
IMPOSSIBLE_MM: Final = (1.3, 12.0)
MIN_CHARACTERS: Final = 30
MAX_ASPECT: Final = 1.4
A4_MM: Final = (210.0, 297.0)


def judge_resolution(picture: Picture, dpi: float) -> Resolution:
    """Plausible: a usual paper size, or a possible one with characters of 2 to 7.5 mm. In doubt None.

    `dpi` is what the file or the device claims. What is suggested instead makes the sheet A4.
    """
    height, width = picture.shape[:2]
    width_mm, height_mm = width * MM_PER_INCH / dpi, height * MM_PER_INCH / dpi
    character_mm = _character_mm(picture, dpi)
    plausible = _plausible(width_mm, height_mm, character_mm)
    suggested = None if plausible else _dpi_of_a4(width, height)
    return Resolution(width_mm, height_mm, character_mm, plausible, suggested)


def _plausible(width_mm: float, height_mm: float, character_mm: float | None) -> bool | None:
    short, long = sorted((width_mm, height_mm))
    if not (short >= SHEET_MM[0] and long <= SHEET_MM[1]):
        return False
    if character_mm is not None and not IMPOSSIBLE_MM[0] <= character_mm <= IMPOSSIBLE_MM[1]:
        return False
    if any(abs(short - a) <= USUAL_TOLERANCE * a and abs(long - b) <= USUAL_TOLERANCE * b for a, b in USUAL_MM):
        return True
    if character_mm is not None and CHARACTER_MM[0] <= character_mm <= CHARACTER_MM[1]:
        return True
    return None


def _character_mm(picture: Picture, dpi: float) -> float | None:
    """Median side of the squarish pieces of ink (whole Chinese characters run together at this size), or None."""
    gray, gray_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    _, stats, _ = find_pieces(darker_by(MIN_INK_DARKNESS, gray, local_paper(gray, gray_dpi)))
    width, height = (stats[1:, column].astype(np.float64) for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    side, short = np.maximum(width, height), np.minimum(width, height)
    squarish = side[(side <= MAX_ASPECT * short) & (side >= 3)]
    if len(squarish) < MIN_CHARACTERS:
        return None
    return float(np.quantile(squarish, 0.6)) * MM_PER_INCH / gray_dpi


def _dpi_of_a4(width: int, height: int) -> int:
    short, long = sorted((width, height))
    return round((short / A4_MM[0] + long / A4_MM[1]) / 2 * MM_PER_INCH)
