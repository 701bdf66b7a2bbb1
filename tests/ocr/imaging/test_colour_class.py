from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.colour_class import classify_colour
from ocr.imaging.measures import ColourClass, ColourReason, Lid, LidColour
from ocr.imaging.types import Picture

NO_LID = Lid(None, 1.0)


def misregistered(page: Picture, shift_px: float) -> Picture:
    """Blue and red moved against green, as a worn scanner does."""
    out = page.copy()
    for channel, shift in ((0, shift_px), (2, -shift_px)):
        matrix = np.array([[1, 0, shift], [0, 1, shift / 2]], np.float64)
        out[:, :, channel] = cv2.warpAffine(
            page[:, :, channel], matrix, page.shape[1::-1], borderMode=cv2.BORDER_REPLICATE
        )
    return out


def photo(page: Picture, mm: Any) -> Picture:
    rng, page = np.random.default_rng(3), page.copy()
    clouds = cv2.resize(rng.uniform(40, 220, (9, 7)), (mm(60), mm(80)), interpolation=cv2.INTER_CUBIC)
    page[mm(60) : mm(60) + clouds.shape[0], mm(40) : mm(40) + clouds.shape[1]] = np.clip(clouds, 0, 255)[:, :, None]
    return page


def test_black_text_is_bitonal_also_on_yellow_paper(draw: Any, text_page: Picture) -> None:
    yellow = (text_page * (np.array([170, 205, 225]) / 255)).astype(np.uint8)
    for page in (text_page, yellow, misregistered(text_page, 0.4)):
        found = classify_colour(draw.scan(page), 300, NO_LID)
        assert (found.kind, found.reason) == (ColourClass.BITONAL, ColourReason.BLACK_ON_WHITE)


@pytest.mark.parametrize("strength", [0.25, 0.85])
def test_red_marks_ask_for_colour(draw: Any, text_page: Picture, strength: float) -> None:
    for mark in (draw.round_seal(strength), draw.fingerprint(strength)):
        found = classify_colour(draw.scan(draw.stamp(text_page, mark, 120, 190)), 300, NO_LID)
        assert (found.kind, found.reason) == (ColourClass.COLOUR, ColourReason.COLOUR_INK)


def test_a_signature_in_blue_asks_for_colour(draw: Any, text_page: Picture) -> None:
    page = draw.write(text_page, "张建国", 120, 240, 9, (40, 50, 120), draw.hand)
    assert classify_colour(draw.scan(page), 300, NO_LID).reason is ColourReason.COLOUR_INK


def test_strong_fringes_are_kept_in_colour_with_a_doubt(draw: Any, text_page: Picture) -> None:
    found = classify_colour(draw.scan(misregistered(text_page, 0.8)), 300, NO_LID)
    assert (found.kind, found.reason, found.confidence) == (ColourClass.COLOUR, ColourReason.FRINGES, 0.5)


def test_a_photograph_asks_for_gray(draw: Any, text_page: Picture, mm: Any) -> None:
    found = classify_colour(draw.scan(photo(text_page, mm)), 300, NO_LID)
    assert (found.kind, found.reason) == (ColourClass.GRAY, ColourReason.MIDTONES)


def test_the_lid_does_not_count(draw: Any, text_page: Picture) -> None:
    green = draw.scan(draw.skewed(text_page, 2, (60, 120, 30)))
    assert classify_colour(green, 300, Lid(LidColour.COLOURED, 0.9)).kind is ColourClass.BITONAL
    gray = draw.scan(draw.skewed(text_page, 2, (120, 120, 120)))
    assert classify_colour(gray, 300, Lid(LidColour.GRAY, 0.9)).kind is ColourClass.BITONAL


def test_an_empty_page(draw: Any, empty_page: Picture) -> None:
    assert classify_colour(draw.scan(empty_page), 300, NO_LID).reason is ColourReason.EMPTY
    assert classify_colour(np.full((1, 1), 250, np.uint8), 300, NO_LID).reason is ColourReason.EMPTY
