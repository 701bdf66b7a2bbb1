"""A curled sheet under a camera: the curl its edges show is taken out of the page, or nothing is done."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.imaging.bend import Bend, bend_of, bend_seen
from ocr.imaging.geometry import compose
from ocr.imaging.perspective import sheet_view
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Op, OpKind, OpSource, Picture, Recipe

MM = 6.0  # pixels
SIZE = (1600, 2100)
AT = np.array([170.0, 150.0])  # the sheet's top left in the picture
CURLED = Bend(np.array([[9.0, -4, 0], [0.3, 0, 0], [7, 3, -2], [-0.4, 0, 0]]), 210, 297)
FLAT = Bend(np.zeros((4, 3)), 210, 297)
RULES_MM = range(20, 290, 30)


def photograph(bend: Bend, *, hidden: bool = False) -> Picture:
    """A ruled A4 sheet from above on a brown table; `hidden`: a hand lies over its lower edge."""
    page = np.full((round(297 * MM), round(210 * MM), 3), 244, np.uint8)
    for y in RULES_MM:
        page[round(y * MM) - 2 : round(y * MM) + 2, round(15 * MM) : round(195 * MM)] = 30
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    seen_x, seen_y = (x - AT[0] + 0.5) / MM, (y - AT[1] + 0.5) / MM
    true_x, true_y = seen_x, seen_y
    for _ in range(4):
        moved_x, moved_y = bend.moved(true_x, true_y)
        true_x, true_y = true_x + seen_x - moved_x, true_y + seen_y - moved_y
    maps = (true_x * MM - 0.5).astype(np.float32), (true_y * MM - 0.5).astype(np.float32)
    picture = np.full((SIZE[1], SIZE[0], 3), (60, 90, 120), np.uint8)
    cv2.remap(page, *maps, cv2.INTER_LINEAR, picture, cv2.BORDER_TRANSPARENT)
    if hidden:
        picture[-260:, 500:1000] = (110, 140, 190)
    return picture


def straightness_mm(picture: Picture, dpi: int) -> float:
    """By how much the worst rule runs up and down."""
    mm = dpi / 25.4
    worst = 0.0
    for rule in RULES_MM:
        band = 255.0 - picture[round((rule - 6) * mm) : round((rule + 6) * mm), round(20 * mm) : round(190 * mm), 0]
        band[band < 100] = 0
        heights = (band * np.arange(len(band))[:, None]).sum(axis=0) / band.sum(axis=0)
        worst = max(worst, float(np.ptp(heights)) / mm)
    return worst


def test_the_rules_of_a_curled_sheet_become_straight() -> None:
    picture = photograph(CURLED)
    ops = sheet_view(picture, None)
    assert [op.kind for op in ops] == [OpKind.PERSPECTIVE, OpKind.DEWARP]
    by_corners = render(picture, 72, Recipe(ops[:1]), Derivative.EVIDENCE)
    unbent = render(picture, 72, Recipe(ops), Derivative.EVIDENCE)
    assert straightness_mm(by_corners.picture, by_corners.dpi) > 0.9
    assert straightness_mm(unbent.picture, unbent.dpi) < 0.3


def test_a_curled_sheet_can_be_turned_in_the_same_step() -> None:
    picture = photograph(CURLED)
    ops = sheet_view(picture, None)
    upright = render(picture, 72, Recipe(ops), Derivative.READING).picture
    on_head = render(
        picture, 72, Recipe((*ops, Op(OpKind.TURN, (180.0,), OpSource.OPERATOR))), Derivative.READING
    ).picture
    assert np.abs(on_head[::-1, ::-1].astype(int) - upright).mean() < 1


@pytest.mark.parametrize(("bend", "hidden"), [(FLAT, False), (CURLED, True)], ids=["flat", "an edge hidden"])
def test_a_flat_sheet_and_one_whose_edge_is_hidden_are_left(bend: Bend, hidden: bool) -> None:
    assert OpKind.DEWARP not in [op.kind for op in sheet_view(photograph(bend, hidden=hidden), None)]


def test_a_bend_beyond_belief_and_a_torn_edge_are_not_claimed() -> None:
    share = np.linspace(0.02, 0.98, 60)

    def edges(depth: float, tear: float) -> list[np.ndarray]:
        curve = 4 * depth * share * (1 - share) + tear * (np.arange(60) % 3 == 0)
        still = np.zeros(60)
        return [
            np.column_stack([share * 210, -curve]),
            np.column_stack([210 + still, share * 297]),
            np.column_stack([share * 210, 297 + curve]),
            np.column_stack([still, share * 297]),
        ]

    found = bend_seen(edges(2, 0), 210, 297)
    assert found is not None
    assert found.moved(np.array([105.0]), np.array([297.0]))[1] == pytest.approx(299, abs=0.05)
    assert bend_seen(edges(9, 0), 210, 297) is None
    assert bend_seen(edges(2, 5), 210, 297) is None


@pytest.mark.parametrize("values", [(), (1.0,) * 11, (float("nan"),) * 12])
def test_numbers_that_are_no_bend_are_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="dewarp"):
        bend_of(values, 210, 297)


def test_a_dewarp_without_its_perspective_is_refused() -> None:
    with pytest.raises(ValueError, match="dewarp"):
        compose(Recipe((Op(OpKind.DEWARP, (0.0,) * 12, OpSource.OPERATOR),)), (100, 100), 300)
