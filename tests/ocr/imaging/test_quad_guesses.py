"""Guesses at a sheet on a small copy: what is bare paper, and which quadrangle comes first."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.quad_guesses import area, evenness, guesses, plausible
from ocr.imaging.quad_lines import Search
from ocr.imaging.types import Picture

SIZE = (384, 512)
SEARCH = Search(7, (6, 15), 8.0, 20, by_shadow=False)
SHEET = np.array([[60.0, 50.0], [320.0, 62.0], [312.0, 440.0], [48.0, 420.0]])


def spread_below() -> Picture:
    """A sheet on sheets of print, four times the size of the small copy, gray, with a camera's noise."""
    page = np.full((SIZE[1] * 4, SIZE[0] * 4), 190, np.uint8)
    for y in range(0, page.shape[0], 12):
        for x in range(0, page.shape[1], 7):
            page[y : y + 6, x : x + 4] = 80
    cv2.fillConvexPoly(page, np.round(SHEET * 4).astype(np.int32), 225)
    noise = np.random.default_rng(5).normal(0, 2, page.shape)
    return np.asarray(np.clip(page + noise, 0, 255), np.uint8)


def small_lab(picture: Picture) -> Picture:
    small = cv2.cvtColor(cv2.resize(picture, SIZE, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2LAB), np.uint8)


def test_bare_paper_is_even_and_print_is_not() -> None:
    even = evenness(spread_below(), SIZE)
    within = np.zeros(even.shape, np.uint8)
    cv2.fillConvexPoly(within, np.round(SHEET).astype(np.int32), 1)
    inner, beyond = cv2.erode(within, np.ones((5, 5))) > 0, cv2.dilate(within, np.ones((5, 5))) == 0
    assert even[inner].mean() > 0.95
    assert even[beyond].mean() < 0.5


def test_the_sheet_comes_first_on_sheets_of_print() -> None:
    picture = spread_below()
    first = guesses(small_lab(picture), evenness(picture, SIZE), SEARCH)[0]
    assert np.linalg.norm(first - SHEET, axis=1).max() < 7  # as far as edges are looked for


def test_nothing_is_guessed_where_there_is_no_line() -> None:
    plain = np.full((SIZE[1], SIZE[0], 3), 140, np.uint8)
    assert guesses(plain, np.ones(plain.shape[:2], np.uint8), SEARCH) == []


def rectangle(width: float, height: float) -> NDArray[np.float64]:
    return np.array([[10.0, 10.0], [10 + width, 10.0], [10 + width, 10 + height], [10.0, 10 + height]])


def test_what_is_small_turned_over_or_out_of_the_picture_is_no_sheet() -> None:
    quads = np.stack([rectangle(260, 360), rectangle(100, 120), rectangle(260, 360)[::-1], rectangle(400, 360)])
    assert plausible(quads, (512, 384)).tolist() == [True, False, False, False]
    assert area(quads[0]) == 260 * 360
