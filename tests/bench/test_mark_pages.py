"""Pages of marks tell the truth: what lies on them is entered, what is none is not, and a seed is a page."""

import cv2
import numpy as np
import pytest
from pageset import mark_styles_prefecture
from pageset.mark_pages import draw_marks
from pageset.mark_style import MarkStyle
from pageset.mark_styles import SEEN, TUNING
from pageset.mark_styles_estuary import HELDOUT
from pageset.unmarked import OTHERS

RED_CASES = ("spaced head", "joint head", "letter paper", "notice", "receipt", "ledger", "ticks", "underlined")


def reddish(picture: np.ndarray) -> np.ndarray:
    """Where red light is left and green light is not, the colour of the paper taken off."""
    paper = np.median(picture.reshape(-1, 3), axis=0)
    light = picture / paper
    return (light[:, :, 2] - light[:, :, 1]) > 0.2


def test_same_seed_same_page() -> None:
    first, again, other = (draw_marks(TUNING[0], "receipt", seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("case", OTHERS)
def test_pages_without_a_mark_have_something_on_them_and_no_mark(case: str) -> None:
    picture, page = draw_marks(TUNING[0], case, 3)
    assert page.marks == []
    assert page.zones == []
    assert cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).std() > 5
    if case in RED_CASES:
        assert reddish(picture).sum() > 2000


@pytest.mark.parametrize("style", TUNING[:3], ids=lambda style: style.name)
def test_seal_lies_in_its_box(style: MarkStyle) -> None:
    picture, page = draw_marks(style, "round", 5)
    (mark,) = page.marks
    x, y, wide, high = mark.box
    red = reddish(picture)
    inside = red[y : y + high, x : x + wide].mean()
    red[y - 3 : y + high + 3, x - 3 : x + wide + 3] = False
    assert inside > 0.02
    assert inside > 20 * red.mean()


def test_held_out_styles_share_no_ink_of_a_seal_and_no_typeface_of_text() -> None:
    known = (*TUNING, *SEEN, *mark_styles_prefecture.SEEN)
    assert not {ink for style in HELDOUT for ink in style.inks.seals} & {ink for s in known for ink in s.inks.seals}
    assert not {style.faces.text for style in HELDOUT} & {style.faces.text for style in known}
    names = [style.name for style in (*known, *HELDOUT)]
    assert len(set(names)) == len(names)
