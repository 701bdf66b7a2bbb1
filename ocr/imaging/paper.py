"""The paper (底色) under the ink: its colour, and the two derivatives that take it to white."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import red_channel, thumbnail
from ocr.imaging.types import Picture

MODEL_LONG_SIDE: Final = 438  # 1/8 of an A4 page at 300 dpi
MAX_PAPER_CHROMA: Final = 24  # largest minus smallest channel, less the paper's own tint
MIN_PAPER_SHARE: Final = 0.80  # of the brightness of the paper around
REACH_SHARE: Final = 0.05  # of the long side: 15 mm on A4, wider than any print or seal stroke
RED_BLUR_PX: Final = 5
MIN_RED_OVER: Final = 3  # of 255, mean of red over the stronger of green and blue; paper noise stays below
WHITE_FROM, BLACK_TO = 236, 12  # of 255 after the division; between them a straight line


def paper_colour(picture: Picture) -> tuple[int, int, int]:
    """B, G, R of the bare paper: the median of the pixels in the brightest third that are not black lid."""
    small = _three_channels(thumbnail(picture, MODEL_LONG_SIDE)).reshape(-1, 3)
    brightness = small.max(axis=1)
    bare = small[brightness >= np.quantile(brightness, 0.67)]
    blue, green, red = np.median(bare, axis=0)
    return int(blue), int(green), int(red)


def whiten(picture: Picture) -> Picture:
    """Paper to white, ink, seals and prints as they are (at least 99 % of seal red stays).

    The paper is modelled from low-chroma cells only: the usual division by a dilated background takes a print that is
    larger than its window for paper and washes it out.
    """
    flat = np.asarray(cv2.divide(picture, paper_model(picture), scale=255), np.uint8)
    white = np.asarray(cv2.LUT(flat, _curve()), np.uint8)
    if flat.ndim == 3:
        cv2.copyTo(flat, _red_ink(flat), white)
    return white


def seal_free(picture: Picture) -> Picture:
    """(height, width) gray in which red seals and prints are gone: the red channel over the paper's red, stretched."""
    red = red_channel(picture)
    model = red_channel(paper_model(picture))
    return np.asarray(cv2.LUT(cv2.divide(red, model, scale=255), _curve(white_from=200)), np.uint8)


def paper_model(picture: Picture, reach_px: float | None = None) -> Picture:
    """What the bare paper would look like at every pixel; same shape as the picture.

    `reach_px` is how far around it a pixel's paper is looked for: about 15 mm, which it is for a whole A4 page.
    """
    small = thumbnail(picture, MODEL_LONG_SIDE)
    longest = max(picture.shape[:2])
    sigma = (REACH_SHARE * longest if reach_px is None else reach_px) * max(small.shape[:2]) / longest
    colour = _three_channels(small).astype(np.float32)
    tint = np.array(paper_colour(small), np.float32)
    untinted = colour * (tint.max() / np.maximum(tint, 1))
    brightness, chroma = untinted.max(axis=2), untinted.max(axis=2) - untinted.min(axis=2)
    around = cv2.dilate(cv2.GaussianBlur(brightness, (0, 0), 1.0), np.ones((9, 9), np.uint8))
    bare = ((chroma < MAX_PAPER_CHROMA) & (brightness > MIN_PAPER_SHARE * around) & (brightness > 90)).astype(
        np.float32
    )
    weight = cv2.GaussianBlur(bare, (0, 0), sigma) + np.float32(1e-4)
    filled = cv2.GaussianBlur(colour * bare[:, :, None], (0, 0), sigma) + 1e-4 * tint
    model = np.clip(filled / weight[:, :, None], 1, 255).astype(np.uint8)
    if picture.ndim == 2:
        model = np.ascontiguousarray(model[:, :, 0])
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(model, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _red_ink(flat: Picture) -> Picture:
    """255 where red is, however faint, else 0: there the curve to white would eat the lightest ink."""
    blue, green, red = cv2.split(flat)
    over = cv2.blur(cv2.subtract(red, cv2.max(blue, green)), (RED_BLUR_PX, RED_BLUR_PX))
    return np.asarray(cv2.threshold(over, MIN_RED_OVER, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _curve(white_from: int = WHITE_FROM) -> NDArray[np.uint8]:
    steps = np.arange(256, dtype=np.float32)
    return np.clip((steps - BLACK_TO) * 255 / (white_from - BLACK_TO), 0, 255).astype(np.uint8)


def _three_channels(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2) if picture.ndim == 2 else picture
