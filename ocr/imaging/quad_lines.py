"""Straight lines across a small copy of a camera picture, and what lies along each: the sides a sheet may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.types import Picture

Points = NDArray[np.float64]  # (n, 2): x, y
Line = tuple[float, float]  # rho, theta, as OpenCV has them

APART_PX: Final = 5.0  # lines nearer than this are one
MAX_SLANT_DEG: Final = 40.0
SHORTEST: Final = 0.1  # of the picture's long side
STRONGEST: Final = 400  # lines looked at in each direction
SIDE_PX: Final = 6  # how far beside a line its two colours are looked at
INNER_PX: Final = np.arange(2, 6)  # how far within an edge the paper should be even: 2 to 4 mm
OVERRUN_PX: Final = 24  # how far past its corner a line is looked for


@dataclass(frozen=True)
class Search:
    """How faint an edge is looked for. Canny's cuts are 4 times the step in Lab."""

    median_px: int  # takes text and rules away, and with them narrow shadows
    canny: tuple[int, int]
    clear_edge: float  # Lab steps over 2 px that count as a whole edge
    lines_each: int  # kept of each direction
    by_shadow: bool


class SideLook(NamedTuple):
    """What lies along the ways between two corners each; colours in Lab steps, the others from 0 to 1."""

    edge: NDArray[np.float64]  # how much of the way is an edge
    contrast: NDArray[np.float64]  # by how much the colours beside it differ
    darker: NDArray[np.float64]  # by how much the inner one is darker
    overrun: NDArray[np.float64]  # how much edge there is past the corners
    stroke: NDArray[np.float64]  # by how much the line itself differs from what is beside it
    bare: NDArray[np.float64]  # how much of what lies within it is as even as bare paper


def strongest_lines(calm: Picture, search: Search, *, across: bool) -> list[Line]:
    """The strongest straight edges (Hough 1962), flat or steep, each once."""
    edges = np.zeros(calm.shape[:2], np.uint8)
    for channel in range(3):
        edges |= np.asarray(cv2.Canny(np.ascontiguousarray(calm[..., channel]), *search.canny), np.uint8)
    slant = np.radians(MAX_SLANT_DEG)
    low, high = (np.pi / 2 - slant, np.pi / 2 + slant) if across else (-slant, slant)
    shortest = int(SHORTEST * max(calm.shape))
    found = cv2.HoughLinesWithAccumulator(edges, 1, np.pi / 360, shortest, min_theta=low, max_theta=high)
    kept: list[Line] = []
    for rho, theta, _ in found.reshape(-1, 3)[:STRONGEST] if found is not None else ():
        if all(_apart((rho, theta), other, calm.shape[:2]) > APART_PX for other in kept):
            kept.append((float(rho), float(theta)))
        if len(kept) == search.lines_each:
            break
    return kept


def _apart(one: Line, other: Line, shape: tuple[int, ...]) -> float:
    """The largest distance of two lines at the picture's middle and a third of it to both sides, in pixels."""
    middle = np.array([shape[1], shape[0]]) / 2
    along = np.array([-np.sin(one[1]), np.cos(one[1])])
    start = middle + (one[0] - middle @ [np.cos(one[1]), np.sin(one[1])]) * np.array([np.cos(one[1]), np.sin(one[1])])
    points = start + np.outer([-1, 0, 1], along) * min(shape) / 3
    return float(np.abs(points @ [np.cos(other[1]), np.sin(other[1])] - other[0]).max())


class TracedLines:
    """Infinite lines of one direction, in order across it, with what lies along each: running sums of whole pixels.

    `calm`: Lab in 8-bit steps, without text and rules; `even`: of its size, 1 where the paper would be bare, else 0.
    """

    def __init__(self, calm: Picture, even: Picture, lines: Sequence[Line], search: Search, *, downwards: bool) -> None:
        height, width = calm.shape[:2]
        middle = np.array([width, height]) / 2
        normals = np.array([(np.cos(theta), np.sin(theta)) for _, theta in lines]).reshape(-1, 2)
        rhos = np.array([rho for rho, _ in lines])
        turned = np.where(normals[:, 1 if downwards else 0] < 0, -1.0, 1.0)  # normals point down, or to the right
        normals, rhos = normals * turned[:, None], rhos * turned
        points = middle + (rhos - normals @ middle)[:, None] * normals
        order = np.argsort(points[:, 1 if downwards else 0])
        self._normals, self._points = normals[order], points[order]
        along = np.column_stack([self._normals[:, 1], -self._normals[:, 0]])
        self._along = along if downwards else -along  # to the right, or down
        self._reach = int(np.hypot(height, width) / 2) + OVERRUN_PX  # each point is its line's nearest to the middle
        steps = np.arange(-self._reach, self._reach, dtype=np.float64)
        self._places = self._points[:, None] + steps[:, None] * self._along[:, None]
        self._trace(calm, even, search)

    def _trace(self, calm: Picture, even: Picture, search: Search) -> None:
        height, width = calm.shape[:2]
        near = self._beside(calm, np.arange(2 - SIDE_PX, SIDE_PX - 1)).astype(np.float32)
        sides = self._beside(calm, np.array([-SIDE_PX, SIDE_PX])).astype(np.float32)
        here = SIDE_PX - 2  # index of the line itself in `near`
        rises = np.abs(near[:, :, here - 1 : here + 4] - near[:, :, here - 3 : here + 2])
        edge = _largest(_largest(rises) / np.float32(search.clear_edge))
        seen = (self._places >= 0).all(axis=2) & (self._places <= (width - 1, height - 1)).all(axis=2)
        self._edge = _running(np.minimum(edge, 1) * seen)
        self._colours = _running(sides)
        off = near[:, :, here - 2 : here + 3] - (sides[:, :, :1] + sides[:, :, 1:]) / 2
        self._stroke = _running(np.sqrt(_largest(np.einsum("ijkl,ijkl->ijk", off, off))))
        inner = [self._beside(even, side * INNER_PX).mean(axis=2) for side in (-1, 1)]
        self._bare = _running(np.stack(inner, axis=2))

    def _beside(self, picture: Picture, shifts: NDArray[np.intp]) -> NDArray[Any]:
        """(lines, places, shifts, ...): the nearest pixels beside each place; beyond the picture those of its rim."""
        places = self._places[:, :, None] + shifts[:, None] * self._normals[:, None, None]
        x = np.clip(np.rint(places[..., 0]).astype(np.intp), 0, picture.shape[1] - 1)
        y = np.clip(np.rint(places[..., 1]).astype(np.intp), 0, picture.shape[0] - 1)
        return np.asarray(picture[y, x])

    def __len__(self) -> int:
        return len(self._points)

    def crossings(self, other: TracedLines) -> NDArray[np.float64]:
        """(lines, other lines, 2): where each crosses each; lines of the two directions never run alike."""
        matrix = np.stack(np.broadcast_arrays(self._normals[:, None], other._normals[None]), axis=2)
        mine, others = (np.sum(lines._normals * lines._points, axis=1) for lines in (self, other))
        wanted = np.stack(np.broadcast_arrays(mine[:, None], others[None]), axis=2)
        return np.asarray(np.linalg.solve(matrix, wanted[..., None])[..., 0], np.float64)

    def side(self, lines: NDArray[np.intp], first: Points, last: Points, *, inside: int) -> SideLook:
        """`inside`: 1 where the sheet lies on the side of the normal, 0 where against it."""
        start, end = (np.sum((corner - self._points[lines]) * self._along[lines], axis=1) for corner in (first, last))
        edge = self._mean(self._edge, lines, start, end)
        colours = self._mean(self._colours, lines, start, end)
        within, beyond = colours[:, inside], colours[:, 1 - inside]
        contrast, darker = np.linalg.norm(within - beyond, axis=1), beyond[:, 0] - within[:, 0]
        overrun = self._mean(self._edge, lines, start - OVERRUN_PX, start)
        overrun = (overrun + self._mean(self._edge, lines, end, end + OVERRUN_PX)) / 2
        stroke = self._mean(self._stroke, lines, start, end)
        return SideLook(edge, contrast, darker, overrun, stroke, self._mean(self._bare, lines, start, end)[:, inside])

    def _mean(
        self,
        running: NDArray[np.float64],
        lines: NDArray[np.intp],
        start: NDArray[np.float64],
        end: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        low, high = (
            np.clip(np.rint(edge + self._reach).astype(np.intp), 0, running.shape[1] - 1) for edge in (start, end)
        )
        count = np.maximum(1, high - low).reshape(-1, *(1,) * (running.ndim - 2))
        return np.asarray((running[lines, high] - running[lines, low]) / count, np.float64)


def _largest(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest along the last axis, a short one: numpy's own maximum is slow there."""
    largest = values[..., 0]
    for index in range(1, values.shape[-1]):
        largest = np.maximum(largest, values[..., index])
    return largest


def _running(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Sums along axis 1, from 0 on."""
    sums = np.cumsum(values, axis=1, dtype=np.float64)
    return np.concatenate([np.zeros_like(sums[:, :1]), sums], axis=1)
