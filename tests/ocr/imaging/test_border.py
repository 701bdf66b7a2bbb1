from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.analyse import analyse
from ocr.imaging.border import find_border
from ocr.imaging.geometry import map_box
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.types import Border, Derivative, Picture


def blue_area(picture: Picture) -> int:
    return int((picture[:, :, 0].astype(int) - picture[:, :, 2] > 90).sum())


def test_no_border_on_a_plain_page(draw: Any, text_page: Picture) -> None:
    assert find_border(draw.scan(text_page), 300, 0.0) == Border()
    assert find_border(draw.scan(draw.skewed(text_page, 2.0)), 300, 2.0) == Border()


def test_the_lid_is_measured_on_each_side_and_never_beyond(draw: Any, text_page: Picture) -> None:
    border = find_border(draw.scan(draw.on_lid(text_page, 4, 3, 6, 2)), 300, 0.0)
    for found, true in zip((border.left, border.top, border.right, border.bottom), (4, 3, 6, 2), strict=True):
        assert true - 0.7 <= found <= true


def test_one_side_alone(draw: Any, text_page: Picture) -> None:
    border = find_border(draw.scan(draw.on_lid(text_page, 5, 0, 0, 0)), 300, None)
    assert border.left == pytest.approx(4.7, abs=0.4)
    assert (border.top, border.right, border.bottom) == (0, 0, 0)


def test_dark_content_at_the_edge_is_no_border(draw: Any, text_page: Picture, mm: Any) -> None:
    page = text_page.copy()
    page[mm(60) : mm(200), : mm(90)] = 35  # a photo printed to the edge
    page[mm(240) : mm(241)] = 30  # a table's line from edge to edge
    assert find_border(draw.scan(page), 300, 0.0) == Border()


def test_a_dark_page_is_no_border(mm: Any) -> None:
    assert find_border(np.full((mm(297), mm(210)), 30, np.uint8), 300, None) == Border()


@pytest.mark.parametrize("deg", [-1.8, 0.0, 1.2])
def test_the_cut_takes_the_lid_and_nothing_of_the_sheet(draw: Any, text_page: Picture, mm: Any, deg: float) -> None:
    sheet = text_page.copy()
    height, width = sheet.shape[:2]
    for x, y in ((0, 0), (width - mm(6), 0), (0, height - mm(6)), (width - mm(6), height - mm(6))):
        sheet[y : y + mm(6), x : x + mm(6)] = (200, 120, 20)  # a blue square in each corner of the sheet
    picture = draw.scan(draw.skewed(draw.on_lid(sheet, 9, 8, 9, 8), deg, (18, 18, 18)))
    analysis = analyse(picture, 300)
    rendered = render(picture, 300, propose(analysis), Derivative.EVIDENCE).picture
    assert blue_area(rendered) == pytest.approx(blue_area(sheet), rel=0.02)
    dark = cv2.resize(rendered, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).max(axis=2) < 60
    assert dark[:, :2].mean() + dark[:, -2:].mean() > 0.5  # the rim of one thumbnail pixel that is left for safety
    assert dark[20:-20, 8:14].mean() < 0.01
    assert dark[20:-20, -14:-8].mean() < 0.01


def test_a_cut_maps_boxes(draw: Any, text_page: Picture, mm: Any) -> None:
    picture = draw.scan(draw.on_lid(text_page, 5, 4, 5, 4))
    rendered = render(picture, 300, propose(analyse(picture, 300)), Derivative.EVIDENCE)
    x, y, width, height = map_box(rendered.matrix, (mm(100), mm(100), 50, 40))
    assert np.array_equal(
        rendered.picture[y : y + height, x : x + width], picture[mm(100) : mm(100) + 40, mm(100) : mm(100) + 50]
    )
