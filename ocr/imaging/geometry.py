"""A recipe's turns and cuts as one matrix, and where points and boxes land under it.

Coordinates are pixel centres: the centre of the top left pixel is (0, 0), its outer corner (-0.5, -0.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.bend import Bend, bend_of
from ocr.imaging.perspective import flatten
from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Box, Matrix, Op, OpKind, Recipe

RETOUCHES: Final = frozenset({OpKind.FILL_HOLE, OpKind.FILL_BORDER, OpKind.DESPECKLE})  # they move no pixel

Size = tuple[int, int]  # width, height


@dataclass(frozen=True)
class Frame:
    """Where the original's pixels go, and how large and how fine the rendered picture is.

    `sheet`: the part of `matrix` that flattens a camera's view; a scan is flat as it is. `bend`: the curl left in that,
    which no matrix takes out; `sheet_size` in pixels belongs to it.
    """

    matrix: Matrix
    size: Size
    dpi: float
    sheet: Matrix
    bend: Bend | None = None
    sheet_size: Size = (0, 0)


def compose(recipe: Recipe, size: Size, dpi: float) -> Frame:
    """All operations that move pixels in one 3 x 3 matrix. A deskew widens the frame so that no corner is lost.

    None of them enlarges: a pixel of the original is never spread over more than one of the result.
    Raises ValueError on a turn that is no multiple of 90 degrees, on cuts that leave nothing, on a perspective that is
    no sheet or comes after another operation, and on a dewarp that does not follow one.
    """
    first, *rest = recipe.ops or (None,)
    if first is not None and first.kind is OpKind.PERSPECTIVE:
        flat = flatten(first)
        frame = Frame(flat.matrix, flat.size, flat.dpi, flat.matrix, sheet_size=flat.size)
        if rest and rest[0].kind is OpKind.DEWARP:
            frame = replace(frame, bend=bend_of(rest.pop(0).values, *first.values[8:]))
    else:
        frame, rest = Frame(np.eye(3), size, dpi, np.eye(3)), list(recipe.ops)
    for op in rest:
        if op.kind not in RETOUCHES:
            matrix, new_size = _step(op, frame.size, frame.dpi)
            frame = replace(frame, matrix=matrix @ frame.matrix, size=new_size)
    return frame


def widened(width: float, height: float, deg: float) -> tuple[float, float]:
    """Width and height of the upright rectangle around one that is turned by `deg`."""
    sin, cos = abs(np.sin(np.radians(deg))), abs(np.cos(np.radians(deg)))
    return float(width * cos + height * sin), float(width * sin + height * cos)


def map_points(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) x, y of the original to (n, 2) x, y of the rendered picture."""
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def to_original(frame: Frame, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) x, y of the rendered picture to (n, 2) x, y where the original shows them, on a curled sheet too."""
    back, off_sheet = (np.asarray(np.linalg.inv(matrix), np.float64) for matrix in (frame.matrix, frame.sheet))
    if frame.bend is None:
        return map_points(back, points)
    mm = np.array([frame.bend.width, frame.bend.height]) / np.array(frame.sheet_size, np.float64)
    on_sheet = (map_points(frame.sheet @ back, points) + 0.5) * mm
    seen = np.stack(frame.bend.moved(on_sheet[:, 0], on_sheet[:, 1]), axis=-1) / mm - 0.5
    return map_points(off_sheet, seen)


def map_box(matrix: Matrix, box: Box) -> Box:
    """The upright box around where a box of the original lands (may reach past the rendered picture)."""
    x, y, width, height = box
    left, top, right, bottom = x - 0.5, y - 0.5, x + width - 0.5, y + height - 0.5
    corners = map_points(matrix, np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
    low, high = np.floor(corners.min(axis=0) + 0.5 + 1e-6), np.ceil(corners.max(axis=0) + 0.5 - 1e-6)
    return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


def scaled_box(box: Box, scale: float) -> Box:
    x, y, width, height = (round(side * scale) for side in box)
    return x, y, width, height


def boxes_meet(one: Box, other: Box) -> bool:
    """Whether they share more than an edge."""
    return all(one[i] < other[i] + other[i + 2] and other[i] < one[i] + one[i + 2] for i in (0, 1))


def _step(op: Op, size: Size, dpi: float) -> tuple[Matrix, Size]:
    width, height = size
    if op.kind is OpKind.TURN:
        return _turn(op.values[0], size)
    if op.kind is OpKind.DESKEW:
        new_width, new_height = (ceil(side - 1e-9) for side in widened(width, height, op.values[0]))
        return _about_centre(op.values[0], size, (new_width, new_height)), (new_width, new_height)
    if op.kind is OpKind.PERSPECTIVE:
        raise ValueError("a perspective comes first: its corners are pixels of the original")
    if op.kind is OpKind.DEWARP:
        raise ValueError("a dewarp comes right after a perspective")
    left, top, right, bottom = (max(0, round(mm_to_px(mm, dpi))) for mm in op.values)
    new_size = (width - left - right, height - top - bottom)
    if min(new_size) < 1:
        raise ValueError(f"cuts of {op.values} mm leave nothing of {width} x {height} pixels")
    return np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]), new_size


def _turn(clockwise_deg: float, size: Size) -> tuple[Matrix, Size]:
    width, height = size
    quarters, rest = divmod(clockwise_deg, 90)
    if rest:
        raise ValueError(f"a turn of {clockwise_deg} degrees is no quarter turn")
    turns: dict[int, tuple[list[list[float]], Size]] = {
        0: ([[1, 0, 0], [0, 1, 0]], (width, height)),
        1: ([[0, -1, height - 1], [1, 0, 0]], (height, width)),
        2: ([[-1, 0, width - 1], [0, -1, height - 1]], (width, height)),
        3: ([[0, 1, 0], [-1, 0, width - 1]], (height, width)),
    }
    rows, new_size = turns[int(quarters) % 4]
    return np.array([*rows, [0.0, 0.0, 1.0]]), new_size


def _about_centre(clockwise_deg: float, size: Size, new_size: Size) -> Matrix:
    sin, cos = np.sin(np.radians(clockwise_deg)), np.cos(np.radians(clockwise_deg))
    from_x, from_y = (size[0] - 1) / 2, (size[1] - 1) / 2
    to_x, to_y = (new_size[0] - 1) / 2, (new_size[1] - 1) / 2
    return np.array(
        [
            [cos, -sin, to_x - cos * from_x + sin * from_y],  # y runs down, so this turns clockwise
            [sin, cos, to_y - sin * from_x - cos * from_y],
            [0, 0, 1],
        ]
    )
