from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.marks import find_marks, has_colour
from ocr.imaging.types import Mark, MarkKind, Picture


def as_jpeg(picture: Picture) -> Picture:
    """With a scanner's noise and its JPEG (4:2:0, quality 80) behind it."""
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def only(marks: tuple[Mark, ...], kind: MarkKind) -> Mark:
    assert [mark.kind for mark in marks] == [kind]
    return marks[0]


def assert_box(mark: Mark, x: float, y: float, width: float, height: float) -> None:
    found = [side * 25.4 / 300 for side in mark.box]
    assert found == pytest.approx([x, y, width, height], abs=2)


@pytest.mark.parametrize("strength", [0.85, 0.3])
def test_a_round_seal_over_text(draw: Any, text_page: Picture, strength: float) -> None:
    page = as_jpeg(draw.scan(draw.stamp(text_page, draw.round_seal(strength), 125, 190)))
    mark = only(find_marks(page, 300), MarkKind.SEAL)
    assert_box(mark, 125, 190, 42, 42)
    assert mark.confidence > 0.7


def test_an_oval_seal(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(wide=45, high=31), 120, 240))
    assert_box(only(find_marks(page, 300), MarkKind.SEAL), 120, 240, 45, 31)


def test_a_square_name_seal(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.name_seal(), 150, 245))
    assert_box(only(find_marks(page, 300), MarkKind.SEAL), 150, 245, 18, 18)


@pytest.mark.parametrize("x", [-21, 190])
def test_a_seal_cut_by_the_edge(draw: Any, text_page: Picture, x: float) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), x, 120))
    mark = only(find_marks(page, 300), MarkKind.SEAL)
    assert mark.box[0] >= 0
    assert mark.box[0] + mark.box[2] <= page.shape[1]


def test_two_seals_that_overlap(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(draw.stamp(text_page, draw.round_seal(), 110, 190), draw.round_seal(wide=38, high=38), 138, 212)
    assert [mark.kind for mark in find_marks(draw.scan(page), 300)] == [MarkKind.SEAL] * 2


@pytest.mark.parametrize("strength", [0.8, 0.35])
def test_a_fingerprint(draw: Any, text_page: Picture, strength: float) -> None:
    page = as_jpeg(draw.scan(draw.stamp(text_page, draw.fingerprint(strength), 150, 245)))
    assert_box(only(find_marks(page, 300), MarkKind.FINGERPRINT), 150, 245, 15, 21)


def test_a_seal_and_a_fingerprint(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(draw.stamp(text_page, draw.round_seal(), 125, 190), draw.fingerprint(), 40, 245)
    kinds = [mark.kind for mark in find_marks(draw.scan(page), 300)]
    assert kinds == [MarkKind.SEAL, MarkKind.FINGERPRINT]


def test_a_red_smudge_is_not_called_a_fingerprint(draw: Any, text_page: Picture) -> None:
    assert find_marks(draw.scan(draw.stamp(text_page, draw.smudge(), 150, 245)), 300) == ()


def test_at_150_dpi_ridges_cannot_be_seen_and_are_not_claimed(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(text_page, draw.fingerprint(), 150, 245)
    half = np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    assert find_marks(half, 150) == ()


def test_other_red_is_no_mark(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.write(text_page, "岭南市公安局文件", 33, 6, 18, (220, 30, 30))
    page = draw.write(page, "12", 185, 280, 8, (220, 30, 30))
    page = draw.write(page, "同意 张建国", 110, 262, 9, (220, 40, 40), draw.hand)
    for y in range(60, 230, 12):
        cv2.line(page, (mm(28), mm(y)), (mm(185), mm(y)), (60, 60, 220), 4)
    assert find_marks(as_jpeg(draw.scan(page)), 300) == ()


def test_pages_without_colour_are_passed_over(draw: Any, text_page: Picture) -> None:
    assert not has_colour(draw.scan(text_page))
    assert find_marks(draw.scan(text_page), 300) == ()
    assert find_marks(text_page[:, :, 0], 300) == ()
