from __future__ import annotations

import numpy as np
import pytest

from ocr.imaging.cutoff import MIN_INK_DARKNESS as CUT_INK
from ocr.imaging.exposure import MIN_INK_DARKNESS as FAINT_INK
from ocr.imaging.tone import brightest_part, darker_by, level_at, median_colour, share_missing
from ocr.imaging.types import Picture


@pytest.fixture
def noise() -> Picture:
    return np.random.default_rng(5).integers(40, 250, (91, 77, 3)).astype(np.uint8)


@pytest.mark.parametrize("share", [CUT_INK, FAINT_INK])
def test_whole_levels_tell_ink_as_real_numbers_do(share: float) -> None:
    gray, paper = np.meshgrid(np.arange(256, dtype=np.uint8), np.arange(256, dtype=np.uint8))
    assert np.array_equal(darker_by(share, gray, paper) > 0, share_missing(gray, paper) >= share)


def test_the_brightest_part_and_its_colour(noise: Picture) -> None:
    green = np.ascontiguousarray(noise[:, :, 1])
    bright = brightest_part(green, 0.6)
    assert np.array_equal(bright > 0, green >= np.quantile(green, 0.6))
    assert np.array_equal(median_colour(noise, bright), np.median(noise[bright > 0], axis=0))
    assert np.array_equal(median_colour(green, bright), [np.median(green[bright > 0])])


def test_the_level_of_a_part_of_a_picture(noise: Picture) -> None:
    where = (noise[:, :, 0] > 200).view(np.uint8)
    for channel in range(3):
        expected = np.quantile(noise[where > 0][:, channel], 0.9)
        assert level_at(noise, 0.9, where, channel) == pytest.approx(expected, abs=1e-6)
