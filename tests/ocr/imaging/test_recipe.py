from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.imaging.measures import Hole
from ocr.imaging.recipe import despeckling, propose
from ocr.imaging.types import Border, Mark, MarkKind, OpKind, OpSource, PageAnalysis

PLAIN = PageAnalysis(
    version="1",
    width=2480,
    height=3508,
    dpi=300,
    skew_deg=0.02,
    skew_confidence=0.9,
    orientation_deg=0,
    orientation_confidence=0.92,
    blank=False,
    blank_score=0.01,
    sharpness=0.4,
    sharp=True,
    border=Border(),
    marks=(),
)


def test_nothing_is_done_to_a_straight_page() -> None:
    assert propose(PLAIN).ops == ()


def test_nothing_is_done_where_the_analysis_abstains() -> None:
    unsure = replace(PLAIN, skew_deg=None, skew_confidence=0.0, orientation_deg=None, orientation_confidence=0.4)
    assert propose(unsure).ops == ()


def test_turn_then_deskew_each_with_its_confidence() -> None:
    turn, deskew = propose(replace(PLAIN, orientation_deg=180, skew_deg=-2.3, skew_confidence=0.8)).ops
    assert (turn.kind, turn.values, turn.source, turn.confidence) == (OpKind.TURN, (180.0,), OpSource.AUTOMATIC, 0.92)
    assert (deskew.kind, deskew.values, deskew.confidence) == (OpKind.DESKEW, (-2.3,), 0.8)


@pytest.mark.parametrize(
    ("turn", "cuts"),
    [(0, (1, 2, 3, 4)), (90, (4, 1, 2, 3)), (180, (3, 4, 1, 2)), (270, (2, 3, 4, 1))],
)
def test_the_border_turns_with_the_page(turn: int, cuts: tuple[float, ...]) -> None:
    ops = propose(replace(PLAIN, orientation_deg=turn, border=Border(1, 2, 3, 4))).ops
    assert [op.kind for op in ops[-2:]] == [OpKind.CROP, OpKind.FILL_BORDER]
    assert ops[-2].values == cuts


def test_cuts_follow_the_widened_frame_only_where_there_is_a_border() -> None:
    left, top, right, bottom = propose(replace(PLAIN, skew_deg=2.0, border=Border(left=5))).ops[-2].values
    assert left == pytest.approx(5 + 297 * 0.0349 / 2, abs=0.15)
    assert (top, right, bottom) == (0, 0, 0)


def test_the_rim_is_filled_only_on_the_sides_that_are_cut() -> None:
    rim = propose(replace(PLAIN, border=Border(left=5, bottom=2))).ops[-1]
    assert (rim.kind, rim.values) == (OpKind.FILL_BORDER, (1.0, 0.0, 0.0, 1.0))


def test_a_hole_is_filled_in_mm_of_the_original_but_never_over_a_mark() -> None:
    holes = (Hole(118.0, 1000.0, 65.0, 0.9), Hole(118.0, 1945.0, 65.0, 0.8))
    seal = Mark(MarkKind.SEAL, (150, 1900, 400, 400), 0.9)
    (fill,) = propose(replace(PLAIN, holes=holes, marks=(seal,))).ops
    assert (fill.kind, fill.source, fill.confidence) == (OpKind.FILL_HOLE, OpSource.AUTOMATIC, 0.9)
    assert fill.values == pytest.approx((10.0, 84.7, 5.5), abs=0.05)


def test_specks_are_the_operators_wish_and_spare_the_marks() -> None:
    wish = despeckling(replace(PLAIN, marks=(Mark(MarkKind.FINGERPRINT, (300, 600, 150, 210), 0.9),)))
    assert (wish.kind, wish.source) == (OpKind.DESPECKLE, OpSource.OPERATOR)
    assert wish.values == pytest.approx((0.5, 25.4, 50.8, 12.7, 17.78))
