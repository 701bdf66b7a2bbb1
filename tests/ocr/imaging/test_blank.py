from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.blank import judge_blank
from ocr.imaging.types import Border, Picture


def show_through(page: Picture, strength: float) -> Picture:
    """The other side of the sheet, mirrored and pale."""
    return np.clip(251 - (255.0 - page[:, ::-1]) * strength, 0, 255).astype(np.uint8)


def test_an_empty_sheet_is_blank(draw: Any, empty_page: Picture) -> None:
    judged = judge_blank(draw.scan(empty_page), 300, Border())
    assert (judged.blank, judged.score, judged.pieces) == (True, 1.0, 0)


def test_punch_holes_are_nothing(draw: Any, empty_page: Picture) -> None:
    assert judge_blank(draw.scan(draw.holes(empty_page)), 300, Border()).blank


@pytest.mark.parametrize("strength", [0.06, 0.1, 0.14])
def test_show_through_is_nothing(draw: Any, text_page: Picture, strength: float) -> None:
    assert judge_blank(draw.scan(show_through(text_page, strength)), 300, Border()).blank
    sealed = show_through(draw.stamp(text_page, draw.round_seal(), 120, 190), min(strength, 0.1))
    assert judge_blank(draw.scan(sealed), 300, Border()).blank


def test_a_black_border_is_nothing(draw: Any, empty_page: Picture) -> None:
    assert judge_blank(draw.scan(draw.on_lid(empty_page, 5, 4, 6, 5)), 300, Border(5, 4, 6, 5)).blank


def test_a_page_number_is_something(draw: Any, empty_page: Picture) -> None:
    judged = judge_blank(draw.scan(draw.write(empty_page, "— 12 —", 95, 278, 4)), 300, Border())
    assert not judged.blank
    assert judged.score < 1


@pytest.mark.parametrize("strength", [0.25, 0.3, 0.5])
def test_faint_seals_and_prints_are_something(draw: Any, empty_page: Picture, strength: float) -> None:
    sealed = draw.stamp(empty_page, draw.round_seal(strength), 120, 190)
    assert not judge_blank(draw.scan(sealed), 300, Border()).blank
    pressed = draw.stamp(empty_page, draw.fingerprint(strength), 120, 190)
    assert not judge_blank(draw.scan(pressed), 300, Border()).blank


def test_a_hole_sized_stamp_away_from_the_edge_is_something(draw: Any, empty_page: Picture, mm: Any) -> None:
    page = cv2.circle(empty_page.copy(), (mm(105), mm(150)), mm(2.9), (25, 22, 20), -1)
    assert not judge_blank(draw.scan(page), 300, Border()).blank


def test_a_page_of_text_scores_near_zero(draw: Any, text_page: Picture) -> None:
    assert judge_blank(draw.scan(text_page), 300, Border()).score < 0.05


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000, 3), (30, 30)])
def test_tiny_pictures_are_judged(shape: tuple[int, ...]) -> None:
    assert judge_blank(np.full(shape, 250, np.uint8), 300, Border()).blank
