"""Punch holes (装订孔): round dark discs near an edge that have a partner; bullets and filled circles have none."""

from __future__ import annotations

from math import ceil
from typing import Final

import cv2
import numpy as np

from ocr.imaging.measures import Hole
from ocr.imaging.pieces import find_pieces
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.tone import brightest_channel, paper_level
from ocr.imaging.types import Border, Picture

LOOK_DPI: Final = 75
DIAMETER_MM: Final = (3.8, 9.0)  # drills and punches of 4.3 to 8.2 mm, as seen at 75 dpi
EDGE_MM: Final = 21.0  # 16 and what a turn of 3 degrees adds
DARK_SHARE: Final = 0.6  # of the paper's brightness: the lid or the shadow behind the sheet
FILL: Final = (0.66, 0.92)  # of its box; a disc has 0.785
MAX_ASPECT: Final = 1.3
MAX_SPREAD: Final = 0.12  # of the paper's brightness, within the disc: a hole shows one flat colour
SPACINGS_MM: Final = (70.0, 80.0, 100.0, 108.0, 160.0)  # usual punches, ISO 838, three-hole binding (三孔一线)
SPACING_TOLERANCE_MM: Final = 2.5
DIAMETER_TOLERANCE_MM: Final = 0.9
EDGE_TOLERANCE: Final = 0.05  # of the spacing: a sheet turned by 3 degrees


Disc = tuple[float, float, float]  # x, y, diameter in pixels of the look
Sheet = tuple[float, float, float, float]  # left, top, right, bottom in pixels of the look


def find_holes(picture: Picture, dpi: float, border: Border) -> tuple[Hole, ...]:
    """Holes in pairs or rows along one edge of the sheet, in pixels of the picture as given.

    `border` is the dark border around the sheet: edges are counted from the sheet's own. A disc without a partner at a
    punch's spacing, at the same distance from the edge and of the same size is no hole.
    """
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    gray = brightest_channel(look)  # red and blue discs are no holes
    discs = _discs(gray, look_dpi)
    sheet = _sheet(gray, look_dpi, border)
    scale = dpi / look_dpi
    found = []
    for index, disc in enumerate(discs):
        fit = max(
            (_partnership(disc, other, sheet, look_dpi) for other in discs[:index] + discs[index + 1 :]), default=0.0
        )
        if fit > 0:
            x, y, diameter = (value * scale for value in disc)
            found.append(Hole(x, y, diameter, fit))
    return tuple(found)


def _sheet(gray: Picture, dpi: float, border: Border) -> Sheet:
    left, top, right, bottom = (mm_to_px(mm, dpi) for mm in (border.left, border.top, border.right, border.bottom))
    return left, top, gray.shape[1] - right, gray.shape[0] - bottom


def _discs(gray: Picture, dpi: float) -> list[Disc]:
    paper = paper_level(gray)
    labels, stats, centres = find_pieces((gray < ceil(DARK_SHARE * paper)).view(np.uint8))
    low, high = (mm_to_px(mm, dpi) for mm in DIAMETER_MM)
    width, height, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    long, short, fill = np.maximum(width, height), np.minimum(width, height), area / (width * height)
    round_enough = (long <= MAX_ASPECT * short) & (fill >= FILL[0]) & (fill <= FILL[1])
    discs = []
    for label in np.nonzero((short >= low) & (long <= high) & round_enough)[0]:
        left, top, wide, high_px, pixels = stats[label]
        piece = (labels[top : top + high_px, left : left + wide] == label).astype(np.uint8)
        inner = gray[top : top + high_px, left : left + wide][cv2.erode(piece, np.ones((3, 3), np.uint8)) > 0]
        if label and inner.size and inner.std() <= MAX_SPREAD * paper:
            x, y = centres[label]
            discs.append((float(x), float(y), float(2 * np.sqrt(pixels / np.pi))))
    return discs


def _partnership(disc: Disc, other: Disc, sheet: Sheet, dpi: float) -> float:
    """0 no pair, up to 1 the closer the spacing is to a punch's."""
    spacing = float(np.hypot(disc[0] - other[0], disc[1] - other[1])) * 25.4 / dpi
    off = min(abs(spacing - usual) for usual in SPACINGS_MM)
    if off > SPACING_TOLERANCE_MM or abs(disc[2] - other[2]) > mm_to_px(DIAMETER_TOLERANCE_MM, dpi):
        return 0.0
    reach, tolerance = mm_to_px(EDGE_MM, dpi), 1 + EDGE_TOLERANCE * mm_to_px(spacing, dpi)
    edges = zip(_edge_distances(disc, sheet), _edge_distances(other, sheet), strict=True)
    if not any(max(mine, its) <= reach and abs(mine - its) <= tolerance for mine, its in edges):
        return 0.0
    return 1 - 0.3 * off / SPACING_TOLERANCE_MM


def _edge_distances(disc: Disc, sheet: Sheet) -> tuple[float, float, float, float]:
    return disc[0] - sheet[0], disc[1] - sheet[1], sheet[2] - disc[0], sheet[3] - disc[1]
