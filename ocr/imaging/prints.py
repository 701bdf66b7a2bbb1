"""Fingerprints (指印) in a plane of ink: even patches of a print's size, then their ridges at full resolution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from ocr.imaging.clarity import MarkCalibration
from ocr.imaging.geometry import boxes_meet
from ocr.imaging.ink import Mask, Plane
from ocr.imaging.ridges import Ridges, measure_ridges
from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Box, Picture

SIZE_MM: Final = (9.5, 32.0)  # the longer side
MAX_ASPECT: Final = 2.5
BLUR_MM: Final = 1.0
OPEN_MM: Final = 6.0  # a disc that fits into the patch
LEAST_INK: Final = 0.05  # absorption, mean over ridges and gaps; a print of a third of the usual ink has 0.07
PALE_INK: Final = 0.025  # as little is enough where ridges are seen
LEAST_BLACK: Final = 0.09
MAX_UNEVEN: Final = 0.6  # standard deviation over mean: prints measured to 0.48, words from 0.68
MIN_SOLID: Final = 0.85  # of the convex hull
RIM_MM: Final = 3.0
MIN_PAPER: Final = 0.4  # bare around the patch: not so in a photograph
MAX_PATCHES: Final = 12
MIN_GOOD: Final = 0.03  # handwriting and printed text measured 0 in both
MIN_TURNING: Final = 0.1
GREEN_LIGHT, RED_LIGHT = 1, 2  # channels: red paste is darkest in green light, and black ink alone in red light


@dataclass(frozen=True, eq=False)
class Patch:
    """A patch of ink without gaps; pixels of the plane it was found in."""

    box: Box
    shape: Mask  # within the box


@dataclass(frozen=True)
class Full:
    """The picture in which ridges can be seen."""

    picture: Picture
    dpi: float


@dataclass(frozen=True)
class Print:
    """A patch that may be a fingerprint. `ridges`: None where the resolution or the size is too small to see them."""

    box: Box
    ridges: Ridges | None
    sure: bool


def find_prints(
    plane: Plane, bare: Mask, dpi: float, full: Full, cuts: MarkCalibration, *, black: bool = False
) -> Iterator[Print]:
    """Prints in a plane of one ink, sure ones and doubtful ones; `bare`: where paper shows.

    A red patch without ridges is to be asked about where it has LEAST_INK. A paler one, which may also be more of the
    same print, and a black one need ridges in several directions.
    """
    found = list[Box]()
    for least in (LEAST_BLACK,) if black else (PALE_INK, LEAST_INK):
        for patch in even_patches(plane, dpi, least):
            if any(boxes_meet(patch.box, box) for box in found) or not _on_paper(patch, bare, dpi):
                continue
            ridges = ridges_in(full, patch, full.dpi / dpi, RED_LIGHT if black else GREEN_LIGHT)
            sure = ridges is not None and ridges.clarity >= cuts.ridges_some
            turning = ridges is not None and ridges.good_share >= MIN_GOOD and ridges.turning >= MIN_TURNING
            if (turning and (black or sure)) or least == LEAST_INK:
                found.append(patch.box)
                yield Print(patch.box, ridges, sure)


def even_patches(plane: Plane, dpi: float, least: float) -> list[Patch]:
    """Patches of a print's size with at least so much ink on the mean of 1 mm, evenly; largest first, MAX_PATCHES."""
    if min(plane.shape) < mm_to_px(OPEN_MM, dpi):
        return []
    half = np.asarray(cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32)
    side = 2 * round(mm_to_px(BLUR_MM, dpi / 2)) + 1
    mean = cv2.blur(cv2.blur(half, (side, side)), (side, side))
    size = round(mm_to_px(OPEN_MM, dpi / 2))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    solid = cv2.morphologyEx((mean > least).astype(np.uint8), cv2.MORPH_OPEN, disc)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    low, high = (mm_to_px(mm, dpi / 2) for mm in SIZE_MM)
    patches = list[tuple[int, Patch]]()
    for label, (x, y, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        if not (low <= max(width, height) <= high and max(width, height) <= MAX_ASPECT * min(width, height)):
            continue
        part = np.ascontiguousarray(plane[2 * y : 2 * (y + height), 2 * x : 2 * (x + width)])
        shape = (labels[y : y + height, x : x + width] == label).repeat(2, axis=0).repeat(2, axis=1)
        shape = shape[: part.shape[0], : part.shape[1]]
        ink = cv2.GaussianBlur(part, (3, 3), 0)[shape]
        if ink.std() <= MAX_UNEVEN * ink.mean() and _solidity(shape) >= MIN_SOLID:
            patches.append((area, Patch((2 * x, 2 * y, part.shape[1], part.shape[0]), shape)))
    return [patch for _, patch in sorted(patches, key=lambda found: -found[0])[:MAX_PATCHES]]


def ridges_in(full: Full, patch: Patch, scale: float, channel: int) -> Ridges | None:
    """Ridges in a patch that was found on a copy `scale` times smaller."""
    x, y, width, height = patch.box
    part = full.picture[round(y * scale) : round((y + height) * scale), round(x * scale) : round((x + width) * scale)]
    part = np.ascontiguousarray(part if part.ndim == 2 else part[:, :, channel])
    shape = cv2.resize(patch.shape.astype(np.uint8), part.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return measure_ridges(part, shape.astype(np.bool_), full.dpi)


def _on_paper(patch: Patch, bare: Mask, dpi: float) -> bool:
    rim = round(mm_to_px(RIM_MM, dpi))
    x, y, width, height = patch.box
    top, left = max(0, y - rim), max(0, x - rim)
    around = bare[top : y + height + rim, left : x + width + rim].copy()
    counted = around.size - int(patch.shape.sum())
    inside = around[y - top : y - top + height, x - left : x - left + width]
    inside[patch.shape] = False
    return float(around.sum()) >= MIN_PAPER * max(1, counted)


def _solidity(shape: Mask) -> float:
    contours, _ = cv2.findContours(shape.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.contourArea(cv2.convexHull(contours[0]))
    return cv2.contourArea(contours[0]) / hull if hull else 0.0
