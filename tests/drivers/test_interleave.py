"""Manual duplex: two passes over one pile become its pages in reading order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import PassesDiffer
from drivers.scanners.interleave import Face, interleave
from drivers.scanners.types import Side


def test_a_pile_turned_over_as_a_whole_gives_its_backs_last_sheet_first() -> None:
    faces = interleave(["一正", "二正", "三正"], ["三反", "二反", "一反"], reverse=True)
    assert [face.page for face in faces] == ["一正", "一反", "二正", "二反", "三正", "三反"]


def test_backs_put_back_in_order_are_not_turned() -> None:
    faces = interleave(["一正", "二正"], ["一反", "二反"], reverse=False, first_sheet=7)
    assert faces == (
        Face(7, Side.FRONT, "一正"),
        Face(7, Side.BACK, "一反"),
        Face(8, Side.FRONT, "二正"),
        Face(8, Side.BACK, "二反"),
    )


@given(st.integers(0, 40), st.booleans(), st.integers(1, 999))
def test_every_sheet_gets_its_own_back(sheets: int, reverse: bool, first: int) -> None:
    pile = range(first, first + sheets)
    backs = list(reversed(pile)) if reverse else list(pile)
    faces = interleave(pile, backs, reverse=reverse, first_sheet=first)
    assert [(face.sheet, face.side) for face in faces] == [(sheet, side) for sheet in pile for side in Side]
    assert all(face.page == face.sheet for face in faces)


@pytest.mark.parametrize(("fronts", "backs"), [(5, 4), (4, 5), (0, 1), (1, 0)])
def test_a_sheet_missing_in_one_pass_is_told_with_both_counts(fronts: int, backs: int) -> None:
    with pytest.raises(PassesDiffer) as caught:
        interleave(range(fronts), range(backs), reverse=True)
    assert caught.value.params == {"fronts": fronts, "backs": backs}


def test_sheets_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        interleave([1], [2], reverse=False, first_sheet=0)
