"""Pictures from original and recipe: one matrix, one interpolation, then what the derivative asks for."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from ocr.imaging.geometry import Frame, compose
from ocr.imaging.paper import paper_colour, seal_free, whiten
from ocr.imaging.types import Derivative, Picture, Recipe, Rendered

# Linear takes a tenth of the contrast of fingerprint ridges (period 5 to 6 pixels), cubic none, at 5 times the time.
INTERPOLATION: Final = {
    Derivative.EVIDENCE: cv2.INTER_CUBIC,
    Derivative.READING: cv2.INTER_LINEAR,
    Derivative.OCR: cv2.INTER_LINEAR,
}


def render(picture: Picture, dpi: int, recipe: Recipe, derivative: Derivative) -> Rendered:
    """Apply a recipe to an original. The original is not changed; the result may share its memory.

    EVIDENCE has the geometry only (pixel for pixel the original's where nothing but quarter turns and cuts is asked),
    READING also white paper with seals and prints kept, OCR is gray without red. Corners that a deskew uncovers are
    filled with the colour of the paper. Raises ValueError on an impossible recipe.
    """
    height, width = picture.shape[:2]
    frame = compose(recipe, (width, height), dpi)
    moved = _move(picture, frame, INTERPOLATION[derivative])
    if derivative is Derivative.READING:
        moved = whiten(moved)
    elif derivative is Derivative.OCR:
        moved = seal_free(moved)
    return Rendered(moved, dpi, frame.matrix)


def _move(picture: Picture, frame: Frame, interpolation: int) -> Picture:
    linear = frame.matrix[:2, :2]
    if np.array_equal(linear, np.round(linear)):
        return _quarter_turn(picture, frame)
    if interpolation == cv2.INTER_LINEAR and picture.ndim == 3:  # half the time with four channels, the same pixels
        four = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
        return np.asarray(cv2.cvtColor(_warp(four, frame, interpolation), cv2.COLOR_BGRA2BGR), np.uint8)
    return _warp(picture, frame, interpolation)


def _warp(picture: Picture, frame: Frame, interpolation: int) -> Picture:
    warped = cv2.warpAffine(
        picture,
        frame.matrix[:2],
        frame.size,
        flags=interpolation,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper_colour(picture[..., :3] if picture.ndim == 3 else picture),
    )
    return np.asarray(warped, np.uint8)


def _quarter_turn(picture: Picture, frame: Frame) -> Picture:
    """No interpolation: turned and cut pixel for pixel."""
    clockwise = {(1, 0): 0, (0, 1): 1, (-1, 0): 2, (0, -1): 3}[int(frame.matrix[0, 0]), int(frame.matrix[1, 0])]
    turned = np.rot90(picture, -clockwise)
    turned_height, turned_width = turned.shape[:2]
    whole_left, whole_top = {
        0: (0, 0),
        1: (picture.shape[0] - 1, 0),
        2: (turned_width - 1, turned_height - 1),
        3: (0, picture.shape[1] - 1),
    }[clockwise]
    left, top = whole_left - round(frame.matrix[0, 2]), whole_top - round(frame.matrix[1, 2])
    width, height = frame.size
    return np.ascontiguousarray(turned[top : top + height, left : left + width])
