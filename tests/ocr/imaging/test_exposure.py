from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ocr.imaging.exposure import measure_exposure
from ocr.imaging.measures import Light
from ocr.imaging.tone import level_at
from ocr.imaging.types import Picture


def test_a_good_page_and_its_levels(draw: Any, text_page: Picture) -> None:
    found = measure_exposure(draw.scan(text_page), 300)
    assert found.light is Light.GOOD
    assert found.paper == pytest.approx(250, abs=5)
    assert found.ink == pytest.approx(34, abs=15)
    assert found.contrast > 0.8


def test_dark_faint_and_washed_out(draw: Any, text_page: Picture) -> None:
    dark = (text_page * 0.5).astype(np.uint8)
    faint = (255 - (255.0 - text_page) * 0.3).astype(np.uint8)
    bright = np.clip(text_page * 0.25 + 220.0, 0, 255).astype(np.uint8)
    assert measure_exposure(draw.scan(dark), 300).light is Light.DARK
    assert measure_exposure(draw.scan(faint, sigma=1), 300).light is Light.FAINT
    washed_out = measure_exposure(draw.scan(bright), 300)
    assert washed_out.light is Light.BRIGHT
    assert washed_out.clipped > 0.6


def test_an_empty_page_is_not_judged(draw: Any, empty_page: Picture) -> None:
    found = measure_exposure(draw.scan(empty_page), 300)
    assert (found.ink, found.contrast, found.light) == (None, 0.0, None)


def test_black_on_white_is_good_though_nearly_all_is_clipped(text_page: Picture) -> None:
    bitonal = np.where(text_page[:, :, 1] < 140, 0, 255).astype(np.uint8)
    found = measure_exposure(bitonal, 300)
    assert found.light is Light.GOOD
    assert found.clipped > 0.9


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000, 3)])
def test_tiny_pictures_are_not_judged(shape: tuple[int, ...]) -> None:
    assert measure_exposure(np.full(shape, 250, np.uint8), 300).light is None


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.67, 0.9, 1.0])
def test_levels_by_counting_are_those_of_numpy(share: float) -> None:
    gray = np.random.default_rng(3).integers(0, 200, (31, 17)).astype(np.uint8)
    assert level_at(gray, share) == pytest.approx(np.quantile(gray, share), abs=1e-6)
