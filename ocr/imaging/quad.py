"""The four corners of a sheet in a camera picture (四角检测): coarse lines on a small copy, then each edge by itself.

Coarse: straight edges (Hough 1962), paired to quadrangles; the best one has an edge along each side, another colour
beyond it than within, and lines that end at its corners. Where that finds none, as on a table as white as the paper,
the sheet's own shadow has to run along all four sides of an A4 sheet. Fine: each edge is looked up along its normals in
a larger copy and followed by a curve, for sheets curl; neighbouring curves are brought to their crossing. Of the few
best the one is taken whose edges are seen best, whose shape is nearest to A4's and which is largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.edges import MOST_SHADOW, EdgeFinder
from ocr.imaging.rectangle import side_ratio
from ocr.imaging.scale import thumbnail
from ocr.imaging.types import Picture

Points = NDArray[np.float64]  # (n, 2): x, y

COARSE_PX: Final = 512  # long side of the copy the lines are found on
FINE_PX: Final = 2000  # long side of the copy the edges are followed on
APART_PX: Final = 5.0  # lines nearer than this are one
MAX_SLANT_DEG: Final = 40.0
MIN_AREA: Final = 0.12  # of the picture
MIN_SIDE: Final = 0.2  # of the picture's shorter side
MAX_OUTSIDE: Final = 0.02  # of the long side, by which a corner may lie out of the picture
SIDE_PX: Final = 6  # how far beside a line its two colours are looked at
CLEAR_CONTRAST: Final = 6.0  # Lab steps between sheet and table that count as a whole difference
SEEN_CONTRAST: Final = 2.5  # as much at least on three sides
STROKE_SHARE: Final = 0.08  # of what the line itself differs: a frame's blur is no contrast
SHADOWED: Final = 0.75  # of each side, where the shadow alone is looked for
DARK_WITHIN: Final = 25.0  # Lab steps by which paper is not darker than its table, on three sides
LARGE_SHARE: Final = 0.42  # of the picture: brown paper on a white table, a photograph is seldom so large
OVERRUN_PX: Final = 24  # how far past its corner a line is looked for
A4_RATIO: Final = 297 / 210
A4_TOLERANCE: Final = 0.1  # of it: the sheet lies a little askew
GUESSES: Final = 4  # followed at most
SAME_PX: Final = 8.0  # quadrangles with no corner farther apart are one guess
SURE: Final = 0.5  # share of the worst side on which its edge must be seen, on a sheet of the very shape of A4
MIN_BARE: Final = 0.45  # of the worst side's margin; sheets had 0.5 and more, most over 0.85, print beside them 0.35
CERTAIN: Final = 0.95  # no other guess is followed
UNLIKE_A4: Final = 0.2  # by which natural logarithm of the sides' ratio off A4's a sheet is 1 / e as likely
A4_BONUS: Final = 1.15  # what the shape counts beside edges and contrast


@dataclass(frozen=True)
class _Search:
    """How faint an edge is looked for. Canny's cuts are 4 times the step in Lab."""

    median_px: int  # takes text and rules away, and with them narrow shadows
    canny: tuple[int, int]
    clear_edge: float  # Lab steps over 2 px that count as a whole edge
    lines_each: int  # kept of each direction
    by_shadow: bool


SEARCHES: Final = (_Search(7, (6, 15), 8.0, 20, by_shadow=False), _Search(5, (3, 8), 2.0, 28, by_shadow=True))


@dataclass(frozen=True)
class SheetQuad:
    """Corners in pixels of the picture (centres), clockwise from the one at its top left; confidence from 0 to 1.

    `outline`: places (n, 2) along the edge from each corner to the next, NaN where no edge is seen.
    """

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    outline: tuple[Points, ...] = field(default=(), compare=False)


def find_quad(picture: Picture) -> SheetQuad | None:
    """The sheet in a gray or colour picture; None when no quadrangle is surely one sheet seen whole."""
    small, medium = thumbnail(picture, COARSE_PX), thumbnail(picture, FINE_PX)
    height, width = medium.shape[:2]
    to_medium = np.array([width / small.shape[1], height / small.shape[0]])
    to_picture = np.array([picture.shape[1] / width, picture.shape[0] / height])
    lab, finder = _lab(small), EdgeFinder(_lab(medium))
    for search in SEARCHES:
        best: tuple[float, float, Points] | None = None
        for guess in _coarse(lab, search):
            corners, seen = finder.refine((guess + 0.5) * to_medium - 0.5)
            likely = seen * _likeness_to_a4(corners, medium.shape[:2])
            bare = finder.bareness(corners) if likely >= SURE and not finder.is_drawn(corners) else 0.0
            worth = likely * bare * float(_weight(_area(corners[None])[0] / (height * width)))
            if bare >= MIN_BARE and (best is None or worth > best[0]):
                best = worth, seen, corners
            if min(likely, bare) >= CERTAIN:
                break
        if best is not None:
            _, confidence, corners = best
            first, second, third, fourth = (
                (float(x), float(y)) for x, y in ((corners + 0.5) * to_picture - 0.5).tolist()
            )
            outline = tuple((edge + 0.5) * to_picture - 0.5 for edge in finder.outline(corners))
            return SheetQuad((first, second, third, fourth), confidence, outline)
    return None


def _lab(picture: Picture) -> NDArray[np.float32]:
    """CIE L*a*b* in 8-bit steps, (height, width, 3)."""
    colour = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2LAB), np.float32)


def _coarse(lab: NDArray[np.float32], search: _Search) -> list[Points]:
    """Corners in pixels of the small copy: of all quadrangles between two flat and two steep lines the best few."""
    layers = [cv2.medianBlur(lab[..., channel].astype(np.uint8), search.median_px) for channel in range(3)]
    calm = np.asarray(np.stack(layers, axis=-1), np.uint8)  # text and rules are gone
    flat = _Traced(calm, _lines(calm, search, across=True), search, downwards=True)
    steep = _Traced(calm, _lines(calm, search, across=False), search, downwards=False)
    if len(flat) < 2 or len(steep) < 2:
        return []
    crossings = flat.crossings(steep)
    rows, columns = (np.array(list(combinations(range(len(lines)), 2))) for lines in (flat, steep))
    top, bottom = np.repeat(rows, len(columns), axis=0).T
    west, east = np.tile(columns, (len(rows), 1)).T
    quads = np.stack([crossings[top, west], crossings[top, east], crossings[bottom, east], crossings[bottom, west]], 1)
    fit = _plausible(quads, calm.shape[:2])
    quads, top, bottom, west, east = quads[fit], top[fit], bottom[fit], west[fit], east[fit]
    edge, contrast, darker, overrun, stroke = np.stack(
        [
            flat.side(top, quads[:, 0], quads[:, 1], inside=1),
            steep.side(east, quads[:, 1], quads[:, 2], inside=0),
            flat.side(bottom, quads[:, 3], quads[:, 2], inside=0),
            steep.side(west, quads[:, 0], quads[:, 3], inside=1),
        ],
        axis=1,
    )
    share = _area(quads) / (calm.shape[0] * calm.shape[1])
    sides = edge * (1 - 0.3 * overrun)
    if search.by_shadow:
        sheets = (edge.min(axis=0) >= SHADOWED) & (stroke.max(axis=0) <= MOST_SHADOW) & _like_a4(quads)
    else:
        sides *= 0.3 + 0.7 * np.minimum(1, contrast / CLEAR_CONTRAST)
        differs = contrast >= np.maximum(SEEN_CONTRAST, STROKE_SHARE * stroke)
        lies_on_something = differs.sum(axis=0) >= 3  # else it is a frame printed on the paper
        dark = (darker >= DARK_WITHIN).sum(axis=0)
        is_paper = (dark <= 1) | ((dark >= 3) & (share >= LARGE_SHARE))  # else a photograph on it
        sheets = lies_on_something & is_paper
    scores = (sides.min(axis=0) + sides.mean(axis=0)) * _weight(share)
    scores *= np.where(_like_a4(quads), A4_BONUS, 1)
    return _best(quads[sheets], scores[sheets])


def _best(quads: NDArray[np.float64], scores: NDArray[np.float64]) -> list[Points]:
    """The best few that are not nearly the same."""
    kept: list[Points] = []
    while len(kept) < GUESSES and len(scores) and scores.max() > 0:
        kept.append(quads[scores.argmax()])
        other = np.linalg.norm(quads - kept[-1], axis=2).max(axis=1) > SAME_PX
        quads, scores = quads[other], scores[other]
    return kept


def _lines(calm: Picture, search: _Search, *, across: bool) -> list[tuple[float, float]]:
    """rho, theta (OpenCV's) of the strongest straight edges, each once."""
    edges = np.zeros(calm.shape[:2], np.uint8)
    for channel in range(3):
        edges |= np.asarray(cv2.Canny(np.ascontiguousarray(calm[..., channel]), *search.canny), np.uint8)
    slant = np.radians(MAX_SLANT_DEG)
    low, high = (np.pi / 2 - slant, np.pi / 2 + slant) if across else (-slant, slant)
    found = cv2.HoughLinesWithAccumulator(edges, 1, np.pi / 360, COARSE_PX // 10, min_theta=low, max_theta=high)
    kept: list[tuple[float, float]] = []
    for rho, theta, _ in found.reshape(-1, 3)[:400] if found is not None else ():
        if all(_apart((rho, theta), other, calm.shape[:2]) > APART_PX for other in kept):
            kept.append((float(rho), float(theta)))
        if len(kept) == search.lines_each:
            break
    return kept


def _apart(one: tuple[float, float], other: tuple[float, float], shape: tuple[int, ...]) -> float:
    """The largest distance of two lines at the picture's middle and a third of it to both sides, in pixels."""
    middle = np.array([shape[1], shape[0]]) / 2
    along = np.array([-np.sin(one[1]), np.cos(one[1])])
    start = middle + (one[0] - middle @ [np.cos(one[1]), np.sin(one[1])]) * np.array([np.cos(one[1]), np.sin(one[1])])
    points = start + np.outer([-1, 0, 1], along) * min(shape) / 3
    return float(np.abs(points @ [np.cos(other[1]), np.sin(other[1])] - other[0]).max())


class _SideLook(NamedTuple):
    """What lies along the ways between two corners each; all but `edge` and `overrun` in Lab steps."""

    edge: NDArray[np.float64]  # how much of the way is an edge, 0 to 1
    contrast: NDArray[np.float64]  # by how much the colours beside it differ
    darker: NDArray[np.float64]  # by how much the inner one is darker
    overrun: NDArray[np.float64]  # how much edge there is past the corners, 0 to 1
    stroke: NDArray[np.float64]  # by how much the line itself differs from what is beside it


class _Traced:
    """Infinite lines of one direction, in order across it, with what lies along each: running sums of whole pixels."""

    def __init__(
        self, calm: Picture, lines: Sequence[tuple[float, float]], search: _Search, *, downwards: bool
    ) -> None:
        height, width = calm.shape[:2]
        middle = np.array([width, height]) / 2
        normals = np.array([(np.cos(theta), np.sin(theta)) for _, theta in lines]).reshape(-1, 2)
        rhos = np.array([rho for rho, _ in lines])
        turned = np.where(normals[:, 1 if downwards else 0] < 0, -1.0, 1.0)  # normals point down, or to the right
        normals, rhos = normals * turned[:, None], rhos * turned
        points = middle + (rhos - normals @ middle)[:, None] * normals
        order = np.argsort(points[:, 1 if downwards else 0])
        self._normals, self._points = normals[order], points[order]
        along = np.column_stack([self._normals[:, 1], -self._normals[:, 0]])
        self._along = along if downwards else -along  # to the right, or down
        self._reach = int(np.hypot(height, width))
        steps = np.arange(-self._reach, self._reach, dtype=np.float64)
        places = self._points[:, None] + steps[:, None] * self._along[:, None]
        shifts = np.arange(-SIDE_PX, SIDE_PX + 1)
        beside = _look(calm, places[:, :, None] + shifts[:, None] * self._normals[:, None, None])
        rises = np.abs(beside[:, :, 2:] - beside[:, :, :-2]).max(axis=3)[:, :, SIDE_PX - 3 : SIDE_PX + 2].max(axis=2)
        seen = (places >= 0).all(axis=2) & (places <= (width - 1, height - 1)).all(axis=2)
        self._edge = _running(np.clip(rises / search.clear_edge, 0, 1) * seen)
        self._colours = _running(np.stack([beside[:, :, 0], beside[:, :, -1]], axis=2))
        off = beside[:, :, SIDE_PX - 2 : SIDE_PX + 3] - (beside[:, :, :1] + beside[:, :, -1:]) / 2
        self._stroke = _running(np.linalg.norm(off, axis=3).max(axis=2))

    def __len__(self) -> int:
        return len(self._points)

    def crossings(self, other: _Traced) -> NDArray[np.float64]:
        """(lines, other lines, 2): where each crosses each; lines of the two directions never run alike."""
        matrix = np.stack(np.broadcast_arrays(self._normals[:, None], other._normals[None]), axis=2)
        mine, others = (np.sum(lines._normals * lines._points, axis=1) for lines in (self, other))
        wanted = np.stack(np.broadcast_arrays(mine[:, None], others[None]), axis=2)
        return np.asarray(np.linalg.solve(matrix, wanted[..., None])[..., 0], np.float64)

    def side(self, lines: NDArray[np.intp], first: Points, last: Points, *, inside: int) -> _SideLook:
        """`inside`: 1 where the sheet lies on the side of the normal, 0 where against it."""
        start, end = (np.sum((corner - self._points[lines]) * self._along[lines], axis=1) for corner in (first, last))
        edge = self._mean(self._edge, lines, start, end)
        colours = self._mean(self._colours, lines, start, end)
        within, beyond = colours[:, inside], colours[:, 1 - inside]
        contrast, darker = np.linalg.norm(within - beyond, axis=1), beyond[:, 0] - within[:, 0]
        overrun = self._mean(self._edge, lines, start - OVERRUN_PX, start)
        overrun = (overrun + self._mean(self._edge, lines, end, end + OVERRUN_PX)) / 2
        return _SideLook(edge, contrast, darker, overrun, self._mean(self._stroke, lines, start, end))

    def _mean(
        self,
        running: NDArray[np.float64],
        lines: NDArray[np.intp],
        start: NDArray[np.float64],
        end: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        low, high = (
            np.clip(np.rint(edge + self._reach).astype(np.intp), 0, running.shape[1] - 1) for edge in (start, end)
        )
        count = np.maximum(1, high - low).reshape(-1, *(1,) * (running.ndim - 2))
        return np.asarray((running[lines, high] - running[lines, low]) / count, np.float64)


def _look(calm: Picture, places: NDArray[np.float64]) -> NDArray[np.float32]:
    """The colours at the nearest pixels; beyond the picture those of its rim."""
    x = np.clip(np.rint(places[..., 0]).astype(np.intp), 0, calm.shape[1] - 1)
    y = np.clip(np.rint(places[..., 1]).astype(np.intp), 0, calm.shape[0] - 1)
    return calm[y, x].astype(np.float32)


def _running(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Sums along axis 1, from 0 on."""
    sums = np.cumsum(values, axis=1, dtype=np.float64)
    return np.concatenate([np.zeros_like(sums[:, :1]), sums], axis=1)


def _plausible(quads: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which of (n, 4, 2) are convex, clockwise, large enough, and in the picture."""
    height, width = shape
    slack = MAX_OUTSIDE * max(shape)
    within = ((quads >= -slack) & (quads <= np.array([width, height]) - 1 + slack)).all(axis=(1, 2))
    sides = np.roll(quads, -1, axis=1) - quads
    after = np.roll(sides, -1, axis=1)
    convex = (sides[..., 0] * after[..., 1] - sides[..., 1] * after[..., 0] > 0).all(axis=1)
    long = np.linalg.norm(sides, axis=2).min(axis=1) >= MIN_SIDE * min(shape)
    return np.asarray(within & convex & long & (_area(quads) >= MIN_AREA * height * width), np.bool_)


def _like_a4(quads: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of (n, 4, 2) have the sides of A4, seen a little from the side."""
    top, right, bottom, left = np.linalg.norm(np.roll(quads, -1, axis=1) - quads, axis=2).T
    ratio = np.log((top + bottom) / (left + right))
    return np.asarray(np.abs(np.abs(ratio) - np.log(A4_RATIO)) <= A4_TOLERANCE, np.bool_)


def _likeness_to_a4(corners: Points, shape: tuple[int, ...]) -> float:
    """1 for A4 seen from anywhere, less for other shapes, 0 for what is no sheet in a picture of this shape."""
    if not _plausible(corners[None], shape)[0]:
        return 0.0
    ratio = side_ratio(corners - (np.array(shape[::-1]) - 1) / 2)
    return float(np.exp(-abs(abs(np.log(ratio)) - np.log(A4_RATIO)) / UNLIKE_A4))


def _weight(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a quadrangle's share of the picture adds to it: a frame lies within the sheet."""
    return np.asarray(1 + np.sqrt(np.maximum(share, 0)), np.float64)


def _area(quads: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = quads[..., 0], quads[..., 1]
    return np.asarray((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1) / 2, np.float64)
