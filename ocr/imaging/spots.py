"""Brown spots of old paper (黄斑): for who reads what stands there they are paper.

Their brown is one of its own: blue light is lost in them by 1.5 to 1.7 times as much as green, red by half as much. Red
ink loses as much green as blue and hardly any red, black ink as much of all three, a marker no red at all.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from ocr.imaging.pieces import find_pieces
from ocr.imaging.types import Picture

STEP: Final = 4  # of the picture's pixels: spots are looked at on a copy so many times smaller
A4_MM: Final = 297.0  # the picture's longer side
BLUE_OVER_GREEN: Final = (1.35, 3.0)
LEAST_RED_OVER_GREEN: Final = 0.3
LEAST_LOST: Final = 10  # of 255, blue light
MOST_RED_LOST: Final = 70  # of 255: darker is ink
MIN_WIDTH_MM: Final = 0.7  # narrower is noise
MAX_LENGTH: Final = 3.0  # of a spot's width; strokes of a pen are longer, in brown ink too
RED_OVER: Final = 3  # of 255, as for the whitening
RED_PX: Final = 3  # fringes of black strokes are thinner
GUARD_MM: Final = 2.5  # a spot so near to red ink may have paler red upon it, one so near to a stroke be a dot
PAPER: Final = 222  # of 255, darkest channel
AROUND_MM: Final = 12.0
MIN_PAPER: Final = 0.35  # of what is around a spot; in a photograph brown is no spot
EDGE_PX: Final = 2  # a spot fades out
BLUR_PX: Final = 1.5


def paper_with_spots(picture: Picture, paper: Picture) -> tuple[Picture, Picture] | None:
    """The model of a colour picture's paper with the spots in it, and 1 where they are; None where there are none.

    Spots within GUARD_MM of red ink stay out of it.
    """
    columns, rows = picture.shape[1] // STEP, picture.shape[0] // STEP
    if not columns or not rows:
        return None
    whole = np.s_[: rows * STEP, : columns * STEP]  # blocks that end within a pixel would take five times as long
    small = cv2.resize(picture[whole], (columns, rows), interpolation=cv2.INTER_AREA)
    flat = np.asarray(cv2.divide(small, paper[whole][STEP // 2 :: STEP, STEP // 2 :: STEP], scale=255), np.uint8)
    spots = _spots(flat, max(columns, rows) / A4_MM)
    if not spots.any():
        return None
    weight = spots.astype(np.float32)
    share = cv2.GaussianBlur(weight, (0, 0), BLUR_PX) + np.float32(1e-3)
    colour = cv2.GaussianBlur(flat * weight[:, :, None], (0, 0), BLUR_PX) / share[:, :, None]
    spots = _grown(spots, EDGE_PX)
    colour[spots == 0] = 255
    size = (columns * STEP, rows * STEP)
    model, where = paper.copy(), np.zeros(paper.shape[:2], np.uint8)
    glaze = cv2.resize(colour.astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    model[whole] = cv2.multiply(paper[whole], glaze, scale=1 / 255)
    where[whole] = cv2.resize(spots, size, interpolation=cv2.INTER_NEAREST)
    return model, where


def _spots(flat: Picture, px_per_mm: float) -> Picture:
    """1 in the middle of spots; `flat` is a picture relative to its paper."""
    blue, green, red = (np.float32(255) - plane for plane in cv2.split(flat))  # light lost
    too_blue = blue >= BLUE_OVER_GREEN[0] * green
    brown = too_blue & (blue <= BLUE_OVER_GREEN[1] * green) & (red >= LEAST_RED_OVER_GREEN * green)
    brown &= (blue >= LEAST_LOST) & (red <= MOST_RED_LOST)
    if not brown.any():
        return brown.view(np.uint8)
    inked = ((np.minimum(blue, green) - red >= RED_OVER) & ~too_blue).view(np.uint8)
    paper = (np.maximum(np.maximum(blue, green), red) <= 255 - PAPER).astype(np.float32)
    around = cv2.blur(paper, (round(AROUND_MM * px_per_mm) | 1,) * 2)
    near_red = _grown(_opened(inked, RED_PX), GUARD_MM * px_per_mm)
    free = brown & (around >= MIN_PAPER) & (near_red == 0)
    return _without_strokes(_opened(free.view(np.uint8), max(1, round(MIN_WIDTH_MM * px_per_mm))), px_per_mm)


def _without_strokes(brown: Picture, px_per_mm: float) -> Picture:
    """The pieces that are not many times as long as they are wide and lie near none that is."""
    labels, stats, _ = find_pieces(brown)
    reach, inside = np.zeros(len(stats), np.float32), brown > 0
    np.maximum.at(reach, labels[inside], cv2.distanceTransform(brown, cv2.DIST_L2, 3)[inside])
    long = stats[:, cv2.CC_STAT_AREA] > MAX_LENGTH * (2 * reach) ** 2
    long[0] = False
    return np.asarray(cv2.bitwise_and(brown, 1 - _grown(long[labels].view(np.uint8), GUARD_MM * px_per_mm)), np.uint8)


def _opened(mask: Picture, side: int) -> Picture:
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)), np.uint8)


def _grown(mask: Picture, reach_px: float) -> Picture:
    return np.asarray(cv2.dilate(mask, np.ones((2 * round(reach_px) + 1,) * 2, np.uint8)), np.uint8)
