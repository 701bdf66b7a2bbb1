"""Two texts beside each other (a pasted slip and the prose next to it): each is read to its end before the other.

A form's labels and values stand beside each other too, but row by row; what tells them apart is whether the lines of
the two sides keep step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5  # lines a side has; signatures beside a text are fewer
IN_STEP = 0.25  # of a line's height by which the middles of two lines of one row differ at the most
MOST_IN_STEP = 0.5  # share of lines with a neighbour in step above which the sides are rows of one form


@dataclass(frozen=True)
class Extent:
    """Where one line lies, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def side_by_side(lines: Sequence[Extent]) -> tuple[list[int], list[int]] | None:
    """Indices of the lines of a left and a right text, or None when the page has no such pair.

    Of all pairs the one with the most lines; a page with three texts abreast is read pair by pair by the caller.
    """
    best: tuple[list[int], list[int]] | None = None
    for gap in sorted({line.right for line in lines}):
        for run in _runs(lines, gap):
            left = [index for index in run if lines[index].right <= gap]
            right = [index for index in run if lines[index].left > gap]
            if (best is None or len(run) > len(best[0]) + len(best[1])) and _are_two_texts(lines, left, right):
                best = (left, right)
    return best


def _runs(lines: Sequence[Extent], gap: float) -> list[list[int]]:
    """Lines from the top, cut wherever one crosses `gap`."""
    runs: list[list[int]] = [[]]
    for index in sorted(range(len(lines)), key=lambda index: lines[index].middle):
        if lines[index].left <= gap < lines[index].right:
            runs.append([])
        else:
            runs[-1].append(index)
    return runs


def _are_two_texts(lines: Sequence[Extent], left: Sequence[int], right: Sequence[int]) -> bool:
    if min(len(left), len(right)) < FEWEST:
        return False
    shared = min(_bottom(lines, left), _bottom(lines, right)) - max(_top(lines, left), _top(lines, right))
    if shared < 0.5 * min(_bottom(lines, side) - _top(lines, side) for side in (left, right)):
        return False
    fewer, more = sorted((left, right), key=len)
    in_step = sum(any(_keeps_step(lines[one], lines[other]) for other in more) for one in fewer)
    return in_step <= MOST_IN_STEP * len(fewer)


def _keeps_step(one: Extent, other: Extent) -> bool:
    height = min(one.bottom - one.top, other.bottom - other.top)
    return abs(one.middle - other.middle) <= IN_STEP * height


def _top(lines: Sequence[Extent], side: Sequence[int]) -> float:
    return min(lines[index].top for index in side)


def _bottom(lines: Sequence[Extent], side: Sequence[int]) -> float:
    return max(lines[index].bottom for index in side)
