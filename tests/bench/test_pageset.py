"""The truth of a drawn page is where the ink is, and the same seed gives the same page."""

import cv2
import numpy as np
import pytest
from pageset.layouts import blanks, papers
from pageset.page import DrawnPage, draw
from pageset.scan import Lid, Scanner
from pageset.style import Style
from pageset.styles import EVERY, HELDOUT, TUNING, style_named
from pageset.truth import PageKind, Quad

DPI = 150


def darkness(page: DrawnPage, quad: Quad, grow: float = 0.0) -> float:
    """Share of dark pixels inside a quad, grown on all sides by pixels."""
    corners = np.array(quad)
    corners = corners + np.sign(corners - corners.mean(axis=0)) * grow
    mask = np.zeros(page.picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    return float((page.picture[:, :, 2][mask > 0] < 128).mean())


@pytest.fixture(scope="module")
def notice() -> DrawnPage:
    return draw(style_named("few-lines"), 1, dpi=DPI, skew_deg=3.0)


def test_same_seed_same_page() -> None:
    first, again = (draw(style_named("few-lines"), 4, dpi=DPI) for _ in range(2))
    assert np.array_equal(first.picture, again.picture)
    assert first.lines == again.lines
    assert not np.array_equal(first.picture, draw(style_named("few-lines"), 5, dpi=DPI).picture)


def test_all_the_ink_lies_in_the_character_boxes(notice: DrawnPage) -> None:
    outside = notice.picture.copy()
    for line in notice.lines:
        for char in line.chars:
            assert darkness(notice, char.quad) > 0.02, char.text
            corners = np.array(char.quad)
            grown = corners + np.sign(corners - corners.mean(axis=0)) * 2
            cv2.fillConvexPoly(outside, np.round(grown).astype(np.int32), (255, 255, 255))
    assert (outside[:, :, 2] < 128).sum() == 0


def test_line_runs_along_the_applied_skew(notice: DrawnPage) -> None:
    """Counter-clockwise: the right end of a line lies higher than its left end."""
    line = max(notice.lines, key=lambda line: len(line.chars))
    (x0, y0), (x1, y1) = line.quad[0], line.quad[1]
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(3.0, abs=1e-6)
    assert notice.skew_deg == 3.0


def test_text_is_what_the_characters_say(notice: DrawnPage) -> None:
    for line in notice.lines:
        assert "".join(char.text for char in line.chars) == "".join(line.text.split())


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_truth_turns_with_the_page(notice: DrawnPage, turn: int) -> None:
    page = draw(style_named("few-lines"), 1, dpi=DPI, skew_deg=3.0, turn=turn)
    assert page.orientation_deg == 360 - turn
    upright = np.rot90(page.picture, -page.orientation_deg // 90)
    assert np.array_equal(upright, notice.picture)
    for before, after in zip(notice.lines, page.lines, strict=True):
        assert darkness(page, after.quad) == pytest.approx(darkness(notice, before.quad), abs=0.02)


def test_sheet_is_whole_on_a_lid_and_cut_without_one() -> None:
    on_black = Style("t-lid", blanks.blank, scanner=Scanner(lid=Lid.BLACK))
    page = draw(on_black, 1, dpi=72, skew_deg=5.0)
    height, width = page.picture.shape[:2]
    assert width > 595
    assert height > 842
    assert page.picture[2, 2].max() < 40
    assert page.picture[height // 2, width // 2].min() > 200
    assert draw(style_named("few-lines"), 1, dpi=72, skew_deg=5.0).picture.shape[:2] == (842, 595)


def test_additions_are_drawn_and_entered() -> None:
    bare = Style("t-bare", blanks.blank)
    page = draw(bare, 1, dpi=DPI, add=lambda plate, _: plate.mark("seal", plate.stamp(50, 60, DISC, plate.ink)))
    centre = np.mean(page.marks[0].quad, axis=0) * 25.4 / DPI
    assert centre == pytest.approx([50, 60], abs=0.1)
    assert darkness(page, page.marks[0].quad) == pytest.approx(np.pi / 4, abs=0.05)


def test_marks_lie_where_the_red_is() -> None:
    page = draw(Style("t-warrant", papers.warrant), 2, dpi=DPI)
    kinds = [mark.kind for mark in page.marks]
    assert kinds == ["seal", "signature", "fingerprint"]
    red = page.picture[:, :, 2].astype(int) - page.picture[:, :, 1] > 25
    for mark in (page.marks[0], page.marks[2]):
        (left, top), _, (right, bottom), _ = mark.quad
        found = red[round(top) - 4 : round(bottom) + 4, round(left) - 4 : round(right) + 4]
        rows, columns = np.nonzero(found)
        assert (columns.min(), rows.min()) == pytest.approx((4, 4), abs=3)
        assert (columns.max() - columns.min(), rows.max() - rows.min()) == pytest.approx(
            (right - left, bottom - top), abs=4
        )


def test_show_through_is_faint_and_mirrored() -> None:
    backed = draw(style_named("blank-through"), 1, dpi=72).picture.astype(int)
    alone = draw(style_named("blank"), 1, dpi=72).picture.astype(int)
    assert np.percentile(alone, 1) - np.percentile(backed, 1) > 3
    assert backed.min() > 150


def test_held_out_styles_are_printed_in_other_typefaces() -> None:
    """But for handwriting, whose hand is another one."""
    assert len({style.name for style in EVERY}) == len(EVERY)
    printed = {style.look.body for style in TUNING}
    assert not printed & {style.look.body for style in HELDOUT if style.kind is not PageKind.HAND}
    written = {style.look.hand for style in TUNING}
    assert not written & {style.look.hand for style in HELDOUT if style.kind is PageKind.HAND}


DISC = cv2.circle(np.zeros((201, 201), np.uint8), (100, 100), 90, 255, -1)
