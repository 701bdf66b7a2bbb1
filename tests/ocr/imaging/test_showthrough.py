from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.showthrough import find_show_through
from ocr.imaging.types import Border, Picture


def with_back(page: Picture, back: Picture, strength: float) -> Picture:
    """The other side mirrored, softened by the paper, and pale."""
    behind = cv2.GaussianBlur(back[:, ::-1], (0, 0), 3)
    return (page * (1 - (1 - behind / 250.0).clip(0) * strength)).astype(np.uint8)


def test_the_other_side_between_the_lines(draw: Any, text_page: Picture) -> None:
    sealed = draw.stamp(draw.page(seed=5), draw.round_seal(), 60, 100)
    found = find_show_through(draw.scan(with_back(text_page, sealed, 0.12)), 300, Border())
    assert found.seen is True
    assert found.share > 0.01


def test_a_page_of_its_own_ink(draw: Any, text_page: Picture, mm: Any) -> None:
    ruled = text_page.copy()
    for y in range(40, 260, 12):
        ruled[mm(y) : mm(y) + 3, mm(20) : mm(190)] = 40
    gray_picture = text_page.copy()
    gray_picture[mm(120) : mm(200), mm(40) : mm(120)] = 180
    for page in (text_page, ruled, gray_picture, draw.stamp(text_page, draw.round_seal(), 120, 190)):
        assert find_show_through(draw.scan(page), 300, Border()).seen is False


def test_without_ink_of_its_own_it_is_not_decided(draw: Any, empty_page: Picture, text_page: Picture) -> None:
    found = find_show_through(draw.scan(with_back(empty_page, text_page, 0.12)), 300, Border())
    assert found.seen is None
    assert found.share > 0.01


@pytest.mark.parametrize("shape", [(1, 1), (3, 3000, 3)])
def test_tiny_pictures_are_not_judged(shape: tuple[int, ...]) -> None:
    assert find_show_through(np.full(shape, 250, np.uint8), 300, Border()).seen is not True
