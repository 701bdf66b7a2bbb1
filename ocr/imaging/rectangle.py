"""The shape of a rectangle that a camera sees askew.

Zhang and He, Whiteboard scanning and image enhancement (Digital Signal Processing 17, 2007), section 3, with the
optical axis through the middle of the picture.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

FLAT_ENOUGH: Final = 1e-3  # of the projective part, times the picture's size: no tilt to tell the focal length by


def side_ratio(corners: NDArray[np.float64]) -> float:
    """Width by height of the rectangle seen as these corners, in pixels from the middle of the picture."""
    one, two, four, three = np.column_stack([corners, np.ones(4)])  # the paper's numbers: rows, not around
    second = two * (np.cross(one, four) @ three / (np.cross(two, four) @ three)) - one
    third = three * (np.cross(one, four) @ two / (np.cross(three, four) @ two)) - one
    reach = float(np.abs(corners).max())
    across, down = float(second[:2] @ second[:2]), float(third[:2] @ third[:2])
    if min(abs(second[2]), abs(third[2])) * reach < FLAT_ENOUGH * sqrt(across):
        return sqrt(across / down)
    focal2 = -float(second[:2] @ third[:2]) / float(second[2] * third[2])
    if focal2 < (0.5 * reach) ** 2:  # no lens sees so wide: the sheet is not flat, and its shape as seen is nearer
        return sqrt(across / down)
    return sqrt((across / focal2 + float(second[2]) ** 2) / (down / focal2 + float(third[2]) ** 2))
