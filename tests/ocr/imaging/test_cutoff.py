from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.cutoff import find_cut_off
from ocr.imaging.measures import Side
from ocr.imaging.types import Border, Picture


def test_a_whole_page_is_not_cut(draw: Any, text_page: Picture) -> None:
    found = find_cut_off(draw.scan(text_page), 300, Border())
    assert found.sides == ()
    assert found.confidence > 0.7


def test_text_that_runs_out_of_the_picture(draw: Any, text_page: Picture, mm: Any) -> None:
    cut = {
        Side.LEFT: text_page[:, mm(30) :],
        Side.TOP: text_page[mm(55) :],
        Side.RIGHT: text_page[:, : mm(150)],
        Side.BOTTOM: text_page[: mm(115)],
    }
    for side, page in cut.items():
        assert find_cut_off(draw.scan(page), 300, Border()).sides == (side,)


def test_rules_and_a_dark_edge_are_not_cut_text(draw: Any, text_page: Picture, mm: Any) -> None:
    page = text_page.copy()
    page[mm(45) : mm(45) + 4] = page[mm(250) : mm(250) + 4] = 30  # two rules from edge to edge
    page[:, : mm(1.5)] = 90  # the shadow of the sheet's edge
    assert find_cut_off(draw.scan(page), 300, Border()).sides == ()


def test_where_the_lid_shows_the_sheet_ends_in_the_picture(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.scan(draw.on_lid(text_page[:, mm(30) :], 5, 0, 0, 0))
    assert find_cut_off(page, 300, Border(left=4.7)).sides == ()


def test_nothing_is_cut_on_an_empty_page(draw: Any, empty_page: Picture) -> None:
    assert find_cut_off(draw.scan(empty_page), 300, Border()).sides == ()


@pytest.mark.parametrize("shape", [(1, 1), (3, 3000, 3)])
def test_tiny_pictures_are_not_judged(shape: tuple[int, ...]) -> None:
    assert find_cut_off(np.full(shape, 250, np.uint8), 300, Border()).confidence == 0
