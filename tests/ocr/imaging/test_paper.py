from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.paper import paper_colour, seal_free, whiten
from ocr.imaging.types import Picture


def is_red(picture: Picture) -> Any:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2LAB)[:, :, 1].astype(int) - 128 > 6


def stained(page: Picture) -> Picture:
    """Yellowed, with a shadow."""
    y, x = np.mgrid[: page.shape[0], : page.shape[1]]
    shade = 1 - 0.25 * np.exp(-((y - 1500.0) ** 2 + (x - 900.0) ** 2) / 600**2)
    return (page * shade[:, :, None] * (0.80, 0.92, 0.97)).astype(np.uint8)


@pytest.mark.parametrize("strength", [0.85, 0.3])
@pytest.mark.parametrize("old", [False, True])
def test_whitening_keeps_seals_and_prints(draw: Any, text_page: Picture, strength: float, old: bool) -> None:
    marked = draw.stamp(text_page, draw.round_seal(strength), 125, 190)
    marked = draw.stamp(marked, draw.fingerprint(strength), 60, 240)
    scan = draw.scan(stained(marked) if old else marked)
    red = is_red(scan) & is_red(marked) & ~is_red(text_page)
    white = whiten(scan)
    assert is_red(white)[red].mean() >= 0.99
    bare = white[200:400, 300:600]
    assert (bare.min(axis=2) >= 250).mean() > 0.99


def test_whitening_keeps_a_seal_at_the_limit_of_what_is_seen(draw: Any, text_page: Picture) -> None:
    """Red channel at the end of the scale, so that its noise is cut off, and ink that takes a tenth of the light."""
    bright = np.clip(text_page * 1.02, 0, 255).astype(np.uint8)
    marked = draw.stamp(bright, draw.round_seal(0.12), 125, 190)
    scan = draw.scan(marked)
    red = is_red(scan) & is_red(marked) & ~is_red(bright)
    assert is_red(whiten(scan))[red].mean() >= 0.99


def test_whitening_keeps_black_text(text_page: Picture) -> None:
    text = cv2.erode((text_page.max(axis=2) < 60).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert whiten(text_page)[text].max() < 90


def test_the_seal_free_picture_has_text_and_no_red(draw: Any, text_page: Picture) -> None:
    marked = draw.stamp(text_page, draw.round_seal(), 125, 190)
    plain, free = seal_free(text_page), seal_free(marked)
    assert free.shape == text_page.shape[:2]
    assert np.abs(free.astype(int) - plain).mean() < 0.5
    assert free[text_page.max(axis=2) < 60].mean() < 60


def test_a_gray_picture_is_whitened(text_page: Picture) -> None:
    gray = (cv2.cvtColor(text_page, cv2.COLOR_BGR2GRAY) * 0.8).astype(np.uint8)
    assert (whiten(gray)[200:400, 300:600] >= 250).all()


def test_paper_colour(draw: Any, text_page: Picture) -> None:
    assert paper_colour(text_page) == (245, 249, 250)
    assert paper_colour(draw.on_lid(text_page, 10, 10, 10, 10)) == (245, 249, 250)
    assert paper_colour(np.full((20, 30), 77, np.uint8)) == (77, 77, 77)


def test_black_pictures_do_not_break_it() -> None:
    black = np.zeros((50, 60, 3), np.uint8)
    assert whiten(black).shape == black.shape
    assert seal_free(black).shape == (50, 60)
