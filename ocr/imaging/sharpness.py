"""Sharpness (清晰度): how steep edges are for their contrast. Laplacian variance would call sparse pages blurred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import red_channel, reduce_to
from ocr.imaging.types import Picture

MEASURE_DPI: Final = 300  # the cut was measured there
MIN_SHARP: Final = 0.29  # drawn pages measured 0.46 to 0.6; blurred by 1 pixel 0.31 to 0.4, by 2 pixels 0.21 to 0.26
TILE_PX: Final = 384
TILES: Final = 4
CONTRAST_WINDOW_PX: Final = 13
MIN_CONTRAST: Final = 40
MIN_EDGE_PIXELS: Final = 200


@dataclass(frozen=True)
class Sharpness:
    value: float  # steepest step of an edge over its contrast, about 0.1 to 0.5; 1 where there is no edge to measure
    sharp: bool  # a page without edges cannot be blurred


def measure_sharpness(picture: Picture, dpi: float) -> Sharpness:
    """Median edge slope over local contrast in the four tiles with most edges; comparable at 200 dpi and above."""
    slopes = [_slopes(tile) for tile in _busiest_tiles(reduce_to(picture, dpi, MEASURE_DPI)[0])]
    measured = np.concatenate(slopes) if slopes else np.empty(0)
    if len(measured) < MIN_EDGE_PIXELS:
        return Sharpness(1.0, True)
    value = float(np.median(measured))
    return Sharpness(value, value >= MIN_SHARP)


def _busiest_tiles(picture: Picture) -> list[Picture]:
    """Up to four tiles of the red channel, chosen on a copy of one pixel in eight."""
    coarse = (picture if picture.ndim == 2 else picture[:, :, 2])[::8, ::8].astype(np.int16)
    steps = np.abs(np.diff(coarse, axis=1)) >= MIN_CONTRAST
    side = TILE_PX // 8
    rows, columns = max(1, steps.shape[0] // side), max(1, steps.shape[1] // side)
    ranked = sorted(
        (
            (int(steps[r * side : (r + 1) * side, c * side : (c + 1) * side].sum()), r, c)
            for r in range(rows)
            for c in range(columns)
        ),
        reverse=True,
    )
    return [
        red_channel(picture[r * TILE_PX : (r + 1) * TILE_PX, c * TILE_PX : (c + 1) * TILE_PX])
        for count, r, c in ranked[:TILES]
        if count
    ]


def _slopes(tile: Picture) -> NDArray[np.float64]:
    window = np.ones((1, CONTRAST_WINDOW_PX), np.uint8)
    contrast = cv2.subtract(cv2.dilate(tile, window), cv2.erode(tile, window))[:, 1:]
    step = cv2.absdiff(tile[:, 1:], tile[:, :-1])
    peak = (step > 0) & (step >= cv2.dilate(step, window)) & (contrast >= MIN_CONTRAST)
    return np.asarray(step[peak] / contrast[peak].astype(np.float64), np.float64)
