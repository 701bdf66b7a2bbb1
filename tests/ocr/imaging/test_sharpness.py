from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.sharpness import MIN_SHARP, measure_sharpness
from ocr.imaging.types import Picture


def low_contrast(page: Picture) -> Picture:
    return (255 - (255.0 - page) * 0.45).astype(np.uint8)


def test_sharp_pages(draw: Any, text_page: Picture) -> None:
    few = draw.page(lines=2, title="")
    for page in (text_page, low_contrast(text_page), few, draw.skewed(text_page, 2)):
        assert measure_sharpness(draw.scan(page), 300).sharp


@pytest.mark.parametrize("sigma", [2, 2.5, 4])
def test_blurred_pages(draw: Any, text_page: Picture, sigma: float) -> None:
    for page in (text_page, low_contrast(text_page)):
        blurred = measure_sharpness(draw.scan(cv2.GaussianBlur(page, (0, 0), sigma)), 300)
        assert not blurred.sharp
        assert blurred.value < MIN_SHARP


def test_a_page_without_edges_is_not_called_blurred(draw: Any, empty_page: Picture) -> None:
    assert measure_sharpness(draw.scan(empty_page), 300).sharp
    assert measure_sharpness(np.full((1, 1), 9, np.uint8), 300).sharp
