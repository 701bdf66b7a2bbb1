"""Seals (印章) and fingerprints (指印) on a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration, print_clarity, seal_clarity
from ocr.imaging.geometry import scaled_box
from ocr.imaging.gray_seals import find_gray_seals
from ocr.imaging.ink import Inks, Mask, red_mask, separate_inks
from ocr.imaging.prints import Full, Print, find_prints
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.seals import Seal, find_seals
from ocr.imaging.types import Clarity, Mark, MarkKind, Picture, Verdict

LOOK_DPI: Final = 75
SEAL_MARGIN_MM: Final = 1.0
DOUBTFUL: Final = 0.4  # confidence of what has to be asked about
READABLE, CLEAR = 0.7, 0.95  # confidence of a fingerprint with some ridges and with clear ones


def find_marks(
    picture: Picture,
    dpi: float,
    cuts: MarkCalibration = DEFAULT_CALIBRATION,
    coarse: tuple[Picture, float] | None = None,
) -> tuple[Mark, ...]:
    """Seals by their outline and fingerprints by their ridges, with boxes in the picture's pixels.

    What only looks like one has the verdict ASK. Red seals are found in four shapes, black and gray ones where they are
    round and the page has no red one. `coarse`: the picture at about 75 dpi and that dpi, where the caller has it.
    """
    small, small_dpi = coarse or reduce_to(*reduce_to(picture, dpi, 2 * LOOK_DPI), LOOK_DPI)  # halving is the fastest
    ink = separate_inks(small, small_dpi)
    seals = list[Seal]()
    if ink.red is not None:
        seals = find_seals(ink.red, red_mask(ink.red, small_dpi), ink.bare, small_dpi)
    seals = seals or find_gray_seals(ink.black, ink.bare, small_dpi)
    scale = dpi / small_dpi
    prints = _prints(picture, dpi, ink, _free_of(seals, small.shape, small_dpi), small_dpi, cuts)
    return (
        *(_seal_mark(seal, small.shape, scale, cuts) for seal in seals),
        *(_print_mark(found, scale, cuts) for found in prints),
    )


def _prints(
    picture: Picture, dpi: float, ink: Inks, free: Mask, small_dpi: float, cuts: MarkCalibration
) -> Iterator[Print]:
    """Red ones, seen best in green light, then black ones."""
    full = Full(picture, dpi)
    red = ink.red_under_strokes(small_dpi)
    if red is not None:
        for found in find_prints(np.where(free, red, np.float32(0)), ink.bare, small_dpi, full, cuts):
            x, y, width, height = found.box
            free[y : y + height, x : x + width] = False
            yield found
    yield from find_prints(np.where(free, ink.dark, np.float32(0)), ink.bare, small_dpi, full, cuts, black=True)


def _free_of(seals: list[Seal], shape: tuple[int, ...], dpi: float) -> Mask:
    free = np.ones(shape[:2], np.bool_)
    for seal in seals:
        free &= ~seal.outline.area(shape, mm_to_px(SEAL_MARGIN_MM, dpi))
    return free


def _seal_mark(seal: Seal, shape: tuple[int, ...], scale: float, cuts: MarkCalibration) -> Mark:
    return Mark(
        MarkKind.SEAL,
        scaled_box(seal.outline.box(shape), scale),
        confidence=seal.cover if seal.sure else DOUBTFUL,
        clarity=seal_clarity(seal.strength, seal.cover, cuts),
        verdict=Verdict.FILLED if seal.sure else Verdict.ASK,
        measured=seal.strength,
    )


def _print_mark(found: Print, scale: float, cuts: MarkCalibration) -> Mark:
    clarity = print_clarity(found.ridges.clarity, cuts) if found.ridges else Clarity.UNCLEAR
    sure = CLEAR if clarity is Clarity.CLEAR else READABLE
    return Mark(
        MarkKind.FINGERPRINT,
        scaled_box(found.box, scale),
        confidence=sure if found.sure else DOUBTFUL,
        clarity=clarity,
        verdict=Verdict.FILLED if found.sure else Verdict.ASK,
        measured=found.ridges.clarity if found.ridges else None,
    )
