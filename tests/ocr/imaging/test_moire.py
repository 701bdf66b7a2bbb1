from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.moire import TILE_PX, find_moire, magnitudes
from ocr.imaging.types import Picture


def wave(page: Picture, period_px: float, direction_deg: float, depth: float) -> Picture:
    y, x = np.mgrid[: page.shape[0], : page.shape[1]].astype(np.float32)
    turn = np.radians(direction_deg)
    pattern = 1 + depth * np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / period_px)
    return np.clip(page * pattern[:, :, None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("period_px", "direction_deg"), [(9.1, 15), (14, 60)])
def test_a_photographed_screen(draw: Any, text_page: Picture, period_px: float, direction_deg: float) -> None:
    found = find_moire(draw.scan(wave(text_page, period_px, direction_deg, 0.12)), 300)
    assert found.seen is True
    assert found.period_mm == pytest.approx(period_px * 25.4 / 300, rel=0.05)


def test_text_rules_and_paper_have_none(draw: Any, text_page: Picture, empty_page: Picture, mm: Any) -> None:
    ruled = empty_page.copy()
    for y in range(20, 280, 4):
        ruled[mm(y) : mm(y) + 3] = 60
    for page in (text_page, empty_page, ruled, draw.stamp(text_page, draw.fingerprint(), 120, 190)):
        assert find_moire(draw.scan(page), 300).seen is False


@pytest.mark.parametrize("shape", [(1, 1), (300, 300)])
def test_small_pictures_are_not_judged(shape: tuple[int, ...]) -> None:
    assert find_moire(np.full(shape, 250, np.uint8), 300).seen is None


def test_a_packed_spectrum_is_the_one_numpy_gives() -> None:
    tile = np.random.default_rng(2).random((TILE_PX, TILE_PX)).astype(np.float32)
    packed = np.asarray(cv2.dft(tile), np.float32)
    assert np.allclose(magnitudes(packed), np.abs(np.fft.rfft2(tile)), rtol=1e-4, atol=1e-2)
