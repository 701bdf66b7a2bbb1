"""Following the edges of a sheet: from rough corners to exact ones, with how surely each edge was seen."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2): x, y
Layers = NDArray[np.float32]  # (height, width, 3), L, a, b

PLACES: Final = 160  # looked at along a side
ENDS: Final = 0.02  # of a side that is left out at each corner, where the other edge begins
REACHES_PX: Final = (28, 14, 7)  # to both sides of the edge expected, coarse to fine
STEP_PX: Final = 2  # the edge is the steepest change over so many pixels to both sides
NEAR: Final = 0.5  # of a side that speaks for a corner: a curled sheet's edges bend
DEGREE: Final = 2
OUTLIER_PX: Final = 1.5
ROUNDS: Final = 6
MIN_RISE: Final = 2.5  # Lab steps; less is not seen as an edge
ALONG: Final = 5  # places averaged along the edge: a sheet's is even there, noise, text and the grain of wood are not


class EdgeFinder:
    """Looks for edges in one picture."""

    def __init__(self, lab: Layers) -> None:
        self._lab = cv2.GaussianBlur(lab, (0, 0), 1.0)

    def refine(self, corners: Points) -> tuple[Points, float]:
        """Better corners, and the share of the worst side on which an edge was found where its curve runs."""
        seen = 0.0
        for reach in REACHES_PX:
            sides = [self._follow(corners[i], corners[(i + 1) % 4], reach) for i in range(4)]
            corners = np.array([_meet(sides[i - 1], sides[i], corners[i]) for i in range(4)])
            seen = min(side.seen for side in sides)
        return corners, seen

    def outline(self, corners: Points) -> list[Points]:
        """Where the edge from each corner to the next is seen: places (PLACES, 2), NaN where none is."""
        sides = [self._follow(corners[i], corners[(i + 1) % 4], REACHES_PX[0]) for i in range(4)]
        return [side.places() for side in sides]

    def _follow(self, first: Points, last: Points, reach: int) -> Side:
        """Where the edge near the straight way from `first` to `last` really runs."""
        length = float(np.linalg.norm(last - first))
        along = (last - first) / max(length, 1.0)
        outwards = np.array([along[1], -along[0]])  # corners run clockwise on a picture whose y points down
        share = np.linspace(ENDS, 1 - ENDS, PLACES)
        offsets = np.arange(-reach - STEP_PX, reach + STEP_PX + 1)
        places = first + (share * length)[:, None, None] * along + offsets[None, :, None] * outwards
        x, y = places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)
        look = cv2.blur(cv2.remap(self._lab, x, y, cv2.INTER_LINEAR), (1, ALONG))
        rise = look[:, 2 * STEP_PX :] - look[:, : -2 * STEP_PX]
        steep = np.linalg.norm(rise, axis=2)
        best = steep.argmax(axis=1)
        offset = best - reach + _between(steep, best)
        return Side(first, along, outwards, length, share, offset, steep.max(axis=1))


class Side:
    """One edge as it was seen: `offset` in pixels outwards of the straight way at each `share` of it."""

    def __init__(
        self,
        first: Points,
        along: Points,
        outwards: Points,
        length: float,
        share: NDArray[np.float64],
        offset: NDArray[np.float64],
        steep: NDArray[np.float32],
    ) -> None:
        self._first, self._along, self._outwards, self._length = first, along, outwards, length
        clear = steep >= MIN_RISE
        self._share, self._offset = share, np.where(clear, offset, np.nan)
        whole, fits = _robust(share, offset, clear)
        self.seen = float(fits.mean())
        self._curves = {}
        for at_end, near in ((False, share <= NEAR), (True, share >= 1 - NEAR)):
            curve, held = _robust(share[near], offset[near], fits[near])
            self._curves[at_end] = curve if held.sum() >= 10 else whole

    def places(self) -> Points:
        """(n, 2): where the edge is seen at each share of the way, NaN where it is not."""
        straight = self._first + (self._share * self._length)[:, None] * self._along
        return np.asarray(straight + self._offset[:, None] * self._outwards, np.float64)

    def tangent(self, corner: Points, *, at_end: bool) -> tuple[Points, Points]:
        """A point of the edge beside the corner and the direction of the edge there."""
        curve = self._curves[at_end]
        share = float((corner - self._first) @ self._along) / self._length
        offset, slope = np.polyval(curve, share), np.polyval(np.polyder(curve), share) / self._length
        point = self._first + share * self._length * self._along + offset * self._outwards
        return point, self._along + slope * self._outwards


def _between(steep: NDArray[np.float32], best: NDArray[np.intp]) -> NDArray[np.float64]:
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
    held = clear.copy()
    if held.sum() < DEGREE + 2:
        return np.zeros(DEGREE + 1), np.zeros_like(held)
    curve = np.array([0.0, 0.0, float(np.median(offset[held]))])
    for cut in np.geomspace(4 * OUTLIER_PX, OUTLIER_PX, ROUNDS):
        held = clear & (np.abs(offset - np.polyval(curve, share)) <= cut)
        if held.sum() < DEGREE + 2:
            return curve, np.zeros_like(held)
        curve = np.polyfit(share[held], offset[held], DEGREE)
    return curve, clear & (np.abs(offset - np.polyval(curve, share)) <= OUTLIER_PX)


def _meet(before: Side, after: Side, corner: Points) -> Points:
    """Where the end of one edge and the start of the next cross; the corner as it was where they run alike."""
    for _ in range(3):
        (p, u), (q, v) = before.tangent(corner, at_end=True), after.tangent(corner, at_end=False)
        matrix = np.column_stack([u, -v])
        if abs(np.linalg.det(matrix)) < 0.2:
            return corner
        corner = p + np.linalg.solve(matrix, q - p)[0] * u
    return corner
