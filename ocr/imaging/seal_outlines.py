"""Outlines that a seal (印章) may have, fitted to pieces of ink: circle, ellipse, square and rectangle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import MM_PER_INCH, mm_to_px
from ocr.imaging.types import Box

RADIUS_MM: Final = (14.0, 27.0)
LONG_AXIS_MM: Final = (24.0, 56.0)
SHORT_AXIS_MM: Final = (18.0, 44.0)
MAX_OVAL_ASPECT: Final = 1.8  # 45 x 30 mm and the like
SQUARE_MM: Final = (10.0, 30.0)
MAX_SQUARE_ASPECT: Final = 1.35
BOX_LONG_MM: Final = (16.0, 75.0)  # 与原件核对无异, 复印属实
BOX_SHORT_MM: Final = (7.0, 35.0)
NEAR_MM: Final = 0.8
ROUND_PIECE_MM: Final = 18.0  # of a round rim; a shorter piece tells too little of the rest
TAIL_MM: Final = 6.5  # narrower than any stamp
LEAST_TAIL: Final = 0.97  # of a piece is left where it has none
DIRECTIONS: Final = 120
TRIES: Final = 400
VOTERS: Final = 100
LEAST_DETERMINANT: Final = 1e-9
HOUGH_DP: Final = 1.5
HOUGH_EDGE: Final = 100.0
MAX_CIRCLES: Final = 8
BROKEN_GAIN: Final = 2295.0  # a ninth of the paper's light is ink enough
BROKEN_DP: Final = 2.0
BROKEN_VOTES: Final = 12.0

Points = NDArray[np.float64]
WAYS: Final = np.stack([trace(np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS) for trace in (np.cos, np.sin)], axis=1)
ANGULAR_WAYS: Final = WAYS / np.abs(WAYS).max(axis=1, keepdims=True)  # to the line of a square
Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True)
class Outline:
    """An ellipse or a turned rectangle, in pixels."""

    centre: tuple[float, float]
    axes: tuple[float, float]  # half width, half height
    turn_deg: float
    angular: bool  # a rectangle

    @property
    def square(self) -> bool:
        return self.angular and max(self.axes) <= MAX_SQUARE_ASPECT * min(self.axes)

    @property
    def circular(self) -> bool:
        return not self.angular and self.axes[0] == self.axes[1]

    def enlarged(self, scale: float) -> Outline:
        """The same in a picture `scale` times as large."""
        (x, y), (a, b) = self.centre, self.axes
        return Outline((x * scale, y * scale), (a * scale, b * scale), self.turn_deg, self.angular)

    def seen_from_within(self, point: tuple[float, float]) -> Points:
        """(2,) where a point lies along the outline's own axes, 1 on its line."""
        sin, cos = np.sin(np.radians(self.turn_deg)), np.cos(np.radians(self.turn_deg))
        away = np.subtract(point, self.centre) @ np.array([[cos, -sin], [sin, cos]])
        return np.asarray(away / np.array(self.axes))

    def points(self, beyond_px: float = 0.0) -> Points:
        """(DIRECTIONS, 2) points around the outline, moved outwards by `beyond_px`."""
        shape = (ANGULAR_WAYS if self.angular else WAYS) * (np.array(self.axes) + beyond_px)
        sin, cos = np.sin(np.radians(self.turn_deg)), np.cos(np.radians(self.turn_deg))
        return np.asarray(shape @ np.array([[cos, sin], [-sin, cos]]) + np.array(self.centre))

    def area(self, shape: tuple[int, ...], grow_px: float = 0.0) -> Mask:
        """True inside the outline that is grown (or shrunk) by so much."""
        area = np.zeros(shape[:2], np.bool_)
        rows, columns, inside = self._inside(shape, grow_px)
        area[rows, columns] = inside
        return area

    def face(self, plane: NDArray[Value], grow_px: float = 0.0) -> NDArray[Value]:
        """The plane's values inside the outline that is grown (or shrunk) by so much, row by row; may be none."""
        rows, columns, inside = self._inside(plane.shape, grow_px)
        return plane[rows, columns][inside]

    def _inside(self, shape: tuple[int, ...], grow_px: float) -> tuple[slice, slice, Mask]:
        """Rows and columns of the picture around the outline, and which of their pixels lie inside."""
        (x, y), (a, b) = self.centre, (max(0.0, axis + grow_px) for axis in self.axes)
        reach = np.hypot(a, b) + 2
        left, top = max(0, int(x - reach)), max(0, int(y - reach))
        height, width = min(shape[0], int(y + reach)) - top, min(shape[1], int(x + reach)) - left
        area, at = np.zeros((max(0, height), max(0, width)), np.uint8), (x - left, y - top)
        if area.size and self.angular:
            cv2.fillPoly(area, [np.round(cv2.boxPoints((at, (2 * a, 2 * b), self.turn_deg))).astype(np.int32)], 1)
        elif area.size:
            cv2.ellipse(area, (at, (2 * a, 2 * b), self.turn_deg), 1, -1)
        return slice(top, top + area.shape[0]), slice(left, left + area.shape[1]), area.view(np.bool_)

    def box(self, shape: tuple[int, ...]) -> Box:
        """The upright box around what lies in a picture of that shape."""
        points = self.points()
        points = points[within(points, shape)]
        low, high = np.floor(points.min(axis=0)).astype(int), np.ceil(points.max(axis=0)).astype(int)
        return int(low[0]), int(low[1]), int(high[0] - low[0] + 1), int(high[1] - low[1] + 1)


def within(points: Points, shape: tuple[int, ...]) -> Mask:
    """Which points lie in a picture of that shape."""
    inside = (points >= 0).all(axis=1) & (points <= np.array([shape[1] - 1, shape[0] - 1])).all(axis=1)
    return np.asarray(inside, np.bool_)


def fitted(contour: Points, shape: tuple[int, ...], dpi: float) -> Iterator[Outline]:
    """Outlines of a seal's size that fit a piece's outer contour, in the order circle, ellipse, square or rectangle."""
    size = max(cv2.boundingRect(contour.astype(np.int32))[2:])
    rounds = (_circle, _ellipse) if size >= mm_to_px(ROUND_PIECE_MM, dpi) else ()
    for fit in (*rounds, _rectangle, _core_rectangle):
        outline = fit(contour, shape, dpi)
        if outline:
            yield outline


def circles(plane: Plane, dpi: float, least: float) -> list[Outline]:
    """Circles of a round seal's size anywhere in a plane of ink, however much else touches them; best first.

    `least` (0 to 1) is how perfect they have to be (OpenCV's HOUGH_GRADIENT_ALT).
    """
    low, high = (mm_to_px(mm, dpi) for mm in RADIUS_MM)
    picture = np.clip(plane * 765, 0, 255).astype(np.uint8)  # a third of the paper's light is ink enough
    found = cv2.HoughCircles(
        picture, cv2.HOUGH_GRADIENT_ALT, HOUGH_DP, low, None, HOUGH_EDGE, least, round(low), round(high)
    )
    return [] if found is None else _round_ones(np.asarray(found[0, :MAX_CIRCLES], np.float32))


def broken_circles(plane: Plane, dpi: float) -> list[Outline]:
    """Circles of which no more than pieces may be left, such as a rim with print over it; many of them are none.

    Little but the rim may be in the plane, `dpi` about 38 (OpenCV's HOUGH_GRADIENT).
    """
    low, high = (mm_to_px(mm, dpi) for mm in RADIUS_MM)
    picture = np.clip(plane * BROKEN_GAIN, 0, 255).astype(np.uint8)
    found = cv2.HoughCircles(
        picture, cv2.HOUGH_GRADIENT, BROKEN_DP, low / 2, None, HOUGH_EDGE, BROKEN_VOTES, round(low), round(high)
    )
    return [] if found is None else _round_ones(np.asarray(found[0, :MAX_CIRCLES], np.float32))


def _round_ones(found: NDArray[np.float32]) -> list[Outline]:
    return [Outline((float(x), float(y)), (float(r), float(r)), 0.0, False) for x, y, r in found[:, :3]]


def _circle(contour: Points, shape: tuple[int, ...], dpi: float) -> Outline | None:
    """RANSAC through three points of the contour, then least squares."""
    low, high = (mm_to_px(mm, dpi) for mm in RADIUS_MM)
    near = mm_to_px(NEAR_MM, dpi)
    inner = _off_frame(contour, shape)
    if len(inner) < DIRECTIONS // 4:
        return None
    triples = inner[np.random.default_rng(0).integers(0, len(inner), (TRIES, 3))]
    centres, radii = _circumcircles(triples)
    right = np.isfinite(radii) & (radii >= low) & (radii <= high)
    if not right.any():
        return None
    centres, radii = centres[right], radii[right]
    thin = _thinned(inner)
    x, y = (np.subtract.outer(centres[:, axis], thin[:, axis]) for axis in (0, 1))
    gaps = np.abs(np.sqrt(x * x + y * y) - radii[:, None])
    best = int((gaps < near).sum(axis=1).argmax())
    centre, radius = centres[best], float(radii[best])
    close = inner[np.abs(np.hypot(*(inner - centre).T) - radius) < near]
    centre, radius = _least_squares_circle(close, centre, radius)
    if not low <= radius <= high:
        return None
    return Outline((float(centre[0]), float(centre[1])), (radius, radius), 0.0, False)


def _ellipse(contour: Points, shape: tuple[int, ...], dpi: float) -> Outline | None:
    """RANSAC through five points of the contour, then least squares through what lies near the best one."""
    near = mm_to_px(NEAR_MM, dpi)
    inner = _off_frame(contour, shape)
    if len(inner) < DIRECTIONS // 4:
        return None
    middle, size = inner.mean(axis=0), inner.std() + 1e-9  # conics are solved best around 0 and about as large as 1
    even = (inner - middle) / size
    conics = _conics(even[np.random.default_rng(0).integers(0, len(even), (TRIES, 5))])
    conics = conics[_axes_fit(conics, dpi / size)]
    if not len(conics):
        return None
    best = int((_distances(conics, _thinned(even)) < near / size).sum(axis=1).argmax())
    close = inner[_distances(conics[best : best + 1], even)[0] < near / size]
    if len(close) < 6:
        return None
    centre, (first, second), turn = cv2.fitEllipseDirect(close.astype(np.float32))
    return Outline((centre[0], centre[1]), (first / 2, second / 2), turn, False) if _oval(first, second, dpi) else None


def _oval(first: float, second: float, dpi: float) -> bool:
    long_mm, short_mm = (side * MM_PER_INCH / dpi for side in (max(first, second), min(first, second)))
    fits = LONG_AXIS_MM[0] <= long_mm <= LONG_AXIS_MM[1] and SHORT_AXIS_MM[0] <= short_mm <= SHORT_AXIS_MM[1]
    return fits and long_mm <= MAX_OVAL_ASPECT * short_mm


def _rectangle(contour: Points, _: tuple[int, ...], dpi: float) -> Outline | None:
    centre, (first, second), turn = cv2.minAreaRect(contour.astype(np.float32))
    long_mm, short_mm = (side * MM_PER_INCH / dpi for side in (max(first, second), min(first, second)))
    outline = Outline((centre[0], centre[1]), (first / 2, second / 2), turn, True)
    longest, shortest = (SQUARE_MM, SQUARE_MM) if outline.square else (BOX_LONG_MM, BOX_SHORT_MM)
    fits = longest[0] <= long_mm <= longest[1] and shortest[0] <= short_mm <= shortest[1]
    return outline if fits else None


def _core_rectangle(contour: Points, shape: tuple[int, ...], dpi: float) -> Outline | None:
    """The rectangle around a piece without what is joined to it and narrower than TAIL_MM: ends of words, strokes."""
    points = np.round(contour).astype(np.int32)
    left, top, width, height = cv2.boundingRect(points)
    filled = np.zeros((height, width), np.uint8)
    cv2.fillPoly(filled, [points - (left, top)], 1)
    side = round(mm_to_px(TAIL_MM, dpi))
    core = cv2.morphologyEx(filled, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    if core.sum() >= LEAST_TAIL * filled.sum():
        return None
    pieces, _ = cv2.findContours(core, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE, offset=(left, top))
    if not pieces:
        return None
    return _rectangle(max(pieces, key=len).reshape(-1, 2).astype(np.float64), shape, dpi)


def _thinned(contour: Points) -> Points:
    """Some VOTERS points of it."""
    return contour[:: max(1, len(contour) // VOTERS)]


def _off_frame(contour: Points, shape: tuple[int, ...]) -> Points:
    """The contour without the stretch along the page's own edge."""
    height, width = shape[:2]
    return contour[(contour > 1).all(axis=1) & (contour < np.array([width - 2, height - 2])).all(axis=1)]


def _circumcircles(triples: Points) -> tuple[Points, NDArray[np.float64]]:
    (ax, ay), (bx, by), (cx, cy) = (triples[:, i].T for i in range(3))
    with np.errstate(divide="ignore", invalid="ignore"):  # three points in a line have no circle; the caller drops them
        bend = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
        a, b, c = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
        x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / bend
        y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / bend
        return np.stack([x, y], axis=1), np.hypot(ax - x, ay - y)


def _conics(fives: Points) -> Points:
    """(n, 5) a to e of a x2 + b xy + c y2 + d x + e y = 1 through five points each, (n, 5, 2); none through a line."""
    x, y = fives[:, :, 0], fives[:, :, 1]
    design = np.stack([x * x, x * y, y * y, x, y], axis=2)
    solvable = np.abs(np.linalg.det(design)) > LEAST_DETERMINANT
    return np.linalg.solve(design[solvable], np.ones((int(solvable.sum()), 5, 1)))[:, :, 0]


def _axes_fit(conics: Points, dpi: float) -> Mask:
    """Which of them are ellipses with the axes of an oval seal."""
    a, b, c, d, e = conics.T
    bend = 4 * a * c - b * b
    with np.errstate(divide="ignore", invalid="ignore"):  # no ellipses: the comparisons below drop them
        level = 1 + (c * d * d - b * d * e + a * e * e) / bend  # of the form about its own centre
        half, root = (a + c) / 2, np.hypot(a - c, b) / 2
        short, long = (2 * np.sqrt(level / (half + sign * root)) * MM_PER_INCH / dpi for sign in (1, -1))
        fits = (bend > 0) & (long <= MAX_OVAL_ASPECT * short) & (long >= LONG_AXIS_MM[0]) & (long <= LONG_AXIS_MM[1])
        return np.asarray(fits & (short >= SHORT_AXIS_MM[0]) & (short <= SHORT_AXIS_MM[1]))


def _distances(conics: Points, points: Points) -> Points:
    """(conics, points) to a first approximation (Sampson 1982)."""
    x, y = points.T
    a, b, c, d, e = (part[:, None] for part in conics.T)
    value = a * x * x + b * x * y + c * y * y + d * x + e * y - 1
    slope = np.hypot(2 * a * x + b * y + d, b * x + 2 * c * y + e)
    return np.asarray(np.abs(value) / (slope + 1e-9))


def _least_squares_circle(points: Points, centre: Points, radius: float) -> tuple[Points, float]:
    """Algebraic fit (Kasa 1976) through the points near a first circle; that circle when they are too few."""
    if len(points) < 10:
        return centre, radius
    design = np.column_stack([2 * points, np.ones(len(points))])
    x, y, rest = np.linalg.lstsq(design, (points**2).sum(axis=1), rcond=None)[0]
    return np.array([x, y]), float(np.sqrt(max(rest + x * x + y * y, 0)))
