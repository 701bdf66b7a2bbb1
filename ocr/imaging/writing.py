"""How alike two signatures (签名) are in shape. It tells the same words twice, not the same hand (docs/checks.md)."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.ink import Mask

WIDE, HIGH = 48, 16  # grid that the writing is stretched to
LEVELS: Final = 15  # of ink in one cell, a hexadecimal figure each
BLUR: Final = 0.75  # cells
SHIFT: Final = (3, 2)  # cells to the side and up or down
STRETCH: Final = (0.92, 1.0, 1.08)


def shape_of(ink: Mask) -> str:
    """The writing in a mask, stretched to a grid of 48 x 16, row by row; empty where there is none."""
    rows, columns = np.nonzero(ink)
    if rows.size == 0:
        return ""
    tight = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].astype(np.float32)
    grid = cv2.GaussianBlur(cv2.resize(tight, (WIDE, HIGH), interpolation=cv2.INTER_AREA), (0, 0), BLUR)
    most = float(grid.max())
    return "".join(f"{round(LEVELS * float(cell) / most):x}" for cell in grid.ravel())


def likeness(one: str, other: str) -> float:
    """Correlation, -1 to 1, of two shapes where they lie best on each other. Raises `ValueError` for no shape."""
    wide, high = SHIFT
    room = cv2.copyMakeBorder(_grid(one), high, high, wide, wide, cv2.BORDER_CONSTANT)
    grid = _grid(other)
    ways = (np.array([[by, 0, WIDE / 2 * (1 - by)], [0, 1, 0]]) for by in STRETCH)
    laid = (cv2.warpAffine(grid, way, (WIDE, HIGH)) for way in ways)
    return max(float(cv2.matchTemplate(room, each, cv2.TM_CCOEFF_NORMED).max()) for each in laid)


def _grid(shape: str) -> NDArray[np.float32]:
    if len(shape) != WIDE * HIGH:
        raise ValueError(f"a shape has {WIDE * HIGH} cells, not {len(shape)}")
    return np.array([int(cell, 16) for cell in shape], np.float32).reshape(HIGH, WIDE)
