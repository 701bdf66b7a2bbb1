"""Each kind of damage changes the picture, keeps the truth true and comes out the same each time."""

import cv2
import numpy as np
import pytest
from pageset.damage import DAMAGES, damaged
from pageset.page import DrawnPage, draw
from pageset.styles import style_named

DPI = 120


@pytest.fixture(scope="module")
def page() -> DrawnPage:
    return draw(style_named("few-lines"), 2, dpi=DPI)


def ink_in(page: DrawnPage) -> float:
    """How much darker than the rest of its neighbourhood the lines are, as a share of the neighbourhood."""
    gray = cv2.cvtColor(page.picture, cv2.COLOR_BGR2GRAY)
    inside = np.zeros(gray.shape, np.uint8)
    for line in page.lines:
        cv2.fillConvexPoly(inside, np.round(np.array(line.quad)).astype(np.int32), 1)
    around = cv2.dilate(inside, np.ones((41, 41), np.uint8)) - inside
    return 1 - float(gray[inside > 0].mean() / gray[around > 0].mean())


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_changes_the_picture_and_the_lines_stay_under_their_boxes(page: DrawnPage, kind: str) -> None:
    worn = damaged(page, kind, 1)
    assert worn.picture.dtype == np.uint8
    assert worn.picture.shape != page.picture.shape or not np.array_equal(worn.picture, page.picture)
    assert [line.text for line in worn.lines] == [line.text for line in page.lines]
    assert ink_in(worn) > (0.12 if kind == "faint" else 0.75) * ink_in(page)


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_the_same_each_time(page: DrawnPage, kind: str) -> None:
    assert np.array_equal(damaged(page, kind, 3).picture, damaged(page, kind, 3).picture)


def test_low_resolution_is_told(page: DrawnPage) -> None:
    worn = damaged(page, "low-dpi", 1)
    assert 95 <= worn.dpi < 131
    assert worn.picture.shape[1] / page.picture.shape[1] == pytest.approx(worn.dpi / page.dpi, abs=0.01)


def test_skew_is_told(page: DrawnPage) -> None:
    worn = damaged(page, "skew", 1)
    (x0, y0), (x1, y1) = worn.lines[0].quad[:2]
    assert 2 <= abs(worn.skew_deg) <= 6
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(worn.skew_deg, abs=1e-6)


def test_stamp_is_entered_over_a_line(page: DrawnPage) -> None:
    seal = damaged(page, "stamp", 1).marks[-1]
    (left, top), _, (right, bottom), _ = seal.quad
    assert seal.kind == "seal"
    assert (right - left) * 25.4 / DPI == pytest.approx(42, abs=2)
    middles = [np.mean(line.quad, axis=0) for line in page.lines]
    assert any(left <= x <= right and top <= y <= bottom for x, y in middles)


def test_fax_is_black_and_white(page: DrawnPage) -> None:
    assert set(np.unique(damaged(page, "fax", 1).picture)) == {0, 255}
