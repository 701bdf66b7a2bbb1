"""What is seen along the outline of a seal (印章) and inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import MM_PER_INCH, mm_to_px
from ocr.imaging.seal_outlines import NEAR_MM, WAYS, Outline, Points, within

INSIDE_MM: Final = (1.3, 1.8, 3.0)  # paper at one of them is enough: a rim may be double
OUTSIDE_MM: Final = 2.0
UPON_MM: Final = (0.0, 0.35, 0.7)
BESIDE_MM: Final = (1.3, 1.8)  # on both sides of a line that is too pale for the mask
PALE_LINE: Final = 0.012  # absorption over the paper beside it; of noise and print, a fifth of a circle reaches that
MIN_ARC_MM: Final = 22.0
LEAST_INKED: Final = 0.3  # of the outline by the mask
LEAST_COVER: Final = 0.55
MAX_PULL: Final = 0.3  # absorption: darker ink draws a circle to itself no more than that
STEPS_PX: Final = (3, 2, 1)
NEIGHBOURS: Final = np.array(list(product((-1, 0, 1), repeat=3)))  # of a circle's x, y and radius
GAP: Final = 3  # directions; a smaller gap is none

Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True)
class Line:
    """What is seen along an outline; shares of its directions that can be seen but for the first."""

    in_sight: float  # in the page and not upon another seal
    cover: float  # ink on it
    outside: float  # ink OUTSIDE_MM beyond it
    free_inside: float  # ink on it and paper INSIDE_MM within
    free: float  # ink on it and paper on both sides
    unbroken: float  # its longest piece with ink on it or just within, or out of sight; along words there are gaps
    solid: float  # ink on it and NEAR_MM within
    strength: float  # median absorption by the ink on it


@dataclass(frozen=True)
class Ground:
    """What a seal is looked for in; all of one shape."""

    ink: Plane
    wide: Plane  # the most of each pixel and its neighbours
    mask: Mask  # where ink is
    near: Mask  # and NEAR_MM around
    bare: Mask  # where paper shows
    taken: Mask  # by seals found before: what else is there cannot be seen
    dpi: float

    @classmethod
    def of(cls, ink: Plane, mask: Mask, bare: Mask, dpi: float) -> Ground:
        size = 2 * round(mm_to_px(NEAR_MM, dpi)) + 1
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        near = cv2.dilate(mask.view(np.uint8), disc).view(np.bool_)
        return cls(ink, widened(ink), mask, near, bare, np.zeros_like(mask), dpi)

    def without(self, taken: Mask) -> Ground:
        """The same when seals that cover `taken` have been found."""
        return replace(self, mask=self.mask & ~taken, near=self.near & ~taken, taken=taken)


def see_line(outline: Outline, ground: Ground) -> Line | None:
    """None when too little of the outline is in sight or inked. Ink too pale for the mask counts where it is a line."""
    points, dpi = outline.points(), ground.dpi
    here = within(points, ground.mask.shape) & ~at(ground.taken, points)
    arc_mm = here.mean() * np.pi * sum(outline.axes) * MM_PER_INCH / dpi
    if arc_mm < MIN_ARC_MM:
        return None
    inked = at(ground.near, points)
    if float(inked[here].mean()) < LEAST_INKED:
        return None
    seen = inked | (contrast_along(outline, ground.wide, ground.ink, dpi) > PALE_LINE)
    if float(seen[here].mean()) < LEAST_COVER:
        return None
    outside = at(ground.mask, outline.points(mm_to_px(OUTSIDE_MM, dpi)))
    inside = np.logical_and.reduce([at(ground.mask, outline.points(-mm_to_px(depth, dpi))) for depth in INSIDE_MM])
    upon = np.logical_or.reduce([at(ground.mask, outline.points(-mm_to_px(depth, dpi))) for depth in UPON_MM])
    ink = at(ground.wide, points)[here & inked]
    return Line(
        in_sight=float(here.mean()),
        cover=float(seen[here].mean()),
        outside=float(outside[here].mean()),
        free_inside=float((seen & ~inside)[here].mean()),
        free=float((seen & ~inside & ~outside)[here].mean()),
        unbroken=longest_stretch(upon | ~here),
        solid=float(at(ground.mask, outline.points(-mm_to_px(NEAR_MM, dpi)))[here].mean()),
        strength=float(np.median(ink)) if len(ink) else 0.0,
    )


def contrast_along(outline: Outline, wide: Plane, ink: Plane, dpi: float) -> Plane:
    """(DIRECTIONS,) absorption on an outline over what is BESIDE_MM within and beyond; `wide`: the ink `widened`."""
    depths = [mm_to_px(mm, dpi) for mm in BESIDE_MM]
    within_it = np.minimum(*(at(ink, outline.points(-depth)) for depth in depths))
    beyond = np.minimum(*(at(ink, outline.points(depth)) for depth in depths))
    return np.asarray(at(wide, outline.points()) - np.maximum(within_it, beyond), np.float32)


def longest_stretch(inked: Mask) -> float:
    """Share of an outline's directions, in their order around it, that its longest piece without a gap takes."""
    around = np.concatenate([inked[-GAP:], inked, inked[:GAP]]).astype(np.uint8)[None]
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, GAP), np.uint8))[0, GAP:-GAP]
    gaps = np.flatnonzero(closed == 0)
    if not len(gaps):
        return 1.0
    return float(np.diff(gaps, append=gaps[0] + len(closed)).max() - 1) / len(closed)


def settled(circle: Outline, ink: Plane) -> Outline:
    """The circle a few pixels around the first one that has most ink on its line."""
    ink, found = np.minimum(ink, MAX_PULL), np.array([*circle.centre, circle.axes[0]])
    for step in STEPS_PX:
        near = found + step * NEIGHBOURS
        points = near[:, None, :2] + near[:, None, 2:] * WAYS
        found = near[at(ink, points.reshape(-1, 2)).reshape(len(near), -1).mean(axis=1).argmax()]
    x, y, radius = found.tolist()
    return Outline((x, y), (radius, radius), 0.0, False)


def at(plane: NDArray[Value], points: Points) -> NDArray[Value]:
    """The plane's values at the points; those beyond its edge get the edge's."""
    columns, rows = np.round(points).astype(np.intp).T
    height, width = plane.shape
    found: NDArray[Value] = plane[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]
    return found


def widened(plane: Plane) -> Plane:
    """The most of each pixel and its neighbours: a line is seldom met to the pixel."""
    return np.asarray(cv2.dilate(plane, np.ones((3, 3), np.uint8)), np.float32)
