from __future__ import annotations

import numpy as np
import pytest

from ocr.engines.model_end import without_softmax
from ocr.engines.models import DETECTION, RECOGNITION, locate
from ocr.engines.network import OnnxNetwork
from ocr.errors import ModelUnsuitable


@pytest.mark.parametrize("width", [64, 328])
def test_the_end_taken_off_and_done_apart_is_the_published_network(width: int) -> None:
    whole = OnnxNetwork(locate(RECOGNITION))
    short = OnnxNetwork(without_softmax(locate(RECOGNITION).read_bytes()))
    line = np.random.default_rng(width).uniform(-1, 1, (1, 3, 48, width)).astype(np.float32)
    raised = np.exp(short(line))
    np.testing.assert_allclose(raised / raised.sum(axis=1, keepdims=True), whole(line)[0], atol=1e-4)
    assert short.metadata == whole.metadata


def test_a_network_that_ends_otherwise_is_refused() -> None:
    with pytest.raises(ModelUnsuitable):
        without_softmax(locate(DETECTION).read_bytes())
