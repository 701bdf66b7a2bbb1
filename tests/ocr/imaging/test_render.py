from __future__ import annotations

import itertools

import numpy as np
import pytest

from ocr.imaging.geometry import compose, map_box, map_points
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Op, OpKind, OpSource, Picture, Recipe

TURN, DESKEW, CROP = OpKind.TURN, OpKind.DESKEW, OpKind.CROP


def recipe(*ops: tuple[OpKind, tuple[float, ...]]) -> Recipe:
    return Recipe(tuple(Op(kind, values, OpSource.OPERATOR) for kind, values in ops))


@pytest.fixture(scope="module")
def noise() -> Picture:
    return np.random.default_rng(0).integers(0, 255, (400, 300, 3)).astype(np.uint8)


def test_evidence_of_a_straight_page_is_the_original_to_the_pixel(noise: Picture) -> None:
    rendered = render(noise, 300, Recipe(), Derivative.EVIDENCE)
    assert np.array_equal(rendered.picture, noise)
    assert np.array_equal(rendered.matrix, np.eye(3))
    assert rendered.dpi == 300


@pytest.mark.parametrize("quarters", range(1, 4))
def test_quarter_turns_keep_every_pixel(noise: Picture, quarters: int) -> None:
    rendered = render(noise, 100, recipe((TURN, (90 * quarters,))), Derivative.EVIDENCE)
    assert np.array_equal(rendered.picture, np.rot90(noise, -quarters))


def test_four_quarter_turns_are_none(noise: Picture) -> None:
    rendered = render(noise, 100, recipe(*[(TURN, (90.0,))] * 4), Derivative.EVIDENCE)
    assert np.array_equal(rendered.picture, noise)


@pytest.mark.parametrize("quarters", range(4))
def test_cuts_are_those_of_the_turned_page(noise: Picture, quarters: int) -> None:
    rendered = render(noise, 254, recipe((TURN, (90 * quarters,)), (CROP, (1, 2, 3, 4))), Derivative.EVIDENCE)
    assert np.array_equal(rendered.picture, np.rot90(noise, -quarters)[20:-40, 10:-30])


def test_a_gray_picture_stays_gray(noise: Picture) -> None:
    gray = np.ascontiguousarray(noise[:, :, 0])
    for derivative in Derivative:
        assert render(gray, 100, recipe((DESKEW, (2.0,))), derivative).picture.ndim == 2


STEPS = [(TURN, (90.0,)), (TURN, (180.0,)), (DESKEW, (3.0,)), (DESKEW, (-7.5,)), (CROP, (4, 2, 3, 1))]


@pytest.mark.parametrize("steps", list(itertools.permutations(STEPS, 2)))
def test_the_matrix_says_where_marks_land(steps: tuple[tuple[OpKind, tuple[float, ...]], ...]) -> None:
    page = np.full((400, 300, 3), (245, 249, 250), np.uint8)
    page[100:140, 60:90] = (20, 20, 220)
    rendered = render(page, 100, recipe(*steps), Derivative.EVIDENCE)
    ys, xs = np.nonzero(rendered.picture[:, :, 1] < 130)
    centre = map_points(rendered.matrix, np.array([[74.5, 119.5]]))[0]
    assert (xs.mean(), ys.mean()) == pytest.approx(tuple(centre), abs=0.3)
    x, y, width, height = map_box(rendered.matrix, (60, 100, 30, 40))
    assert (x, y, x + width, y + height) == pytest.approx((xs.min(), ys.min(), xs.max() + 1, ys.max() + 1), abs=2)


def test_a_deskew_turns_clockwise_and_loses_no_corner() -> None:
    page = np.full((400, 300, 3), (245, 249, 250), np.uint8)
    page[:6, :6] = page[:6, -6:] = page[-6:, :6] = page[-6:, -6:] = 0
    rendered = render(page, 100, recipe((DESKEW, (5.0,))), Derivative.EVIDENCE)
    ink = (250 - rendered.picture[:, :, 2].astype(float)).sum() / 250
    assert ink == pytest.approx(4 * 36, rel=0.03)
    top_left, top_right = map_points(rendered.matrix, np.array([[0.0, 0], [299, 0]]))
    assert np.degrees(np.arctan2(*(top_right - top_left)[::-1])) == pytest.approx(5)  # y runs down


def test_uncovered_corners_have_the_colour_of_the_paper() -> None:
    page = np.full((400, 300, 3), (200, 225, 235), np.uint8)
    page[50:350, 80:90] = 10
    rendered = render(page, 100, recipe((DESKEW, (4.0,))), Derivative.EVIDENCE).picture
    assert rendered[0, 0].tolist() == [200, 225, 235]


@pytest.mark.parametrize("bad", [(TURN, (45.0,)), (CROP, (300.0, 0, 0, 0))])
def test_impossible_recipes(noise: Picture, bad: tuple[OpKind, tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        compose(recipe(bad), (300, 400), 100)


@pytest.mark.parametrize("steps", list(itertools.permutations(STEPS, 3)))
def test_nothing_is_enlarged(steps: tuple[tuple[OpKind, tuple[float, ...]], ...]) -> None:
    frame = compose(recipe(*steps), (300, 400), 100)
    assert np.linalg.svd(frame.matrix[:2, :2], compute_uv=False).max() <= 1 + 1e-9
