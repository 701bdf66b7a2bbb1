"""Where in its line each character stands: from the recogniser's coarse steps to the ink itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.types import Picture

Span = tuple[float, float]  # first and last column of the crop, pixels

INK_CONTRAST = 0.35  # of the crop's full contrast; fainter columns count as paper
PAPER = 0.9  # share of a crop's pixels that are no brighter than its paper
DARKEST = 0.03  # share of a column's pixels passed over as specks
SEARCH = 0.4  # of the distance of two centres: how far from their middle the gap is looked for; centres are coarse
REACH = 0.6  # of the crop's height: how far a character at the end of a line can reach from its centre
RULE_LENGTH = 3  # times the crop's height: longer level strokes are rules (a dash is two characters long)
LEAST_INK = 0.03  # share of a character's columns; less in a row is a speck


def without_rules(crop: Picture) -> Picture:
    """A gray copy of a level (H, W[, 3]) line with underlines and the rules of its cell (表格线) painted over.

    A rule is an upright stroke through all of the crop, or a level one longer than any character.
    """
    gray = crop.copy() if crop.ndim == 2 else np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
    height, width = gray.shape
    paper, darkest = _paper(gray), float(gray.min())
    inked = np.asarray(gray < paper - INK_CONTRAST * max(1.0, paper - darkest), np.uint8)
    strokes = cv2.bitwise_or(_runs(inked, 1, min(width, RULE_LENGTH * height)), _runs(inked, height, 1))
    gray[cv2.dilate(strokes, np.ones((3, 3), np.uint8)) > 0] = round(paper)
    return gray


def _paper(gray: Picture) -> float:
    """The brightness that one pixel in ten exceeds."""
    counts = cv2.calcHist([gray], [0], None, [256], (0, 256)).ravel()
    return float(np.searchsorted(counts.cumsum(), PAPER * gray.size))


def _runs(inked: Picture, height: int, width: int) -> Picture:
    """The ink in which a box of this size fits; beyond the crop there is none."""
    box = np.ones((height, width), np.uint8)
    fits = cv2.erode(inked, box, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    if fits.any():  # seldom
        fits = cv2.dilate(fits, box, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(fits, np.uint8)


def column_ink(gray: Picture) -> NDArray[np.float32]:
    """How dark the darkest part of each column is, 0 (paper) to 1 (ink), for a (H, W) level line."""
    darker = round(DARKEST * (len(gray) - 1))
    dark = np.partition(gray, darker, axis=0)[darker].astype(np.float32)
    paper, ink = _paper(gray), float(gray.min())
    return np.asarray(np.clip((paper - dark) / max(1.0, paper - ink), 0, 1), np.float32)


def character_spans(centres: Sequence[float], gray: Picture) -> tuple[Span, ...]:
    """One span a character from their centres (px, ascending) in a level line without rules.

    Neighbours are parted at the column with the least ink near the middle between them, then each span is drawn in to
    its ink. A character without ink of its own (a space) keeps the room between its neighbours.
    """
    if not centres:
        return ()
    ink = column_ink(gray)
    height, width = gray.shape
    cuts = [max(0.0, centres[0] - REACH * height)]
    cuts += [_gap(ink, left, right) for left, right in pairwise(centres)]
    cuts.append(min(float(width), centres[-1] + REACH * height))
    return tuple(_drawn_in(ink, start, max(start, end)) for start, end in pairwise(cuts))


def ink_rows(gray: Picture, spans: Sequence[Span]) -> tuple[Span, ...]:
    """First and last row of the ink in each span of a level line without rules; of all of it where there is none.

    Remains of the lines above and below at the edges are left out.
    """
    paper, darkest = _paper(gray), float(gray.min())
    inked = np.asarray(gray < paper - INK_CONTRAST * max(1.0, paper - darkest), np.bool_)
    top, bottom = _line_band(np.asarray(inked.any(axis=1)))
    rows = []
    for start, end in spans:
        columns = inked[top:bottom, round(start) : round(end)]
        found = np.flatnonzero(columns.sum(axis=1) > LEAST_INK * columns.shape[1])
        rows.append((float(top + found[0]), float(top + found[-1] + 1)) if len(found) else (float(top), float(bottom)))
    return tuple(rows)


def _line_band(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """First and last row of a line, without what touches the edge of the crop and has paper between itself and it."""
    edges = np.flatnonzero(np.diff(inked.astype(np.int8), prepend=0, append=0))
    bands = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if not bands:
        return 0, len(inked)
    longest = max(bands, key=lambda band: band[1] - band[0])
    kept = [band for band in bands if band == longest or (band[0] > 0 and band[1] < len(inked))]
    return kept[0][0], kept[-1][1]


def _gap(ink: NDArray[np.float32], left: float, right: float) -> float:
    middle, reach = (left + right) / 2, SEARCH * (right - left)
    columns = np.arange(max(0, round(middle - reach)), min(len(ink), round(middle + reach) + 1))
    if len(columns) == 0:
        return middle
    cost = ink[columns] + 1e-3 * np.abs(columns - middle)  # the nearest of equally empty columns
    return float(columns[int(np.argmin(cost))])


def _drawn_in(ink: NDArray[np.float32], start: float, end: float) -> Span:
    inked = np.flatnonzero(ink[round(start) : round(end)] > INK_CONTRAST)
    if len(inked) == 0:
        return start, end
    return float(round(start) + inked[0]), float(round(start) + inked[-1] + 1)
