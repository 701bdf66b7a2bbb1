"""Where a signature or a fingerprint belongs (签名处、捺印处): is anything there? Whose it is, is not claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration
from ocr.imaging.ink import BLACK_TINT, Mask, absorption, red_mask, separate_inks
from ocr.imaging.pieces import find_pieces
from ocr.imaging.prints import LEAST_INK, Full, find_prints
from ocr.imaging.scale import MM_PER_INCH, mm_to_px, reduce_to
from ocr.imaging.types import Box, Picture, Verdict, ZoneInk
from ocr.imaging.writing import shape_of

INK_DPI: Final = 150
PATCH_DPI: Final = 75
CONTEXT_MM: Final = 8.0  # of paper around the zone; a print is often set beside its place
MIN_INK: Final = 0.37  # of the red channel: black and blue writing, not red paste
MAX_RED: Final = 0.25  # green and blue light missing beyond the red: paste, however dark
BLANK_BELOW_MM2: Final = 1.5  # empty zones measured up to 3.5, filled ones 1.96 and more
FILLED_FROM_MM2: Final = 5.0
RULE_MM: Final = 14.0
RULE_HEIGHT_SHARE: Final = 0.7
CUT_TEXT_SHARE: Final = 0.22  # a printed line above that the zone's top edge cuts
SPECK_MM2: Final = 0.05
PRINTED_GROW_MM: Final = 0.4
SOME_RED_MM2: Final = 12.0  # more than a stroke of a red pen


def inspect_zone(
    picture: Picture,
    box: Box,
    dpi: float,
    printed: Sequence[Box] = (),
    seals: Sequence[Box] = (),
    cuts: MarkCalibration = DEFAULT_CALIBRATION,
) -> ZoneInk:
    """Handwriting in mm2 within `box`, its shape where there is enough of it, and whether a fingerprint is there.

    Left out are `printed`, boxes of printed text, and patches without ridges in `seals`, boxes of known seals (a star).
    Verdicts are BLANK, FILLED or ASK. A red patch without clear ridges is ASK. Where a print is black or
    the scan gray, the ink is ASK at most: it may be the print's. Raises ValueError when the box misses the picture.
    """
    height, width = picture.shape[:2]
    zone = _clip(box, width, height)
    if min(zone[2:]) < 1:
        raise ValueError(f"the zone {box} lies outside a picture of {width} x {height} pixels")
    margin = round(mm_to_px(CONTEXT_MM, dpi))
    around = _clip((box[0] - margin, box[1] - margin, box[2] + 2 * margin, box[3] + 2 * margin), width, height)
    crop = np.ascontiguousarray(_cut(picture, around))
    inner = (zone[0] - around[0], zone[1] - around[1], zone[2], zone[3])
    moved = [(x - around[0], y - around[1], w, h) for x, y, w, h in printed]
    writing, writing_dpi = _writing(crop, inner, moved, dpi)
    ink_mm2 = float(writing.sum()) * (MM_PER_INCH / writing_dpi) ** 2
    known = [(x - around[0], y - around[1], w, h) for x, y, w, h in seals]
    verdict, fingerprint = _ink_verdict(ink_mm2), _red_print(crop, dpi, known, cuts)
    if fingerprint is Verdict.BLANK:
        fingerprint = _black_print(crop, dpi, cuts)
        if fingerprint is not Verdict.BLANK and verdict is Verdict.FILLED:
            verdict = Verdict.ASK
    return ZoneInk(box, ink_mm2, verdict, fingerprint, shape_of(writing) if verdict is Verdict.FILLED else "")


def _ink_verdict(ink_mm2: float) -> Verdict:
    if ink_mm2 < BLANK_BELOW_MM2:
        return Verdict.BLANK
    return Verdict.FILLED if ink_mm2 > FILLED_FROM_MM2 else Verdict.ASK


def _writing(crop: Picture, inner: Box, printed: Sequence[Box], dpi: float) -> tuple[Mask, float]:
    """Where somebody wrote inside the zone, and the resolution of that mask."""
    small, small_dpi = reduce_to(crop, dpi, INK_DPI)
    scale = small_dpi / dpi
    ink = _pen_ink(small, small_dpi)
    grow = mm_to_px(PRINTED_GROW_MM, small_dpi)
    for x, y, width, height in printed:
        top, bottom = max(0, round(y * scale - grow)), max(0, round((y + height) * scale + grow))
        left, right = max(0, round(x * scale - grow)), max(0, round((x + width) * scale + grow))
        ink[top:bottom, left:right] = False
    x, y, width, height = (round(side * scale) for side in inner)
    zone = ink[y : y + max(1, height), x : x + max(1, width)]
    return _handwriting(zone, small_dpi), small_dpi


def _handwriting(ink: Mask, dpi: float) -> Mask:
    """The ink without ruled lines, specks and the lower ends of a text line that the top edge cuts."""
    height = ink.shape[0]
    plane = ink.astype(np.uint8)
    across = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((1, round(mm_to_px(RULE_MM, dpi))), np.uint8))
    down = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((max(2, round(RULE_HEIGHT_SHARE * height)), 1), np.uint8))
    rules = cv2.dilate(np.maximum(across, down), np.ones((3, 3), np.uint8))
    plane[rules > 0] = 0
    labels, stats, _ = find_pieces(plane)
    areas, tops, heights = stats[:, cv2.CC_STAT_AREA], stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
    kept = areas * (MM_PER_INCH / dpi) ** 2 >= SPECK_MM2
    kept &= tops + heights > CUT_TEXT_SHARE * height
    kept[0] = False
    return np.asarray(kept[labels], np.bool_)


def _red_print(crop: Picture, dpi: float, seals: Sequence[Box], cuts: MarkCalibration) -> Verdict:
    """FILLED when a red patch has ridges, ASK when there is other red."""
    if crop.ndim == 2:
        return Verdict.BLANK
    look, look_dpi = reduce_to(crop, dpi, PATCH_DPI)
    ink, scale = separate_inks(look, look_dpi), dpi / look_dpi
    seen = ink.red_under_strokes(look_dpi)
    if ink.red is None or seen is None:
        return Verdict.BLANK
    if any(found.sure for found in find_prints(seen, ink.bare, look_dpi, Full(crop, dpi), cuts)):
        return Verdict.FILLED
    red = red_mask(ink.red, look_dpi) & (ink.red > np.maximum(LEAST_INK, BLACK_TINT * ink.dark))
    for x, y, width, height in seals:
        top, bottom = max(0, round(y / scale)), max(0, round((y + height) / scale))
        red[top:bottom, max(0, round(x / scale)) : max(0, round((x + width) / scale))] = False
    return Verdict.ASK if red.sum() * (MM_PER_INCH / look_dpi) ** 2 > SOME_RED_MM2 else Verdict.BLANK


def _black_print(crop: Picture, dpi: float, cuts: MarkCalibration) -> Verdict:
    """FILLED or ASK when a dark patch has ridges in more than one direction."""
    look, look_dpi = reduce_to(crop, dpi, PATCH_DPI)
    ink = separate_inks(look, look_dpi)
    found = list(find_prints(ink.dark, ink.bare, look_dpi, Full(crop, dpi), cuts, black=True))
    if not found:
        return Verdict.BLANK
    return Verdict.FILLED if any(one.sure for one in found) else Verdict.ASK


def _pen_ink(picture: Picture, dpi: float) -> Mask:
    """Black and blue ink, not the dark ridges of a print in red paste."""
    absorbed = absorption(picture, dpi)
    if absorbed.ndim == 2:
        return np.asarray(absorbed > MIN_INK, np.bool_)
    blue, green, dark = cv2.split(absorbed)
    return np.asarray((dark > MIN_INK) & (cv2.addWeighted(green, 0.5, blue, 0.5, 0) - dark < MAX_RED), np.bool_)


def _cut(picture: Picture, box: Box) -> Picture:
    x, y, width, height = box
    return picture[y : y + height, x : x + width]


def _clip(box: Box, width: int, height: int) -> Box:
    left, top = min(max(0, box[0]), width), min(max(0, box[1]), height)
    right, bottom = min(max(0, box[0] + box[2]), width), min(max(0, box[1] + box[3]), height)
    return left, top, max(0, right - left), max(0, bottom - top)
