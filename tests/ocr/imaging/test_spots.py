from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.imaging.paper import paper_model, whiten
from ocr.imaging.spots import paper_with_spots
from ocr.imaging.types import Picture

BROWN = np.array([1 - 0.30, 1 - 0.18, 1 - 0.10])  # of the light that the paper throws back: blue, green, red
PLACES = [(40, 60), (100, 61), (150, 120), (60, 180), (170, 230), (30, 270)]  # mm


def laid(page: Picture, cover: NDArray[np.uint8], colour: NDArray[np.float64] = BROWN) -> Picture:
    """Glaze of a colour where `cover` (0 to 255) is."""
    share = cv2.GaussianBlur(cover, (0, 0), 2.0)[:, :, None] / 255
    return (page * (1 - share * (1 - colour))).astype(np.uint8)


def spotted(page: Picture, mm: Any) -> Picture:
    cover = np.zeros(page.shape[:2], np.uint8)
    for number, (x, y) in enumerate(PLACES):
        cv2.ellipse(cover, (mm(x), mm(y)), (mm(2.5), mm(1.5)), 30 * number, 0, 360, 255, -1)
    return laid(page, cover)


def is_red(picture: Picture) -> NDArray[np.bool_]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2LAB)[:, :, 1].astype(int) - 128 > 6, np.bool_)


def around(picture: Picture, mm: Any, x: float, y: float, reach: float = 4) -> Picture:
    return picture[mm(y - reach) : mm(y + reach), mm(x - reach) : mm(x + reach)]


def test_spots_become_white_and_print_on_them_stays(
    draw: Any, empty_page: Picture, text_page: Picture, mm: Any
) -> None:
    white = whiten(draw.scan(spotted(empty_page, mm)))
    for place in PLACES:
        assert (around(white, mm, *place).min(axis=2) >= 240).mean() > 0.97
    written = whiten(draw.scan(spotted(text_page, mm)))
    ink = cv2.erode((text_page.max(axis=2) < 60).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert written[ink].max() < 110


def test_red_upon_a_spot_stays(draw: Any, empty_page: Picture, mm: Any) -> None:
    x, y = PLACES[2]
    spots = spotted(empty_page, mm)
    marked = draw.stamp(spots, draw.fingerprint(0.4), x - 8, y - 10)
    scan = draw.scan(marked)
    found = paper_with_spots(scan, paper_model(scan))
    assert found is not None
    assert around(found[1], mm, *PLACES[0]).any()
    red = is_red(scan) & is_red(marked) & ~is_red(spots)
    assert not around(found[1], mm, x, y, 2).any()
    assert is_red(whiten(scan))[red].mean() >= 0.99


@pytest.mark.parametrize("width_mm", [0.3, 0.6, 1.0])
def test_a_pen_as_brown_as_a_spot_is_none(draw: Any, empty_page: Picture, mm: Any, width_mm: float) -> None:
    cover, turn = np.zeros(empty_page.shape[:2], np.uint8), np.linspace(0, 40, 2000)
    line = np.stack([mm(30) + turn * mm(3.5), mm(100) + mm(8) * np.sin(turn)], axis=1).astype(np.int32)
    cv2.polylines(cover, [line], False, 255, mm(width_mm))
    scan = draw.scan(laid(empty_page, cover))
    assert paper_with_spots(scan, paper_model(scan)) is None


@pytest.mark.parametrize("colour", [(0.75, 0.78, 0.9), (0.2, 0.9, 1.0), (0.5, 0.5, 0.5)])  # pale red, a marker, gray
def test_other_patches_are_no_spots(draw: Any, empty_page: Picture, mm: Any, colour: tuple[float, ...]) -> None:
    cover = np.zeros(empty_page.shape[:2], np.uint8)
    cv2.ellipse(cover, (mm(100), mm(100)), (mm(4), mm(3)), 0, 0, 360, 255, -1)
    scan = draw.scan(laid(empty_page, cover, np.array(colour)))
    assert paper_with_spots(scan, paper_model(scan)) is None


def test_brown_things_in_a_photograph_are_no_spots(draw: Any, empty_page: Picture, mm: Any) -> None:
    page = empty_page.copy()
    page[mm(40) : mm(250), mm(20) : mm(190)] = (100, 110, 110)
    cover = np.zeros(page.shape[:2], np.uint8)
    for x in range(40, 180, 20):
        cv2.circle(cover, (mm(x), mm(x + 20)), mm(3), 255, -1)
    scan = draw.scan(laid(page, cover))
    assert paper_with_spots(scan, paper_model(scan)) is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 900, 3)])
def test_tiny_pictures_have_none(shape: tuple[int, ...]) -> None:
    picture = np.full(shape, 240, np.uint8)
    assert paper_with_spots(picture, picture) is None
