"""Red seals (印章): round, oval, square and rectangular, whole or cut by the page's edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import MM_PER_INCH, mm_to_px
from ocr.imaging.seal_outlines import NEAR_MM, SQUARE_MM, Outline, Points, circles, fitted, within

RULE_MM: Final = 80.0  # a straight run this long is a ruled line; the longest stamp is shorter
JOIN_MM: Final = 3.0
INSIDE_MM: Final = (1.3, 1.8, 3.0)  # paper at one of them is enough: a rim may be double
OUTSIDE_MM: Final = 2.0
INNER_MM: Final = 3.0
MIN_COVER: Final = 0.72  # of the outline's directions that can be seen
MIN_COVER_CUT: Final = 0.78  # when less than half of them can
MIN_COVER_SOLID: Final = 0.85  # of a square filled up (白文): red things in photographs reach 0.75
ASK_COVER: Final = 0.55
MIN_STRENGTH: Final = 0.05  # stains measured to 0.045, faint impressions from 0.053
MIN_ARC_MM: Final = 22.0
MAX_OUTSIDE: Final = 0.25
MAX_OUTSIDE_CROWD: Final = 0.45
MIN_FREE_BOX: Final = 0.55  # of a rectangle's line has paper inside it; a line of words has not
MIN_FREE: Final = 0.4  # of a line among other ink, or of a doubtful one, has paper on both sides
FILL: Final = (0.10, 0.68)
LETTER_INK: Final = 0.65  # of the usual ink: in a seal filled up, thin letters cut in (白文) show as lighter places
MIN_LETTERS: Final = 0.06  # of its face; none in a patch of one colour
MIN_INNER: Final = 0.03  # red inside the rim; a ring drawn around a word has none
MIN_PAPER: Final = 0.45  # bare, of what the ink leaves free in the seal and OUTSIDE_MM around; less in a photograph
ASK_PAPER: Final = 0.20
HOUGH_PERFECT: Final = 0.5
MAX_CLUSTERS: Final = 12
PASSES: Final = 3  # seals over seals: the found one is taken out and the rest looked at again

Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True)
class Seal:
    outline: Outline
    cover: float  # share of the outline seen, 0 to 1
    strength: float  # median absorption by the ink on the outline, 0 to 1
    sure: bool


@dataclass(frozen=True)
class Line:
    """What is seen along an outline; shares of its directions that can be seen but for the first."""

    in_sight: float  # in the page and not upon another seal
    cover: float  # ink on it
    outside: float  # ink OUTSIDE_MM beyond it
    free_inside: float  # ink on it and paper INSIDE_MM within
    free: float  # ink on it and paper on both sides
    strength: float  # median absorption by the ink on it


@dataclass(frozen=True)
class Ground:
    """What a seal is looked for in; all of one shape."""

    ink: Plane
    mask: Mask  # where ink is
    near: Mask  # and NEAR_MM around
    bare: Mask  # where paper shows
    taken: Mask  # by seals found before: what else is there cannot be seen
    dpi: float

    @classmethod
    def of(cls, ink: Plane, mask: Mask, bare: Mask, dpi: float, taken: Mask | None = None) -> Ground:
        size = 2 * round(mm_to_px(NEAR_MM, dpi)) + 1
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        near = cv2.dilate(mask.astype(np.uint8), disc).astype(np.bool_)
        return cls(ink, mask, near, bare, np.zeros_like(mask) if taken is None else taken, dpi)


def find_seals(red: Plane, mask: Mask, bare: Mask, dpi: float) -> list[Seal]:
    """Seals of red ink, sure ones and doubtful ones, by a mask of the ink and one of the paper; `dpi` about 75."""
    inked, found = without_rules(mask, dpi), list[Seal]()
    taken = np.zeros_like(mask)
    for _ in range(PASSES):
        seals = list(_seals_in(Ground.of(red, inked & ~taken, bare, dpi, taken)))
        if not seals:
            break
        for seal in seals:
            found.append(seal)
            taken = taken | seal.outline.area(mask.shape, mm_to_px(1, dpi))
    return distinct(found)


def judge(outline: Outline, ground: Ground, crowded: bool = False) -> Seal | None:
    """The seal when enough of its outline is there, with little ink just outside and a seal's amount of ink inside.

    Paper has to show on both sides of the line where other ink of its colour touches it (`crowded`) or much is missing.
    """
    line = _see_line(outline, ground)
    if line is None or line.strength < MIN_STRENGTH or line.cover < ASK_COVER:
        return None
    if line.outside > (MAX_OUTSIDE_CROWD if crowded else MAX_OUTSIDE):
        return None
    fill = float(ground.mask[outline.area(ground.mask.shape)].mean())
    if fill > FILL[1]:
        covered = line.cover >= MIN_COVER_SOLID
    else:
        covered = line.cover >= (MIN_COVER if line.in_sight >= 0.5 else MIN_COVER_CUT)
    if (outline.angular or crowded) and not covered:
        return None
    if (crowded or not covered) and line.free < MIN_FREE:
        return None
    if outline.angular and not outline.square and line.free_inside < MIN_FREE_BOX:
        return None
    paper = _bare_share(outline, ground)
    if paper < ASK_PAPER or not _inked_like_a_seal(outline, fill, ground):
        return None
    return Seal(outline, line.cover, line.strength, covered and paper >= MIN_PAPER)


def _see_line(outline: Outline, ground: Ground) -> Line | None:
    """None when too little of the outline can be seen."""
    points = outline.points()
    here = within(points, ground.mask.shape) & ~at(ground.taken, points)
    arc_mm = here.mean() * np.pi * sum(outline.axes) * MM_PER_INCH / ground.dpi
    if arc_mm < MIN_ARC_MM:
        return None
    seen = at(ground.near, points)
    outside = at(ground.mask, outline.points(mm_to_px(OUTSIDE_MM, ground.dpi)))
    depths = [at(ground.mask, outline.points(-mm_to_px(depth, ground.dpi))) for depth in INSIDE_MM]
    inside = np.logical_and.reduce(depths)
    ink = at(widened(ground.ink), points)[here & seen]
    return Line(
        in_sight=float(here.mean()),
        cover=float(seen[here].mean()),
        outside=float(outside[here].mean()),
        free_inside=float((seen & ~inside)[here].mean()),
        free=float((seen & ~inside & ~outside)[here].mean()),
        strength=float(np.median(ink)) if len(ink) else 0.0,
    )


def _bare_share(outline: Outline, ground: Ground) -> float:
    """Of what the ink leaves free within the outline and a little around it."""
    free = outline.area(ground.mask.shape, mm_to_px(OUTSIDE_MM, ground.dpi)) & ~ground.mask
    return float(ground.bare[free].mean()) if free.any() else 0.0


def _inked_like_a_seal(outline: Outline, fill: float, ground: Ground) -> bool:
    inner = outline.area(ground.mask.shape, -mm_to_px(INNER_MM, ground.dpi))
    if not inner.any() or fill < FILL[0] or float(ground.mask[inner].mean()) < MIN_INNER:
        return False
    if fill <= FILL[1]:
        return True
    face = ground.ink[inner]
    return outline.square and float((face < LETTER_INK * np.median(face)).mean()) >= MIN_LETTERS


def _seals_in(ground: Ground) -> Iterator[Seal]:
    """At most one of each piece of ink: the first sure one, else the one that covers its outline best."""
    for contour in _clusters(ground.mask, ground.dpi):
        doubtful = list[Seal]()
        for outline, crowded in _candidates(contour, ground):
            seal = judge(outline, ground, crowded)
            if seal and seal.sure:
                yield seal
                break
            if seal:
                doubtful.append(seal)
        else:
            if doubtful:
                yield max(doubtful, key=lambda seal: seal.cover)


def _candidates(contour: Points, ground: Ground) -> Iterator[tuple[Outline, bool]]:
    for outline in fitted(contour, ground.mask.shape, ground.dpi):
        yield outline, False
    for outline in _circles_in(contour, ground):
        yield outline, True


def _circles_in(contour: Points, ground: Ground) -> list[Outline]:
    """Circles in a piece whose outer contour is made by other ink: a seal upon a red head (红头)."""
    x, y, width, height = cv2.boundingRect(contour.astype(np.int32))
    margin = round(mm_to_px(3, ground.dpi))
    left, top = max(0, x - margin), max(0, y - margin)
    part = ground.ink[top : y + height + margin, left : x + width + margin]
    return [
        Outline((found.centre[0] + left, found.centre[1] + top), found.axes, 0.0, False)
        for found in circles(part, ground.dpi, HOUGH_PERFECT)
    ]


def without_rules(mask: Mask, dpi: float) -> Mask:
    """The mask without straight runs of RULE_MM across and down."""
    length = round(mm_to_px(RULE_MM, dpi))
    return mask & ~_long_runs(mask, length) & ~_long_runs(mask.T, length).T


def _long_runs(mask: Mask, length: int) -> Mask:
    """What lies in a row of so many pixels without a gap; most rows have too little ink to be looked at."""
    runs, rows = np.zeros(mask.shape, np.bool_), np.flatnonzero(mask.sum(axis=1) >= length)
    if len(rows):
        ink = mask[rows].astype(np.uint8)
        runs[rows] = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)) > 0
    return runs


def _clusters(mask: Mask, dpi: float) -> list[Points]:
    """Outer contours of pieces that lie within 3 mm of each other, large enough for a seal; largest first."""
    size = round(mm_to_px(JOIN_MM, dpi))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    ink = mask.astype(np.uint8)
    left, top, width, height = cv2.boundingRect(ink)
    if max(width, height) < mm_to_px(SQUARE_MM[0], dpi):
        return []
    padded = np.pad(ink[top : top + height, left : left + width], size)  # closing must not stop at the page's edge
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc)[size:-size, size:-size]
    contours, _ = cv2.findContours(
        np.ascontiguousarray(joined), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE, offset=(left, top)
    )
    smallest = mm_to_px(SQUARE_MM[0], dpi)
    large = [c.reshape(-1, 2).astype(np.float64) for c in contours if max(cv2.boundingRect(c)[2:]) >= smallest]
    return sorted(large, key=len, reverse=True)[:MAX_CLUSTERS]


def distinct(seals: list[Seal], apart: float = 0.5) -> list[Seal]:
    """Each seal once; of two nearer than `apart` (of the smaller half axis) the sure one, the better covered one."""
    kept: list[Seal] = []
    for seal in sorted(seals, key=lambda seal: (seal.sure, seal.cover), reverse=True):
        near = apart * min(seal.outline.axes)
        if all(np.hypot(*np.subtract(seal.outline.centre, other.outline.centre)) > near for other in kept):
            kept.append(seal)
    return kept


def at(plane: NDArray[Value], points: Points) -> NDArray[Value]:
    """The plane's values at the points; those beyond its edge get the edge's."""
    columns, rows = np.round(points).astype(np.intp).T
    height, width = plane.shape
    found: NDArray[Value] = plane[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]
    return found


def widened(plane: Plane) -> Plane:
    """The most of each pixel and its neighbours: a line is seldom met to the pixel."""
    return np.asarray(cv2.dilate(plane, np.ones((3, 3), np.uint8)), np.float32)
