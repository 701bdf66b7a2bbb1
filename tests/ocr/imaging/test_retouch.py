"""Holes, borders and specks go from the reading picture; text, rules and marks stay; the evidence keeps all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.analyse import analyse
from ocr.imaging.despeckle import despeckle
from ocr.imaging.fill import fill_border
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Op, OpKind, OpSource, Picture, Recipe

DPI = 300


def rendered(page: Picture, kind: OpKind, *values: float, derivative: Derivative = Derivative.READING) -> Picture:
    return render(page, DPI, Recipe((Op(kind, values, OpSource.OPERATOR),)), derivative).picture


@pytest.mark.parametrize("derivative", [Derivative.READING, Derivative.OCR])
def test_punch_holes_are_filled_and_all_else_stays(draw: Any, text_page: Picture, derivative: Derivative) -> None:
    punched = draw.holes(text_page)
    recipe = propose(analyse(punched, DPI))
    assert [op.kind for op in recipe.ops] == [OpKind.FILL_HOLE] * 2
    filled = render(punched, DPI, recipe, derivative).picture
    plain = render(text_page, DPI, Recipe(), derivative).picture
    assert np.abs(filled.astype(int) - plain).max() <= 2
    assert np.array_equal(render(punched, DPI, recipe, Derivative.EVIDENCE).picture, punched)


def test_a_hole_is_filled_where_the_turned_page_has_it(
    draw: Any, text_page: Picture, mm: Callable[[float], int]
) -> None:
    ops = (
        Op(OpKind.DESKEW, (2.0,), OpSource.OPERATOR),
        Op(OpKind.TURN, (90.0,), OpSource.OPERATOR),
        *(Op(OpKind.FILL_HOLE, (10.0, y, 5.8), OpSource.OPERATOR) for y in (108.5, 188.5)),
    )
    filled = render(draw.holes(text_page), DPI, Recipe(ops), Derivative.READING).picture
    assert filled[mm(1) : mm(25)].min() > 200  # the left margin of the original now lies on top


def test_the_rim_of_a_lid_goes_and_rules_that_reach_the_edge_stay(mm: Callable[[float], int]) -> None:
    page = np.full((mm(80), mm(100), 3), 255, np.uint8)
    page[:, : mm(0.6)] = page[-mm(0.4) :] = (20, 20, 20)
    page[mm(40) : mm(41)] = (60, 60, 60)  # across the whole page
    fill_border(page, DPI, (1.0, 0.0, 1.0, 1.0))
    assert page[: mm(39)].min() == 255
    assert page[mm(42) :].min() == 255
    assert (page[mm(40) : mm(41)] == 60).all()


def test_red_at_the_edge_is_no_lid(mm: Callable[[float], int]) -> None:
    page = np.full((mm(80), mm(100), 3), 255, np.uint8)
    page[mm(30) : mm(50), : mm(0.8)] = (60, 45, 205)  # the edge of a seal across two sheets
    before = page.copy()
    fill_border(page, DPI, (1.0, 1.0, 1.0, 1.0))
    assert np.array_equal(page, before)


@pytest.fixture
def dusty(text_page: Picture, mm: Callable[[float], int]) -> Picture:
    """Specks of 0.4 mm: two in the margins, one in the text."""
    page = text_page.copy()
    for x, y in ((8, 150), (195, 288), (120, 100)):
        cv2.circle(page, (mm(x), mm(y)), 2, (60, 60, 60), cv2.FILLED)
    return page


def test_specks_in_the_margin_go_and_those_in_the_text_stay(
    dusty: Picture, text_page: Picture, mm: Callable[[float], int]
) -> None:
    dots = rendered(dusty, OpKind.DESPECKLE, 0.5)
    plain = render(text_page, DPI, Recipe(), Derivative.READING).picture
    changed = np.argwhere(np.abs(dots.astype(int) - plain).max(axis=2) > 8)
    assert np.abs(changed - (mm(100), mm(120))).max() <= 4
    assert len(changed) > 10
    assert np.array_equal(rendered(dusty, OpKind.DESPECKLE, 0.5, derivative=Derivative.EVIDENCE), dusty)


def test_specks_over_a_mark_stay(dusty: Picture) -> None:
    kept = rendered(dusty, OpKind.DESPECKLE, 0.5, 3.0, 145.0, 10.0, 10.0)
    gone = rendered(dusty, OpKind.DESPECKLE, 0.5)
    left = slice(0, 200)
    assert kept[:, left].min() < 120
    assert gone[:, left].min() > 240


def test_a_page_of_nothing_but_specks_is_left_alone(empty_page: Picture) -> None:
    page = cv2.circle(empty_page.copy(), (300, 600), 2, (60, 60, 60), cv2.FILLED)
    before = page.copy()
    despeckle(page, DPI, 0.5)
    assert np.array_equal(page, before)


def test_dots_beside_a_lone_page_number_stay(draw: Any, empty_page: Picture) -> None:
    page = draw.write(empty_page, "·3·", 100, 280, 4)
    before = page.copy()
    despeckle(page, DPI, 0.8)
    assert np.array_equal(page, before)
