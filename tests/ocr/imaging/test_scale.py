from __future__ import annotations

import numpy as np
import pytest

from ocr.imaging.scale import reduce_to, thumbnail


@pytest.mark.parametrize(
    ("size", "dpi", "target", "reduced"),
    [
        ((3507, 2479), 300, 150, (1753, 1239)),
        ((300, 200), 300, 200, (200, 133)),
        ((1000, 700), 400, 150, (375, 262)),
        ((1, 5000), 300, 37.5, (1, 625)),
        ((40, 40), 300, 5, (1, 1)),
        ((40, 40), 100, 150, (40, 40)),
    ],
)
def test_a_page_is_reduced_to_the_resolution_asked_for(
    size: tuple[int, int], dpi: int, target: float, reduced: tuple[int, int]
) -> None:
    copy, copy_dpi = reduce_to(np.full(size, 90, np.uint8), dpi, target)
    assert (copy.shape, copy_dpi) == (reduced, min(dpi, target))
    assert (copy == 90).all()


def test_places_stay_where_they_are() -> None:
    page = np.full((1003, 701, 3), 255, np.uint8)
    page[640:680, 400:440] = 0
    copy, dpi = reduce_to(page, 300, 75)
    rows, columns = np.nonzero(copy[:, :, 0] < 128)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (160, 170, 100, 110)
    assert dpi == 75


def test_the_longer_side_of_a_thumbnail() -> None:
    assert thumbnail(np.zeros((3501, 2480, 3), np.uint8)).shape == (256, 181, 3)
    assert thumbnail(np.zeros((100, 60), np.uint8)).shape == (100, 60)
