"""One picture in, everything automatic known about it out. Pure: the same picture gives the same analysis."""

from __future__ import annotations

from typing import Final

import numpy as np

from ocr.imaging.blank import judge_blank
from ocr.imaging.border import find_border
from ocr.imaging.marks import find_marks
from ocr.imaging.orientation import decide_orientation
from ocr.imaging.scale import reduce_to
from ocr.imaging.sharpness import measure_sharpness
from ocr.imaging.skew import estimate_skew
from ocr.imaging.types import ANALYSIS_VERSION, Orienter, PageAnalysis, Picture

REDUCED_DPI: Final = 150  # enough for skew; all else looks at less still


def analyse(picture: Picture, dpi: int, orienter: Orienter | None = None) -> PageAnalysis:
    """Measure skew, orientation, border, blankness, sharpness and marks of a picture, all for the picture as given.

    Without an orienter the page is taken for upright with confidence 0. Skew is measured on the upright page; a quarter
    turn keeps its sign. Raises LibraryMissing when Leptonica is not installed.
    """
    height, width = picture.shape[:2]
    small, small_dpi = reduce_to(picture, dpi, REDUCED_DPI)
    orientation, orientation_confidence = decide_orientation(small, small_dpi, orienter) if orienter else (None, 0.0)
    upright = np.ascontiguousarray(np.rot90(small, -(orientation or 0) // 90))
    skew = estimate_skew(upright, small_dpi)
    border = find_border(small, small_dpi, skew.deg)
    blankness = judge_blank(small, small_dpi, border)
    sharpness = measure_sharpness(picture, dpi)
    marks = find_marks(picture, dpi)
    blank = blankness.blank and not marks
    return PageAnalysis(
        version=ANALYSIS_VERSION,
        width=width,
        height=height,
        dpi=dpi,
        skew_deg=None if blank else skew.deg,
        skew_confidence=0.0 if blank else skew.confidence,
        orientation_deg=None if blank else orientation,
        orientation_confidence=0.0 if blank else orientation_confidence,
        blank=blank,
        blank_score=blankness.score,
        sharpness=sharpness.value,
        sharp=sharpness.sharp,
        border=border,
        marks=marks,
    )
