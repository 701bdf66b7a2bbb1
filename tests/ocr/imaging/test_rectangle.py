"""The shape of a sheet from its corners: with hardly a tilt, through any lens, and with corners a little off."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.imaging.rectangle import likeness_to_a4, seen_rectangles

SIZE = (3000, 4000)


def seen(tilt_deg: float, focal: float, width_mm: float = 210, skewed_mm: float = 0) -> NDArray[np.float64]:
    """Corners under a pinhole camera, its focal length told in long sides of the picture; `skewed`: no rectangle."""
    tilted, _ = cv2.Rodrigues(np.radians([tilt_deg, -0.7 * tilt_deg, 0.0]))
    turned, _ = cv2.Rodrigues(np.radians([0.0, 0.0, 5.0]))
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * [width_mm / 2, 148.5, 0.0]
    corners[:2, 0] += skewed_mm
    points = corners @ np.asarray(tilted @ turned).T + [0, 0, 400 * focal]
    return np.asarray(points[:, :2] / points[:, 2:] * focal * SIZE[1] + (np.array(SIZE) - 1) / 2, np.float64)


@pytest.mark.parametrize("tilt", [0.0, 0.3, 2.0, 12.0])
@pytest.mark.parametrize("focal", [0.7, 1.1, 1.8])
def test_the_shape_is_told_through_any_lens_though_corners_are_a_little_off(tilt: float, focal: float) -> None:
    off = np.random.default_rng(3).normal(0, 2, (40, 4, 2))
    rectangles = seen_rectangles(seen(tilt, focal) + off, SIZE)
    assert np.abs(np.log(rectangles.ratio * 297 / 210)).max() < 0.02
    assert rectangles.off_square.max() < 0.6


def test_a4_lying_or_upright_is_more_like_a4_than_other_shapes() -> None:
    shapes = [seen(8, 1), np.roll(seen(8, 1), -1, axis=0), seen(8, 1, 222), seen(0, 1, 210, 15), seen(8, 1, 100)]
    upright, lying, broader, skewed, slip = likeness_to_a4(np.stack(shapes), SIZE)
    assert min(upright, lying) > 0.98
    assert max(broader, skewed) < 0.85
    assert slip < 0.2
