"""Blank pages (空白页): marked, never dropped. What counts are pieces that stand out from the paper around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import Hole
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.sheet import inside_sheet
from ocr.imaging.tone import brightest_channel, darkest_channel
from ocr.imaging.types import Picture

RIM_MM: Final = 5.5  # the shadow of the sheet's edge, fingers, the feed's wear
HOLE_RIM_MM: Final = 2.0
COARSE_DPI: Final = 25
MIN_CONTRAST: Final = 38  # of 255, in the channel where it is strongest; gray show-through stays below
MIN_COLOUR_CONTRAST: Final = 28  # of 255, of the spread between channels; a seal on the back of thin paper has 22
WINDOW_PX: Final = 31
MANY_PIECES: Final = 20  # the page is not blank, whatever else is on it
FINE_DPI: Final = 150
STROKE_MM: Final = 0.3  # strokes and ridges; what shows through the sheet is softer than that
AROUND_MM: Final = 1.2
MIN_SHARP_CONTRAST: Final = 4.0  # of 255
NOISE_SIGMAS: Final = 5.5
JOIN_MM: Final = 1.5
MIN_PIECE_MM2: Final = 0.5  # of sharp darkness: more than a speck of dust, less than the figure 1
MIN_PIECE_MM: Final = 1.2


@dataclass(frozen=True)
class Blankness:
    blank: bool
    score: float  # 1 nothing seen, towards 0 the more pieces stand out
    pieces: int


def judge_blank(picture: Picture, dpi: float, holes: Sequence[Hole] = ()) -> Blankness:
    """Count strong pieces, and faint ones with sharp strokes.

    Left out are the lid around the sheet, a rim of 5.5 mm and `holes` (in pixels of this picture). What is pale and
    soft is the other side of the sheet. Dirt on a real blank can count: a page with anything on it is not called blank.
    """
    fine, fine_dpi = reduce_to(picture, dpi, FINE_DPI)
    small, small_dpi = reduce_to(*reduce_to(fine, fine_dpi, 3 * COARSE_DPI), COARSE_DPI)
    pieces = _strong_pieces(small, _looked_at(small, small_dpi, holes, small_dpi / dpi))
    if pieces < MANY_PIECES:
        pieces += _sharp_pieces(fine, fine_dpi, _looked_at(fine, fine_dpi, holes, fine_dpi / dpi))
    return Blankness(pieces == 0, 1 / (1 + pieces), pieces)


def _looked_at(picture: Picture, dpi: float, holes: Sequence[Hole], scale: float) -> Picture:
    """1 on the sheet, 0 on its rim, beside it and in holes; (height, width)."""
    area = inside_sheet(picture, dpi, RIM_MM).astype(np.uint8)
    for hole in holes:
        centre = round(hole.x * scale), round(hole.y * scale)
        cv2.circle(area, centre, round(hole.diameter * scale / 2 + mm_to_px(HOLE_RIM_MM, dpi)), 0, -1)
    return area


def _strong_pieces(small: Picture, looked_at: Picture) -> int:
    """Pieces of more than a millimetre that are dark or coloured, however soft."""
    window = min(WINDOW_PX, min(small.shape[:2]) | 1)
    chroma = cv2.subtract(brightest_channel(small), darkest_channel(small))
    dark = _below(darkest_channel(small), window) >= MIN_CONTRAST
    coloured = _below(np.asarray(255 - chroma, np.uint8), window) >= MIN_COLOUR_CONTRAST
    standing_out = (dark | coloured) & (looked_at > 0)
    return int(cv2.connectedComponents(standing_out.astype(np.uint8))[0]) - 1


def _below(layer: Picture, window: int) -> NDArray[np.int16]:
    """By how much each pixel lies below the median around it."""
    around = np.asarray(cv2.medianBlur(np.ascontiguousarray(layer), window), np.int16)
    return np.asarray(around - layer, np.int16)


def _sharp_pieces(picture: Picture, dpi: float, looked_at: Picture) -> int:
    """Groups of strokes or ridges, however faint, in green: the one channel in which all usual inks are dark."""
    green = picture if picture.ndim == 2 else np.asarray(cv2.extractChannel(picture, 1), np.uint8)
    stroke, around = (max(1, round(mm_to_px(mm, dpi))) | 1 for mm in (STROKE_MM, AROUND_MM))
    level = green.astype(np.float32)
    response = cv2.blur(level, (around, around)) - cv2.blur(level, (stroke, stroke))
    response[looked_at == 0] = 0
    sigma = 1.4826 * float(np.median(np.abs(response[::4, ::4][looked_at[::4, ::4] > 0]))) if looked_at.any() else 0.0
    sharp = (response >= max(MIN_SHARP_CONTRAST, NOISE_SIGMAS * sigma)).astype(np.uint8)
    join = round(mm_to_px(JOIN_MM, dpi)) | 1
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(sharp, np.ones((join, join), np.uint8)))
    dark = np.bincount(labels[sharp > 0], minlength=len(stats))[1:]
    extent = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0) - join + 1
    large = (dark >= mm_to_px(1, dpi) ** 2 * MIN_PIECE_MM2) & (extent >= mm_to_px(MIN_PIECE_MM, dpi))
    return int(large.sum())
