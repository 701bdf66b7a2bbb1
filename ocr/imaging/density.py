"""Optical density (光密度) of ink over the paper around it, and what of it is red."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.paper import paper_model
from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Picture

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

LEVELS = np.log10(np.maximum(np.arange(256), 2)).astype(np.float32)
LOW_FLOOR: Final = 0.03  # hysteresis: pixels above the low cut count when joined to one above the high cut
LOW_SIGMAS: Final = 4
HIGH_FLOOR: Final = 0.06
HIGH_SIGMAS: Final = 7
PAPER_REACH_MM: Final = 15.0  # wider than a fingerprint, which must not pass for the paper around itself
DARK_DENSITY: Final = 0.25  # black text: its edges look red on a scanner with misregistered channels
DARK_DISCOUNT: Final = 0.35


def densities(picture: Picture, dpi: float) -> NDArray[np.float32]:
    """Same shape as the picture: log10(paper / pixel) a channel; 0 is paper, 1 a tenth of its light."""
    density: NDArray[np.float32] = np.maximum(
        LEVELS[paper_model(picture, mm_to_px(PAPER_REACH_MM, dpi))] - LEVELS[picture], 0
    )
    return density


def redness(density: NDArray[np.float32]) -> Plane:
    """How much less red light is absorbed than green and blue; 0 for black, gray, blue and green ink."""
    blue, green, red = density[:, :, 0], density[:, :, 1], density[:, :, 2]
    red_over: Plane = np.minimum(0.5 * (green + blue) - red, 2 * np.minimum(blue, green) - 2 * red)
    return red_over


def red_masks(density: NDArray[np.float32]) -> tuple[Mask, Mask]:
    """Two masks of red ink: the first drops the colour fringes of all dark ink, the second only of black ink.

    The first saves seals whose ring touches text, the second faint ones; neither is right alone.
    """
    red = redness(density)
    sigma = 1.4826 * float(np.median(np.abs(red - np.median(red))))
    dark = density[:, :, 2]
    discount = DARK_DISCOUNT * dark
    everywhere = _hysteresis(red - discount, sigma)
    black_only = _hysteresis(red - np.where(dark > DARK_DENSITY, discount, 0), sigma)
    return everywhere, black_only


def _hysteresis(plane: Plane, sigma: float) -> Mask:
    low, high = max(LOW_FLOOR, LOW_SIGMAS * sigma), max(HIGH_FLOOR, HIGH_SIGMAS * sigma)
    _, labels = cv2.connectedComponents((plane > low).astype(np.uint8))
    sure = np.zeros(int(labels.max()) + 1, np.bool_)
    sure[labels[plane > high]] = True
    sure[0] = False
    return np.asarray(sure[labels], np.bool_)
