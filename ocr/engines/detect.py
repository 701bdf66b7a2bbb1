"""Where text stands on a page: the PP-OCR detector (differentiable binarisation, DB).

Post-processing after Liao et al., "Real-time Scene Text Detection with Differentiable Binarization" (AAAI 2020), with
rectangles instead of polygons: printed and written lines of a straightened page need no more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engines.network import Network, Tensor, normalise
from ocr.imaging.types import Picture

Corners = NDArray[np.float32]  # (4, 2) clockwise from the top-left, pixels

LONG_SIDE = 1280  # px, A4 at 109 dpi; 960 loses stamped and margin lines, 2000 costs three times as much for no more
MAX_LONG_SIDE = 2560  # px, for sheets larger than A4
DETECTION_DPI = 109
STRIDE = 32  # both sides of the network's input are multiples of this
PIXEL_CUT = 0.3  # a pixel of the map belongs to text
BOX_CUT = 0.5  # mean of the map inside a rectangle
UNCLIP = 1.6  # the map shows shrunk lines; grown again by area * UNCLIP / perimeter
MIN_SIDE = 3  # px of the map
MAX_REGIONS = 1000
MARGIN = 32  # px of bare paper left around what is on the page
SURROUNDINGS = 31  # px a pixel is compared with
INK_CONTRAST = 12  # of 255, darker than its surroundings


@dataclass(frozen=True, eq=False)
class Region:
    """A rectangle with one line of text; `corners` in pixels of the picture, clockwise from the top-left.

    Equal only to itself: arrays do not compare to one truth.
    """

    corners: Corners
    score: float

    @property
    def width(self) -> float:
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))


def find_regions(network: Network, picture: Picture, dpi: int) -> list[Region]:
    """Rectangles around the text lines of a (H, W, 3) picture, in no particular order.

    The network sees at most the picture itself, at least `LONG_SIDE`: more only for sheets larger than A4. Bare margins
    are left out.
    """
    height, width = picture.shape[:2]
    long_side = min(MAX_LONG_SIDE, max(LONG_SIDE, round(max(height, width) * DETECTION_DPI / dpi)))
    scale = min(1.0, long_side / max(height, width))
    small = _reduced(picture, max(1, round(width * scale)), max(1, round(height * scale)))
    left, top, right, bottom = inked_part(small)
    part = small[top:bottom, left:right]
    wide, high = _stride_up(right - left), _stride_up(bottom - top)
    padded = cv2.copyMakeBorder(part, 0, high - len(part), 0, wide - part.shape[1], cv2.BORDER_REPLICATE)
    likelihood = network(normalise(np.asarray(padded, np.uint8))[np.newaxis])[0, 0]
    return regions_of_map(likelihood, (width / small.shape[1], height / small.shape[0]), (left, top))


def inked_part(small: Picture) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is on a (H, W, 3) page at some 109 dpi, with `MARGIN` around.

    Noise counts as ink: a grainy page keeps its margins, and so does a bare one. What is cut off on the left and above
    is whole strides, so that the network sees the rest as on the whole page.
    """
    height, width = small.shape[:2]
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    ink = cv2.subtract(cv2.blur(gray, (SURROUNDINGS, SURROUNDINGS)), gray) > INK_CONTRAST
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if len(columns) == 0:
        return 0, 0, width, height
    left, top = (max(0, int(first - MARGIN)) // STRIDE * STRIDE for first in (columns[0], rows[0]))
    return left, top, min(width, int(columns[-1]) + 1 + MARGIN), min(height, int(rows[-1]) + 1 + MARGIN)


def regions_of_map(likelihood: Tensor, scale: tuple[float, float], shift: tuple[int, int] = (0, 0)) -> list[Region]:
    """Rectangles from the detector's (H, W) map of text likelihood (0 to 1), shifted by x, y and times the scales."""
    text = cv2.dilate((likelihood > PIXEL_CUT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(text, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    regions = []
    for contour in contours[:MAX_REGIONS]:
        (centre, (side_a, side_b), angle) = cv2.minAreaRect(contour)
        if min(side_a, side_b) < MIN_SIDE:
            continue
        score = _mean_inside(likelihood, _corners(centre, side_a, side_b, angle))
        if score < BOX_CUT:
            continue
        grow = side_a * side_b * UNCLIP / (side_a + side_b)  # area * UNCLIP / perimeter, on both sides
        corners = (_corners(centre, side_a + grow, side_b + grow, angle) + shift) * scale
        regions.append(Region(_clockwise(np.asarray(corners, np.float32)), score))
    return regions


def _reduced(picture: Picture, width: int, height: int) -> Picture:
    """Area by area; by whole halves first, which is twice as fast."""
    while picture.shape[1] >= 2 * width and picture.shape[0] >= 2 * height:
        half = (picture.shape[1] // 2, picture.shape[0] // 2)
        picture = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _stride_up(side: float) -> int:
    return max(STRIDE, math.ceil(side / STRIDE) * STRIDE)


def _corners(centre: Sequence[float], side_a: float, side_b: float, angle: float) -> Corners:
    return np.asarray(cv2.boxPoints((centre, (side_a, side_b), angle)), np.float32)


def _mean_inside(likelihood: Tensor, corners: Corners) -> float:
    height, width = likelihood.shape
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(likelihood[top : bottom + 1, left : right + 1], mask)[0])


def _clockwise(corners: Corners) -> Corners:
    """The corners of a rectangle turned by less than 45 degrees, clockwise from its top-left."""
    ordered = np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)
    (x0, y0), (x1, y1), (x2, y2), _ = ordered
    if (x1 - x0) * (y2 - y1) < (y1 - y0) * (x2 - x1):
        ordered = ordered[[0, 3, 2, 1]]
    return ordered.astype(np.float32)
