from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.imaging.fine_warp import TILE_PX, warp_finely
from ocr.imaging.types import Matrix, Picture

PAPER = (235, 240, 245)


def turned(deg: float, side: int) -> Matrix:
    middle = (side - 1) / 2
    return np.vstack([cv2.getRotationMatrix2D((middle, middle), deg, 1), [0, 0, 1]])


def stripes(period_px: float, side: int) -> Picture:
    wave = 128 + 60 * np.sin(2 * np.pi * np.arange(side) / period_px)
    return np.repeat(np.tile(wave.round().astype(np.uint8), (side, 1))[:, :, None], 3, axis=2)


def contrast(picture: Picture) -> NDArray[np.float32]:
    """Local contrast of stripes of amplitude 60, 1 where all of it is there."""
    inner = picture[60:-60, 60:-60, 0].astype(np.float32) - 128
    return np.asarray(np.sqrt(2 * cv2.blur(inner**2, (31, 31)))[16:-16, 16:-16] / 60, np.float32)


@pytest.mark.parametrize("period", [5.0, 5.5, 6.0])
def test_ridges_of_a_fingerprint_keep_their_contrast_everywhere(period: float) -> None:
    side = 700
    picture, matrix = stripes(period, side), turned(1.3, side)
    linear = cv2.warpAffine(picture, matrix[:2], (side, side), flags=cv2.INTER_LINEAR)
    assert contrast(warp_finely(picture, matrix, (side, side), PAPER)).min() >= 0.94
    assert contrast(np.asarray(linear, np.uint8)).min() < 0.9


@pytest.mark.parametrize("deg", [-14.0, 0.7, 3.0])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_same_places_as_a_cubic_warp_and_no_seams(deg: float, channels: int) -> None:
    side = 2 * TILE_PX + 90
    noise = np.random.default_rng(1).integers(0, 255, (side, side, channels)).astype(np.uint8)
    picture = np.ascontiguousarray(cv2.GaussianBlur(noise, (0, 0), 2.0))
    matrix, size = turned(deg, side), (side + 40, side - 30)
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_CONSTANT
    cubic = cv2.warpAffine(picture, matrix[:2], size, flags=flags, borderMode=border, borderValue=PAPER)
    all_in = cv2.warpAffine(np.full((side, side), 255, np.uint8), matrix[:2], size)
    inside = cv2.erode(all_in, np.ones((9, 9), np.uint8), borderValue=0) == 255  # not the sharp edge to the paper
    assert inside.mean() > 0.7
    difference = cv2.absdiff(warp_finely(picture, matrix, size, PAPER), cubic)[inside]
    assert difference.max() <= 2  # an eighth of a pixel off: 3


def test_what_lies_outside_is_paper() -> None:
    black = np.zeros((40, 40, 3), np.uint8)
    far = np.array([[1.0, 0.01, 2 * TILE_PX], [-0.01, 1, 30], [0, 0, 1]])
    result = warp_finely(black, far, (2 * TILE_PX + 60, TILE_PX + 60), PAPER)
    assert (result[:, : TILE_PX + 200] == PAPER).all()
    assert (result[45:60, 2 * TILE_PX + 15 : 2 * TILE_PX + 30] == 0).all()
