from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.lid import find_lid
from ocr.imaging.measures import LidColour
from ocr.imaging.types import Picture


@pytest.mark.parametrize(
    ("bgr", "colour"),
    [
        ((18, 18, 18), LidColour.BLACK),
        ((120, 124, 122), LidColour.GRAY),
        ((60, 120, 30), LidColour.COLOURED),
    ],
)
def test_the_lid_beside_a_crooked_sheet(
    draw: Any, text_page: Picture, bgr: tuple[int, int, int], colour: LidColour
) -> None:
    lid = find_lid(draw.scan(draw.skewed(text_page, 2, bgr)), 300)
    assert lid.colour is colour
    assert lid.confidence >= 0.6


def test_a_white_lid_beside_yellow_paper(draw: Any, text_page: Picture) -> None:
    yellow = (text_page * (np.array([170, 205, 225]) / 255)).astype(np.uint8)
    assert find_lid(draw.scan(draw.skewed(yellow, 2, (252, 252, 252))), 300).colour is LidColour.WHITE


def test_no_lid_where_the_paper_fills_the_picture(draw: Any, text_page: Picture, mm: Any) -> None:
    assert find_lid(draw.scan(text_page), 300).colour is None
    cut = find_lid(draw.scan(text_page[:, mm(30) :]), 300)  # text that runs out of the picture is no lid
    assert cut.colour is None


@pytest.mark.parametrize("shape", [(1, 1), (9, 400, 3)])
def test_tiny_pictures_have_none(shape: tuple[int, ...]) -> None:
    assert find_lid(np.full(shape, 120, np.uint8), 300).colour is None
