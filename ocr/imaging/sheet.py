"""The sheet (纸张) in the picture: what lies inside its edges, where a lid of another colour shows around it."""

from __future__ import annotations

from typing import Final, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.types import Picture

LOOK_DPI: Final = 37.5
MIN_DIFFERENCE: Final = 12  # of 255, from the paper, in any channel: lid, or the shadow of the sheet's edge on it
MAX_DEPTH_SHARE: Final = 0.25  # of the picture: sheets turned by 15 degrees
MAX_SLOPE: Final = 0.3  # 16 degrees
MIN_ROWS_SHARE: Final = 0.15  # of a side shows lid
NEAR_PX: Final = 1.0
MIN_ON_LINE: Final = 0.7  # of the rows with lid: a sheet's edge is straight, pictures and text that touch the frame not
TRIES: Final = 60
MIN_EDGES: Final = 3
EDGES_AGREE_DEG: Final = 0.15

Line = tuple[float, float]  # depth from the side at row 0, and its change a row, in pixels
AnyPlane = TypeVar("AnyPlane", bound=np.generic)


def inside_sheet(picture: Picture, dpi: float, margin_mm: float) -> NDArray[np.bool_]:
    """True at least `margin_mm` inside the sheet's straight edges and the picture's frame.

    Same height and width as the picture. Where no lid shows the sheet ends at the frame.
    """
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    inside = np.ones(look.shape[:2], np.uint8)
    margin = mm_to_px(margin_mm, look_dpi)
    for area, line in zip(_from_each_side(inside), _edges(look), strict=True):
        start, slope = line or (0.0, 0.0)
        depth = np.maximum(start + slope * np.arange(area.shape[0]), 0) + margin
        area[np.arange(area.shape[1])[None] < depth[:, None]] = 0
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(inside, (width, height), interpolation=cv2.INTER_NEAREST) > 0, np.bool_)


def sheet_angle(picture: Picture, dpi: float) -> float | None:
    """By how many degrees the sheet is turned counter-clockwise: the mean of at least three edges that agree."""
    look, _ = reduce_to(picture, dpi, LOOK_DPI)
    angles = [
        float(np.degrees(np.arctan(line[1]))) * sense
        for line, sense in zip(_edges(look), (1, -1, -1, 1), strict=True)
        if line
    ]
    if len(angles) < MIN_EDGES or max(angles) - min(angles) > EDGES_AGREE_DEG:
        return None
    return float(np.mean(angles))


def _edges(look: Picture) -> list[Line | None]:
    """The sheet's left, right, top and bottom edge, each as seen from its own side."""
    return [_edge(lid) for lid in _from_each_side(_differs_from_paper(look))]


def _from_each_side(plane: NDArray[AnyPlane]) -> tuple[NDArray[AnyPlane], ...]:
    """Views of a plane in which the left, right, top and bottom side lie on the left."""
    return plane, plane[:, ::-1], plane.T, plane.T[:, ::-1]


def _differs_from_paper(look: Picture) -> NDArray[np.bool_]:
    layers = look[:, :, None] if look.ndim == 2 else look
    flat = layers.reshape(-1, layers.shape[2])
    brightness = flat[:, layers.shape[2] // 2]  # green
    paper = np.median(flat[brightness >= np.quantile(brightness, 0.6)], axis=0)
    low, high = (tuple(np.clip(paper + side * MIN_DIFFERENCE, 0, 255)) for side in (-1, 1))
    return np.asarray(cv2.inRange(look, low, high) == 0, np.bool_)


def _edge(lid_from_left: NDArray[np.bool_]) -> Line | None:
    """The line on which the runs of lid from the left end, or None."""
    height, width = lid_from_left.shape
    deepest = max(1, round(MAX_DEPTH_SHARE * width))
    strip = lid_from_left[:, : deepest + 1]
    depths = np.where(strip.all(axis=1), deepest + 1, strip.argmin(axis=1))
    rows = np.nonzero((depths > 0) & (depths <= deepest))[0]
    if len(rows) < max(8, MIN_ROWS_SHARE * height):
        return None
    ends = depths[rows].astype(np.float64)
    pairs = np.random.default_rng(0).integers(0, len(rows), (TRIES, 2))
    pairs = pairs[np.abs(rows[pairs[:, 0]] - rows[pairs[:, 1]]) >= len(rows) // 4]
    most, on_line = MIN_ON_LINE * len(rows), None
    for first, second in pairs:
        slope = (ends[second] - ends[first]) / (rows[second] - rows[first])
        close = np.abs(ends[first] + slope * (rows - rows[first]) - ends) <= NEAR_PX
        if abs(slope) <= MAX_SLOPE and close.sum() > most:
            most, on_line = close.sum(), close
    if on_line is None:
        return None
    slope, start = np.polyfit(rows[on_line], ends[on_line], 1)
    return float(start), float(slope)
