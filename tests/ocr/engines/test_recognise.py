from __future__ import annotations

import numpy as np
import pytest

from ocr.engines.network import Tensor
from ocr.engines.recognise import decode, read_line

CLASSES = ("", "张", "三", " ")


def table(steps: list[tuple[int, float]]) -> Tensor:
    rows = np.zeros((len(steps), len(CLASSES)), np.float32)
    for row, (best, likelihood) in enumerate(steps):
        rows[row, best] = likelihood
    return rows


def test_repeats_join_unless_a_blank_parts_them() -> None:
    reading = decode(table([(0, 0.9), (1, 0.6), (1, 0.8), (0, 0.9), (1, 0.7), (2, 0.5)]), CLASSES, 6.0)
    assert "".join(glyph.text for glyph in reading.glyphs) == "张张三"
    assert [glyph.confidence for glyph in reading.glyphs] == pytest.approx([0.8, 0.7, 0.5])
    assert [glyph.start * 6 for glyph in reading.glyphs] == pytest.approx([1, 4, 5])
    assert [glyph.end * 6 for glyph in reading.glyphs] == pytest.approx([3, 5, 6])
    assert reading.confidence == pytest.approx(2 / 3)


def test_nothing_but_blanks_reads_as_nothing_without_confidence() -> None:
    reading = decode(table([(0, 0.99)] * 4), CLASSES, 4.0)
    assert reading.glyphs == ()
    assert reading.confidence == 0.0


def test_places_in_the_padding_count_as_the_end_of_the_line() -> None:
    reading = decode(table([(1, 0.9), (0, 0.9), (2, 0.9), (0, 0.9)]), CLASSES, 2.5)
    assert reading.glyphs[-1].end == 1.0


class ShapeWitness:
    """Keeps the shape it was asked about; reads nothing."""

    metadata: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, tensor: Tensor) -> Tensor:
        self.shape = tensor.shape
        return table([(0, 1.0)] * (tensor.shape[3] // 8))[np.newaxis]


@pytest.mark.parametrize(("width", "height", "width_seen"), [(1000, 100, 480), (10, 100, 64), (400_000, 20, 6400)])
def test_lines_are_48_high_and_bounded(width: int, height: int, width_seen: int) -> None:
    witness = ShapeWitness()
    read_line(witness, CLASSES, np.full((height, width, 3), 255, np.uint8))
    assert witness.shape == (1, 3, 48, width_seen)
