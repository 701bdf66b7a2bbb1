"""Quadrangles that may be a sheet, from a small copy of a camera picture: pairs of flat and pairs of steep lines.

The best have an edge along each side, paper as even as a bare margin within it, another colour beyond it, and lines
that end at the corners. What is bare is told by how restless the full picture is at each place, against its calmest
fifth: print and the grain of wood are not.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.edges import MOST_SHADOW
from ocr.imaging.quad_lines import Points, Search, TracedLines, strongest_lines
from ocr.imaging.rectangle import A4_RATIO, likeness_to_a4
from ocr.imaging.types import Picture

MIN_AREA: Final = 0.12  # of the picture
MIN_SIDE: Final = 0.2  # of the picture's shorter side
MAX_OUTSIDE: Final = 0.02  # of the long side, by which a corner may lie out of the picture
CLEAR_CONTRAST: Final = 6.0  # Lab steps between sheet and table that count as a whole difference
SEEN_CONTRAST: Final = 2.5  # as much at least on three sides
STROKE_SHARE: Final = 0.08  # of what the line itself differs: a frame's blur is no contrast
SHADOWED: Final = 0.75  # of each side, where the shadow alone is looked for
SHADED_BARE: Final = 0.8
SHADED_WORTH: Final = 0.7
DARK_WITHIN: Final = 25.0  # Lab steps by which paper is not darker than its table, on three sides
LARGE_SHARE: Final = 0.42  # of the picture: brown paper on a white table, a photograph is seldom so large
A4_TOLERANCE: Final = 0.1  # of it: the sheet lies a little askew
A4_WORTH: Final = 0.8  # what the very shape of A4 adds to edges and contrast
CALM_SHARE: Final = 0.2  # of the picture, the calmest of which tells its noise
RESTLESS: Final = (1.6, 0.3)  # times that noise, and steps of 255 besides: more is not bare
NOT_BARE: Final = 0.1  # what a side counts that has no bare paper within
GUESSES: Final = 8
SAME_PX: Final = 8.0  # quadrangles with no corner farther apart are one guess


def evenness(picture: Picture, size: tuple[int, int]) -> Picture:
    """1 where a picture (gray or colour) is as even as its calmest part, else 0; of `size` (width, height)."""
    green = (picture if picture.ndim == 2 else cv2.extractChannel(picture, 1)).astype(np.float32)
    mean, square = (cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (green, green * green))
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    times, besides = RESTLESS
    return np.asarray(spread < times * np.quantile(spread, CALM_SHARE) + besides, np.uint8)


def guesses(lab: Picture, even: Picture, search: Search) -> list[Points]:
    """Corners in pixels of the small copy, Lab in 8-bit steps: of all quadrangles the best few, the best one first."""
    calm = np.asarray(cv2.medianBlur(lab, search.median_px), np.uint8)  # text and rules are gone
    flat = TracedLines(calm, even, strongest_lines(calm, search, across=True), search, downwards=True)
    steep = TracedLines(calm, even, strongest_lines(calm, search, across=False), search, downwards=False)
    if len(flat) < 2 or len(steep) < 2:
        return []
    crossings = flat.crossings(steep)
    rows, columns = (np.array(list(combinations(range(len(lines)), 2))) for lines in (flat, steep))
    top, bottom = np.repeat(rows, len(columns), axis=0).T
    west, east = np.tile(columns, (len(rows), 1)).T
    quads = np.stack([crossings[top, west], crossings[top, east], crossings[bottom, east], crossings[bottom, west]], 1)
    fit = plausible(quads, calm.shape[:2])
    quads, top, bottom, west, east = quads[fit], top[fit], bottom[fit], west[fit], east[fit]
    edge, contrast, darker, overrun, stroke, bare = np.stack(
        [
            flat.side(top, quads[:, 0], quads[:, 1], inside=1),
            steep.side(east, quads[:, 1], quads[:, 2], inside=0),
            flat.side(bottom, quads[:, 3], quads[:, 2], inside=0),
            steep.side(west, quads[:, 0], quads[:, 3], inside=1),
        ],
        axis=1,
    )
    share = area(quads) / (calm.shape[0] * calm.shape[1])
    sides = edge * (1 - 0.3 * overrun) * (NOT_BARE + (1 - NOT_BARE) * bare)
    shaded = (edge >= SHADOWED) & (stroke <= MOST_SHADOW) & (bare >= SHADED_BARE) & _like_a4(quads)
    if search.by_shadow:
        sides *= edge**2
        sheets = (shaded | (contrast >= SEEN_CONTRAST)).all(axis=0) & _like_a4(quads) & (edge.min(axis=0) >= SHADOWED)
    else:
        clear = np.minimum(1, contrast / CLEAR_CONTRAST)
        sides *= 0.3 + 0.7 * np.where(shaded, np.maximum(clear, SHADED_WORTH), clear)
        differs = contrast >= np.maximum(SEEN_CONTRAST, STROKE_SHARE * stroke)
        on_paper = (differs | shaded).all(axis=0) & (differs.sum(axis=0) >= 2)
        lies_on_something = (differs.sum(axis=0) >= 3) | on_paper  # else it is a frame printed on the paper
        dark = (darker >= DARK_WITHIN).sum(axis=0)
        is_paper = (dark <= 1) | ((dark >= 3) & (share >= LARGE_SHARE))  # else a photograph on it
        sheets = lies_on_something & is_paper
    scores = (sides.min(axis=0) + sides.mean(axis=0)) * (1 + np.sqrt(share))  # a frame lies within the sheet
    quads, scores = quads[sheets], scores[sheets]
    return _best(quads, scores * (1 + A4_WORTH * likeness_to_a4(quads, (calm.shape[1], calm.shape[0]))))


def plausible(quads: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which of (n, 4, 2) are convex, clockwise, large enough, and in the picture."""
    height, width = shape
    slack = MAX_OUTSIDE * max(shape)
    within = ((quads >= -slack) & (quads <= np.array([width, height]) - 1 + slack)).all(axis=(1, 2))
    sides = np.roll(quads, -1, axis=1) - quads
    after = np.roll(sides, -1, axis=1)
    convex = (sides[..., 0] * after[..., 1] - sides[..., 1] * after[..., 0] > 0).all(axis=1)
    long = np.linalg.norm(sides, axis=2).min(axis=1) >= MIN_SIDE * min(shape)
    return np.asarray(within & convex & long & (area(quads) >= MIN_AREA * height * width), np.bool_)


def area(quads: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of (..., 4, 2), clockwise, in square pixels."""
    x, y = quads[..., 0], quads[..., 1]
    return np.asarray((x * np.roll(y, -1, axis=-1) - y * np.roll(x, -1, axis=-1)).sum(axis=-1) / 2, np.float64)


def _best(quads: NDArray[np.float64], scores: NDArray[np.float64]) -> list[Points]:
    """The best few that are not nearly the same."""
    kept: list[Points] = []
    while len(kept) < GUESSES and len(scores) and scores.max() > 0:
        kept.append(quads[scores.argmax()])
        other = np.linalg.norm(quads - kept[-1], axis=2).max(axis=1) > SAME_PX
        quads, scores = quads[other], scores[other]
    return kept


def _like_a4(quads: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of (n, 4, 2) have the sides of A4, seen a little from the side."""
    top, right, bottom, left = np.linalg.norm(np.roll(quads, -1, axis=1) - quads, axis=2).T
    ratio = np.log((top + bottom) / (left + right))
    return np.asarray(np.abs(np.abs(ratio) - np.log(A4_RATIO)) <= A4_TOLERANCE, np.bool_)
