from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.holes import find_holes
from ocr.imaging.types import Border, Picture

INK = (25, 22, 20)


def discs(page: Picture, mm: Any, places: list[tuple[float, float]], diameter: float = 5.8) -> Picture:
    page = page.copy()
    for x, y in places:
        cv2.circle(page, (mm(x), mm(y)), mm(diameter / 2), INK, -1, cv2.LINE_AA)
    return page


@pytest.mark.parametrize(("diameter", "spacing"), [(4.3, 70), (5.5, 80), (6, 108), (8.2, 160)])
def test_a_pair_is_found_where_it_is(draw: Any, text_page: Picture, mm: Any, diameter: float, spacing: float) -> None:
    places = [(10.0, 148 - spacing / 2), (10.0, 148 + spacing / 2)]
    found = find_holes(draw.scan(discs(text_page, mm, places, diameter)), 300, Border())
    assert len(found) == 2
    for hole, (x, y) in zip(found, places, strict=True):
        assert np.hypot(hole.x - mm(x), hole.y - mm(y)) < mm(0.4)
        assert hole.diameter == pytest.approx(mm(diameter), abs=mm(0.5))


def test_a_turned_sheet_on_a_dark_lid(draw: Any, text_page: Picture, mm: Any) -> None:
    sheet = discs(text_page, mm, [(12, 108), (12, 188)])
    page = draw.skewed(draw.on_lid(sheet, 6, 5, 6, 5), 2, (18, 18, 18))
    assert len(find_holes(draw.scan(page), 300, Border(5, 4, 5, 4))) == 2


@pytest.mark.parametrize(
    "places",
    [[(10, 108)], [(10, 108), (10, 142)], [(10, 108), (16, 188)], [(60, 108), (60, 188)]],
    ids=["alone", "other spacing", "other distance from the edge", "in the text"],
)
def test_bullets_are_no_holes(draw: Any, empty_page: Picture, mm: Any, places: list[tuple[float, float]]) -> None:
    assert find_holes(draw.scan(discs(empty_page, mm, places)), 300, Border()) == ()


def test_rings_and_red_discs_are_no_holes(draw: Any, empty_page: Picture, mm: Any) -> None:
    ringed, red = empty_page.copy(), empty_page.copy()
    for y in (108, 188):
        cv2.circle(ringed, (mm(10), mm(y)), mm(2.9), INK, mm(0.5))
        cv2.circle(red, (mm(10), mm(y)), mm(2.9), draw.red, -1)
    assert find_holes(draw.scan(ringed), 300, Border()) == ()
    assert find_holes(draw.scan(red), 300, Border()) == ()
