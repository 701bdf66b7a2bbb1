"""Exposure and contrast (曝光与对比度): is the paper light, is the ink dark, is anything washed out."""

from __future__ import annotations

from typing import Final

import numpy as np

from ocr.imaging.measures import Exposure, Light
from ocr.imaging.scale import red_channel, reduce_to
from ocr.imaging.tone import darker_by, local_paper, paper_level, share_missing
from ocr.imaging.types import Picture

LOOK_DPI: Final = 150  # thinner strokes than two pixels lose their black below
MIN_INK_DARKNESS: Final = 0.10  # of the paper's brightness: paler is paper or show-through
MIN_INK_SHARE: Final = 0.0005
INK_QUANTILE: Final = 0.9  # of the darkness of all ink pixels: the middle of strokes, not their edges
DARK_PAPER: Final = 150.0
MIN_CONTRAST: Final = 0.35
WHITE_CLIP, BLACK_CLIP = 254, 2
MIN_CLIPPED_PAPER: Final = 0.6


def measure_exposure(picture: Picture, dpi: float) -> Exposure:
    """Levels of paper and ink and the light they tell of; red ink does not count as dark ink."""
    gray, gray_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    gray = np.ascontiguousarray(gray[::2, ::2]) if min(gray.shape) > 2 else gray  # half of rows and columns are enough
    paper = paper_level(gray)
    clipped = float(((gray >= WHITE_CLIP) | (gray <= BLACK_CLIP)).mean())
    around = local_paper(gray, gray_dpi / 2)
    ink = darker_by(MIN_INK_DARKNESS, gray, around).view(np.bool_)
    inked = share_missing(gray[ink], around[ink])
    if inked.size < MIN_INK_SHARE * gray.size:
        return Exposure(paper, None, 0.0, clipped, Light.DARK if paper < DARK_PAPER else None)
    contrast = float(np.quantile(inked, INK_QUANTILE))
    return Exposure(paper, paper * (1 - contrast), contrast, clipped, _light(paper, contrast, clipped))


def _light(paper: float, contrast: float, clipped: float) -> Light:
    if paper < DARK_PAPER:
        return Light.DARK
    if contrast >= MIN_CONTRAST:
        return Light.GOOD
    return Light.BRIGHT if clipped >= MIN_CLIPPED_PAPER else Light.FAINT
