from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from ocr.imaging.analyse import analyse
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.report import inspect_json
from ocr.imaging.scale import thumbnail
from ocr.imaging.types import Derivative, MarkKind, OpKind, Picture


@pytest.mark.parametrize("quarters", range(4))
def test_a_skewed_page_from_any_side_comes_out_upright_and_straight(
    draw: Any, text_page: Picture, orienter: RapidOrienter, quarters: int
) -> None:
    given = draw.scan(np.ascontiguousarray(np.rot90(draw.skewed(text_page, 1.7), quarters)))
    found = analyse(given, 300, orienter)
    assert found.orientation_deg == 90 * quarters
    assert found.skew_deg == pytest.approx(1.7, abs=0.1)  # a quarter turn keeps the sign
    again = analyse(render(given, 300, propose(found), Derivative.EVIDENCE).picture, 300, orienter)
    assert again.orientation_deg == 0
    assert again.skew_deg == pytest.approx(0, abs=0.1)


def test_a_blank_page_has_neither_skew_nor_side(draw: Any, empty_page: Picture, orienter: RapidOrienter) -> None:
    found = analyse(draw.scan(draw.holes(empty_page)), 300, orienter)
    assert (found.blank, found.blank_score, found.skew_deg, found.orientation_deg) == (True, 1.0, None, None)
    assert {op.kind for op in propose(found).ops} == {OpKind.FILL_HOLE}


def test_a_faint_print_alone_is_a_mark_and_no_blank_page(draw: Any, empty_page: Picture) -> None:
    found = analyse(draw.scan(draw.stamp(empty_page, draw.fingerprint(0.3), 120, 200)), 300)
    assert not found.blank
    assert [mark.kind for mark in found.marks] == [MarkKind.FINGERPRINT]


def test_the_same_picture_gives_the_same_analysis(draw: Any, text_page: Picture, orienter: RapidOrienter) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), 120, 190))
    assert analyse(page, 300, orienter) == analyse(page.copy(), 300, orienter)


def test_gray_and_other_resolutions(draw: Any, text_page: Picture, orienter: RapidOrienter) -> None:
    gray = np.ascontiguousarray(draw.scan(draw.skewed(text_page, -1.1))[::2, ::2, 1])
    found = analyse(gray, 150, orienter)
    assert (found.orientation_deg, found.marks) == (0, ())
    assert found.skew_deg == pytest.approx(-1.1, abs=0.1)
    assert (found.width, found.height, found.dpi) == (gray.shape[1], gray.shape[0], 150)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 20000, 3), (20000, 1), (7, 5, 3)])
def test_odd_shapes_are_analysed_and_rendered(orienter: RapidOrienter, shape: tuple[int, ...]) -> None:
    picture = np.full(shape, 230, np.uint8)
    found = analyse(picture, 300, orienter)
    assert found.blank
    for derivative in Derivative:
        assert render(picture, 300, propose(found), derivative).picture.shape[:2] == shape[:2]


def test_holes_lie_where_they_are_in_the_picture_as_given(draw: Any, text_page: Picture, mm: Any) -> None:
    holes = analyse(draw.scan(draw.holes(text_page)), 300).holes
    assert [(round(hole.x), round(hole.y)) for hole in holes] == [
        (pytest.approx(mm(10), abs=4), pytest.approx(mm(y), abs=4)) for y in (108.5, 188.5)
    ]


def test_the_line_for_the_command_line(draw: Any, text_page: Picture, orienter: RapidOrienter) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), 120, 190))
    line = json.loads(json.dumps(inspect_json("a.png", analyse(page, 300, orienter))))
    assert (line["file"], line["dpi"], line["blank"], line["orientation_deg"]) == ("a.png", 300, False, 0)
    assert {"skew_deg", "skew_confidence", "blank_score", "sharpness"} <= line.keys()
    assert line["colouring"]["kind"] == "color"
    assert line["exposure"]["light"] == "good"
    assert (line["holes"], line["cut_off"]["sides"], line["lid"]["colour"]) == ([], [], None)
    assert (line["spread"]["two_pages"], line["resolution"]["plausible"]) == (False, True)
    assert (line["show_through"]["seen"], line["moire"]["seen"]) == (False, False)
    (mark,) = line["marks"]
    assert (mark["kind"], mark["clarity"], mark["verdict"]) == ("seal", "clear", "filled")
    assert len(mark["box"]) == 4


def test_thumbnails_are_never_larger(text_page: Picture) -> None:
    assert thumbnail(text_page).shape == (256, 181, 3)
    assert thumbnail(text_page[:100, :80]).shape == (100, 80, 3)
