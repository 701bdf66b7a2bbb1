"""Pictures from original and recipe: one matrix, one interpolation, then what the derivative asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from ocr.imaging.despeckle import despeckle
from ocr.imaging.fill import fill_border, fill_hole
from ocr.imaging.fine_warp import warp_finely
from ocr.imaging.geometry import Frame, compose, map_box, map_points, to_original
from ocr.imaging.paper import paper_colour, seal_free, whiten
from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Box, Derivative, Matrix, OpKind, Picture, Recipe, Rendered

# Linear takes a tenth of the contrast of fingerprint ridges (period 5 to 6 pixels), cubic none, at 5 times the time.
# A scan that is only turned is warped by fine_warp instead of cubic.
INTERPOLATION: Final = {
    Derivative.EVIDENCE: cv2.INTER_CUBIC,
    Derivative.READING: cv2.INTER_LINEAR,
    Derivative.OCR: cv2.INTER_LINEAR,
}

STEP_PX: Final = 16
BAND_PX: Final = 1024  # rows at a time: the maps take eight bytes a pixel


def render(picture: Picture, dpi: int, recipe: Recipe, derivative: Derivative) -> Rendered:
    """Apply a recipe to an original. The original is not changed; the result may share its memory.

    EVIDENCE has the geometry only (pixel for pixel the original's where nothing but quarter turns and cuts is asked),
    READING also white paper with seals and prints kept, OCR is gray without red; holes, borders and specks are filled
    in these two. Corners that a deskew uncovers are filled with the colour of the paper. Raises ValueError on an
    impossible recipe.
    """
    height, width = picture.shape[:2]
    frame = compose(recipe, (width, height), dpi)
    out_dpi = round(frame.dpi)
    moved = _move(picture, frame, INTERPOLATION[derivative])
    if derivative is not Derivative.EVIDENCE:
        moved = whiten(moved) if derivative is Derivative.READING else seal_free(moved)
        _retouch(moved, out_dpi, recipe, frame.matrix @ np.linalg.inv(frame.sheet))
    return Rendered(moved, out_dpi, frame.matrix)


def _retouch(picture: Picture, dpi: int, recipe: Recipe, matrix: Matrix) -> None:
    for op in recipe.ops:
        if op.kind is OpKind.FILL_HOLE:
            x, y, diameter = op.values
            (centre,) = map_points(matrix, np.array([[mm_to_px(x, dpi), mm_to_px(y, dpi)]]))
            fill_hole(picture, dpi, (float(centre[0]), float(centre[1])), diameter)
        elif op.kind is OpKind.FILL_BORDER:
            left, top, right, bottom = op.values
            fill_border(picture, dpi, (left, top, right, bottom))
        elif op.kind is OpKind.DESPECKLE:
            largest, *sides = op.values
            keep = [map_box(matrix, _box(sides[at : at + 4], dpi)) for at in range(0, len(sides), 4)]
            despeckle(picture, dpi, largest, keep)


def _box(sides_mm: Sequence[float], dpi: int) -> Box:
    x, y, width, height = (round(mm_to_px(mm, dpi)) for mm in sides_mm)
    return x, y, width, height


def _move(picture: Picture, frame: Frame, interpolation: int) -> Picture:
    linear = frame.matrix[:2, :2]
    if np.array_equal(frame.sheet, np.eye(3)) and np.array_equal(linear, np.round(linear)):
        return _quarter_turn(picture, frame)
    if interpolation == cv2.INTER_CUBIC and np.array_equal(frame.sheet, np.eye(3)):
        return warp_finely(picture, frame.matrix, frame.size, paper_colour(picture))
    if interpolation == cv2.INTER_LINEAR and picture.ndim == 3:  # half the time with four channels, the same pixels
        four = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
        return np.asarray(cv2.cvtColor(_warp(four, frame, interpolation), cv2.COLOR_BGRA2BGR), np.uint8)
    return _warp(picture, frame, interpolation)


def _warp(picture: Picture, frame: Frame, interpolation: int) -> Picture:
    if frame.bend is not None:
        return _unbent(picture, frame, interpolation)
    matrix, warp = frame.matrix[:2], cv2.warpAffine
    if not np.array_equal(frame.sheet, np.eye(3)):
        matrix, warp = frame.matrix, cv2.warpPerspective
    warped = warp(
        picture,
        matrix,
        frame.size,
        flags=interpolation,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper_colour(picture[..., :3] if picture.ndim == 3 else picture),
    )
    return np.asarray(warped, np.uint8)


def _unbent(picture: Picture, frame: Frame, interpolation: int) -> Picture:
    """Each pixel of the flat page is looked up where the curled sheet shows it; exact at every 16th, even between."""
    width, height = frame.size
    result = np.empty((height, width, *picture.shape[2:]), np.uint8)
    columns = np.arange(0, width + STEP_PX, STEP_PX, dtype=np.float64)
    for top in range(0, height, BAND_PX):
        rows = np.arange(top, min(height, top + BAND_PX) + STEP_PX, STEP_PX, dtype=np.float64)
        nodes = np.stack(np.meshgrid(columns, rows), axis=-1)
        source = to_original(frame, nodes.reshape(-1, 2)).reshape(nodes.shape).astype(np.float32)
        band = result[top : top + BAND_PX]
        even = np.array([[STEP_PX, 0.0, 0], [0, STEP_PX, 0]])
        x, y = (cv2.warpAffine(source[..., axis], even, (width, len(band)), flags=cv2.INTER_LINEAR) for axis in (0, 1))
        paper = paper_colour(picture[..., :3] if picture.ndim == 3 else picture)
        cv2.remap(picture, x, y, interpolation, band, cv2.BORDER_CONSTANT, paper)
    return result


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
