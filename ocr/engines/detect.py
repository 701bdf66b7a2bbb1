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

    The network sees at most the picture itself, at least `LONG_SIDE`: more only for sheets larger than A4.
    """
    height, width = picture.shape[:2]
    long_side = min(MAX_LONG_SIDE, max(LONG_SIDE, round(max(height, width) * DETECTION_DPI / dpi)))
    scale = min(1.0, long_side / max(height, width))
    map_width, map_height = _stride_up(width * scale), _stride_up(height * scale)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(picture, (map_width, map_height), interpolation=method), np.uint8)
    likelihood = network(normalise(small)[np.newaxis])[0, 0]
    return regions_of_map(likelihood, width / map_width, height / map_height)


def regions_of_map(likelihood: Tensor, scale_x: float, scale_y: float) -> list[Region]:
    """Rectangles from the detector's (H, W) map of text likelihood (0 to 1), times the scales."""
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
        corners = _corners(centre, side_a + grow, side_b + grow, angle) * np.array((scale_x, scale_y), np.float32)
        regions.append(Region(_clockwise(corners), score))
    return regions


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
