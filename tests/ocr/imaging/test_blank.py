from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.blank import judge_blank
from ocr.imaging.holes import find_holes
from ocr.imaging.types import Border, Picture


def show_through(page: Picture, strength: float) -> Picture:
    """The other side of the sheet: mirrored, softened by the paper, and pale."""
    behind = cv2.GaussianBlur(page[:, ::-1], (0, 0), 4.7)
    return np.clip(251 - (255.0 - behind) * strength, 0, 255).astype(np.uint8)


def test_an_empty_sheet_is_blank(draw: Any, empty_page: Picture) -> None:
    judged = judge_blank(draw.scan(empty_page), 300)
    assert (judged.blank, judged.score, judged.pieces) == (True, 1.0, 0)


def test_punch_holes_are_nothing(draw: Any, empty_page: Picture) -> None:
    page = draw.scan(draw.holes(empty_page))
    assert judge_blank(page, 300, find_holes(page, 300, Border())).blank
    assert not judge_blank(page, 300).blank


def test_a_crooked_sheet_on_a_lid_is_nothing(draw: Any, empty_page: Picture) -> None:
    for lid in ((18, 18, 18), (150, 150, 150), (253, 253, 253)):
        crooked = draw.skewed(draw.on_lid(empty_page, 8, 8, 8, 8), 2, (18, 18, 18))
        assert judge_blank(draw.scan(crooked), 300).blank
        assert judge_blank(draw.scan(draw.skewed(empty_page, 2, lid)), 300).blank


def test_writing_beside_a_crooked_edge_is_something(draw: Any, empty_page: Picture) -> None:
    page = draw.skewed(draw.write(empty_page, "3", 195, 12, 4), 2, (18, 18, 18))
    assert not judge_blank(draw.scan(page), 300).blank


def test_pale_writing_is_something(draw: Any, empty_page: Picture) -> None:
    page = draw.write(empty_page, "张建国", 120, 200, 8, (205, 207, 215), draw.hand)
    assert not judge_blank(draw.scan(page), 300).blank


def test_brown_spots_of_old_paper_are_nothing(draw: Any, empty_page: Picture, mm: Any) -> None:
    rng, spots = np.random.default_rng(5), np.zeros(empty_page.shape[:2], np.float32)
    for x, y, radius in zip(rng.uniform(15, 195, 60), rng.uniform(15, 280, 60), rng.uniform(0.5, 1.6, 60), strict=True):
        cv2.circle(spots, (mm(x), mm(y)), mm(radius), 1.0, -1)
    lost = cv2.GaussianBlur(spots, (0, 0), 3)[:, :, None] * np.array([0.30, 0.18, 0.10], np.float32)
    foxed = (empty_page * np.array([0.75, 0.88, 0.92]) * (1 - lost)).astype(np.uint8)
    assert judge_blank(draw.scan(foxed), 300).blank
    assert not judge_blank(draw.scan(draw.stamp(foxed, draw.fingerprint(0.1), 120, 200)), 300).blank
    assert not judge_blank(draw.scan(draw.stamp(foxed, draw.fingerprint(0.3), 120, 200)), 300).blank
    assert not judge_blank(draw.scan(draw.write(foxed, "12", 100, 200, 4)), 300).blank


def test_specks_of_dust_are_nothing(draw: Any, empty_page: Picture, mm: Any) -> None:
    page = empty_page.copy()
    for x, y in ((60, 80), (120, 200), (30, 260)):
        cv2.circle(page, (mm(x), mm(y)), 1, (120, 125, 130), -1)
    assert judge_blank(draw.scan(page), 300).blank


@pytest.mark.parametrize("strength", [0.06, 0.1, 0.14])
def test_show_through_is_nothing(draw: Any, text_page: Picture, strength: float) -> None:
    assert judge_blank(draw.scan(show_through(text_page, strength)), 300).blank
    sealed = show_through(draw.stamp(text_page, draw.round_seal(), 120, 190), min(strength, 0.1))
    assert judge_blank(draw.scan(sealed), 300).blank


def test_a_black_border_is_nothing(draw: Any, empty_page: Picture) -> None:
    assert judge_blank(draw.scan(draw.on_lid(empty_page, 5, 4, 6, 5)), 300).blank


def test_a_page_number_is_something(draw: Any, empty_page: Picture) -> None:
    judged = judge_blank(draw.scan(draw.write(empty_page, "— 12 —", 95, 278, 4)), 300)
    assert not judged.blank
    assert judged.score < 1


@pytest.mark.parametrize("strength", [0.25, 0.3, 0.5])
def test_faint_seals_and_prints_are_something(draw: Any, empty_page: Picture, strength: float) -> None:
    sealed = draw.stamp(empty_page, draw.round_seal(strength), 120, 190)
    assert not judge_blank(draw.scan(sealed), 300).blank
    pressed = draw.stamp(empty_page, draw.fingerprint(strength), 120, 190)
    assert not judge_blank(draw.scan(pressed), 300).blank


def test_a_hole_sized_stamp_away_from_the_edge_is_something(draw: Any, empty_page: Picture, mm: Any) -> None:
    page = cv2.circle(empty_page.copy(), (mm(105), mm(150)), mm(2.9), (25, 22, 20), -1)
    assert not judge_blank(draw.scan(page), 300).blank


def test_a_page_of_text_scores_near_zero(draw: Any, text_page: Picture) -> None:
    assert judge_blank(draw.scan(text_page), 300).score < 0.05


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000, 3), (30, 30)])
def test_tiny_pictures_are_judged(shape: tuple[int, ...]) -> None:
    assert judge_blank(np.full(shape, 250, np.uint8), 300).blank
