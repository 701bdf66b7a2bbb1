"""The cells of ruled tables (表格): what the lines drawn on a form enclose."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.imaging.types import Box, Picture

LOOK_DPI = 100
RULE_MM = 8  # shorter strokes belong to characters
RULE_CONTRAST = 20  # of 255, darker than the surroundings; thin gray rules reach 30
SURROUNDINGS_MM = 8
CELL_WIDTH_MM, CELL_HEIGHT_MM = 5, 4
FILLED = 0.6  # of its upright box that a cell covers; less is no rectangle
MAX_CELLS = 2000


def find_cells(picture: Picture, dpi: int) -> list[Box]:
    """Boxes (x, y, width, height in px) of the rectangles that rules enclose on an upright picture.

    A frame around other cells is none of them. Rules may lean by half a degree and may be as thin as one pixel.
    """
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    factor = max(1, round(dpi / LOOK_DPI))
    darkest = cv2.erode(gray, np.ones((factor, factor), np.uint8))[::factor, ::factor]
    rules = _rules(np.ascontiguousarray(darkest), dpi / factor)
    count, _, stats, _ = cv2.connectedComponentsWithStats(255 - rules, connectivity=4)
    px_per_mm = dpi / factor / 25.4
    height, width = rules.shape
    cells: list[Box] = []
    for x, y, w, h, area in stats[1 : min(count, MAX_CELLS)].tolist():
        inside = x > 0 and y > 0 and x + w < width and y + h < height
        large = w >= CELL_WIDTH_MM * px_per_mm and h >= CELL_HEIGHT_MM * px_per_mm
        if inside and large and area >= FILLED * w * h:
            cells.append((x * factor, y * factor, w * factor, h * factor))
    return _innermost(cells)


def _innermost(cells: list[Box]) -> list[Box]:
    if not cells:
        return []
    x, y, width, height = np.array(cells).T
    centre_x, centre_y = x + width / 2, y + height / 2
    holds = (x[:, None] < centre_x) & (centre_x < (x + width)[:, None])
    holds &= (y[:, None] < centre_y) & (centre_y < (y + height)[:, None])
    return [cell for cell, held in zip(cells, holds.sum(axis=1), strict=True) if held == 1]  # only its own centre


def _rules(gray: Picture, dpi: float) -> Picture:
    """255 where a long upright or level stroke runs."""
    around = round(SURROUNDINGS_MM * dpi / 25.4) | 1
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, RULE_CONTRAST)
    length = max(3, round(RULE_MM * dpi / 25.4))
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8)), np.uint8)
