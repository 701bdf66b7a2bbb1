"""The four corners of a sheet in a camera picture (四角检测): coarse guesses on a small copy, then each edge by itself.

Each edge is looked up along its normals in a larger copy and followed by a curve, for sheets curl; neighbouring curves
are brought to their crossing. Of the few guesses the one is taken whose edges are seen best, whose margins are barest,
whose shape is nearest to A4's and which is largest, unless another lies upon it: what lies on top hides what is below.
Where guesses that are not sure disagree, none is taken, nor a poor one some of whose sides have paper like its own
beyond them. On a table as white as the paper the sheet's own shadow has to run along its sides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np

from ocr.imaging.edges import REACHES_PX, Beyond, EdgeFinder
from ocr.imaging.quad_guesses import area, evenness, guesses, plausible
from ocr.imaging.quad_lines import Points, Search
from ocr.imaging.rectangle import likeness_to_a4
from ocr.imaging.scale import thumbnail
from ocr.imaging.types import Picture

COARSE_PX: Final = 512  # long side of the copy the lines are found on
FINE_PX: Final = 2000  # long side of the copy the edges are followed on
SEARCHES: Final = (Search(7, (6, 15), 8.0, 20, by_shadow=False), Search(5, (3, 8), 2.0, 28, by_shadow=True))
SURE: Final = 0.5  # share of the worst side on which its edge must be seen, on a sheet of the very shape of A4
ENOUGH: Final = 4  # guesses followed where one of them is settled
SAME_PX: Final = 20.0  # guesses with no corner farther from where another ended come to the same, in the larger copy
NEAR_PX: Final = (14, 9)  # edges are looked for where farther ones drew every guess away
MIN_WORTH: Final = 0.5  # that times the bare share of the worst side's margin: most sheets had over 0.75
CERTAIN: Final = 0.9  # no other guess is followed but one that lies within
UNDOUBTED: Final = 0.95  # taken though some of its sides may be rules
SETTLED: Final = 0.8  # of worth: believed beside others; less is compared with what the second search brings
RIVAL: Final = 0.8  # of the best one's worth, where that is less: is asked about,
ELSEWHERE_PX: Final = 10.0  # with a corner farther off, in the larger copy: there may be two sheets of one paper
CLEARLY_SEEN: Final = 0.9  # of the worst side
AS_GOOD: Final = 0.6  # of the worth of the sheet around it, and settled,
SHEET_SHARE: Final = 0.6  # or of its area as well: the half of a page has the shape of A4 too
WITHIN_PX: Final = 10.0  # by which a corner of the one within may lie out, in the larger copy


@dataclass(frozen=True)
class SheetQuad:
    """Corners in pixels of the picture (centres), clockwise from the one at its top left; confidence from 0 to 1.

    `outline`: places (n, 2) along the edge from each corner to the next, NaN where no edge is seen.
    """

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    outline: tuple[Points, ...] = field(default=(), compare=False)


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A guess whose edges were followed: how surely they are seen, how like a sheet it is, its share of the picture.

    `beyond`: what lies beyond its sides.
    """

    corners: Points
    seen: float
    worth: float
    share: float
    beyond: tuple[Beyond, ...]


def find_quad(picture: Picture) -> SheetQuad | None:
    """The sheet in a gray or colour picture; None when no quadrangle is surely one sheet seen whole."""
    small, medium = thumbnail(picture, COARSE_PX), thumbnail(picture, FINE_PX)
    height, width = medium.shape[:2]
    to_medium = np.array([width / small.shape[1], height / small.shape[0]])
    to_picture = np.array([picture.shape[1] / width, picture.shape[0] / height])
    lab, even = _lab(small), evenness(medium, (small.shape[1], small.shape[0]))
    finder = EdgeFinder(_lab(medium).astype(np.float32))
    best: _Sheet | None = None
    sheets: list[_Sheet] = []
    ends: list[Points] = []
    tried: list[Points] = []
    for search in SEARCHES:
        found = [(guess + 0.5) * to_medium - 0.5 for guess in guesses(lab, even, search)]
        sheets += _followed(finder, found, (height, width), ends)
        tried += found
        best = _uppermost(sheets)
        if best is not None and best.worth >= SETTLED:
            break
    if best is None:  # stronger edges of what lies below may have drawn all guesses away
        best = _uppermost(sheets + _followed(finder, tried, (height, width), [], NEAR_PX))
    if best is None:
        return None
    corners = (best.corners + 0.5) * to_picture - 0.5
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners.tolist())
    outline = tuple((edge + 0.5) * to_picture - 0.5 for edge in finder.outline(best.corners))
    return SheetQuad((first, second, third, fourth), best.seen, outline)


def _lab(picture: Picture) -> Picture:
    """CIE L*a*b* in 8-bit steps, (height, width, 3)."""
    colour = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2LAB), np.uint8)


def _followed(
    finder: EdgeFinder,
    found: list[Points],
    shape: tuple[int, int],
    ends: list[Points],
    reaches: tuple[int, ...] = REACHES_PX,
) -> list[_Sheet]:
    """What proved to be a sheet of the guesses, as far as they had to be followed.

    `ends`: what guesses came to, also before; others near them would come to the same. Those of this call are added.
    `reaches`: how far off edges are looked for.
    """
    sheets: list[_Sheet] = []
    certain: Points | None = None
    before = len(ends)
    for guess in found:
        if any(_apart(guess, end) <= SAME_PX for end in ends) or not (certain is None or _lies_within(guess, certain)):
            continue
        edges = finder.refine(guess, reaches)
        ends.append(edges.corners)
        if edges.seen * _likeness_to_a4(edges.corners, shape) < SURE:
            continue
        if edges.seen < CLEARLY_SEEN:  # the guess may have been too far off to come all the way
            edges = max(edges, finder.refine(edges.corners, reaches), key=lambda found: found.seen)
        corners = edges.corners
        likely = edges.seen * _likeness_to_a4(corners, shape)
        top, right, bottom, left = finder.beyond(corners)
        between_rules = (top.ruled and bottom.ruled) or (left.ruled and right.ruled)
        bare = 0.0 if between_rules else finder.bareness(edges)
        if likely * bare >= MIN_WORTH:
            share = float(area(corners)) / (shape[0] * shape[1])
            sheets.append(_Sheet(corners, edges.seen, likely * bare, share, (top, right, bottom, left)))
            if min(likely, bare) >= CERTAIN:
                certain = corners
        if len(ends) >= before + ENOUGH and max((sheet.worth for sheet in sheets), default=0.0) >= SETTLED:
            break
    return sheets


def _uppermost(sheets: list[_Sheet]) -> _Sheet | None:
    """The best sheet, or the smallest that lies upon it; None where a poor one has rivals elsewhere.

    None as well where some of its sides may be rules, or edges of other sheets, on paper that ends at the others, but
    where all else is beyond doubt: between rules and the paper's edges there is seldom the very shape of A4.
    """
    if not sheets:
        return None
    best = max(sheets, key=lambda sheet: sheet.worth * (1 + np.sqrt(sheet.share)))
    upon = [sheet for sheet in sheets if _lies_upon(sheet, best)]
    best = min([best, *upon], key=lambda sheet: sheet.share)
    rivals = [
        sheet for sheet in sheets if sheet.worth >= RIVAL * best.worth and sheet.share >= SHEET_SHARE * best.share
    ]
    apart = max(_apart(sheet.corners, best.corners) for sheet in rivals)
    sure = best.worth >= SETTLED or apart <= ELSEWHERE_PX
    if all(side.alike for side in best.beyond):
        return best if sure else None
    ruled, alike = any(side.ruled for side in best.beyond), any(side.alike for side in best.beyond)
    doubtful = (ruled and best.worth < UNDOUBTED) or (alike and best.worth < SETTLED)
    return best if sure and not doubtful else None


def _lies_upon(sheet: _Sheet, lower: _Sheet) -> bool:
    """Whether it is a sheet within the other one that differs from it on all sides, and no part of it."""
    shared = np.linalg.norm(sheet.corners - lower.corners, axis=1) <= ELSEWHERE_PX
    return (
        sheet.worth >= AS_GOOD * lower.worth
        and (sheet.share >= SHEET_SHARE * lower.share or (shared.sum() < 2 and sheet.worth >= SETTLED))
        and not any(side.alike for side in sheet.beyond)
        and _lies_within(sheet.corners, lower.corners)
    )


def _apart(one: Points, other: Points) -> float:
    return float(np.linalg.norm(one - other, axis=1).max())


def _lies_within(corners: Points, outer: Points) -> bool:
    """Whether no corner lies out of the other quadrangle, clockwise too, by more than WITHIN_PX."""
    sides = np.roll(outer, -1, axis=0) - outer
    inwards = np.column_stack([-sides[:, 1], sides[:, 0]]) / np.linalg.norm(sides, axis=1)[:, None]
    depths = np.einsum("ijk,jk->ij", corners[:, None] - outer, inwards)
    return bool((depths >= -WITHIN_PX).all())


def _likeness_to_a4(corners: Points, shape: tuple[int, int]) -> float:
    """1 for A4 seen from anywhere, less for other shapes, 0 for what is no sheet in a picture of this shape."""
    if not plausible(corners[None], shape)[0]:
        return 0.0
    return float(likeness_to_a4(corners, (shape[1], shape[0])))
