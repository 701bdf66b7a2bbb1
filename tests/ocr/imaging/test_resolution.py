from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.resolution import judge_resolution
from ocr.imaging.types import Picture


def test_a_true_a4_page(draw: Any, text_page: Picture) -> None:
    found = judge_resolution(draw.scan(text_page), 300)
    assert (found.plausible, found.suggested_dpi) == (True, None)
    assert (found.width_mm, found.height_mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    assert found.character_mm == pytest.approx(5, abs=0.6)


@pytest.mark.parametrize("claimed", [72, 96, 1200])
def test_impossible_sheets_get_the_resolution_of_a4(draw: Any, text_page: Picture, claimed: int) -> None:
    found = judge_resolution(draw.scan(text_page), claimed)
    assert found.plausible is False
    assert found.suggested_dpi == 300


def test_a_slip_is_believed_by_its_characters(draw: Any, text_page: Picture, mm: Any) -> None:
    assert judge_resolution(draw.scan(text_page[mm(45) : mm(175), : mm(130)]), 300).plausible is True


def test_an_odd_empty_sheet_is_not_judged(empty_page: Picture, mm: Any) -> None:
    found = judge_resolution(empty_page[: mm(120), : mm(100)], 300)
    assert found.plausible is None
    assert found.suggested_dpi is not None


def test_a_single_pixel_is_no_sheet() -> None:
    assert judge_resolution(np.full((1, 1), 250, np.uint8), 300).plausible is False
