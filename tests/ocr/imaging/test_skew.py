from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.skew import MAX_DEG, estimate_skew
from ocr.imaging.types import Picture


@pytest.mark.parametrize("deg", [-10, -4.7, -1.3, -0.5, 0.5, 0.9, 2.3, 6, 10, 14])
def test_skew_is_found_within_a_tenth_of_a_degree(draw: Any, text_page: Picture, deg: float) -> None:
    skew = estimate_skew(draw.scan(draw.skewed(text_page, deg)), 300)
    assert skew.deg == pytest.approx(deg, abs=0.1)
    assert skew.second_deg == pytest.approx(deg, abs=0.3)
    assert skew.confidence >= 0.5


@pytest.mark.parametrize("seed", range(6))
def test_a_straight_page_is_not_made_crooked(draw: Any, seed: int) -> None:
    skew = estimate_skew(draw.scan(draw.page(lines=3 + 4 * seed, seed=seed), seed=seed), 300)
    assert skew.deg is None or abs(skew.deg) < 0.1


def test_the_seal_does_not_matter(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(draw.skewed(text_page, 1.5), draw.round_seal(), 120, 190)
    assert estimate_skew(draw.scan(page), 300).deg == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize("dpi", [200, 600])
def test_other_resolutions(draw: Any, text_page: Picture, dpi: int) -> None:
    page = cv2.resize(draw.skewed(text_page, -2.2), None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    assert estimate_skew(np.asarray(page, np.uint8), dpi).deg == pytest.approx(-2.2, abs=0.1)


def test_a_blank_page_has_no_skew(draw: Any, empty_page: Picture) -> None:
    skew = estimate_skew(draw.scan(empty_page), 300)
    assert skew.deg is None
    assert skew.confidence == 0


def test_a_lone_short_line_is_not_enough(draw: Any, empty_page: Picture) -> None:
    assert estimate_skew(draw.scan(draw.skewed(draw.write(empty_page, "第3页", 95, 280, 4), 4)), 300).deg is None


def test_faint_print_and_columns(draw: Any, text_page: Picture) -> None:
    faint = (255 - (255.0 - draw.skewed(text_page, 1.3)) * 0.22).astype(np.uint8)
    assert estimate_skew(draw.scan(faint, sigma=2), 300).deg == pytest.approx(1.3, abs=0.1)
    columns = np.ascontiguousarray(np.rot90(draw.skewed(text_page, -2.1)))  # lines that run downwards
    assert estimate_skew(draw.scan(columns), 300).deg == pytest.approx(-2.1, abs=0.1)


@pytest.mark.parametrize("deg", [-2.4, 0.6, 5.0])
def test_a_sheet_with_hardly_any_content_lies_as_its_edges_do(draw: Any, empty_page: Picture, deg: float) -> None:
    sheet = draw.on_lid(draw.write(empty_page, "第3页", 95, 280, 4), 15, 15, 15, 15)
    skew = estimate_skew(draw.scan(draw.skewed(sheet, deg, (18, 18, 18))), 300)
    assert skew.deg == pytest.approx(deg, abs=0.1)
    assert skew.confidence == 0.5


def test_content_that_lies_crooked_on_its_sheet_is_not_turned_by_the_sheet(draw: Any, empty_page: Picture) -> None:
    few = draw.page(lines=3, title="")
    sheet = draw.on_lid(draw.skewed(few, 2.5), 15, 15, 15, 15)
    skew = estimate_skew(draw.scan(sheet), 300)
    assert skew.deg is None or skew.deg == pytest.approx(2.5, abs=0.1)


def test_a_photo_has_no_skew() -> None:
    rng = np.random.default_rng(3)
    clouds = sum(
        cv2.resize(rng.random((4 * 2**i, 3 * 2**i)), (1800, 2400), interpolation=cv2.INTER_CUBIC) / 2**i
        for i in range(8)
    )
    photo = np.asarray(cv2.normalize(np.asarray(clouds), None, 10, 245, cv2.NORM_MINMAX), np.uint8)
    assert estimate_skew(photo, 300).deg is None


def test_beyond_the_range_it_abstains(draw: Any, text_page: Picture) -> None:
    assert estimate_skew(draw.scan(draw.skewed(text_page, MAX_DEG + 6)), 300).deg is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (40, 40)])
def test_tiny_and_thin_pictures_abstain(shape: tuple[int, int]) -> None:
    assert estimate_skew(np.full(shape, 200, np.uint8), 300).deg is None
