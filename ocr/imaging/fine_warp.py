"""Turning a picture without losing fine lines, at little more than half the time of a cubic warp.

Each tile is doubled by cubic convolution, which runs along rows and columns and is fast, and the doubled tile is turned
by linear interpolation, whose loss falls to a quarter when a line is twice as many pixels wide. Of lines with a period
of 5 to 6 pixels, as fingerprint ridges have at 300 dpi, at least 95 % of the contrast stays anywhere on the page
(linear 83 %, cubic 99 %).
"""

from __future__ import annotations

from math import ceil, floor
from typing import Final

import cv2
import numpy as np

from ocr.imaging.types import Box, Matrix, Picture

TILE_PX: Final = 256  # doubled and in four channels a tile fills half of a processor's second cache
REACH_PX: Final = 3  # what cubic and linear interpolation look at around a place
DOUBLED: Final = np.array([[2.0, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])  # pixel centres of a picture twice as large


def warp_finely(picture: Picture, matrix: Matrix, size: tuple[int, int], paper: tuple[int, int, int]) -> Picture:
    """The picture under an affine `matrix` (3 x 3, original to result) that does not enlarge, `size` (width, height).

    What lies outside the original is `paper` (B, G, R; gray: its first number).
    """
    width, height = size
    result = np.empty((height, width, *picture.shape[2:]), np.uint8)
    back = np.asarray(np.linalg.inv(matrix), np.float64)
    for top in range(0, height, TILE_PX):
        for left in range(0, width, TILE_PX):
            tile = result[top : top + TILE_PX, left : left + TILE_PX]
            _fill(tile, picture, back @ _shift(left, top), paper)
    return result


def _fill(tile: Picture, picture: Picture, back: Matrix, paper: tuple[int, int, int]) -> None:
    """`back` maps pixels of the tile to the picture."""
    height, width = tile.shape[:2]
    around = _around(back, width, height)
    source = _cut(picture, around, paper)
    if source is None:
        tile[:] = paper[0] if tile.ndim == 2 else paper
        return
    double = cv2.resize(source, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    to_double = DOUBLED @ _shift(-around[0], -around[1]) @ back
    turned = cv2.warpAffine(double, to_double[:2], (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    if tile.ndim == 2:
        tile[:] = turned
    else:
        cv2.cvtColor(turned, cv2.COLOR_BGRA2BGR, dst=tile)


def _around(back: Matrix, width: int, height: int) -> Box:
    """The part of the picture that a tile is made of; it may reach past the picture."""
    (xx, xy, x), (yx, yy, y) = back[:2].tolist()  # plain numbers: there are hundreds of tiles
    right, down = width - 1, height - 1
    xs = (x, x + xx * right, x + xy * down, x + xx * right + xy * down)
    ys = (y, y + yx * right, y + yy * down, y + yx * right + yy * down)
    left, top = floor(min(xs)) - REACH_PX, floor(min(ys)) - REACH_PX
    return left, top, ceil(max(xs)) + REACH_PX + 1 - left, ceil(max(ys)) + REACH_PX + 1 - top


def _cut(picture: Picture, box: Box, paper: tuple[int, int, int]) -> Picture | None:
    """That part of the picture, colour in four channels (half the time of three); None where all of it is outside."""
    x, y, width, height = box
    left, top = max(0, x), max(0, y)
    right, bottom = min(picture.shape[1], x + width), min(picture.shape[0], y + height)
    if left >= right or top >= bottom:
        return None
    part = picture[top:bottom, left:right]
    if picture.ndim == 3:
        part = np.asarray(cv2.cvtColor(part, cv2.COLOR_BGR2BGRA), np.uint8)
    beyond = (top - y, y + height - bottom, left - x, x + width - right)
    if any(beyond):
        part = np.asarray(cv2.copyMakeBorder(part, *beyond, cv2.BORDER_CONSTANT, value=paper), np.uint8)
    return part


def _shift(right: int, down: int) -> Matrix:
    return np.array([[1.0, 0, right], [0, 1, down], [0, 0, 1]])
