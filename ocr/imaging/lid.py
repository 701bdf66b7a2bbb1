"""The lid (盖板) around the sheet: which colour the scanner shows beside the paper."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import Lid, LidColour
from ocr.imaging.scale import reduce_to
from ocr.imaging.tone import brightest_channel, brightest_part, median_colour
from ocr.imaging.types import Picture

LOOK_DPI: Final = 37.5
RIM_PX: Final = 2
MIN_DISTANCE: Final = 14.0  # of 255, between lid and paper, in the channel where they differ most
MIN_SHARE: Final = 0.05  # of the rim
MAX_SPREAD: Final = 9.0  # a lid is one flat colour; pictures and text at the rim are not
BLACK_BELOW: Final = 80
WHITE_FROM: Final = 225
MIN_CHROMA: Final = 32


def find_lid(picture: Picture, dpi: float) -> Lid:
    """Colour of the flat area at the picture's rim that differs from the paper; None where the paper fills the picture.

    A white lid beside white paper cannot be seen.
    """
    look, _ = reduce_to(picture, dpi, LOOK_DPI)
    layers = np.repeat(look[:, :, None], 3, axis=2) if look.ndim == 2 else look
    if min(layers.shape[:2]) < 8 * RIM_PX:
        return Lid(None, 0.0)
    inner = layers[layers.shape[0] // 8 : -layers.shape[0] // 8, layers.shape[1] // 8 : -layers.shape[1] // 8]
    paper = median_colour(inner, brightest_part(brightest_channel(inner), 0.6))
    rim = rim_pixels(layers, RIM_PX).astype(np.float32)
    other = rim[np.abs(rim - paper).max(axis=1) >= MIN_DISTANCE]
    share = len(other) / len(rim)
    if share < MIN_SHARE:
        return Lid(None, 1 - share / MIN_SHARE)
    colour = np.median(other, axis=0)
    flat = np.abs(other - colour).max(axis=1) <= 2 * MAX_SPREAD
    certain = float(flat.mean())
    if certain < 0.6 or share * certain < MIN_SHARE:
        return Lid(None, 0.5)
    return Lid(_name(colour), certain)


def rim_pixels(layers: Picture, depth: int) -> Picture:
    """(n, 3) pixels of a colour picture's frame of so many pixels."""
    sides = (layers[:depth], layers[-depth:], layers[:, :depth], layers[:, -depth:])
    return np.concatenate([side.reshape(-1, 3) for side in sides])


def _name(colour: NDArray[np.float32]) -> LidColour:
    if colour.max() - colour.min() >= MIN_CHROMA:
        return LidColour.COLOURED
    level = float(colour.mean())
    if level < BLACK_BELOW:
        return LidColour.BLACK
    return LidColour.WHITE if level >= WHITE_FROM else LidColour.GRAY
