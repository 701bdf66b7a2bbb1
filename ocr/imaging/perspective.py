"""A camera's view of a sheet made flat (透视校正): four corners, the sheet's size in mm, and one matrix from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.bend import bend_seen
from ocr.imaging.quad import SheetQuad, find_quad
from ocr.imaging.rectangle import seen_rectangles
from ocr.imaging.scale import MM_PER_INCH
from ocr.imaging.types import Matrix, Op, OpKind, OpSource, Picture

A4_MM: Final = (210.0, 297.0)
A4_TOLERANCE: Final = 0.08  # of the ratio of its sides: lifted corners cost up to 7 percent, Letter is 9 off
LARGEST_MM: Final = 450.0  # a scan that claims to be larger than A3 has no true resolution: a camera's 72 dpi
MOST_DPI: Final = 600


@dataclass(frozen=True)
class Flat:
    """The picture of a flat sheet: `matrix` maps pixels of the original to it."""

    matrix: Matrix
    size: tuple[int, int]  # width, height in pixels
    dpi: int


def sheet_view(picture: Picture, dpi: int | None) -> tuple[Op, ...]:
    """What flattens the sheet in a camera's picture; nothing for a scan, and where no sheet is surely seen.

    `dpi`: what the file says. Only a picture without a resolution, or with an impossible one, is taken for a camera's.
    """
    if dpi is not None and max(picture.shape[:2]) * MM_PER_INCH / dpi <= LARGEST_MM:
        return ()
    quad = find_quad(picture)
    if quad is None:
        return ()
    op = perspective(quad, (picture.shape[1], picture.shape[0]))
    curl = dewarp(quad, op)
    return (op, curl) if curl else (op,)


def perspective(quad: SheetQuad, size: tuple[int, int], source: OpSource = OpSource.AUTOMATIC) -> Op:
    """Flatten the sheet with these corners in a picture of `size` (width, height): A4 where its shape fits."""
    corners = np.array(quad.corners, np.float64)
    width, height = _sheet_mm(float(seen_rectangles(corners, size).ratio))
    return Op(OpKind.PERSPECTIVE, (*corners.ravel().tolist(), width, height), source, quad.confidence)


def dewarp(quad: SheetQuad, op: Op) -> Op | None:
    """What takes the curl out of the sheet that the PERSPECTIVE `op` flattens; None where it is flat or not sure."""
    width, height = op.values[8:]
    flat = flatten(op)
    mm = np.array([width, height]) / flat.size
    bend = bend_seen([(_mapped(flat.matrix, edge) + 0.5) * mm for edge in quad.outline], width, height)
    if bend is None:
        return None
    return Op(OpKind.DEWARP, tuple(bend.edges.ravel().tolist()), op.source, op.confidence)


def flatten(op: Op) -> Flat:
    """What a PERSPECTIVE operation makes of the original, at the most dots an inch that enlarge no part of it.

    Raises ValueError for corners that are no quadrangle and for a sheet without size.
    """
    *numbers, width, height = op.values
    if len(numbers) != 8 or not all(map(isfinite, op.values)) or min(width, height) <= 0:
        raise ValueError(f"a perspective of {op.values} is no sheet")
    corners = np.array(numbers, np.float64).reshape(4, 2)
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    if not (sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 0).all():
        raise ValueError(f"{corners.tolist()} are no corners, clockwise")
    to_picture = _from_rectangle(width, height, corners)
    dpi = max(1, min(MOST_DPI, floor(MM_PER_INCH * _least_scale(to_picture, width, height))))
    size = (max(1, round(width * dpi / MM_PER_INCH)), max(1, round(height * dpi / MM_PER_INCH)))
    # Edges of the sheet are edges of pixels: half a pixel out of the centres of the outermost ones.
    onto = np.array([[size[0] / width, 0, -0.5], [0, size[1] / height, -0.5], [0, 0, 1]])
    return Flat(onto @ np.linalg.inv(to_picture), size, dpi)


def _mapped(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def _sheet_mm(ratio: float) -> tuple[float, float]:
    """Width and height for a ratio of width to height: A4, or as much of A4 as has this shape."""
    short, long = A4_MM
    for width, height in ((short, long), (long, short)):
        if abs(ratio * height / width - 1) <= A4_TOLERANCE:
            return width, height
    across, down = (long, short) if ratio > 1 else (short, long)
    return (down * ratio, down) if ratio < across / down else (across, across / ratio)


def _from_rectangle(width: float, height: float, corners: NDArray[np.float64]) -> Matrix:
    rectangle = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(rectangle, corners.astype(np.float32)), np.float64)


def _least_scale(matrix: Matrix, width: float, height: float) -> float:
    """Pixels of the original a mm where, and in the direction in which, the sheet is seen smallest."""
    return min(_scale_at(matrix, at) for at in ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)))


def _scale_at(matrix: Matrix, at: Sequence[float]) -> float:
    x, y, w = matrix @ np.array([*at, 1.0])
    derivative = (matrix[:2, :2] * w - np.outer([x, y], matrix[2, :2])) / w**2
    return float(np.linalg.svd(derivative, compute_uv=False).min())
