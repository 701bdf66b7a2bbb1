"""Words struck out by a pen or a printer, and what looks like it: dashes, underlines, rules, figures of one stroke."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.marks import find_marks
from ocr.imaging.strike_outs import DOUBTFUL, SURE, find_strike_outs
from ocr.imaging.types import Box, Picture, Verdict

DPI = 300
SIZE, LEFT, TOP = 5.3, 28.0, 100.0  # mm
WORDS = "答：我从小在本地上学，家里有父母，没有受过处罚。"
BLUE = (150, 60, 40)  # B, G, R


def px(mm: float) -> int:
    return round(mm * DPI / 25.4)


def lined(draw: Any, words: str = WORDS, top: float = TOP, page: Picture | None = None) -> tuple[Picture, Box]:
    """A page with one line more, and the box around its ink."""
    page = draw.empty() if page is None else page
    page = draw.write(page, words, LEFT, top, SIZE)
    rows, columns = np.nonzero(page[px(top) : px(top + 1.6 * SIZE), :, 1] < 128)
    left, upper = int(columns.min()), int(rows.min())
    return page, (left, px(top) + upper, int(columns.max()) - left, int(rows.max()) - upper)


def struck(page: Picture, line: Box, first: float, last: float, *, at: float = 0.5, climbs: int = 0) -> Picture:
    """A stroke from the `first` to the `last` character; `at`: share of the line's height from its top."""
    page, (left, top, _, height) = page.copy(), line
    y = round(top + at * height)
    cv2.line(page, (left + px(SIZE * first), y), (left + px(SIZE * last), y - climbs), BLUE, px(0.4), cv2.LINE_AA)
    return page


@pytest.mark.parametrize("climbs", [-8, 0, 8])
def test_a_stroke_through_words_is_found_where_it_is(draw: Any, climbs: int) -> None:
    page, line = lined(draw)
    (found,) = find_strike_outs(draw.scan(struck(page, line, 4, 9, climbs=climbs)), DPI, [line])
    assert (found.sure, found.fingerprint) == (SURE, Verdict.BLANK)
    assert abs(found.box[0] - line[0] - px(4 * SIZE)) < px(1)
    assert abs(found.box[2] - px(5 * SIZE)) < px(1.5)


@pytest.mark.parametrize("falls", [-0.6, 0.6])
def test_a_diagonal_over_words_is_asked_about(draw: Any, falls: float) -> None:
    page, line = lined(draw)
    page = struck(page, line, 4, 14, at=0.5 - falls / 2, climbs=-round(falls * line[3]))
    assert {each.sure for each in find_strike_outs(draw.scan(page), DPI, [line])} == {DOUBTFUL}


def test_two_strokes_through_the_same_words_are_one_correction(draw: Any) -> None:
    page, line = lined(draw)
    page = struck(struck(page, line, 4, 9, at=0.4), line, 4.2, 8.8, at=0.62)
    assert [each.sure for each in find_strike_outs(page, DPI, [line])] == [SURE]


def test_the_print_beside_it_is_seen_and_one_far_away_is_not(draw: Any) -> None:
    page, line = lined(draw)
    page = struck(page, line, 4, 9)
    beside = draw.stamp(page, draw.fingerprint(), LEFT + 10 * SIZE, TOP - 8)
    far = draw.stamp(page, draw.fingerprint(), LEFT + 10 * SIZE, TOP + 40)
    (near,), (alone,) = (find_strike_outs(each, DPI, [line], find_marks(each, DPI)) for each in (beside, far))
    assert (near.fingerprint, alone.fingerprint) == (Verdict.FILLED, Verdict.BLANK)
    (smudged,) = find_strike_outs(draw.stamp(page, draw.smudge(), LEFT + 10 * SIZE, TOP - 8), DPI, [line])
    assert smudged.fingerprint is Verdict.ASK


def test_words_as_printed_are_none(draw: Any, text_page: Picture) -> None:
    page, line = lined(draw, "于二〇一一年一月一日——十一日三三两两一一来过————没有")
    assert find_strike_outs(draw.scan(page), DPI, [line]) == ()
    lines = [(px(LEFT), px(52 + row * 10), px(27 * SIZE), px(1.2 * SIZE)) for row in range(18)]
    assert find_strike_outs(text_page, DPI, lines) == ()


@pytest.mark.parametrize("at", [0.03, 0.97, 1.1])
def test_a_line_under_or_over_the_words_is_none(draw: Any, at: float) -> None:
    page, line = lined(draw)
    roomy = (line[0], line[1] - 6, line[2], line[3] + 18)
    assert find_strike_outs(struck(page, line, 4, 9, at=at), DPI, [roomy]) == ()


def test_a_rule_that_runs_on_beyond_the_words_is_none(draw: Any) -> None:
    page, line = lined(draw)
    assert find_strike_outs(struck(page, line, -3, len(WORDS) + 3), DPI, [line]) == ()


def test_a_stroke_through_a_whole_line_is_doubtful_and_three_are_rules(draw: Any) -> None:
    page, lines = draw.empty(), []
    for row in range(3):
        page, line = lined(draw, top=TOP + 12 * row, page=page)
        page = struck(page, line, 0, len(WORDS) - 0.6)
        lines.append(line)
    assert [each.sure for each in find_strike_outs(page, DPI, lines[:1])] == [DOUBTFUL]
    assert find_strike_outs(page, DPI, lines) == ()


def test_a_seals_rim_through_words_is_none(draw: Any) -> None:
    page, line = lined(draw)
    assert find_strike_outs(draw.stamp(page, draw.round_seal(), LEFT + 20, TOP - 1), DPI, [line]) == ()


def test_boxes_beyond_the_page_are_no_lines(empty_page: Picture) -> None:
    high, wide = empty_page.shape[:2]
    beyond = [(-900, 500, 600, 60), (wide + 400, 500, 600, 60), (100, -80, 600, 60), (100, high - 5, 600, 60)]
    assert find_strike_outs(empty_page, DPI, beyond) == ()


def test_a_gray_scan_is_not_searched(draw: Any) -> None:
    page, line = lined(draw)
    assert find_strike_outs(cv2.cvtColor(struck(page, line, 4, 9), cv2.COLOR_BGR2GRAY), DPI, [line]) == ()
