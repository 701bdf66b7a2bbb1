"""Seals and red fingerprints on a page."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from ocr.imaging.density import Mask, Plane, densities, red_masks, redness
from ocr.imaging.ridges import measure_ridges
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.seals import Seal, find_seals, outline_area
from ocr.imaging.types import Box, Mark, MarkKind, Picture

LOOK_DPI: Final = 75
MIN_CHROMA: Final = 26  # of 255, beyond the paper's own tint
MIN_CHROMA_SHARE: Final = 0.0001  # a faint print of 15 x 20 mm covers 0.004 of an A4 page
PRINT_MM: Final = (8.0, 45.0)
PRINT_BLUR_MM: Final = 1.0
PRINT_OPEN_MM: Final = 6.0
MIN_PRINT_REDNESS: Final = 0.025  # mean over ridges and gaps; a print of a third of the usual ink has 0.03
MAX_PRINTS: Final = 12
CLEAR_RIDGES: Final = 0.20  # see ridges.Ridges.clarity; the cut shifts with the scanner
SOME_RIDGES: Final = 0.12


def find_marks(picture: Picture, dpi: float) -> tuple[Mark, ...]:
    """Seals by outline and red fingerprints by ridges, with boxes in the picture's pixels.

    A red patch without ridges is not called a fingerprint. Gray pictures and pages without colour have no marks here.
    """
    if picture.ndim == 2:
        return ()
    small, small_dpi = reduce_to(picture, dpi, LOOK_DPI)
    if not has_colour(small):
        return ()
    density = densities(small, small_dpi)
    fringes_off, faint_kept = red_masks(density)
    seals = _distinct([*find_seals(fringes_off, small_dpi), *find_seals(faint_kept, small_dpi)])
    scale = dpi / small_dpi
    marks = [Mark(MarkKind.SEAL, _scaled(seal.box, scale), seal.cover) for seal in seals]
    rest = redness(density)
    for seal in seals:
        rest[outline_area(seal, rest.shape, grow_px=mm_to_px(1, small_dpi))] = 0
    for box, patch in solid_patches(rest, small_dpi)[:MAX_PRINTS]:
        confidence = _print_confidence(picture, _scaled(box, scale), patch, dpi)
        if confidence:
            marks.append(Mark(MarkKind.FINGERPRINT, _scaled(box, scale), confidence))
    return tuple(marks)


def has_colour(picture: Picture) -> bool:
    """Whether enough pixels stand out in colour from the picture's own tint."""
    blue, green, red = (picture[:, :, channel].astype(np.int16) for channel in range(3))
    red_over = red - np.maximum(green, blue)
    return float((red_over - np.median(red_over) > MIN_CHROMA).mean()) >= MIN_CHROMA_SHARE


def solid_patches(
    plane: Plane, dpi: float, least: float = MIN_PRINT_REDNESS, open_mm: float = PRINT_OPEN_MM
) -> list[tuple[Box, Mask]]:
    """Solid patches of a fingerprint's size where a plane of redness or density is above `least` on the mean of 1 mm.

    Each as its box and the patch within it, largest first.
    """
    blurred = cv2.GaussianBlur(np.maximum(plane, 0), (0, 0), mm_to_px(PRINT_BLUR_MM, dpi))
    size = round(mm_to_px(open_mm, dpi))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    solid = cv2.morphologyEx((blurred > least).astype(np.uint8), cv2.MORPH_OPEN, disc)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    low, high = (mm_to_px(mm, dpi) for mm in PRINT_MM)
    patches: list[tuple[int, Box, Mask]] = []
    for label, (x, y, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        if low <= max(width, height) <= high:
            patches.append((area, (x, y, width, height), labels[y : y + height, x : x + width] == label))
    return [(box, patch) for _, box, patch in sorted(patches, key=lambda found: -found[0])]


def _print_confidence(picture: Picture, box: Box, patch: Mask, dpi: float) -> float:
    """0 no ridges seen, 0.5 some, 0.95 clear."""
    x, y, width, height = box
    green = np.ascontiguousarray(picture[y : y + height, x : x + width, 1])
    full = cv2.resize(patch.astype(np.uint8), green.shape[::-1], interpolation=cv2.INTER_NEAREST).astype(np.bool_)
    ridges = measure_ridges(green, full, dpi)
    if ridges is None or ridges.clarity < SOME_RIDGES:
        return 0.0
    return 0.95 if ridges.clarity >= CLEAR_RIDGES else 0.5


def _distinct(seals: list[Seal]) -> list[Seal]:
    """Each seal once; of two at the same place the one whose outline is better covered."""
    kept: list[Seal] = []
    for seal in sorted(seals, key=lambda seal: -seal.cover):
        near = 0.5 * min(seal.axes)
        if all(np.hypot(*np.subtract(seal.centre, other.centre)) > near for other in kept):
            kept.append(seal)
    return kept


def _scaled(box: Box, scale: float) -> Box:
    x, y, width, height = (round(side * scale) for side in box)
    return x, y, width, height
