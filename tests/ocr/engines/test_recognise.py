from __future__ import annotations

import numpy as np
import pytest

from ocr.engines.network import Tensor
from ocr.engines.recognise import Glyph, Reading, Recogniser, decode, rivals_among
from ocr.engines.script import Script

CLASSES = ("", "张", "三", " ")


def logits(likelihood: Tensor) -> Tensor:
    """What a network says that has (steps, classes) of this likelihood; what is left goes to a class of its own."""
    rest = 1 - likelihood.sum(axis=1, keepdims=True)
    return np.log(np.maximum(np.concatenate([likelihood, rest], axis=1), 1e-9)) + np.float32(3)


def table(steps: list[tuple[int, float]]) -> Tensor:
    rows = np.zeros((len(steps), len(CLASSES)), np.float32)
    for row, (best, likelihood) in enumerate(steps):
        rows[row, best] = likelihood
    return logits(rows)


def test_repeats_join_unless_a_blank_parts_them() -> None:
    reading = decode(table([(0, 0.9), (1, 0.6), (1, 0.8), (0, 0.9), (1, 0.7), (2, 0.5)]), CLASSES, 6.0, {})
    assert "".join(glyph.text for glyph in reading.glyphs) == "张张三"
    assert [glyph.confidence for glyph in reading.glyphs] == pytest.approx([0.8, 0.7, 0.5])
    assert [glyph.start * 6 for glyph in reading.glyphs] == pytest.approx([1, 4, 5])
    assert [glyph.end * 6 for glyph in reading.glyphs] == pytest.approx([3, 5, 6])
    assert reading.confidence == pytest.approx(2 / 3)


def test_nothing_but_blanks_reads_as_nothing_without_confidence() -> None:
    reading = decode(table([(0, 0.99)] * 4), CLASSES, 4.0, {})
    assert reading.glyphs == ()
    assert reading.confidence == 0.0


def test_places_in_the_padding_count_as_the_end_of_the_line() -> None:
    reading = decode(table([(1, 0.9), (0, 0.9), (2, 0.9), (0, 0.9)]), CLASSES, 2.5, {})
    assert reading.glyphs[-1].end == 1.0


class ShapeWitness:
    """Keeps the shape it was asked about; reads nothing."""

    metadata = {"character": "\n".join(CLASSES[1:-1])}  # noqa: RUF012

    def __call__(self, tensor: Tensor) -> Tensor:
        self.shape = tensor.shape
        return table([(0, 1.0)] * (tensor.shape[3] // 8))


@pytest.mark.parametrize(("width", "height", "width_seen"), [(1000, 100, 480), (10, 100, 64), (400_000, 20, 6400)])
def test_lines_are_48_high_and_bounded(width: int, height: int, width_seen: int) -> None:
    witness = ShapeWitness()
    Recogniser(witness)(np.full((height, width, 3), 255, np.uint8))
    assert witness.shape == (1, 3, 48, width_seen)


def test_a_glyph_of_one_script_comes_with_its_rival_in_the_other() -> None:
    classes = ("", "经", "經", "过", "台", " ")
    likelihood = np.zeros((3, len(classes)), np.float32)
    likelihood[0, 1:3] = 0.3, 0.6
    likelihood[1, 1:3] = 0.1, 0.7
    likelihood[2, 4] = 0.9
    first, second = decode(logits(likelihood), classes, 3.0, rivals_among(classes)).glyphs
    assert (first.text, first.rival) == ("經", "经")
    assert (first.confidence, first.rival_confidence) == pytest.approx((0.7, 0.3))
    assert (second.text, second.rival) == ("台", "")  # both scripts have it


@pytest.mark.parametrize(
    ("seen", "rival", "script", "read"),
    [
        (("經", 0.7), ("经", 0.3), Script.SIMPLIFIED, "经"),
        (("經", 0.99), ("经", 0.004), Script.SIMPLIFIED, "经"),
        (("經", 0.99), ("经", 0.0005), Script.SIMPLIFIED, "經"),  # this one is traditional
        (("經", 0.7), ("经", 0.3), Script.TRADITIONAL, "經"),
        (("黄", 0.8), ("黃", 0.2), Script.TRADITIONAL, "黃"),
        (("經", 0.7), ("经", 0.3), None, "經"),
    ],
)
def test_the_script_of_the_page_decides_between_rivals(
    seen: tuple[str, float], rival: tuple[str, float], script: Script | None, read: str
) -> None:
    glyph = Glyph(seen[0], seen[1], 0.0, 1.0, rival[0], rival[1])
    assert Reading((glyph,)).written_in(script).text == read


def test_the_less_a_rival_was_seen_the_less_the_choice_is_trusted() -> None:
    clear, close = (Glyph("經", 1 - p, 0.0, 1.0, "经", p).written_in(Script.SIMPLIFIED) for p in (0.3, 0.0012))
    assert clear.confidence > 0.98
    assert 0.5 < close.confidence < 0.6
