"""The paper (底色) under the ink: its colour, and the two derivatives that take it to white."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import red_channel, thumbnail
from ocr.imaging.spots import paper_with_spots
from ocr.imaging.tone import brightest_channel, brightest_part, median_colour
from ocr.imaging.types import Picture

MODEL_LONG_SIDE: Final = 438  # 1/8 of an A4 page at 300 dpi
BLUR_STEP: Final = 4  # what is blurred over 15 mm needs no more pixels than that
COLOUR_STEP: Final = 3  # the paper's colour is the middle of some 10,000 pixels
MAX_PAPER_CHROMA: Final = 24  # largest minus smallest channel, less the paper's own tint
MIN_PAPER_SHARE: Final = 0.80  # of the brightness of what is around
MIN_PAGE_SHARE: Final = 0.60  # of the brightness of the page's paper: a gray car in a photograph is no paper
REACH_SHARE: Final = 0.05  # of the long side: 15 mm on A4, wider than any print or seal stroke
RED_BLUR_PX: Final = 3  # at half the picture's resolution
MIN_RED_OVER: Final = 3  # of 255, mean of red over the stronger of green and blue; paper noise stays below
WHITE_FROM: Final = 236 / 255  # of the paper's brightness; from there on all is white
FAINT_RED: Final = np.interp(  # light tones made deeper: noise at the upper end of the scale is cut off and pales them
    np.arange(256), (0, 120, 200, 255), (0, 120, 185, 255)
).astype(np.uint8)
SEAL_FREE_WHITE_FROM: Final = 200 / 255


def paper_colour(picture: Picture) -> tuple[int, int, int]:
    """B, G, R of the bare paper: the median of the pixels in the brightest third that are not black lid."""
    sample = np.ascontiguousarray(_three_channels(_sampled(picture)[::COLOUR_STEP, ::COLOUR_STEP]))
    blue, green, red = median_colour(sample, brightest_part(brightest_channel(sample), 0.67))
    return int(blue), int(green), int(red)


def whiten(picture: Picture) -> Picture:
    """Paper to white, ink, seals and prints as they are, faint red a little deeper (at least 99 % of red stays red).

    The paper is modelled from low-chroma cells only: the usual division by a dilated background takes a print that is
    larger than its window for paper and washes it out. Brown spots of old paper away from red ink are paper too.
    """
    model = paper_model(picture)
    spotted = paper_with_spots(picture, model) if picture.ndim == 3 else None
    white = np.asarray(cv2.divide(picture, spotted[0] if spotted else model, scale=255 / WHITE_FROM), np.uint8)
    if picture.ndim == 3:
        mask = _red_ink(picture, model)
        if spotted:
            mask[spotted[1] > 0] = 0
        x, y, width, height = cv2.boundingRect(mask)
        if width:
            red = np.s_[y : y + height, x : x + width]
            flat = cv2.LUT(cv2.divide(picture[red], model[red], scale=255), FAINT_RED)
            cv2.copyTo(flat, mask[red], white[red])
    return white


def seal_free(picture: Picture) -> Picture:
    """(height, width) gray in which red seals and prints are gone: the red channel over the paper's red, stretched."""
    paper_red = red_channel(paper_model(picture))
    return np.asarray(cv2.divide(red_channel(picture), paper_red, scale=255 / SEAL_FREE_WHITE_FROM), np.uint8)


def paper_model(picture: Picture, reach_px: float | None = None) -> Picture:
    """What the bare paper would look like at every pixel; same shape as the picture.

    `reach_px` is how far around it a pixel's paper is looked for: about 15 mm, which it is for a whole A4 page.
    """
    small = _sampled(picture)
    longest = max(picture.shape[:2])
    sigma = (REACH_SHARE * longest if reach_px is None else reach_px) * max(small.shape[:2]) / longest
    colour = _three_channels(small).astype(np.float32)
    tint = np.array(paper_colour(small), np.float32)
    blue, green, red = cv2.split(colour * (tint.max() / np.maximum(tint, 1)))
    brightness = cv2.max(cv2.max(blue, green), red)
    chroma = brightness - cv2.min(cv2.min(blue, green), red)
    around = cv2.dilate(cv2.GaussianBlur(brightness, (0, 0), 1.0), np.ones((9, 9), np.uint8))
    bright = (brightness > MIN_PAPER_SHARE * around) & (brightness > MIN_PAGE_SHARE * tint.max())
    bare = ((chroma < MAX_PAPER_CHROMA) & bright).astype(np.float32)
    weight = _spread(bare, sigma) + np.float32(1e-4)
    filled = _spread(colour * bare[:, :, None], sigma) + 1e-4 * tint
    model = np.clip(filled / weight[:, :, None], 1, 255).astype(np.uint8)
    if picture.ndim == 2:
        model = np.ascontiguousarray(model[:, :, 0])
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(model, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _spread(plane: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Blurred; smaller than the plane where the blur is wide enough to hide it."""
    height, width = plane.shape[:2]
    step = BLUR_STEP if sigma >= 4 * BLUR_STEP else 1
    size = (max(1, round(width / step)), max(1, round(height / step)))
    coarse = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(coarse, (0, 0), sigma / step), np.float32)


def _red_ink(picture: Picture, model: Picture) -> Picture:
    """255 where red is, however faint, else 0: there the stretch to white would eat the lightest ink."""
    height, width = picture.shape[:2]
    size = (max(1, width // 2), max(1, height // 2))
    half = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    flat = cv2.divide(half, cv2.resize(model, size, interpolation=cv2.INTER_NEAREST), scale=255)
    blue, green, red = cv2.split(flat)
    over = cv2.blur(cv2.subtract(red, cv2.max(blue, green)), (RED_BLUR_PX, RED_BLUR_PX))
    mask = cv2.threshold(over, MIN_RED_OVER, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def _sampled(picture: Picture) -> Picture:
    """At most MODEL_LONG_SIDE pixels long. Every n-th pixel of a large picture is enough: the model is blurred."""
    step = max(1, max(picture.shape[:2]) // (2 * MODEL_LONG_SIDE))
    return thumbnail(np.ascontiguousarray(picture[::step, ::step]), MODEL_LONG_SIDE)


def _three_channels(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2) if picture.ndim == 2 else picture
