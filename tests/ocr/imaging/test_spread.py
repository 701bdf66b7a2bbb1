from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.spread import find_spread
from ocr.imaging.types import Picture

GUTTER_MM = 213.0


@pytest.fixture(scope="module")
def two_pages(draw: Any) -> Picture:
    return np.concatenate([draw.page(seed=1), draw.page(seed=2)], axis=1)


def shaded(spread: Picture, mm: Any, depth: float) -> Picture:
    x = np.arange(spread.shape[1]) - mm(GUTTER_MM)
    return (spread * (1 - depth * np.exp(-np.abs(x) / mm(5)))[None, :, None]).astype(np.uint8)


@pytest.mark.parametrize("depth", [0.15, 0.4])
def test_the_gutter_of_an_open_book(draw: Any, two_pages: Picture, mm: Any, depth: float) -> None:
    found = find_spread(draw.scan(shaded(two_pages, mm, depth)), 300)
    assert found.two_pages is True
    assert found.split_mm == pytest.approx(GUTTER_MM, abs=1.5)


def test_a_landscape_page_is_no_spread(draw: Any, two_pages: Picture, text_page: Picture, mm: Any) -> None:
    lying = np.ascontiguousarray(np.rot90(text_page))
    lined = lying.copy()
    lined[mm(40) : mm(180), lying.shape[1] // 2 : lying.shape[1] // 2 + 5] = 30  # a table's middle rule
    for page in (lying, lined, two_pages):
        assert find_spread(draw.scan(page), 300).two_pages is False


def test_a_weak_shadow_is_not_decided(draw: Any, two_pages: Picture, mm: Any) -> None:
    found = find_spread(shaded(two_pages, mm, 0.075), 300)
    assert (found.two_pages, found.split_mm, found.confidence) == (None, None, 0.0)


@pytest.mark.parametrize("shape", [(1, 1), (3, 3000, 3)])
def test_tiny_pictures_are_none(shape: tuple[int, ...]) -> None:
    assert find_spread(np.full(shape, 250, np.uint8), 300).two_pages is False
