"""Round seals without colour: on gray scans and on copies (复印件)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Final

import cv2
import numpy as np

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import mm_to_px
from ocr.imaging.seal_outlines import RADIUS_MM, Outline, circles
from ocr.imaging.seals import Ground, Seal, at, distinct, judge, widened

SEARCH_DPI: Final = 50  # the rim is two pixels wide
HOUGH_PERFECT: Final = 0.2  # text over the rim leaves little of it perfect; what is no seal falls below
MIN_INK: Final = 0.12  # absorption
BAND_MM: Final = (1.8, 8.0)  # inside the rim: where the name of the unit stands along the arc
MIN_LINE: Final = 0.78  # of the directions have ink on the line itself; a ring by hand around a word reaches 0.69
MIN_STRETCH: Final = 0.62  # of them without a gap: so is a seal worn on one side; a ring by hand reaches 0.52
ASK_LINE: Final = 0.65  # lines of words reach half of that
GAP: Final = 5  # directions; a smaller gap is none
MIN_BAND: Final = 0.06  # ink in it; a clock face or a wheel has less


def find_gray_seals(dark: Plane, bare: Mask, dpi: float) -> list[Seal]:
    """Round seals by their rim alone, however much text lies over them; `bare`: where paper shows; `dpi` about 75."""
    shrink = min(1.0, SEARCH_DPI / dpi)
    if min(dark.shape) < 2 * mm_to_px(RADIUS_MM[0], dpi):
        return []
    small = np.asarray(cv2.resize(dark, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.float32)
    found = circles(small, dpi * shrink, HOUGH_PERFECT)
    if not found:
        return []
    ground = Ground.of(dark, dark > MIN_INK, bare, dpi)
    near, far = (mm_to_px(mm, dpi) for mm in BAND_MM)
    line, seals = widened(dark), list[Seal]()
    for rough in found:
        outline = _settled(rough.enlarged(1 / shrink), dark)
        inked = at(line, outline.points()) > MIN_INK
        seen, stretch = float(inked.mean()), _longest_stretch(inked)
        band = outline.area(dark.shape, -near) & ~outline.area(dark.shape, -far)
        if seen < ASK_LINE or ground.mask[band].mean() < MIN_BAND:
            continue
        if seal := judge(outline, ground, crowded=True):
            seals.append(replace(seal, sure=seal.sure and (seen >= MIN_LINE or stretch >= MIN_STRETCH)))
    return distinct(seals)


def _longest_stretch(inked: Mask) -> float:
    """Share of an outline's directions, in their order around it, that its longest piece without a gap takes."""
    around = np.concatenate([inked[-GAP:], inked, inked[:GAP]]).astype(np.uint8)[None]
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, GAP), np.uint8))[0, GAP:-GAP]
    gaps = np.flatnonzero(closed == 0)
    if not len(gaps):
        return 1.0
    return float(np.diff(gaps, append=gaps[0] + len(closed)).max() - 1) / len(closed)


def _settled(circle: Outline, ink: Plane) -> Outline:
    """The circle a few pixels around the first one that has most ink on its line."""
    for step in (3, 2, 1):
        near = [
            replace(circle, centre=(circle.centre[0] + x, circle.centre[1] + y), axes=(circle.axes[0] + r,) * 2)
            for x, y, r in product((-step, 0, step), repeat=3)
        ]
        circle = max(near, key=lambda one: float(at(ink, one.points()).mean()))
    return circle
