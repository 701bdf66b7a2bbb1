"""Red seals (印章): round, oval and square, whole or cut by the page's edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.density import Mask
from ocr.imaging.scale import MM_PER_INCH, mm_to_px
from ocr.imaging.types import Box

RADIUS_MM: Final = (14.0, 27.0)
LONG_AXIS_MM: Final = (24.0, 56.0)
SHORT_AXIS_MM: Final = (18.0, 44.0)
SQUARE_MM: Final = (10.0, 30.0)
RULE_MM: Final = 40.0  # a straight run this long is a ruled line
JOIN_MM: Final = 3.0
NEAR_MM: Final = 0.8  # of the outline
OUTSIDE_MM: Final = 2.0
MIN_COVER: Final = 0.72  # of the outline's directions that lie in the page
MIN_COVER_CUT: Final = 0.78  # when less than half of it lies in the page
MIN_ARC_MM: Final = 22.0
MAX_OUTSIDE: Final = 0.25
FILL: Final = (0.10, 0.68)
MAX_SQUARE_FILL: Final = 0.80
MAX_SQUARE_ASPECT: Final = 1.35
DIRECTIONS: Final = 120
TRIES: Final = 400
MAX_CLUSTERS: Final = 12
PASSES: Final = 3  # seals over seals: the found one is taken out and the rest looked at again

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Seal:
    """An outline as an ellipse or a turned square, in pixels of the mask it was found in."""

    centre: tuple[float, float]
    axes: tuple[float, float]  # half width, half height
    turn_deg: float
    square: bool
    cover: float  # share of the outline seen, 0 to 1
    box: Box


def find_seals(mask: Mask, dpi: float) -> list[Seal]:
    """Seals in a mask of red ink; `dpi` about 75."""
    left_over = _without_rules(mask, dpi)
    found: list[Seal] = []
    for _ in range(PASSES):
        seals = [seal for cluster in _clusters(left_over, dpi) if (seal := _seal_in(cluster, left_over, dpi))]
        if not seals:
            break
        for seal in seals:
            found.append(seal)
            left_over = left_over & ~outline_area(seal, mask.shape, grow_px=mm_to_px(1, dpi))
    return found


def outline_area(seal: Seal, shape: tuple[int, ...], grow_px: float = 0.0) -> Mask:
    """True inside the outline."""
    area = np.zeros(shape[:2], np.uint8)
    if seal.square:
        rectangle = (seal.centre, (2 * (seal.axes[0] + grow_px), 2 * (seal.axes[1] + grow_px)), seal.turn_deg)
        cv2.fillPoly(area, [np.round(cv2.boxPoints(rectangle)).astype(np.int32)], 1)
    else:
        ellipse = (seal.centre, (2 * (seal.axes[0] + grow_px), 2 * (seal.axes[1] + grow_px)), seal.turn_deg)
        cv2.ellipse(area, ellipse, 1, -1)
    return area.astype(np.bool_)


def _without_rules(mask: Mask, dpi: float) -> Mask:
    length = round(mm_to_px(RULE_MM, dpi))
    ink = mask.astype(np.uint8)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(mask & (across == 0) & (down == 0), np.bool_)


def _clusters(mask: Mask, dpi: float) -> list[Points]:
    """Outer contours of pieces that lie within 3 mm of each other, large enough for a seal; largest first."""
    size = round(mm_to_px(JOIN_MM, dpi))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    padded = np.pad(mask.astype(np.uint8), size)  # closing must not stop at the page's edge
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc)[size:-size, size:-size]
    contours, _ = cv2.findContours(np.ascontiguousarray(joined), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    smallest = mm_to_px(SQUARE_MM[0], dpi)
    large = [c.reshape(-1, 2).astype(np.float64) for c in contours if max(cv2.boundingRect(c)[2:]) >= smallest]
    return sorted(large, key=len, reverse=True)[:MAX_CLUSTERS]


def _seal_in(contour: Points, mask: Mask, dpi: float) -> Seal | None:
    """The first shape that fits, in the order circle, ellipse, square."""
    for fit in (_circle, _ellipse, _square):
        seal = fit(contour, mask, dpi)
        if seal:
            return seal
    return None


def _circle(contour: Points, mask: Mask, dpi: float) -> Seal | None:
    low, high = (mm_to_px(mm, dpi) for mm in RADIUS_MM)
    near = mm_to_px(NEAR_MM, dpi)
    inner = _off_frame(contour, mask.shape)
    if len(inner) < DIRECTIONS // 4:
        return None
    triples = inner[np.random.default_rng(0).integers(0, len(inner), (TRIES, 3))]
    centres, radii = _circumcircles(triples)
    right = np.isfinite(radii) & (radii >= low) & (radii <= high)
    if not right.any():
        return None
    centres, radii = centres[right], radii[right]
    thin = inner[:: max(1, len(inner) // 400)]
    gaps = np.abs(np.hypot(*(thin[None] - centres[:, None]).transpose(2, 0, 1)) - radii[:, None])
    best = int((gaps < near).sum(axis=1).argmax())
    centre, radius = centres[best], float(radii[best])
    close = inner[np.abs(np.hypot(*(inner - centre).T) - radius) < near]
    centre, radius = _least_squares_circle(close, centre, radius)
    if not low <= radius <= high:
        return None
    return _accept((float(centre[0]), float(centre[1])), (radius, radius), 0.0, False, contour, mask, dpi)


def _ellipse(contour: Points, mask: Mask, dpi: float) -> Seal | None:
    hull = cv2.convexHull(_off_frame(contour, mask.shape).astype(np.float32)).reshape(-1, 2)
    if len(hull) < 6:
        return None
    centre, (first, second), turn = cv2.fitEllipseDirect(hull)
    long_mm, short_mm = (side * MM_PER_INCH / dpi for side in (max(first, second), min(first, second)))
    if not (LONG_AXIS_MM[0] <= long_mm <= LONG_AXIS_MM[1] and SHORT_AXIS_MM[0] <= short_mm <= SHORT_AXIS_MM[1]):
        return None
    return _accept((centre[0], centre[1]), (first / 2, second / 2), turn, False, contour, mask, dpi)


def _square(contour: Points, mask: Mask, dpi: float) -> Seal | None:
    centre, (first, second), turn = cv2.minAreaRect(contour.astype(np.float32))
    low, high = (mm_to_px(mm, dpi) for mm in SQUARE_MM)
    if min(first, second) < low or max(first, second) > high:
        return None
    if max(first, second) > MAX_SQUARE_ASPECT * min(first, second):
        return None
    return _accept((centre[0], centre[1]), (first / 2, second / 2), turn, True, contour, mask, dpi)


def _accept(
    centre: tuple[float, float],
    axes: tuple[float, float],
    turn_deg: float,
    square: bool,
    contour: Points,
    mask: Mask,
    dpi: float,
) -> Seal | None:
    """The seal when enough of its outline is there, little ink just outside and a seal's amount of ink inside."""
    height, width = mask.shape
    outline = _outline(centre, axes, turn_deg, square, 0.0)
    in_page = _within(outline, width, height)
    if not in_page.any():
        return None
    gaps = np.hypot(*(outline[in_page][:, None] - contour[None]).transpose(2, 0, 1)).min(axis=1)
    cover = float((gaps < mm_to_px(NEAR_MM, dpi)).mean())
    arc_mm = in_page.mean() * np.pi * sum(axes) * MM_PER_INCH / dpi
    if arc_mm < MIN_ARC_MM or cover < (MIN_COVER if in_page.mean() >= 0.5 else MIN_COVER_CUT):
        return None
    beyond = _outline(centre, axes, turn_deg, square, mm_to_px(OUTSIDE_MM, dpi))
    beyond = np.round(beyond[_within(beyond, width, height)]).astype(np.intp)
    if len(beyond) and mask[beyond[:, 1], beyond[:, 0]].mean() > MAX_OUTSIDE:
        return None
    seal = Seal(centre, axes, turn_deg, square, cover, _box(outline[in_page]))
    fill = float(mask[outline_area(seal, mask.shape)].mean())
    return seal if FILL[0] <= fill <= (MAX_SQUARE_FILL if square else FILL[1]) else None


def _outline(
    centre: tuple[float, float], axes: tuple[float, float], turn_deg: float, square: bool, beyond_px: float
) -> Points:
    """(DIRECTIONS, 2) points around the outline, moved outwards by `beyond_px`."""
    angles = np.linspace(0, 2 * np.pi, DIRECTIONS, endpoint=False)
    unit = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    if square:
        unit /= np.abs(unit).max(axis=1, keepdims=True)
    shape = unit * (np.array(axes) + beyond_px)
    sin, cos = np.sin(np.radians(turn_deg)), np.cos(np.radians(turn_deg))
    return np.asarray(shape @ np.array([[cos, sin], [-sin, cos]]) + np.array(centre))


def _within(points: Points, width: int, height: int) -> Mask:
    inside = (points >= 0).all(axis=1) & (points <= np.array([width - 1, height - 1])).all(axis=1)
    return np.asarray(inside, np.bool_)


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


def _least_squares_circle(points: Points, centre: Points, radius: float) -> tuple[Points, float]:
    """Algebraic fit (Kasa 1976) through the points near a first circle; that circle when they are too few."""
    if len(points) < 10:
        return centre, radius
    design = np.column_stack([2 * points, np.ones(len(points))])
    x, y, rest = np.linalg.lstsq(design, (points**2).sum(axis=1), rcond=None)[0]
    return np.array([x, y]), float(np.sqrt(max(rest + x * x + y * y, 0)))


def _box(points: Points) -> Box:
    low, high = np.floor(points.min(axis=0)).astype(int), np.ceil(points.max(axis=0)).astype(int)
    return int(low[0]), int(low[1]), int(high[0] - low[0] + 1), int(high[1] - low[1] + 1)
