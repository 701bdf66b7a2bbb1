"""Following the edges of a sheet: from rough corners to exact ones, with how surely each edge was seen.

An edge is a step: sharp, unlike the sheet's shadow, between two sides that differ for some way, unlike a line on the
table or the threads of a cloth, and with bare paper within, unlike print. The way with most of it is found by dynamic
programming (Amini, Weymouth and Jain, Using dynamic programming for solving variational problems in vision, IEEE PAMI
12, 1990), a curve is laid through it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2): x, y
Layers = NDArray[np.float32]  # (height, width, 3), L, a, b
Steps = NDArray[np.float32]  # (places, offsets), Lab steps

PLACES: Final = 160  # looked at along a side
ENDS: Final = 0.02  # of a side that is left out at each corner, where the other edge begins
SHARES: Final = np.linspace(ENDS, 1 - ENDS, PLACES)
REACHES_PX: Final = (28, 14)  # to both sides of the edge expected, coarse to fine
STEP_PX: Final = 2  # the edge is the steepest change over so many pixels to both sides,
SOFT_PX: Final = 6  # less what a slope as long as this changes over as many: shadows are soft
BESIDE_PX: Final = ((3, 5), (6, 8))  # both bands on one side differ from both on the other,
BESIDE_SHARE: Final = 0.5  # by this share of the step at least, or the step counts for less
BARE_PX: Final = 9  # of paper within the edge are bare, where its brightness strays by less than
UNEVEN: Final = 1.5  # steps of 255; with twice as much
INK_COUNTS: Final = 0.05  # is left of the step: print and grain have edges too
MARGIN_PX: Final = 11
BAND_PX: Final = 4  # around the first curve, within which the exact one is looked for
NEAR: Final = 0.5  # of a side that speaks for a corner: a curled sheet's edges bend
DEGREE: Final = 2
OUTLIER_PX: Final = 1.5
ROUNDS: Final = 6
MIN_RISE: Final = 1.0  # Lab steps; less is not seen as an edge
CLEAR_RISE: Final = 5.0  # as good as any more: a black line must not outweigh a long pale edge
BEND_COST: Final = 0.3  # of a clear edge at one place, for each pixel by which the way bends there
FRAME_PX: Final = 26  # to both sides of an edge; a printed frame's line lies within, past it
FAR_PX: Final = 6  # the paper is looked at
SAME_TINT: Final = 5.0  # of a* and b* of paper as bright as can be
TINT_SCALE: Final = 200.0  # a* and b* are told as they are where
TINT_OFFSET: Final = 41.0  # L, in steps of 255, and this (16 of L*) come to so much
NEAR_CORNER: Final = 24  # places along each side
CORNER_PX: Final = (5, 21, 3)  # along both edges: 1 to 4 mm
SAME_LIGHT: Final = 0.25  # of L
MIN_CORNER: Final = 0.5
SAME_PAPER: Final = 4.0  # Lab steps
MOST_SHADOW: Final = 30.0  # Lab steps; shadows had up to 25, a printed frame is darker
INWARDS_PX: Final = (4, 17)  # of an edge: 2 mm of a sheet that fills the picture
EVEN: Final = 8.0  # steps of 255 of brightness, from the lightest to the darkest
FOLD_COUNTS: Final = 0.9  # what a side is worth that darkens evenly towards its edge, beside a bare one
TORN_COUNTS: Final = 0.8  # what a sheet of three corners is worth, beside a whole one
ALONG: Final = 5  # places averaged along the edge: a sheet's is even there, noise, text and the grain of wood are not


class Beyond(NamedTuple):
    """`alike`: the same paper as within the side; `ruled`: that, and a line darker than a shadow along it."""

    alike: bool
    ruled: bool


class EdgeFinder:
    """Looks for edges in one picture."""

    def __init__(self, lab: Layers) -> None:
        self._lab = cv2.GaussianBlur(lab, (0, 0), 1.0)

    def refine(self, corners: Points, reaches: tuple[int, ...] = REACHES_PX) -> FoundEdges:
        """Better corners, and the edges that they were found by, looked for as far off as `reaches`, by turns."""
        for reach in reaches:
            sides = self._follow(corners, reach)
            corners = np.array([_meet(sides[i - 1], sides[i], corners[i]) for i in range(4)])
        return FoundEdges(corners, tuple(sides))

    def outline(self, corners: Points) -> list[Points]:
        """Where the edge from each corner to the next is seen: places (PLACES, 2), NaN where none is."""
        return [side.places() for side in self._follow(corners, REACHES_PX[0])]

    def beyond(self, corners: Points) -> list[Beyond]:
        """What lies beyond each side, from the first corner on."""
        return [self._beyond(way) for way in _ways(corners)]

    def _beyond(self, way: _Way) -> Beyond:
        look = self._look(way, FRAME_PX)
        within, beyond = look[:, :FAR_PX].mean(axis=1), look[:, -FAR_PX:].mean(axis=1)
        darker = within[:, 0] - look[:, FAR_PX:-FAR_PX, 0].min(axis=1)
        alike = bool(np.median(np.linalg.norm(within - beyond, axis=1)) < SAME_PAPER)
        return Beyond(alike, alike and bool(np.median(darker) > MOST_SHADOW))

    def bareness(self, found: FoundEdges) -> float:
        """Share of the worst side along which bare paper of one tint lies within the edge; 0 where corners have none.

        A sheet has bare margins. What lies within an edge of the table, or of a sheet below, is not the same all along,
        and where such an edge meets the sheet's there is table in the corner. One side may bend down into the fold of
        a bound file and one corner be torn off or folded over: both count for less.
        """
        inwards = np.arange(*INWARDS_PX)
        looks = np.stack([self._at(side.within(inwards)) for side in found.sides])
        paper = looks.mean(axis=2)
        tint = _tint(paper)
        same = np.linalg.norm(tint - np.median(tint, axis=(0, 1)), axis=2) < SAME_TINT
        bare = (same & (np.ptp(looks[..., 0], axis=2) < EVEN)).mean(axis=1)
        worst = int(bare.argmin())
        into_fold = same[worst] & (np.ptp(_without_slope(looks[worst, ..., 0]), axis=1) < EVEN)
        bare[worst] = max(bare[worst], FOLD_COUNTS * into_fold.mean())
        whole = sum(
            self._is_paper(found.corners, i, np.concatenate([paper[i - 1, -NEAR_CORNER:], paper[i, :NEAR_CORNER]]))
            for i in range(4)
        )
        return float(bare.min()) * {4: 1.0, 3: TORN_COUNTS}.get(whole, 0.0)

    def _is_paper(self, corners: Points, corner: int, paper: Layers) -> bool:
        """Whether a corner is mostly of the colour of the `paper` (n, 3) along the edges beside it."""
        ways = _ways(corners)
        x, y = np.meshgrid(*[np.arange(*CORNER_PX)] * 2)
        places = corners[corner] + x[..., None] * ways[corner].along - y[..., None] * ways[corner - 1].along
        seen = self._at(places, along=1)
        usual = np.median(paper, axis=0)
        same = np.linalg.norm(_tint(seen) - _tint(usual), axis=2) < SAME_TINT
        return bool((same & (np.abs(seen[..., 0] - usual[0]) < SAME_LIGHT * usual[0])).mean() >= MIN_CORNER)

    def _follow(self, corners: Points, reach: int) -> list[Side]:
        """Where the edges near the straight ways between the corners really run."""
        ways = _ways(corners)
        steps = [self._steps(way, reach) for way in ways]
        paths = _best_paths(np.minimum(np.stack(steps) / np.float32(CLEAR_RISE), 1))
        return [Side(way, step, path, reach) for way, step, path in zip(ways, steps, paths, strict=True)]

    def _steps(self, way: _Way, reach: int) -> Steps:
        """How much of an edge each place along the way is, from `reach` inwards to `reach` outwards of it."""
        look = self._look(way, reach + MARGIN_PX)
        count = 2 * reach + 1
        sums = np.cumsum(look, axis=1)

        def at(shift: int) -> Layers:
            return look[:, MARGIN_PX + shift :][:, :count]

        def band(low: int, high: int) -> Layers:
            total = sums[:, MARGIN_PX + high :][:, :count] - sums[:, MARGIN_PX + low - 1 :][:, :count]
            return np.asarray(total / np.float32(high - low + 1), np.float32)

        step = _distance(at(STEP_PX), at(-STEP_PX)) - _distance(at(SOFT_PX), at(-SOFT_PX)) * (STEP_PX / SOFT_PX)
        within = [band(-high, -low) for low, high in BESIDE_PX]
        beyond = [band(low, high) for low, high in BESIDE_PX]
        beside = np.min([_distance(one, other) for one in within for other in beyond], axis=0)
        return np.asarray(np.clip(step, 0, beside / BESIDE_SHARE) * _bareness_within(look[..., 0], count), np.float32)

    def _look(self, way: _Way, reach: int) -> Layers:
        """(places, 2 * reach + 1, 3): the colours beside the way, averaged along it."""
        return self._at(way.places(SHARES[:, None], np.arange(-reach, reach + 1)[None]))

    def _at(self, places: Points, along: int = ALONG) -> Layers:
        """The colours at places (along an edge, across it, 2), averaged over so many along it."""
        x, y = places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)
        return np.asarray(cv2.blur(cv2.remap(self._lab, x, y, cv2.INTER_LINEAR), (1, along)), np.float32)


def _tint(colours: Layers) -> Layers:
    """a* and b* (..., 2) of colours (..., 3) as they would be in full light: it scales them and L* + 16 alike."""
    return np.asarray(TINT_SCALE * (colours[..., 1:] - 128) / (colours[..., :1] + TINT_OFFSET), np.float32)


def _without_slope(bright: Steps) -> Steps:
    """Brightness (places, n) but for its even rise or fall from one end to the other."""
    steps = np.linspace(-1, 1, bright.shape[1], dtype=np.float32)
    return np.asarray(bright - np.outer(bright @ steps / (steps @ steps), steps), np.float32)


def _bareness_within(bright: Steps, count: int) -> Steps:
    """1 where a band within each place is as even as bare paper, INK_COUNTS where it is not: (places, count)."""
    mean, square = cv2.boxFilter(bright, -1, (BARE_PX, 1)), cv2.sqrBoxFilter(bright, -1, (BARE_PX, 1))
    middle = MARGIN_PX - BESIDE_PX[0][0] - BARE_PX // 2
    spread = np.sqrt(np.maximum(square - mean * mean, 0))[:, middle:][:, :count]
    return np.asarray(np.clip(2 - spread / UNEVEN, INK_COUNTS, 1), np.float32)


def _distance(one: Layers, other: Layers) -> Steps:
    apart = one - other
    return np.asarray(np.sqrt(np.einsum("ijk,ijk->ij", apart, apart)), np.float32)


class _Way:
    """The straight way from one corner to the next; corners run clockwise on a picture whose y points down."""

    def __init__(self, first: Points, last: Points) -> None:
        self.first = first
        self.length = max(float(np.linalg.norm(last - first)), 1.0)
        self.along = (last - first) / self.length
        self.outwards = np.array([self.along[1], -self.along[0]])

    def places(self, share: NDArray[np.float64], offset: NDArray[np.generic]) -> Points:
        """(..., 2), `offset` pixels outwards of the way at `share` of it."""
        straight = self.first + share[..., None] * self.length * self.along
        return np.asarray(straight + offset[..., None] * self.outwards, np.float64)


def _ways(corners: Points) -> list[_Way]:
    return [_Way(corners[i], corners[(i + 1) % 4]) for i in range(4)]


def _best_paths(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """(sides, places): for each side the ways through (sides, places, offsets) with most score, bends taken off."""
    sides, places, offsets = scores.shape
    total = scores[:, 0]
    came = np.zeros((places, sides, offsets), np.intp)
    from_places = np.full((3, sides, offsets), -np.inf, np.float32)
    for place in range(1, places):
        from_places[0, :, 1:] = total[:, :-1] - BEND_COST
        from_places[1] = total
        from_places[2, :, :-1] = total[:, 1:] - BEND_COST
        came[place] = from_places.argmax(axis=0) - 1
        total = from_places.max(axis=0) + scores[:, place]
    paths = np.empty((sides, places), np.intp)
    paths[:, -1] = total.argmax(axis=1)
    for place in range(places - 1, 0, -1):
        paths[:, place - 1] = paths[:, place] + came[place, np.arange(sides), paths[:, place]]
    return paths


class Side:
    """One edge as it was seen beside a straight way."""

    def __init__(self, way: _Way, steps: Steps, path: NDArray[np.intp], reach: int) -> None:
        self._way = way
        curve, _ = _robust(SHARES, (path - reach).astype(np.float64), steps[np.arange(PLACES), path] >= MIN_RISE)
        near = np.abs(np.arange(-reach, reach + 1) - np.polyval(curve, SHARES)[:, None]) <= BAND_PX
        best = np.where(near, steps, 0).argmax(axis=1)
        offset = (best - reach).astype(np.float64) + _between(steps, best)
        clear = near[np.arange(PLACES), best] & (steps[np.arange(PLACES), best] >= MIN_RISE)
        self._offset = np.where(clear, offset, np.polyval(curve, SHARES))  # pixels outwards of the way
        self._seen_at = clear
        whole, fits = _robust(SHARES, offset, clear)
        self.seen = float(fits.mean())
        self._curves = {}
        for at_end, half in ((False, SHARES <= NEAR), (True, SHARES >= 1 - NEAR)):
            curve, held = _robust(SHARES[half], offset[half], fits[half])
            self._curves[at_end] = curve if held.sum() >= 10 else whole

    def places(self) -> Points:
        """(n, 2): where the edge is seen at each share of the way, NaN where it is not."""
        return self._way.places(SHARES, np.where(self._seen_at, self._offset, np.nan))

    def within(self, inwards: NDArray[np.intp]) -> Points:
        """(PLACES, n, 2): so many pixels inwards of the edge, of its curve where it is not seen."""
        return self._way.places(SHARES[:, None], self._offset[:, None] - inwards)

    def tangent(self, corner: Points, *, at_end: bool) -> tuple[Points, Points]:
        """A point of the edge beside the corner and the direction of the edge there."""
        way, curve = self._way, self._curves[at_end]
        share = np.array((corner - way.first) @ way.along / way.length)
        slope = np.polyval(np.polyder(curve), share) / way.length
        return way.places(share, np.asarray(np.polyval(curve, share))), way.along + slope * way.outwards


class FoundEdges(NamedTuple):
    """Corners, and the four edges that meet there, from the first corner on."""

    corners: Points
    sides: tuple[Side, ...]

    @property
    def seen(self) -> float:
        """The share of the worst side on which an edge was found where its curve runs."""
        return min(side.seen for side in self.sides)


def _between(steep: Steps, best: NDArray[np.intp]) -> NDArray[np.float64]:
    """By how much the summit of a parabola through the best and its neighbours is off it, -0.5 to 0.5."""
    rows = np.arange(len(steep))
    inner = np.clip(best, 1, steep.shape[1] - 2)
    before, top, after = (steep[rows, inner + shift].astype(np.float64) for shift in (-1, 0, 1))
    bend = before - 2 * top + after
    off = np.where(np.abs(bend) > 1e-6, 0.5 * (before - after) / np.where(np.abs(bend) > 1e-6, bend, 1), 0)
    return np.asarray(np.clip(off, -0.5, 0.5) * (inner == best), np.float64)


def _robust(
    share: NDArray[np.float64], offset: NDArray[np.float64], clear: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A curve through most of the places, and which of them lie on it: refitted to what stays near it."""
    held, powers = clear.copy(), np.vander(share, DEGREE + 1)
    if held.sum() < DEGREE + 2:
        return np.zeros(DEGREE + 1), np.zeros_like(held)
    curve = np.array([0.0, 0.0, float(np.median(offset[held]))])
    for cut in np.geomspace(4 * OUTLIER_PX, OUTLIER_PX, ROUNDS):
        held = clear & (np.abs(offset - powers @ curve) <= cut)
        if held.sum() < DEGREE + 2:
            return curve, np.zeros_like(held)
        near = powers[held]
        curve = np.linalg.solve(near.T @ near, near.T @ offset[held])
    return curve, clear & (np.abs(offset - powers @ curve) <= OUTLIER_PX)


def _meet(before: Side, after: Side, corner: Points) -> Points:
    """Where the end of one edge and the start of the next cross; the corner as it was where they run alike."""
    for _ in range(3):
        (p, u), (q, v) = before.tangent(corner, at_end=True), after.tangent(corner, at_end=False)
        matrix = np.column_stack([u, -v])
        if abs(np.linalg.det(matrix)) < 0.2:
            return corner
        corner = p + np.linalg.solve(matrix, q - p)[0] * u
    return corner
