"""The peer's rule is applied as NAPS2 defines it."""

import numpy as np
import pytest
from blank import naps2_blank


@pytest.mark.parametrize(("level", "share", "blank"), [(178, 0.0014, True), (178, 0.0016, False), (179, 0.5, True)])
def test_naps2_counts_pixels_darker_than_its_threshold(level: int, share: float, blank: bool) -> None:
    sheet = np.full((1000, 1000, 3), 255, np.uint8)
    inner = sheet[10:990, 10:990].reshape(-1, 3).copy()
    inner[: round(share * len(inner))] = level
    sheet[10:990, 10:990] = inner.reshape(980, 980, 3)
    assert naps2_blank(sheet) is blank


def test_naps2_leaves_out_the_rim() -> None:
    sheet = np.full((1000, 1000, 3), 255, np.uint8)
    sheet[:10] = sheet[-10:] = sheet[:, :10] = sheet[:, -10:] = 0
    assert naps2_blank(sheet)
