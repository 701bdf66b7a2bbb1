"""How much light ink takes from the paper around it (吸收率), and what of it is red."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.paper import paper_model
from ocr.imaging.scale import mm_to_px, thumbnail
from ocr.imaging.types import Picture

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

PAPER_LONG_SIDE: Final = 219  # of the copy the paper is modelled on: it changes slowly
PAPER_REACH_MM: Final = 15.0  # wider than a fingerprint, which must not pass for the paper around itself
BLACK_INK: Final = 0.2  # absorption of red light: black ink and dark red ink
BLACK_TINT: Final = 0.25  # of it, on the mean of a stroke: black ink looks red or blue by less, coloured ink by more
STROKE_MM: Final = 1.2  # half the widest stroke of a pen with its fringe
STROKE_PX: Final = 5
INNER: Final = np.s_[1:-1:2, 1:-1]  # half of the rows are plenty; each pixel has its neighbours
FRINGE_PIXELS: Final = 300  # of black ink that are needed to measure them
RED_BLUR_PX: Final = 0.8  # what is left of a fringe has its opposite on the other side of the stroke
STAIN_STEP: Final = 8
STAIN_MM: Final = 30.0
MAX_STAIN: Final = 0.08
MAX_BARE_DARK: Final = 0.15
MAX_BARE_RED: Final = 0.05
LOW_FLOOR: Final = 0.022  # hysteresis: pixels above the low cut count when joined to one above the high cut
LOW_SIGMAS: Final = 4
AROUND_MM: Final = 5.0
LEAST_OF_AROUND: Final = 0.35  # of the strongest red within that
MOST_LOW: Final = 0.06  # a faint seal beside a strong one is kept
HIGH_FLOOR: Final = 0.045
HIGH_SIGMAS: Final = 7


@dataclass(frozen=True)
class Inks:
    """Absorption a pixel, both (height, width): `dark` of red light (black and blue ink), `red` by red ink alone."""

    dark: Plane
    red: Plane | None  # None on a gray scan; below 0 where ink is blue or green

    @cached_property
    def bare(self) -> Mask:
        """Where the paper has neither ink nor a picture on it."""
        bare = self.dark < MAX_BARE_DARK
        return bare if self.red is None else bare & (np.abs(self.red) < MAX_BARE_RED)

    @cached_property
    def black(self) -> Plane:
        """`dark` without what red ink takes of red light."""
        return self.dark if self.red is None else np.where(self.red > self.dark / 2, np.float32(0), self.dark)

    def red_under_strokes(self, dpi: float) -> Plane | None:
        """The red with black and blue strokes upon it bridged: a name (签名) does not hide the print it lies on."""
        if self.red is None:
            return None
        side = 2 * round(mm_to_px(STROKE_MM, dpi)) + 1
        around = cv2.morphologyEx(self.red, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
        return np.where((self.dark > BLACK_INK) & (self.red < around / 2), np.asarray(around, np.float32), self.red)


def absorption(picture: Picture, dpi: float) -> NDArray[np.float32]:
    """Same shape as the picture: share of the paper's light that is missing; 0 paper (less in noise), 1 nothing left.

    Of a stroke thinner than a pixel it is in proportion to its width, as density would not be.
    """
    without_strokes = np.asarray(cv2.dilate(picture, np.ones((3, 3), np.uint8)), np.uint8)
    small = thumbnail(without_strokes, PAPER_LONG_SIDE)
    scale = max(small.shape[:2]) / max(picture.shape[:2])
    paper = paper_model(small, mm_to_px(PAPER_REACH_MM, dpi) * scale)
    paper = np.asarray(cv2.resize(paper, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    seen = cv2.divide(picture, paper, dtype=cv2.CV_32F)
    return np.asarray(np.subtract(1, seen, out=seen), np.float32)


def separate_inks(picture: Picture, dpi: float) -> Inks:
    """Red ink and the rest; `dpi` about 75."""
    absorbed = absorption(picture, dpi)
    if absorbed.ndim == 2:
        return Inks(absorbed, None)
    seen_blue, seen_green, dark = (np.asarray(plane, np.float32) for plane in cv2.split(absorbed))
    blue, green = without_fringes(seen_blue, seen_green, dark)
    mean = cv2.subtract(cv2.addWeighted(green, 0.5, blue, 0.5, 0), dark)
    least = cv2.addWeighted(cv2.min(blue, green), 2, dark, -2, 0)
    red = np.asarray(cv2.GaussianBlur(cv2.min(mean, least), (0, 0), RED_BLUR_PX), np.float32)
    return Inks(dark, np.asarray(cv2.subtract(red, _stain(red, dpi)), np.float32))


def _stain(red: Plane, dpi: float) -> Plane:
    """What of the red is paper gone brown: light, and wider than any seal's ink."""
    height, width = red.shape
    size = (max(1, width // STAIN_STEP), max(1, height // STAIN_STEP))
    small = cv2.resize(red, size, interpolation=cv2.INTER_AREA)
    side = round(mm_to_px(STAIN_MM, dpi / STAIN_STEP))
    wide = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    cloud = cv2.resize(np.clip(wide, 0, MAX_STAIN), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cloud, np.float32)


def without_fringes(blue: Plane, green: Plane, dark: Plane) -> tuple[Plane, Plane]:
    """Blue and green as they would be did the scanner see all channels at the same place and black ink as black.

    A channel shifted by (x, y) pixels differs by the slope of the picture times (x, y); shift and gain are those that
    explain the page's own black ink best (least squares; Lucas and Kanade 1981). Without enough of it nothing changes.
    """
    excess = cv2.addWeighted(green, 0.5, blue, 0.5, 0) - dark
    tint, depth = (cv2.blur(plane, (STROKE_PX, STROKE_PX))[INNER] for plane in (excess, dark))
    black = (dark[INNER] > BLACK_INK) & (np.abs(tint) < BLACK_TINT * depth)
    if int(np.count_nonzero(black)) < FRINGE_PIXELS:
        return blue, green
    rows, columns = (2 * at + 1 if i == 0 else at + 1 for i, at in enumerate(np.nonzero(black)))
    ink = dark[rows, columns]
    slope_x = (dark[rows, columns + 1] - dark[rows, columns - 1]) / 2
    slope_y = (dark[rows + 1, columns] - dark[rows - 1, columns]) / 2
    causes = np.stack([ink, slope_x, slope_y], axis=1)
    effects = np.stack([blue[rows, columns], green[rows, columns]], axis=1) - causes[:, :1]
    weights = np.linalg.lstsq(causes.T @ causes, causes.T @ effects, rcond=None)[0]
    corrected = []
    for plane, (gain, x, y) in zip((blue, green), weights.T / (1, 2, 2), strict=True):
        fringe = np.array([[0, -y, 0], [-x, gain, x], [0, y, 0]], np.float32)
        corrected.append(cv2.subtract(plane, cv2.filter2D(dark, cv2.CV_32F, fringe)))
    return np.asarray(corrected[0], np.float32), np.asarray(corrected[1], np.float32)


def red_mask(red: Plane, dpi: float) -> Mask:
    """Where red ink is, in a plane of `Inks.red`; what is much paler than the ink around it is a stain or a blur."""
    steps = np.diff(red[::6, ::3], axis=1)  # between neighbours, so that a stain is no noise
    sigma = 1.4826 * float(np.median(np.abs(steps))) / np.sqrt(2) if steps.size else 0.0
    low, high = max(LOW_FLOOR, LOW_SIGMAS * sigma), max(HIGH_FLOOR, HIGH_SIGMAS * sigma)
    certain = red > high
    if not certain.any():
        return certain
    side = round(mm_to_px(AROUND_MM, dpi))
    around = cv2.dilate(red, np.ones((side, side), np.uint8))
    least = np.clip(LEAST_OF_AROUND * around, low, max(low, MOST_LOW))
    count, labels = cv2.connectedComponents((red > least).view(np.uint8))
    sure = np.zeros(count, np.bool_)
    sure[labels[certain]] = True
    sure[0] = False
    return np.asarray(np.take(sure, labels), np.bool_)
