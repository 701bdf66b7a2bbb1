"""Blank pages (空白页): marked, never dropped. What counts are pieces that stand out from the paper around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from ocr.imaging.measures import Hole
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.sheet import inside_sheet
from ocr.imaging.tone import Plane
from ocr.imaging.types import Picture

RIM_MM: Final = 5.5  # the shadow of the sheet's edge, fingers, the feed's wear
HOLE_RIM_MM: Final = 2.0
COARSE_DPI: Final = 25
MIN_CONTRAST: Final = 38  # of 255, in red or green; gray show-through stays below
MIN_COLOUR_CONTRAST: Final = 28  # of 255, red over green or blue over red; a seal on the back of thin paper has 22
MIN_YELLOW_CONTRAST: Final = 60  # of 255, red over blue; brown spots of old paper have 30
WINDOW_PX: Final = 31
MANY_PIECES: Final = 20  # the page is not blank, whatever else is on it
FINE_DPI: Final = 150
STROKE_MM: Final = 0.3  # strokes and ridges; what shows through the sheet is softer than that
AROUND_MM: Final = 1.2
MIN_SHARP_CONTRAST: Final = 4.0  # of 255
NOISE_SIGMAS: Final = 5.5
BROWN: Final = 1.35  # blue light lost over green: spots of old paper (黄斑) 1.5 to 1.7, black and red ink 1.0 to 1.2
JOIN_MM: Final = 1.5
MIN_PIECE_MM2: Final = 0.5  # of sharp darkness: more than a speck of dust, less than the figure 1
MIN_PIECE_MM: Final = 1.2
RED_PART: Final = 0.6  # red to blue by which green is judged: brown spots lose 0.10, 0.18, 0.30 of red, green, blue
FINE_PX: Final = 3  # at 150 dpi the ridges of a finger repeat every 2.8
RIDGED_MM: Final = 4.0
RIDGED_OVER_NOISE: Final = 2.0  # the power of noise varies by 1.3 over a page; the faintest prints have 4 times it
MIN_RIDGED: Final = 1.0  # steps of 255, squared: what JPEG leaves of noise has less
MIN_RIDGED_MM2: Final = 25.0


@dataclass(frozen=True)
class Blankness:
    blank: bool
    score: float  # 1 nothing seen, towards 0 the more pieces stand out
    pieces: int


def judge_blank(
    picture: Picture, dpi: float, holes: Sequence[Hole] = (), coarse: tuple[Picture, float] | None = None
) -> Blankness:
    """Count strong pieces, and faint ones with sharp strokes; where there are none, fields of pale ridges.

    Left out are the lid around the sheet, a rim of 5.5 mm and `holes` (in pixels of this picture). What is pale and
    soft is the other side of the sheet. Dirt on a real blank can count: a page with anything on it is not called blank.
    `coarse`: the picture at about 75 dpi and that dpi, where the caller has it.
    """
    fine, fine_dpi = reduce_to(picture, dpi, FINE_DPI)
    small, small_dpi = reduce_to(*(coarse or reduce_to(fine, fine_dpi, 3 * COARSE_DPI)), COARSE_DPI)
    pieces = _strong_pieces(small, _looked_at(small, small_dpi, holes, small_dpi / dpi))
    if pieces < MANY_PIECES:
        looked_at = _looked_at(fine, fine_dpi, holes, fine_dpi / dpi)
        pieces += _sharp_pieces(fine, fine_dpi, looked_at)
        if not pieces and fine.ndim == 3:
            pieces = _ridged_pieces(fine, fine_dpi, looked_at)
    return Blankness(pieces == 0, 1 / (1 + pieces), pieces)


def _looked_at(picture: Picture, dpi: float, holes: Sequence[Hole], scale: float) -> Picture:
    """1 on the sheet, 0 on its rim, beside it and in holes; (height, width)."""
    area = inside_sheet(picture, dpi, RIM_MM).astype(np.uint8)
    for hole in holes:
        centre = round(hole.x * scale), round(hole.y * scale)
        cv2.circle(area, centre, round(hole.diameter * scale / 2 + mm_to_px(HOLE_RIM_MM, dpi)), 0, -1)
    return area


def _strong_pieces(small: Picture, looked_at: Picture) -> int:
    """Dark or coloured pieces of more than a millimetre, however soft; not the brown spots of old paper."""
    blue, green, red = (
        np.asarray(layer, np.float32) for layer in (cv2.split(small) if small.ndim == 3 else [small] * 3)
    )
    less_green, less_blue = _below(green, looked_at), _below(blue, looked_at)
    brown = less_blue * (green + less_green) > BROWN * less_green * (blue + less_blue)
    dark = (np.maximum(less_green, _below(red, looked_at)) >= MIN_CONTRAST) & ~brown
    coloured = np.maximum(_below(green - red, looked_at), _below(red - blue, looked_at)) >= MIN_COLOUR_CONTRAST
    yellow = _below(blue - red, looked_at) >= MIN_YELLOW_CONTRAST
    standing_out = (dark | coloured | yellow) & (looked_at > 0)
    return int(cv2.connectedComponents(standing_out.astype(np.uint8))[0]) - 1


def _below(layer: Plane, looked_at: Picture) -> Plane:
    """By how much each pixel lies below the mean of what is looked at around it."""
    window = (WINDOW_PX, WINDOW_PX)
    weight = looked_at.astype(np.float32)
    around = cv2.blur(layer * weight, window) / np.maximum(cv2.blur(weight, window), np.float32(1e-3))
    return np.asarray(around - layer, np.float32)


def _sharp_pieces(picture: Picture, dpi: float, looked_at: Picture) -> int:
    """Groups of strokes or ridges, however faint, in green: the one channel in which all usual inks are dark."""
    green = picture if picture.ndim == 2 else np.asarray(cv2.extractChannel(picture, 1), np.uint8)
    response, around = _stroke_response(green, dpi)
    response[looked_at == 0] = 0
    sigma = 1.4826 * float(np.median(np.abs(response[::4, ::4][looked_at[::4, ::4] > 0]))) if looked_at.any() else 0.0
    sharp = (response >= max(MIN_SHARP_CONTRAST, NOISE_SIGMAS * sigma)).astype(np.uint8)
    join = round(mm_to_px(JOIN_MM, dpi)) | 1
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(sharp, np.ones((join, join), np.uint8)))
    inked = sharp > 0
    places = labels[inked]
    dark = np.bincount(places, minlength=len(stats))[1:]
    extent = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0) - join + 1
    large = (dark >= mm_to_px(1, dpi) ** 2 * MIN_PIECE_MM2) & (extent >= mm_to_px(MIN_PIECE_MM, dpi))
    if picture.ndim == 3 and large.any():  # the whole piece must be brown: a print may lie on spots
        in_blue, around_blue = _stroke_response(np.asarray(cv2.extractChannel(picture, 0), np.uint8), dpi)
        lost_green = np.bincount(places, (response / np.maximum(around, 1))[inked], len(stats))[1:]
        lost_blue = np.bincount(places, (in_blue / np.maximum(around_blue, 1))[inked], len(stats))[1:]
        large &= lost_blue <= BROWN * lost_green
    return int(large.sum())


def _ridged_pieces(picture: Picture, dpi: float, looked_at: Picture) -> int:
    """Fields of fine red lines each too pale to be seen, as the ridges of a faint print: redder here, less red there.

    Red paste takes blue and green light, spots of old paper and gray things change this mixture of the three not at
    all. Sensor noise does, evenly over the page.
    """
    blue, green, red = np.maximum(cv2.mean(picture, looked_at)[:3], 1)
    mixture = np.array([[(1 - RED_PART) * green / blue, -1, RED_PART * green / red]], np.float32)
    redness = np.asarray(cv2.transform(picture.astype(np.float32), mixture), np.float32)
    weight = looked_at.astype(np.float32)
    fine = (redness - cv2.blur(redness, (FINE_PX, FINE_PX))) * weight
    window = (round(mm_to_px(RIDGED_MM, dpi)) | 1,) * 2
    power = cv2.blur(fine * fine, window) / np.maximum(cv2.blur(weight, window), np.float32(1e-3))
    typical = float(np.median(power[::4, ::4][looked_at[::4, ::4] > 0])) if looked_at.any() else 0.0
    ridged = (power >= max(MIN_RIDGED, RIDGED_OVER_NOISE * typical)) & (looked_at > 0)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ridged.astype(np.uint8))
    return int((stats[1:, cv2.CC_STAT_AREA] >= mm_to_px(1, dpi) ** 2 * MIN_RIDGED_MM2).sum())


def _stroke_response(layer: Picture, dpi: float) -> tuple[Plane, Plane]:
    """How much darker the width of a stroke is than the millimetre around it, and that surrounding level."""
    stroke, around = (max(1, round(mm_to_px(mm, dpi))) | 1 for mm in (STROKE_MM, AROUND_MM))
    level = layer.astype(np.float32)
    surrounding = np.asarray(cv2.blur(level, (around, around)), np.float32)
    return surrounding - cv2.blur(level, (stroke, stroke)), surrounding
