from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.engines.spans import character_spans, ink_rows, without_rules
from ocr.imaging.types import Picture


def line(strokes: list[tuple[int, int]], width: int = 400) -> Picture:
    """A level line, 60 px high, with black blocks at the columns given."""
    crop = np.full((60, width), 240, np.uint8)
    for start, end in strokes:
        crop[10:50, start:end] = 30
    return crop


def test_characters_are_parted_at_the_gap_and_drawn_in_to_their_ink() -> None:
    spans = character_spans([42.0, 96.0, 158.0], line([(20, 60), (70, 120), (130, 180)]))
    assert spans == ((20, 60), (70, 120), (130, 180))


def test_touching_characters_are_parted_in_the_middle() -> None:
    (_, end), (start, _) = character_spans([45.0, 95.0], line([(20, 120)]))
    assert end == start == 70


def test_a_space_keeps_the_room_between_its_neighbours() -> None:
    _, (start, end), _ = character_spans([40.0, 90.0, 140.0], line([(20, 60), (120, 160)]))
    assert 60 <= start < end <= 120


@pytest.mark.parametrize("centres", [[], [200.0], [0.0, 399.0], [10.0, 10.0]])
def test_spans_stay_inside_the_crop(centres: list[float]) -> None:
    spans = character_spans(centres, line([]))
    assert len(spans) == len(centres)
    assert all(0 <= start <= end <= 400 for start, end in spans)


def test_rules_are_painted_over_and_strokes_are_not() -> None:
    crop = line([(20, 60), (70, 120)])
    ruled = crop.copy()
    ruled[54:56] = 30
    ruled[:, 350:353] = 30
    crop[:40, 395:] = ruled[:40, 395:] = 30  # half a stroke at the edge is a character's
    assert np.array_equal(without_rules(ruled), crop)
    assert np.array_equal(without_rules(cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR)), crop)


def test_rows_are_those_of_the_ink_without_remains_of_other_lines() -> None:
    crop = line([(20, 60), (70, 120)])
    crop[10:30, 70:120] = 240  # the second character is lower
    crop[0:4, 30:110] = 30  # the feet of the line above
    assert ink_rows(crop, [(20.0, 60.0), (70.0, 120.0), (200.0, 240.0)]) == ((10, 50), (30, 50), (10, 50))


def test_rows_of_an_empty_line_are_all_of_it() -> None:
    assert ink_rows(line([]), [(5.0, 5.0)]) == ((0, 60),)
