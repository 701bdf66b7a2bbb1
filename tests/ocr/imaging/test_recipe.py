from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.imaging.recipe import propose
from ocr.imaging.types import Border, OpKind, OpSource, PageAnalysis

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
    assert ops[-1].kind is OpKind.CROP
    assert ops[-1].values == cuts


def test_cuts_follow_the_widened_frame_only_where_there_is_a_border() -> None:
    left, top, right, bottom = propose(replace(PLAIN, skew_deg=2.0, border=Border(left=5))).ops[-1].values
    assert left == pytest.approx(5 + 297 * 0.0349 / 2, abs=0.15)
    assert (top, right, bottom) == (0, 0, 0)
