from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.fingers import find_fingers
from ocr.imaging.measures import Side
from ocr.imaging.types import Picture

SKINS = [(150, 172, 222), (107, 140, 199), (70, 98, 152)]  # B, G, R: light to dark
WARM_LAMP = np.array([0.78, 0.94, 1.0])


def held(page: Picture, skin: tuple[int, int, int], reach_mm: float, *, right: bool = False) -> Picture:
    """A finger 16 mm wide over the left (or right) side, with its shadow."""
    mm, page = 300 / 25.4, page.copy()
    height, width = page.shape[:2]
    root, tip = (width + 100, width - round((reach_mm - 8) * mm)) if right else (-100, round((reach_mm - 8) * mm))
    y = height // 2
    cv2.line(page, (root, y + 30), (tip, y + 30), (150, 150, 150), round(18 * mm), cv2.LINE_AA)
    cv2.line(page, (root, y), (tip, y), skin, round(16 * mm), cv2.LINE_AA)
    return page


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("right", [False, True])
def test_a_finger_on_the_side_is_seen_in_any_light(
    draw: Any, text_page: Picture, skin: tuple[int, int, int], right: bool
) -> None:
    page = draw.scan(held(text_page, skin, 14, right=right))
    for light in (page, (page * WARM_LAMP).astype(np.uint8)):
        found = find_fingers(light, 300)
        assert found is not None
        assert found.sides == ((Side.RIGHT,) if right else (Side.LEFT,))
        assert found.confidence == 1.0


def test_seals_over_the_edge_stains_and_a_strip_of_table_are_no_fingers(draw: Any, text_page: Picture) -> None:
    sealed = draw.stamp(text_page, draw.round_seal(), -20, 120)
    stained = text_page.copy()
    cv2.ellipse(stained, (0, 1500), (260, 400), 0, 0, 360, (181, 209, 227), -1)
    on_table = text_page.copy()
    on_table[:, :20] = (70, 110, 150)
    for page in (text_page, sealed, stained, on_table):
        found = find_fingers(draw.scan(page), 300)
        assert found is not None
        assert found.sides == ()


def test_a_gray_picture_does_not_tell(text_page: Picture) -> None:
    assert find_fingers(text_page[:, :, 0], 300) is None
