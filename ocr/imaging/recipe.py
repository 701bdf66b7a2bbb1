"""What the analysis suggests to do with a page; an operator's operations come after or instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ocr.imaging.geometry import widened
from ocr.imaging.measures import Hole
from ocr.imaging.scale import MM_PER_INCH
from ocr.imaging.types import Border, Mark, Op, OpKind, OpSource, PageAnalysis, Recipe

MIN_DESKEW_DEG: Final = 0.1  # less is not seen, and every resampling costs sharpness
BORDER_CONFIDENCE: Final = 0.9  # measured: no content lost on any page, a rim of 0.3 mm stays
RIM_MM: Final = 1.0  # what a cut at the shallowest place of the border leaves
LARGEST_SPECK_MM: Final = 0.5


def propose(analysis: PageAnalysis) -> Recipe:
    """Turn upright, straighten, cut a black border and fill its rim, fill punch holes: each only where it is sure."""
    turn = analysis.orientation_deg or 0
    ops: list[Op] = []
    if turn:
        ops.append(Op(OpKind.TURN, (float(turn),), OpSource.AUTOMATIC, analysis.orientation_confidence))
    deg = analysis.skew_deg
    deskew = deg is not None and abs(deg) >= MIN_DESKEW_DEG
    if deg is not None and deskew:
        ops.append(Op(OpKind.DESKEW, (deg,), OpSource.AUTOMATIC, analysis.skew_confidence))
    cuts = _cuts(analysis, turn, deg if deg is not None and deskew else 0.0)
    if any(cuts):
        ops.append(Op(OpKind.CROP, cuts, OpSource.AUTOMATIC, BORDER_CONFIDENCE))
        rims = tuple(RIM_MM if cut else 0.0 for cut in cuts)
        ops.append(Op(OpKind.FILL_BORDER, rims, OpSource.AUTOMATIC, BORDER_CONFIDENCE))
    return Recipe((*ops, *_hole_fills(analysis)))


def despeckling(analysis: PageAnalysis) -> Op:
    """The operator's wish for clean margins, with the marks of the page kept."""
    sides = [side * MM_PER_INCH / analysis.dpi for mark in analysis.marks for side in mark.box]
    return Op(OpKind.DESPECKLE, (LARGEST_SPECK_MM, *sides), OpSource.OPERATOR)


def _hole_fills(analysis: PageAnalysis) -> Iterator[Op]:
    mm = MM_PER_INCH / analysis.dpi
    for hole in analysis.holes:
        if not any(_meet(hole, mark) for mark in analysis.marks):
            values = (hole.x * mm, hole.y * mm, hole.diameter * mm)
            yield Op(OpKind.FILL_HOLE, values, OpSource.AUTOMATIC, hole.confidence)


def _meet(hole: Hole, mark: Mark) -> bool:
    """Whether filling the hole could touch the mark: its disc and rim, as a square, against the mark's box."""
    reach = hole.diameter  # twice the radius: more than the rim that is filled with it
    x, y, width, height = mark.box
    return x - reach < hole.x < x + width + reach and y - reach < hole.y < y + height + reach


def _cuts(analysis: PageAnalysis, turn: int, deg: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in mm of the turned page, with what the deskew widened on the sides that are cut."""
    border = _turned(analysis.border, turn)
    width, height = (side * MM_PER_INCH / analysis.dpi for side in (analysis.width, analysis.height))
    if turn % 180:
        width, height = height, width
    new_width, new_height = widened(width, height, deg)
    extra_x, extra_y = (new_width - width) / 2, (new_height - height) / 2
    return (
        border.left and border.left + extra_x,
        border.top and border.top + extra_y,
        border.right and border.right + extra_x,
        border.bottom and border.bottom + extra_y,
    )


def _turned(border: Border, clockwise_deg: int) -> Border:
    sides = (border.left, border.top, border.right, border.bottom)
    quarters = clockwise_deg // 90 % 4  # after one clockwise quarter the bottom lies on the left
    return Border(*(sides[(i - quarters) % 4] for i in range(4)))
