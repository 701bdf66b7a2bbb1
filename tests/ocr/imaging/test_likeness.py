from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.likeness import Likeness, compare_pages
from ocr.imaging.types import Picture

BLUE_BLACK = (30, 30, 60)


@pytest.fixture(scope="module")
def form(draw: Any) -> Picture:
    return draw.page(lines=8, title="领取保证金通知书")


@pytest.fixture(scope="module")
def filled(draw: Any, form: Picture) -> Picture:
    return draw.write(form, "张建国", 60, 150, 7, BLUE_BLACK, draw.hand)


def test_the_same_sheet_again(draw: Any, filled: Picture) -> None:
    again = draw.scan((draw.skewed(filled, 1.2) * 0.96).astype(np.uint8), seed=7)
    found = compare_pages(draw.scan(filled), 300, again, 300)
    assert found.likeness is Likeness.SAME
    assert found.confidence >= 0.5


def test_another_filling_of_the_same_form(draw: Any, form: Picture, filled: Picture) -> None:
    other = draw.write(form, "王秀英", 60, 150, 7, BLUE_BLACK, draw.hand)
    for page in (other, form):
        found = compare_pages(draw.scan(filled), 300, draw.scan(draw.skewed(page, -0.8), seed=7), 300)
        assert found.likeness is Likeness.OTHER


def test_one_figure_in_a_date_is_not_called_the_same(draw: Any, filled: Picture) -> None:
    first = draw.write(filled, "2024年3月15日", 60, 170, 6, BLUE_BLACK, draw.hand)
    second = draw.write(filled, "2024年7月15日", 60, 170, 6, BLUE_BLACK, draw.hand)
    found = compare_pages(draw.scan(first), 300, draw.scan(draw.skewed(second, 0.5), seed=7), 300)
    assert found.likeness is not Likeness.SAME


def test_another_page(draw: Any, filled: Picture) -> None:
    found = compare_pages(draw.scan(filled), 300, draw.scan(draw.page(seed=9, title="起诉意见书")), 300)
    assert found.likeness is Likeness.OTHER


def test_too_little_to_compare_is_a_question(draw: Any, empty_page: Picture) -> None:
    assert compare_pages(draw.scan(empty_page), 300, draw.scan(empty_page, seed=7), 300).likeness is Likeness.ASK
    assert compare_pages(np.full((1, 1), 9, np.uint8), 300, empty_page, 300).likeness is Likeness.ASK
