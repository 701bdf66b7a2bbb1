"""Skew (倾斜): two estimators of different kind that must agree, else the sheet's own edges, else no answer.

The first is ours: the profile of ink edges (see edge_profile), from lower right and from upper left edges. The second
is Leptonica's sweep over sums of ink along rows or columns. They fail on different pages. Where the content is too
little or too uneven to be sure of, as in a hand without ruled lines, a visible sheet that lies nearly the same way
decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging import leptonica
from ocr.imaging.edge_profile import Edges, edge_profile_angle
from ocr.imaging.scale import red_channel, reduce_to
from ocr.imaging.sheet import sheet_angle
from ocr.imaging.tone import level_at
from ocr.imaging.types import Picture

MAX_DEG: Final = 15.0
AGREE_DEG: Final = 0.3  # between the two estimators
HALVES_AGREE_DEG: Final = 0.15  # between lower-right and upper-left edges: apart on a few short lines
MIN_SWEEP_CONFIDENCE: Final = 1.7  # Leptonica's; running text gives 2 to 4, rules 20 and more, a few short lines 1.2
SPARSE_EDGES: Final = 3_200  # fifty characters: on less, chance lines up what is crooked
UNSURE_DEG: Final = (0.1, 0.6)  # may be none at all on so little ink, and where lines wander as those of a hand do
CLOSE_DEG: Final = 0.1  # where all agree as closely,
MIN_CLOSE_CONFIDENCE: Final = 1.2  # a weak sweep is enough
SURE_SWEEP_CONFIDENCE: Final = 2.2  # along rows; below it columns are tried
SHEET_AGREES_DEG: Final = 1.0  # from the sheet's edges to what the content seems to be
SHEET_CONFIDENCE: Final = 0.5
SWEEP_MARGIN_DEG: Final = 2.0  # Leptonica gives no answer near the end of its sweep
MEASURE_DPI: Final = 150  # at 100 dpi the pixel raster pulls pages of a few short lines towards 0 degrees
INK_CONTRAST: Final = 0.25  # share of the local paper's brightness
FAINT_CONTRAST: Final = 0.06
FULL_INK_QUANTILE: Final = 0.999  # two lines of text cover half a hundredth of the page
MARGIN_SHARE: Final = 0.015  # torn edges and staples sit at the very rim
LID_SHARE: Final = 0.45  # of the paper's brightness
LID_STEP: Final = 2  # of the pixels looked at for it
MIN_LID_RIM: Final = 0.05  # of the picture's frame is dark where a lid shows
NO_INK: Final = -1.0


@dataclass(frozen=True)
class Skew:
    """By how many degrees the content is turned counter-clockwise; `deg` None when the estimators do not agree."""

    deg: float | None
    confidence: float  # 0.5 to 1; 0 when `deg` is None
    first_deg: float | None  # edge profile
    second_deg: float | None  # Leptonica


def estimate_skew(picture: Picture, dpi: float) -> Skew:
    """Measure the skew of an upright page between -15 and 15 degrees; abstain on blank, photo and doubtful pages.

    Raises LibraryMissing when Leptonica is not installed.
    """
    reduced, reduced_dpi = reduce_to(picture, dpi, MEASURE_DPI)
    content = _content_skew(ink_depth(red_channel(reduced), reduced_dpi))
    if content.deg is not None:
        return content
    sheet = sheet_angle(reduced, reduced_dpi)
    seems = [deg for deg in (content.first_deg, content.second_deg) if deg is not None]
    if sheet is None or abs(sheet) > MAX_DEG or any(abs(sheet - deg) > SHEET_AGREES_DEG for deg in seems):
        return content
    return Skew(sheet, SHEET_CONFIDENCE, content.first_deg, content.second_deg)


def _content_skew(depth: NDArray[np.float32]) -> Skew:
    lower, upper = edge_profile_angle(depth, Edges.LOWER_RIGHT), edge_profile_angle(depth, Edges.UPPER_LEFT)
    if lower is None or upper is None:
        return Skew(None, 0.0, None, None)
    first_deg = (lower + upper) / 2
    ink = depth > 0
    swept = _sweep(ink)
    if swept is None:
        return Skew(None, 0.0, first_deg, None)
    second_deg, sweep_confidence = swept
    close = max(abs(lower - upper), abs(first_deg - second_deg)) <= CLOSE_DEG
    sparse = np.count_nonzero(ink[:-1] > ink[1:]) < SPARSE_EDGES
    doubts = (
        abs(lower - upper) / (CLOSE_DEG if sparse else HALVES_AGREE_DEG),
        abs(first_deg - second_deg) / (CLOSE_DEG if sparse else AGREE_DEG),
        (MIN_CLOSE_CONFIDENCE if close else MIN_SWEEP_CONFIDENCE) / sweep_confidence,
        abs(first_deg) / MAX_DEG,
    )
    if max(doubts) > 1:
        return Skew(None, 0.0, first_deg, second_deg)
    middle = float(np.median([lower, upper, second_deg]))
    weak = sparse or not close or sweep_confidence < MIN_SWEEP_CONFIDENCE
    if weak and UNSURE_DEG[0] < abs(middle) < UNSURE_DEG[1]:
        return Skew(None, 0.0, first_deg, second_deg)
    return Skew(middle, 1 - 0.5 * max(doubts[:3]) ** 2, first_deg, second_deg)


def _sweep(ink: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Leptonica's angle and confidence, along rows or, where these are not clear, along columns (竖排)."""
    rows = leptonica.find_skew(ink, MAX_DEG + SWEEP_MARGIN_DEG)
    if rows and rows[1] >= SURE_SWEEP_CONFIDENCE:
        return rows
    columns = leptonica.find_skew(np.ascontiguousarray(np.rot90(ink)), MAX_DEG + SWEEP_MARGIN_DEG)
    return max((swept for swept in (rows, columns) if swept), key=lambda swept: swept[1], default=None)


def ink_depth(gray: Picture, dpi: float) -> NDArray[np.float32]:
    """How much darker than the ink threshold of the paper around it a pixel is (above 0: ink); no ink at the rim."""
    window = max(3, round(dpi * 0.3) | 1)
    local = cv2.blur(gray, (window, window))
    here, around = gray[::4, ::4].astype(np.float32), local[::4, ::4].astype(np.float32)
    full = float(np.quantile((around - here) / np.maximum(around, 1), FULL_INK_QUANTILE))
    paper_share = 1 - float(np.clip(full / 2, FAINT_CONTRAST, INK_CONTRAST))
    depth = np.asarray(cv2.addWeighted(local, paper_share, gray, -1, 0, dtype=cv2.CV_32F), np.float32)
    rim = max(1, round(MARGIN_SHARE * min(gray.shape)))
    depth[:rim] = depth[-rim:] = NO_INK
    depth[:, :rim] = depth[:, -rim:] = NO_INK
    lid = _lid(gray)
    if lid is not None:
        np.copyto(depth, NO_INK, where=lid)
    return depth


def _lid(gray: Picture) -> NDArray[np.bool_] | None:
    """True on darkness that reaches the frame of the picture: its edge is the paper's, not the content's."""
    dark = (gray[::LID_STEP, ::LID_STEP] < ceil(LID_SHARE * level_at(gray[::8, ::8], 0.9))).view(np.uint8)
    rim = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    if rim.mean() < MIN_LID_RIM:
        return None
    _, labels = cv2.connectedComponents(cv2.dilate(dark, np.ones((5, 5), np.uint8)))
    touching = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    at_frame = np.zeros(labels.max() + 1, np.bool_)
    at_frame[touching[touching > 0]] = True
    size = gray.shape[1], gray.shape[0]
    return np.asarray(
        cv2.resize(at_frame.take(np.asarray(labels, np.int32)).view(np.uint8), size, interpolation=cv2.INTER_NEAREST),
        np.bool_,
    )
