"""Colour class (色彩模式): must the page stay in colour or gray, or is it black on white? In doubt colour."""

from __future__ import annotations

from math import ceil, floor
from typing import Final

import cv2
import numpy as np

from ocr.imaging.measures import ColourClass, Colouring, ColourReason, Lid
from ocr.imaging.scale import MM_PER_INCH, mm_to_px, reduce_to
from ocr.imaging.tone import brightest_channel, brightest_part, darkest_channel, level_at, median_colour, paper_level
from ocr.imaging.types import Picture

LOOK_DPI: Final = 75
MIX_DPI: Final = 37.5
MIX_MM: Final = 1.7  # averaged over this, the fringes of black strokes cancel out, coloured ink does not
MIN_CHROMA: Final = 7.0  # of 255, of that average, beyond the paper's own tint
NOISE_SIGMAS: Final = 5.0
MIN_CHROMA_SHARE: Final = 0.22  # of the average's darkness; blue and red inks have 0.35 and more
MIN_BLOB_PX: Final = 8  # a dot of 1.2 mm, widened by the averaging
SURE_MM2: Final = 90.0  # a light print has 200 so averaged, a signature in blue 140, strong fringes up to 70
FRINGE_MM2: Final = 2.0
MIDTONE: Final = (0.15, 0.85)  # of the paper's brightness
MIN_MIDTONE_SHARE: Final = (
    0.01  # of the page, after 5 x 5 erosion: photographs measured 0.1, other pages 0.0005 at most
)


def classify_colour(picture: Picture, dpi: float, lid: Lid) -> Colouring:
    """What must be kept, and why. Fringes of black text on a misregistered scanner do not count as colour."""
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    mm2 = 0.0 if look.ndim == 2 else _coloured_mm2(*reduce_to(look, look_dpi, MIX_DPI), lid)
    if mm2 >= SURE_MM2:
        return Colouring(ColourClass.COLOUR, ColourReason.COLOUR_INK, mm2, min(1.0, 0.5 + mm2 / (4 * SURE_MM2)))
    if mm2 >= FRINGE_MM2:
        return Colouring(ColourClass.COLOUR, ColourReason.FRINGES, mm2, 0.5)
    gray = look if look.ndim == 2 else np.asarray(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = paper_level(gray)
    dark, light = MIDTONE[0] * paper, MIDTONE[1] * paper
    middle = ((gray > floor(dark)) & (gray < ceil(light))).view(np.uint8)
    solid = np.asarray(cv2.erode(middle, np.ones((5, 5), np.uint8), borderValue=1), np.uint8)
    midtones = float((_off_frame(solid) if lid.colour else solid).mean())
    confidence = 1 - 0.5 * mm2 / FRINGE_MM2
    if midtones >= MIN_MIDTONE_SHARE:
        return Colouring(ColourClass.GRAY, ColourReason.MIDTONES, mm2, confidence)
    empty = not (gray < ceil(light)).any()
    reason = ColourReason.EMPTY if empty else ColourReason.BLACK_ON_WHITE
    return Colouring(ColourClass.BITONAL, reason, mm2, confidence * (1 - 0.5 * midtones / MIN_MIDTONE_SHARE))


def _coloured_mm2(look: Picture, dpi: float, lid: Lid) -> float:
    """Area of coloured ink and right around it, in pieces of at least MIN_BLOB_PX."""
    size = max(1, round(mm_to_px(MIX_MM, dpi)))
    mixed = np.asarray(cv2.blur(look, (size, size)), np.uint8)
    sample = np.ascontiguousarray(mixed[::2, ::2])
    brightness = brightest_channel(sample)
    bright = brightest_part(brightness, 0.67)
    tint = median_colour(sample, bright)
    paper = float(tint.max())
    untinted = np.asarray(cv2.multiply(mixed, np.array([*(paper / np.maximum(tint, 1)), 1.0])), np.uint8)
    low = darkest_channel(untinted)
    chroma = cv2.subtract(brightest_channel(untinted), low)
    least = max(MIN_CHROMA, NOISE_SIGMAS * 1.4826 * level_at(np.asarray(chroma[::2, ::2], np.uint8), 0.5, bright))
    coloured = ((chroma >= least) & (chroma >= MIN_CHROMA_SHARE * (paper - low))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(_off_frame(coloured) if lid.colour else coloured)
    areas = stats[1:, cv2.CC_STAT_AREA]
    return float(areas[areas >= MIN_BLOB_PX].sum()) * (MM_PER_INCH / dpi) ** 2


def _off_frame(mask: Picture) -> Picture:
    """The mask without the pieces that touch the picture's frame: there the lid shows."""
    _, labels = cv2.connectedComponents(mask)
    touching = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray((labels > 0) & ~np.isin(labels, touching), np.uint8)
