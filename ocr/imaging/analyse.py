"""One picture in, everything automatic known about it out. Pure: the same picture gives the same analysis."""

from __future__ import annotations

from typing import Final

import numpy as np

from ocr.imaging.blank import judge_blank
from ocr.imaging.border import find_border
from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration
from ocr.imaging.colour_class import classify_colour
from ocr.imaging.cutoff import find_cut_off
from ocr.imaging.exposure import measure_exposure
from ocr.imaging.fingers import find_fingers
from ocr.imaging.holes import find_holes
from ocr.imaging.lid import find_lid
from ocr.imaging.marks import find_marks
from ocr.imaging.measures import Hole
from ocr.imaging.moire import find_moire
from ocr.imaging.orientation import decide_orientation
from ocr.imaging.resolution import judge_resolution
from ocr.imaging.scale import red_channel, reduce_to
from ocr.imaging.sharpness import measure_sharpness
from ocr.imaging.showthrough import find_show_through
from ocr.imaging.skew import estimate_skew
from ocr.imaging.spread import find_spread
from ocr.imaging.types import ANALYSIS_VERSION, Orienter, PageAnalysis, Picture

FINE_DPI: Final = 150  # for skew and the exposure of thin strokes
COARSE_DPI: Final = 75  # for all that looks at shapes and areas
ROUGH_DPI: Final = 37.5  # for what fills whole areas


def analyse(
    picture: Picture, dpi: int, orienter: Orienter | None = None, cuts: MarkCalibration = DEFAULT_CALIBRATION
) -> PageAnalysis:
    """Measure all that is automatic about a picture, for the picture as given but for the spread (upright).

    Without an orienter the page is taken for upright with confidence 0. Skew is measured on the upright page; a quarter
    turn keeps its sign. Raises LibraryMissing when Leptonica is not installed.
    """
    height, width = picture.shape[:2]
    fine, fine_dpi = reduce_to(picture, dpi, FINE_DPI)
    coarse, coarse_dpi = reduce_to(fine, fine_dpi, COARSE_DPI)
    fine_red, coarse_red = red_channel(fine), red_channel(coarse)  # for all that must not see seals and prints
    orientation, orientation_confidence = (
        decide_orientation(coarse_red, coarse_dpi, orienter) if orienter else (None, 0.0)
    )
    quarters = (orientation or 0) // 90
    skew = estimate_skew(_turned(fine, quarters), fine_dpi)
    border = find_border(coarse_red, coarse_dpi, skew.deg)
    holes = find_holes(coarse, coarse_dpi, border)
    blankness = judge_blank(fine, fine_dpi, _scaled(holes, fine_dpi / coarse_dpi), (coarse, coarse_dpi))
    sharpness = measure_sharpness(picture, dpi)
    rough, rough_dpi = reduce_to(coarse, coarse_dpi, ROUGH_DPI)
    lid = find_lid(rough, rough_dpi)
    marks = find_marks(picture, dpi, cuts, (coarse, coarse_dpi))
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
        lid=lid,
        holes=_scaled(holes, dpi / coarse_dpi),
        exposure=measure_exposure(fine_red, fine_dpi),
        colouring=classify_colour(coarse, coarse_dpi, lid),
        cut_off=find_cut_off(fine_red, fine_dpi, border),
        spread=find_spread(_turned(coarse, quarters), coarse_dpi),
        resolution=judge_resolution(coarse_red, coarse_dpi),
        show_through=find_show_through(fine, fine_dpi, border),
        moire=find_moire(fine_red, fine_dpi),
        fingers=find_fingers(rough, rough_dpi),
    )


def _turned(picture: Picture, clockwise_quarters: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, -clockwise_quarters))


def _scaled(holes: tuple[Hole, ...], scale: float) -> tuple[Hole, ...]:
    return tuple(Hole(hole.x * scale, hole.y * scale, hole.diameter * scale, hole.confidence) for hole in holes)
