"""A slip beside prose is two texts; a form's labels beside its values are not."""

from __future__ import annotations

from ocr.engines.sides import Extent, side_by_side


def column(left: float, right: float, top: float, pitch: float, count: int, height: float = 30) -> list[Extent]:
    return [Extent(left, top + pitch * n, right, top + pitch * n + height) for n in range(count)]


def test_texts_of_different_pitch_are_two() -> None:
    slip, prose = column(100, 700, 400, 50, 12), column(900, 2000, 410, 88, 7, 50)
    assert side_by_side([*slip, *prose]) == (list(range(12)), list(range(12, 19)))


def test_labels_and_values_that_keep_step_are_one_form() -> None:
    labels, values = column(100, 400, 400, 80, 10), column(600, 1500, 402, 80, 10)
    assert side_by_side([*labels, *values]) is None


def test_a_line_across_ends_the_pair() -> None:
    title = Extent(300, 100, 1900, 160)
    foot = Extent(100, 1200, 2000, 1240)
    slip, prose = column(100, 700, 400, 50, 12), column(900, 2000, 410, 88, 7, 50)
    found = side_by_side([title, *slip, *prose, foot])
    assert found == (list(range(1, 13)), list(range(13, 20)))


def test_four_signatures_beside_a_text_are_not_a_text() -> None:
    assert side_by_side([*column(100, 700, 400, 50, 12), *column(900, 2000, 410, 88, 4)]) is None


def test_one_below_the_other_is_no_pair() -> None:
    assert side_by_side([*column(100, 700, 400, 50, 6), *column(900, 2000, 900, 70, 6)]) is None
