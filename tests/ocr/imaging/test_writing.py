"""Two signatures: the same words twice lie on each other, other words do not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.imaging.types import Verdict
from ocr.imaging.writing import HIGH, WIDE, likeness, shape_of
from ocr.imaging.zones import inspect_zone

KAI = "/usr/share/fonts/truetype/arphic/ukai.ttc"
ZONE = (100, 60, 500, 180)


def signed(name: str, *, size: int, climbs: float) -> str:
    """The shape that is measured in a place at 300 dpi."""
    paper = Image.new("L", (800, 300), 250)
    ImageDraw.Draw(paper).text((160, 90), name, fill=30, font=ImageFont.truetype(KAI, size))
    turned = paper.rotate(climbs, fillcolor=250)
    found = inspect_zone(np.asarray(turned.convert("RGB")), ZONE, 300)
    assert found.verdict is Verdict.FILLED
    return found.shape


def test_the_same_name_larger_and_climbing_is_alike_and_another_is_not() -> None:
    once, again = signed("李文明", size=90, climbs=1.0), signed("李文明", size=108, climbs=3.0)
    other = signed("王芳华", size=90, climbs=1.0)
    assert likeness(once, once) == pytest.approx(1.0, abs=1e-4)
    assert likeness(once, again) > 0.62 > likeness(once, other)


def test_nothing_written_has_no_shape() -> None:
    assert shape_of(np.zeros((20, 60), np.bool_)) == ""
    assert inspect_zone(np.full((300, 800, 3), 250, np.uint8), ZONE, 300).shape == ""
    with pytest.raises(ValueError, match="cells"):
        likeness("", "0" * (WIDE * HIGH))
