from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from ocr.engines.detect import MARGIN, MAX_LONG_SIDE, STRIDE, find_regions, inked_part, regions_of_map
from ocr.engines.network import Tensor


def likelihood_of(angle_deg: float, size: tuple[float, float] = (200.0, 20.0)) -> Tensor:
    """A map with one rectangle of text, turned clockwise, in the middle."""
    corners = cv2.boxPoints(((160.0, 120.0), size, angle_deg))
    return np.asarray(cv2.fillPoly(np.zeros((240, 320), np.float32), [corners.astype(np.int32)], 0.9), np.float32)


@pytest.mark.parametrize("angle", [-5.0, 0.0, 5.0])
def test_a_rectangle_grows_back_and_starts_top_left(angle: float) -> None:
    (region,) = regions_of_map(likelihood_of(angle), (2.0, 2.0))
    grown = 200 * 20 * 1.6 / 220
    assert region.width == pytest.approx(2 * (200 + grown), rel=0.03)
    assert region.height == pytest.approx(2 * (20 + grown), rel=0.15)
    (x0, y0), (x1, y1), _, (_, y3) = region.corners
    assert x0 < x1
    assert y0 < y3
    assert math.degrees(math.atan2(y1 - y0, x1 - x0)) == pytest.approx(angle, abs=0.7)


def test_a_column_starts_top_left_too() -> None:
    (region,) = regions_of_map(likelihood_of(0, (16.0, 180.0)), (1.0, 1.0))
    assert region.height > 4 * region.width
    assert region.corners[0][0] < region.corners[1][0]


def test_specks_and_faint_areas_are_no_text() -> None:
    likelihood = np.zeros((240, 320), np.float32)
    likelihood[10:11, 10:11] = 1.0
    likelihood[100:120, 100:200] = 0.4
    assert regions_of_map(likelihood, (1.0, 1.0)) == []


class SizeWitness:
    """Keeps the shape it was asked about; sees no text."""

    metadata: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, tensor: Tensor) -> Tensor:
        self.shape = tensor.shape
        return np.zeros((1, 1, *tensor.shape[2:]), np.float32)


@pytest.mark.parametrize(
    ("height", "width", "dpi", "seen"),
    [
        (3508, 2480, 300, (1280, 928)),  # A4
        (4960, 3508, 300, (1824, 1280)),  # A3 keeps the size of its letters
        (4000, 3000, 72, (MAX_LONG_SIDE, 1920)),  # a resolution that cannot be true stays bounded
        (300, 500, 300, (320, 512)),  # small pictures are not blown up
        (1, 9000, 300, (32, 3296 if MAX_LONG_SIDE > 3296 else MAX_LONG_SIDE)),
    ],
)
def test_how_large_the_network_sees_a_page(height: int, width: int, dpi: int, seen: tuple[int, int]) -> None:
    witness = SizeWitness()
    assert find_regions(witness, np.full((height, width, 3), 255, np.uint8), dpi) == []
    assert witness.shape == (1, 3, *seen)


def test_bare_margins_are_cut_off_by_whole_strides() -> None:
    page = np.full((1280, 905, 3), 240, np.uint8)
    page[300:310, 200:210] = page[900:910, 600:610] = 200  # faint
    left, top, right, bottom = inked_part(page)
    assert (left % STRIDE, top % STRIDE) == (0, 0)
    assert 200 - MARGIN - STRIDE < left <= 200 - MARGIN
    assert 300 - MARGIN - STRIDE < top <= 300 - MARGIN
    assert (right, bottom) == (610 + MARGIN, 910 + MARGIN)


def test_a_bare_page_keeps_its_margins() -> None:
    assert inked_part(np.full((1280, 905, 3), 240, np.uint8)) == (0, 0, 905, 1280)


class DotWitness:
    """Sees a line at one place of what it is shown."""

    metadata: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, tensor: Tensor) -> Tensor:
        likelihood = np.zeros((1, 1, *tensor.shape[2:]), np.float32)
        likelihood[0, 0, 100:110, 100:300] = 0.9
        return likelihood


def test_regions_lie_where_they_are_on_the_whole_page() -> None:
    page = np.full((3508, 2480, 3), 255, np.uint8)
    page[1500:1600, 1000:2000] = 0
    (region,) = find_regions(DotWitness(), page, 300)
    scale = 3508 / 1280
    left, top = (1000 / scale - MARGIN) // STRIDE * STRIDE, (1500 / scale - MARGIN) // STRIDE * STRIDE
    assert region.corners.mean(axis=0) == pytest.approx(((left + 200) * scale, (top + 105) * scale), abs=2 * scale)
