from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.sheet import inside_sheet, sheet_angle
from ocr.imaging.types import Picture

BLACK = (18, 18, 18)


@pytest.mark.parametrize("deg", [-6.0, -1.2, 3.0])
def test_the_angle_of_a_sheet_on_a_lid(draw: Any, text_page: Picture, deg: float) -> None:
    crooked = draw.skewed(draw.on_lid(text_page, 20, 20, 20, 20), deg, BLACK)
    assert sheet_angle(draw.scan(crooked), 300) == pytest.approx(deg, abs=0.06)


def test_a_sheet_that_fills_the_picture_has_no_angle(draw: Any, text_page: Picture, mm: Any) -> None:
    photo = text_page.copy()
    photo[: mm(140)] = 60  # a picture printed to three edges
    for page in (text_page, photo):
        assert sheet_angle(draw.scan(page), 300) is None


def test_inside_is_all_of_the_sheet_but_its_margin(draw: Any, empty_page: Picture, mm: Any) -> None:
    on_lid = draw.skewed(draw.on_lid(empty_page, 8, 8, 8, 8), 2, BLACK)
    inside = inside_sheet(draw.scan(on_lid), 300, 3)
    assert on_lid[:, :, 1][inside].min() > 200
    paper = on_lid[:, :, 1] > 200
    rim = 2 * (mm(210) + mm(297)) * mm(3)
    assert inside.sum() == pytest.approx(paper.sum() - rim, rel=0.02)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900, 3)])
def test_tiny_pictures_have_no_inside(shape: tuple[int, ...]) -> None:
    picture = np.full(shape, 200, np.uint8)
    assert sheet_angle(picture, 300) is None
    assert not inside_sheet(picture, 300, 3).any()
