"""Dust (污点) in the margins taken to white; the text area and all marks are never touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.scale import mm_to_px
from ocr.imaging.types import Box, Picture

INK_BELOW: Final = 225  # of 255, darkest channel of a whitened picture
TEXT_REACH_MM: Final = 5.0  # a dot beside a page number belongs to it
KEEP_REACH_MM: Final = 2.0
LOOK_STEP: Final = 2  # looked at in half the resolution, the darkest of each four pixels


def despeckle(picture: Picture, dpi: float, largest_mm: float, keep: Sequence[Box] = ()) -> None:
    """Paint specks of at most `largest_mm` white, in place, in a whitened picture.

    Only outside the text area, which is the upright box around everything larger than a speck and 5 mm around it, and
    not near a box to keep (marks, in pixels). A page with nothing larger than a speck is left alone.
    """
    ink = _ink(picture)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = np.asarray(stats[1:, : cv2.CC_STAT_AREA], np.int32)  # x, y, width, height
    limit = mm_to_px(largest_mm, dpi) / LOOK_STEP + 1  # a speck may begin and end within one of its pixels
    large = boxes[boxes[:, 2:].max(axis=1, initial=0) > limit]
    if not len(large):
        return
    text = (*large[:, :2].min(axis=0), *(large[:, :2] + large[:, 2:]).max(axis=0))
    areas = [_grown(text, TEXT_REACH_MM, dpi)]
    areas += [
        _grown((x / LOOK_STEP, y / LOOK_STEP, (x + w) / LOOK_STEP, (y + h) / LOOK_STEP), KEEP_REACH_MM, dpi)
        for x, y, w, h in keep
    ]
    small = boxes[:, 2:].max(axis=1) <= limit
    outside = np.all([_apart(boxes, area) for area in areas], axis=0)
    for index in np.flatnonzero(small & outside):
        x, y, width, height = boxes[index]
        speck = (labels[y : y + height, x : x + width] == index + 1).repeat(LOOK_STEP, 0).repeat(LOOK_STEP, 1)
        part = picture[y * LOOK_STEP : (y + height) * LOOK_STEP, x * LOOK_STEP : (x + width) * LOOK_STEP]
        part[speck[: part.shape[0], : part.shape[1]]] = 255


def _ink(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    channels = cv2.split(picture)
    darkest = channels[0] if len(channels) == 1 else cv2.min(cv2.min(channels[0], channels[1]), channels[2])
    padded = cv2.copyMakeBorder(darkest, 0, height % LOOK_STEP, 0, width % LOOK_STEP, cv2.BORDER_REPLICATE)
    pooled = cv2.min(cv2.min(padded[::2, ::2], padded[1::2, ::2]), cv2.min(padded[::2, 1::2], padded[1::2, 1::2]))
    return np.asarray(pooled < INK_BELOW, np.uint8)


def _grown(sides: tuple[float, float, float, float], mm: float, dpi: float) -> tuple[float, float, float, float]:
    reach = mm_to_px(mm, dpi) / LOOK_STEP
    left, top, right, bottom = sides
    return left - reach, top - reach, right + reach, bottom + reach


def _apart(boxes: NDArray[np.int32], area: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    left, top, right, bottom = area
    x, y, width, height = boxes.T
    return np.asarray((x + width <= left) | (x >= right) | (y + height <= top) | (y >= bottom), np.bool_)
