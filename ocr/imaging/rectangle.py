"""The shape of rectangles that a camera sees askew, and how like A4 they are.

Zhang and He, Whiteboard scanning and image enhancement (Digital Signal Processing 17, 2007), section 3, with the
optical axis through the middle of the picture. Where there is hardly a tilt the corners do not tell the focal length;
so it is chosen between those that lenses have, by how square the corners come out and by how usual it is.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FOCAL_LENGTHS: Final = np.geomspace(0.4, 3.0, 25)  # times the picture's long side: from a wide lens to a long one
USUAL_FOCAL: Final = 0.9  # telephones have 0.7 to 0.8 (24 to 28 mm on film of 36 mm), document cameras 1 and more
USUAL_SPREAD: Final = 0.4  # of its natural logarithm
NO_DEPTH: Final = 1e-12
SQUARE_DEG: Final = 0.5  # by which corners of a flat sheet may come out off square
A4_RATIO: Final = 297 / 210
UNLIKE_A4: Final = 0.2  # by which natural logarithm of the sides' ratio off A4's a sheet is 1 / e as likely
UNLIKE_SQUARE_DEG: Final = 5.0  # by which its sides are farther off right angles than SQUARE_DEG, likewise


class SeenRectangles(NamedTuple):
    """`ratio`: width by height; `off_square`: degrees by which sides, seen from above, are not at right angles."""

    ratio: Numbers
    off_square: Numbers


def seen_rectangles(quads: Numbers, size: tuple[int, int]) -> SeenRectangles:
    """What is seen as quadrangles (..., 4, 2), convex, clockwise, in pixels of a picture of `size` (width, height)."""
    one, two, four, three = np.moveaxis(quads - (np.array(size) - 1) / 2, -2, 0)  # the paper's numbers: rows
    second = _twice_area(one, four, three) / _twice_area(two, four, three)
    third = _twice_area(one, four, two) / _twice_area(three, four, two)
    across, down = second[..., None] * two - one, third[..., None] * three - one
    focal2 = _focal_lengths_squared(np.sum(across * down, axis=-1), (second - 1) * (third - 1), max(size))

    def product(first: Numbers, other: Numbers, depths: Numbers) -> Numbers:
        """Of two sides as they are in space, but for scale, for each focal length."""
        return np.asarray(np.sum(first * other, axis=-1)[..., None] / focal2 + depths[..., None], np.float64)

    width2, height2 = product(across, across, (second - 1) ** 2), product(down, down, (third - 1) ** 2)
    cosine = product(across, down, (second - 1) * (third - 1)) / np.sqrt(width2 * height2)
    off = np.degrees(np.arcsin(np.clip(cosine, -1, 1)))
    unusual = np.log(np.sqrt(focal2) / (USUAL_FOCAL * max(size))) / USUAL_SPREAD
    best = np.argmin((off / SQUARE_DEG) ** 2 + unusual**2, axis=-1)[..., None]
    ratio = np.sqrt(np.take_along_axis(width2 / height2, best, axis=-1))[..., 0]
    return SeenRectangles(ratio, np.abs(np.take_along_axis(off, best, axis=-1))[..., 0])


def _focal_lengths_squared(level: Numbers, depth: Numbers, long_side: int) -> Numbers:
    """Those to choose from, (..., n): FOCAL_LENGTHS, and what makes the sides square where a lens can have it."""
    usual = np.broadcast_to((FOCAL_LENGTHS * long_side) ** 2, (*level.shape, len(FOCAL_LENGTHS)))
    square = -level / np.where(np.abs(depth) < NO_DEPTH, NO_DEPTH, depth)
    return np.concatenate([usual, np.clip(square, usual[..., 0], usual[..., -1])[..., None]], axis=-1)


def likeness_to_a4(quads: Numbers, size: tuple[int, int]) -> Numbers:
    """1 for A4 seen from anywhere, upright or lying, less for other shapes: (...) of quadrangles (..., 4, 2)."""
    ratio, off_square = seen_rectangles(quads, size)
    unlike = np.abs(np.abs(np.log(ratio)) - np.log(A4_RATIO)) / UNLIKE_A4
    return np.asarray(np.exp(-unlike - np.maximum(off_square - SQUARE_DEG, 0) / UNLIKE_SQUARE_DEG), np.float64)


def _twice_area(first: Numbers, second: Numbers, third: Numbers) -> Numbers:
    """Of the triangles between points (..., 2), with their sense."""
    one, other = second - first, third - first
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0], np.float64)
