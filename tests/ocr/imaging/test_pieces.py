from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.imaging.pieces import MOST_SMALL_LABELS, find_pieces


@pytest.mark.parametrize("side", [40, 1500])  # few pieces, and more than 16 bits can tell apart
def test_the_same_pieces_as_with_wide_labels(side: int) -> None:
    mask = (np.random.default_rng(3).random((side, side)) < 0.12).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask)
    assert (count > MOST_SMALL_LABELS) == (side == 1500)
    found = find_pieces(mask)
    assert np.array_equal(found[0], labels)
    assert np.array_equal(found[1], stats)
    assert np.array_equal(found[2], centres, equal_nan=True)


def test_an_empty_mask_has_the_outside_only() -> None:
    assert len(find_pieces(np.zeros((5, 7), np.uint8))[1]) == 1
