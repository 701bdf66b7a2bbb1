"""Fingers (手指遮挡) that hold a sheet under a camera and hide what is written below them."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from ocr.imaging.measures import Fingers, Side
from ocr.imaging.paper import paper_colour
from ocr.imaging.scale import MM_PER_INCH, reduce_to
from ocr.imaging.types import Picture

LOOK_DPI: Final = 37.5
PAPER_LEVEL: Final = 245  # what the paper is brought to: a lamp's colour must not make skin of it
# CIE L*a*b* of skin in that light. Seals are redder (hue below 40), wood and brown stains yellower (above 68).
LIGHTNESS: Final = (25.0, 85.0)
HUE_DEG: Final = (38.0, 68.0)
MIN_CHROMA: Final = 15.0
WIDTH_MM: Final = (8.0, 70.0)  # along the sheet's side: one finger, or a hand
MIN_REACH_MM: Final = 4.0  # into the sheet; less is table that a bent edge lets in
MIN_FILL: Final = 0.6  # of the box around it
SURE_REACH_MM: Final = 8.0


def find_fingers(picture: Picture, dpi: float) -> Fingers | None:
    """Sides over which skin reaches into a flat sheet; None for a gray picture, which does not tell skin."""
    if picture.ndim == 2:
        return None
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    height, width = look.shape[:2]
    px = look_dpi / MM_PER_INCH
    count, _, stats, _ = cv2.connectedComponentsWithStats(_skin(look))
    reaches: dict[Side, float] = {}
    for left, top, wide, high, area in stats[1:count]:
        if area < MIN_FILL * wide * high:
            continue
        touched = {
            Side.LEFT: (left <= 1, high, wide),
            Side.TOP: (top <= 1, wide, high),
            Side.RIGHT: (left + wide >= width - 1, high, wide),
            Side.BOTTOM: (top + high >= height - 1, wide, high),
        }
        for side, (touches, along, reach) in touched.items():
            if touches and WIDTH_MM[0] * px <= along <= WIDTH_MM[1] * px and reach >= MIN_REACH_MM * px:
                reaches[side] = max(reaches.get(side, 0.0), float(reach) / px)
    sure = min(1.0, max(reaches.values(), default=SURE_REACH_MM) / SURE_REACH_MM)
    return Fingers(tuple(reaches), sure)


def _skin(look: Picture) -> Picture:
    """1 where the colour is that of skin beside white paper."""
    gains = PAPER_LEVEL / np.maximum(np.array(paper_colour(look), np.float32), 1)
    balanced = np.minimum(look * (gains / 255).astype(np.float32), 1)
    lightness, green_red, blue_yellow = cv2.split(cv2.cvtColor(balanced, cv2.COLOR_BGR2LAB))
    reddest, yellowest = (np.float32(np.tan(np.radians(hue))) for hue in HUE_DEG)
    skin = (lightness >= LIGHTNESS[0]) & (lightness <= LIGHTNESS[1]) & (green_red > 0)
    skin &= (blue_yellow >= reddest * green_red) & (blue_yellow <= yellowest * green_red)
    skin &= green_red * green_red + blue_yellow * blue_yellow >= MIN_CHROMA**2
    return np.asarray(cv2.morphologyEx(skin.view(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
