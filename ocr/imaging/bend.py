"""A curled sheet (卷曲): how its edges bend in a camera's view, and where that shows the places between them.

Where a sheet rises towards the camera it is seen larger, and its edges run off their straight way. A place between two
edges is moved by the share of each that its distance gives: a Coons patch (Coons, Surfaces for computer-aided design of
space forms, MIT 1967). All lengths are mm of the sheet made flat by its corners alone, y down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TERMS: Final = 3  # of the curve of one edge: share (1 - share) (a + b share + c share^2)
CUTS_MM: Final = (3.0, 2.0, 1.4, 1.0, 0.7, 0.5, 0.4)  # places farther off the curve do not lie on the edge
MIN_ON_CURVE: Final = 0.8  # of the places looked at on each edge; a finger hides a tenth
MIN_BEND_MM: Final = 0.4  # less is not seen in a line of text, and corners are no more exact
MAX_BEND_MM: Final = 6.0  # more is a sheet that is folded, or no sheet


@dataclass(frozen=True)
class Bend:
    """How far outwards the top, right, bottom and left edge of a sheet of width x height mm run of their straight way.

    One row of `edges` (4 x TERMS) an edge; its share counts from the left, or from the top.
    """

    edges: Numbers
    width: float
    height: float

    def moved(self, across: Numbers, down: Numbers) -> tuple[Numbers, Numbers]:
        """Where places of the true sheet (mm, any shape) are seen in the one made flat by its corners alone."""
        u, v = across / self.width, down / self.height
        top, right, bottom, left = self.edges
        x = across + u * _offsets(right, v) - (1 - u) * _offsets(left, v)
        y = down + v * _offsets(bottom, u) - (1 - v) * _offsets(top, u)
        return x, y


def bend_of(values: Sequence[float], width: float, height: float) -> Bend:
    """The bend of a DEWARP operation. Raises ValueError when its numbers are not those of four edges."""
    if len(values) != 4 * TERMS or not np.isfinite(values).all():
        raise ValueError(f"a dewarp of {tuple(values)} is no bend of four edges")
    return Bend(np.array(values, np.float64).reshape(4, TERMS), width, height)


def bend_seen(edges: Sequence[Numbers], width: float, height: float) -> Bend | None:
    """The bend of a sheet whose top, right, bottom and left edge run through these places (n, 2), NaN where not seen.

    None where the sheet is flat enough, and where it is not sure: an edge hidden, torn, or bent beyond belief.
    """
    curves, largest = [], 0.0
    for edge, (along, off, length, start) in zip(
        edges, ((0, 1, width, 0.0), (1, 0, height, width), (0, 1, width, height), (1, 0, height, 0.0)), strict=True
    ):
        outwards = edge[:, off] - start if start else -edge[:, off]
        curve = _curve(edge[:, along] / length, outwards)
        if curve is None:
            return None
        curves.append(curve)
        largest = max(largest, float(np.abs(_offsets(curve, np.linspace(0, 1, 65))).max()))
    return Bend(np.array(curves), width, height) if MIN_BEND_MM <= largest <= MAX_BEND_MM else None


def _curve(shares: Numbers, offsets: Numbers) -> Numbers | None:
    """Through most of the places, fitted again and again to those that stay near it."""
    seen = np.isfinite(shares) & np.isfinite(offsets)
    held, curve = seen, np.zeros(TERMS)
    for cut in CUTS_MM:
        if held.mean() < MIN_ON_CURVE:
            return None
        share = shares[held]
        bases = np.stack([share * (1 - share) * share**power for power in range(TERMS)], axis=1)
        curve = np.asarray(np.linalg.lstsq(bases, offsets[held], rcond=None)[0], np.float64)
        held = seen & (np.abs(_offsets(curve, shares) - offsets) <= cut)
    return curve if held.mean() >= MIN_ON_CURVE else None


def _offsets(curve: Numbers, share: Numbers) -> Numbers:
    a, b, c = curve
    return np.asarray(share * (1 - share) * (a + b * share + c * share**2), np.float64)
