"""Pages drawn for the engines, and the engine itself, made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.ppocr import PpOcr
from ocr.imaging.types import Picture

SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SIMPLIFIED = 2  # the face in the collection
Placed = tuple[int, int, str, int]  # x, y, text, size in px
Draw = Callable[..., Picture]


def draw_page(placed: Sequence[Placed], size: tuple[int, int] = (2480, 1200)) -> Picture:
    """A white page with black lines at the places given."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for x, y, text, px in placed:
        pen.text((x, y), text, font=ImageFont.truetype(SERIF, px, index=SIMPLIFIED), fill=(25, 25, 25))
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


@pytest.fixture(scope="session")
def draw() -> Draw:
    return draw_page


@pytest.fixture(scope="session")
def pp_ocr() -> PpOcr:
    return PpOcr()
