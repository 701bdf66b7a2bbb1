"""Words struck out (划改) in read lines, and whether a fingerprint (捺印) lies near them.

A stroke through words runs through the gaps between characters, where printed characters have no ink, at mid height,
with ink of the characters above and below. Rules, underlines and dashes lack one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration
from ocr.imaging.geometry import boxes_meet, scaled_box
from ocr.imaging.ink import Mask
from ocr.imaging.scale import mm_to_px, red_channel, reduce_to
from ocr.imaging.types import Box, Mark, MarkKind, Picture, StrikeOut, Verdict
from ocr.imaging.zones import CONTEXT_MM, inspect_zone

NEAR_MM: Final = 15.0  # of the struck words, where the print of who corrected them belongs
LOOK_DPI: Final = 150
INK_BELOW: Final = 0.72  # of the paper's light, in the red channel: pens and toner, not seals and prints
LEAST_LINE_PX: Final = 8
BESIDE: Final = 2.5  # looked at beyond both ends of a line; this and all below in heights of the line
LEAST_LENGTH: Final = 1.5
MIDDLE: Final = (0.25, 0.70)  # from the top of the line
MOST_BARE: Final = 1.2  # longest piece with nothing above and below: dashes and rules have more
LEAST_ABOVE, LEAST_BELOW = 0.33, 0.12  # share of its columns with ink above, and below
LEAST_GAPS: Final = 0.04  # share of its columns that are gaps between characters
SURE_LENGTH: Final = 2.0
SURE_CLIMB: Final = 0.25  # from end to end: a diagonal over words may cross out the room behind them (以下空白)
WHOLE_LINE: Final = 0.3  # from both ends of the line: may be a rule of the paper
RULES: Final = 3  # such lines on one page are rules
SURE, DOUBTFUL = 0.95, 0.5


@dataclass(frozen=True)
class _Stroke:
    """A stroke in a line; lengths in heights of the line."""

    box: Box
    line: Box
    length: float
    middle: float
    climb: float  # or fall
    gaps: float  # share of its columns with ink neither above nor below
    bare: float  # longest stretch of such columns
    above: float
    below: float

    @property
    def crosses_words(self) -> bool:
        return (
            MIDDLE[0] <= self.middle <= MIDDLE[1]
            and self.bare <= MOST_BARE
            and self.above >= LEAST_ABOVE
            and self.below >= LEAST_BELOW
            and self.gaps >= LEAST_GAPS
        )

    @property
    def whole_line(self) -> bool:
        slack = WHOLE_LINE * self.line[3]
        (x, _, width, _), (left, _, wide, _) = self.box, self.line
        return x <= left + slack and x + width >= left + wide - slack


def find_strike_outs(
    picture: Picture,
    dpi: float,
    lines: Sequence[Box],
    marks: Sequence[Mark] = (),
    cuts: MarkCalibration = DEFAULT_CALIBRATION,
) -> tuple[StrikeOut, ...]:
    """Strike-outs in read `lines` of an upright picture in colour; none are looked for in a gray one, where no print
    shows by its red. `marks`: those of the page. A stroke through all of a line is doubtful, three of them are rules;
    doubtful is a short one too, and a steep one.
    """
    if picture.ndim == 2 or not lines:
        return ()
    strokes = [stroke for stroke in _strokes(picture, dpi, lines) if stroke.crosses_words]
    if sum(stroke.whole_line for stroke in strokes) >= RULES:
        strokes = [stroke for stroke in strokes if not stroke.whole_line]
    found = []
    for _, group in groupby(strokes, lambda stroke: stroke.line):
        for together in _touching(group):
            box = _around(stroke.box for stroke in together)
            sure = SURE if any(_is_sure(stroke) for stroke in together) else DOUBTFUL
            found.append(StrikeOut(box, sure, _print_near(picture, dpi, box, marks, cuts)))
    return tuple(found)


def _is_sure(stroke: _Stroke) -> bool:
    return stroke.length >= SURE_LENGTH and stroke.climb <= SURE_CLIMB and not stroke.whole_line


def _strokes(picture: Picture, dpi: float, lines: Sequence[Box]) -> Iterator[_Stroke]:
    """Long strokes across in each line, however they lie to its words."""
    small, small_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    scale = dpi / small_dpi
    for line in lines:
        x, y, width, height = (round(side / scale) for side in line)
        left, top = max(0, round(x - BESIDE * height)), max(0, y)
        band = small[top : max(0, y + height), left : max(0, round(x + width + BESIDE * height))]
        if min(band.shape) < LEAST_LINE_PX or width < LEAST_LENGTH * height:
            continue
        ink = (band < INK_BELOW * float(np.median(band.max(axis=0)))).astype(np.uint8)
        wide = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a stroke climbs or falls a little
        runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((1, round(LEAST_LENGTH * height)), np.uint8))
        if not runs.any():
            continue
        count, _, stats, _ = cv2.connectedComponentsWithStats(runs)
        for start, upper, length, thick in (tuple(map(int, row[:4])) for row in stats[1:count]):
            span = slice(start, start + length)
            box = scaled_box((left + start, top + upper, length, thick), scale)
            yield _measured(ink[:, span] > 0, runs[:, span] > 0, box, line)


def _measured(ink: Mask, runs: Mask, box: Box, line: Box) -> _Stroke:
    """`ink`: what is inked, `runs`: what of it are strokes, in the rows of the line and the columns of the stroke."""
    height, length = ink.shape
    first, last = np.argmax(runs, axis=0), height - 1 - np.argmax(runs[::-1], axis=0)
    rows = np.arange(height)[:, np.newaxis]
    above, below = (ink & (rows < first - 1)).any(axis=0), (ink & (rows > last + 1)).any(axis=0)
    gaps = ~above & ~below
    middles, tenth = (first + last) / 2, max(1, length // 10)
    return _Stroke(
        box=box,
        line=line,
        length=length / height,
        middle=float(middles.mean() / height),
        climb=float(abs(middles[-tenth:].mean() - middles[:tenth].mean()) / height),
        gaps=float(gaps.mean()),
        bare=_longest(gaps) / height,
        above=float(above.mean()),
        below=float(below.mean()),
    )


def _longest(columns: NDArray[np.bool_]) -> int:
    """Length of the longest stretch that holds."""
    stops = np.flatnonzero(~np.concatenate(([False], columns, [False])))
    return int(np.diff(stops).max()) - 1


def _touching(strokes: Iterable[_Stroke]) -> list[list[_Stroke]]:
    """Strokes of one line in groups that overlap along it: two strokes through the same words."""
    groups: list[list[_Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.box[0]):
        if groups and stroke.box[0] <= max(other.box[0] + other.box[2] for other in groups[-1]):
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def _print_near(picture: Picture, dpi: float, box: Box, marks: Sequence[Mark], cuts: MarkCalibration) -> Verdict:
    near = _grown(box, mm_to_px(NEAR_MM, dpi))
    if any(
        mark.kind is MarkKind.FINGERPRINT and mark.verdict is Verdict.FILLED and boxes_meet(mark.box, near)
        for mark in marks
    ):
        return Verdict.FILLED
    seals = [mark.box for mark in marks if mark.kind is MarkKind.SEAL]
    zone = _grown(box, mm_to_px(NEAR_MM - CONTEXT_MM, dpi))
    return inspect_zone(picture, zone, dpi, seals=seals, cuts=cuts).fingerprint


def _around(boxes: Iterable[Box]) -> Box:
    corners = np.array([(x, y, x + width, y + height) for x, y, width, height in boxes])
    (left, top), (right, bottom) = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    return int(left), int(top), int(right - left), int(bottom - top)


def _grown(box: Box, by: float) -> Box:
    x, y, width, height = box
    return round(x - by), round(y - by), round(width + 2 * by), round(height + 2 * by)
