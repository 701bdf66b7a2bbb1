"""Likeness of two pages (重复页): a second scan of the same sheet, another filling of the same form, or another page.

Perceptual hashes cannot tell a second scan from another filling. So the pages are laid on each other and the ink of
each is looked for in the other: what a hand wrote differently has no partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import MM_PER_INCH, mm_to_px, red_channel, reduce_to
from ocr.imaging.tone import darkness
from ocr.imaging.types import Picture

LOOK_DPI: Final = 100
FEATURES: Final = 1_500
MIN_SIDE_PX: Final = 64  # of a picture; ORB leaves out 31 at each side
MAX_RATIO: Final = 0.85  # nearest to second nearest descriptor (Lowe 2004)
MIN_MATCHES: Final = 30
NEAR_PX: Final = 4.0
MAX_SCALE_CHANGE: Final = 0.05
ECC_STEPS: Final = 30
ECC_EPSILON: Final = 1e-4
INK: Final = 0.30  # darkness of sure ink
FAINT_INK: Final = 0.12  # of ink that may be the partner of sure ink
TOLERANCE_MM: Final = 0.5  # between partners: paper stretches, feeds slip
RIM_MM: Final = 6.0
SAME_MM2: Final = 0.1  # largest piece of ink without a partner; 0 between two scans of one sheet, more with dust
OTHER_MM2: Final = 1.0  # two names differ by 2 and more, a figure in a date by 0.2 to 0.8


class Likeness(StrEnum):
    SAME = "same"  # the same sheet again
    OTHER = "other"
    ASK = "ask"


@dataclass(frozen=True)
class Comparison:
    likeness: Likeness
    largest_mm2: float | None  # largest piece of ink without a partner; None where the pages do not lie on each other
    confidence: float


def compare_pages(first: Picture, first_dpi: float, second: Picture, second_dpi: float) -> Comparison:
    """Compare two upright pictures. Nothing is dropped on the answer: a person decides about duplicates.

    Pages that cannot be laid on each other are OTHER when both have enough on them, else ASK.
    """
    pages = [reduce_to(red_channel(page), dpi, LOOK_DPI)[0] for page, dpi in ((first, first_dpi), (second, second_dpi))]
    found = [_features(page) for page in pages]
    if min(len(points) for points, _ in found) < MIN_MATCHES:
        return Comparison(Likeness.ASK, None, 0.0)
    rough = _registration(found[1], found[0])
    if rough is None:
        return Comparison(Likeness.OTHER, None, 0.9)
    moved, seen = _laid_on(pages[0], pages[1], rough)
    largest = max(_without_partner(pages[0], moved, seen), _without_partner(moved, pages[0], seen))
    if largest <= SAME_MM2:
        return Comparison(Likeness.SAME, largest, 1 - 0.5 * largest / SAME_MM2)
    if largest >= OTHER_MM2:
        return Comparison(Likeness.OTHER, largest, min(1.0, 0.5 + largest / (8 * OTHER_MM2)))
    return Comparison(Likeness.ASK, largest, 0.0)


Features = tuple[NDArray[np.float32], NDArray[np.uint8]]  # points (n, 2), descriptors (n, 32)
Affine = NDArray[np.float32]  # 2 x 3


def _features(page: Picture) -> Features:
    if min(page.shape) < MIN_SIDE_PX:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8)
    keypoints, descriptors = cv2.ORB.create(FEATURES).detectAndCompute(page, None)
    points = np.array([keypoint.pt for keypoint in keypoints], np.float32).reshape(-1, 2)
    return points, np.zeros((0, 32), np.uint8) if descriptors is None else np.asarray(descriptors, np.uint8)


def _registration(moving: Features, fixed: Features) -> Affine | None:
    """Where points of `fixed` lie in `moving` by a turn, a scale near 1 and a shift; None when too few agree."""
    pairs = [pair for pair in cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(fixed[1], moving[1], k=2) if len(pair) == 2]
    good = [best for best, next_best in pairs if best.distance < MAX_RATIO * next_best.distance]
    if len(good) < MIN_MATCHES:
        return None
    here = fixed[0][[match.queryIdx for match in good]]
    there = moving[0][[match.trainIdx for match in good]]
    matrix, agree = cv2.estimateAffinePartial2D(here, there, method=cv2.RANSAC, ransacReprojThreshold=NEAR_PX)
    if matrix is None or agree.sum() < MIN_MATCHES:
        return None
    if abs(float(np.hypot(matrix[0, 0], matrix[1, 0])) - 1) > MAX_SCALE_CHANGE:
        return None
    return np.asarray(matrix, np.float32)


def _laid_on(fixed: Picture, moving: Picture, rough: Affine) -> tuple[Picture, NDArray[np.bool_]]:
    """`moving` in the frame of `fixed`, and where both are seen; refined by correlation (Evangelidis 2008)."""
    size = fixed.shape[1], fixed.shape[0]
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, ECC_STEPS, ECC_EPSILON)
    try:
        _, matrix = cv2.findTransformECC(fixed, moving, rough.copy(), cv2.MOTION_AFFINE, stop)
    except cv2.error:  # it gives up where the pages differ too much to correlate; the rough matrix is good to a pixel
        matrix = rough
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(moving, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    rim = round(mm_to_px(RIM_MM, LOOK_DPI))
    whole = np.zeros(moving.shape, np.uint8)
    whole[rim : moving.shape[0] - rim, rim : moving.shape[1] - rim] = 1
    seen = cv2.warpAffine(whole, matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    seen[:rim] = seen[-rim:] = 0
    seen[:, :rim] = seen[:, -rim:] = 0
    return np.asarray(moved, np.uint8), np.asarray(seen > 0, np.bool_)


def _without_partner(page: Picture, other: Picture, seen: NDArray[np.bool_]) -> float:
    """Area in mm2 of the largest piece of sure ink that has no ink of the other page within 0.5 mm."""
    reach = 2 * round(mm_to_px(TOLERANCE_MM, LOOK_DPI)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    partner = cv2.dilate((darkness(other, LOOK_DPI) >= FAINT_INK).astype(np.uint8), disc) > 0
    alone = ((darkness(page, LOOK_DPI) >= INK) & ~partner & seen).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(alone)
    return float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) * (MM_PER_INCH / LOOK_DPI) ** 2
