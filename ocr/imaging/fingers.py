"""Fingers (手指遮挡) that hold a sheet under a camera and hide what is written below them."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.lid import rim_pixels
from ocr.imaging.measures import Fingers, Side
from ocr.imaging.paper import paper_colour
from ocr.imaging.pieces import find_pieces
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
TOUCH_PX: Final = 2  # from the frame at most: it touches the side


def find_fingers(picture: Picture, dpi: float) -> Fingers | None:
    """Sides over which skin reaches into a flat sheet; None for a gray picture, which does not tell skin."""
    if picture.ndim == 2:
        return None
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    height, width = look.shape[:2]
    px = look_dpi / MM_PER_INCH
    light = paper_colour(look)
    reaches: dict[Side, float] = {}
    if not _like_skin(rim_pixels(look, TOUCH_PX)[None], light).any():
        return Fingers((), 1.0)
    for left, top, wide, high, area in _skin_pieces(look, light):
        if area < MIN_FILL * wide * high:
            continue
        touched = {
            Side.LEFT: (left < TOUCH_PX, high, wide),
            Side.TOP: (top < TOUCH_PX, wide, high),
            Side.RIGHT: (left + wide > width - TOUCH_PX, high, wide),
            Side.BOTTOM: (top + high > height - TOUCH_PX, wide, high),
        }
        for side, (touches, along, reach) in touched.items():
            if touches and WIDTH_MM[0] * px <= along <= WIDTH_MM[1] * px and reach >= MIN_REACH_MM * px:
                reaches[side] = max(reaches.get(side, 0.0), float(reach) / px)
    sure = min(1.0, max(reaches.values(), default=SURE_REACH_MM) / SURE_REACH_MM)
    return Fingers(tuple(reaches), sure)


def _skin_pieces(look: Picture, light: tuple[int, int, int]) -> NDArray[np.int32]:
    """(n, 5) left, top, width, height and area of patches of skin."""
    skin = _like_skin(look, light).view(np.uint8)
    return find_pieces(np.asarray(cv2.morphologyEx(skin, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8))[1][1:]


def _like_skin(look: Picture, light: tuple[int, int, int]) -> NDArray[np.bool_]:
    """True where the colour is that of skin beside paper that is white in this light (B, G, R)."""
    gains = PAPER_LEVEL / np.maximum(np.array(light, np.float32), 1)
    balanced = np.minimum(look * (gains / 255).astype(np.float32), 1)
    lightness, green_red, blue_yellow = cv2.split(cv2.cvtColor(balanced, cv2.COLOR_BGR2LAB))
    reddest, yellowest = (np.float32(np.tan(np.radians(hue))) for hue in HUE_DEG)
    skin = (lightness >= LIGHTNESS[0]) & (lightness <= LIGHTNESS[1]) & (green_red > 0)
    skin &= (blue_yellow >= reddest * green_red) & (blue_yellow <= yellowest * green_red)
    skin &= green_red * green_red + blue_yellow * blue_yellow >= MIN_CHROMA**2
    return np.asarray(skin, np.bool_)
