"""The PNG writer against libpng (through OpenCV) and Pillow's own checks."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from drivers.scanners.png import PngWriter


@pytest.mark.parametrize(("channels", "depth"), [(1, 8), (1, 16), (3, 8), (3, 16)])
@pytest.mark.parametrize("padding", [0, 1, 17])
def test_samples_come_back_bit_for_bit_without_the_padding(
    tmp_path: Path, channels: int, depth: int, padding: int
) -> None:
    width, height = 53, 31
    kind = np.uint8 if depth == 8 else np.uint16
    samples = np.random.default_rng(1).integers(0, 1 << depth, (height, width * channels), dtype=kind)
    rows = np.pad(samples.view(np.uint8), ((0, 0), (0, padding)), constant_values=0xAB)
    path = tmp_path / "page.png"
    with path.open("x+b") as stream:
        writer = PngWriter(stream, width=width, channels=channels, depth=depth, dpi=300)
        writer.write(rows[:10].tobytes(), rows.shape[1])
        writer.write(rows[10:].tobytes(), rows.shape[1])
        writer.finish()

    read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if channels == 3:
        read = cv2.cvtColor(read, cv2.COLOR_BGR2RGB)
    assert read.dtype == kind
    np.testing.assert_array_equal(read.reshape(height, -1), samples)
    with Image.open(path) as image:
        image.verify()
    with Image.open(path) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_one_bit_is_black_where_sane_says_one() -> None:
    stream = io.BytesIO()
    writer = PngWriter(stream, width=10, channels=1, depth=1, dpi=200)
    writer.write(bytes([0b10110000, 0b01_000000, 0xFF]), 3)
    writer.finish()

    image = Image.open(stream)
    assert image.mode == "1"
    assert [image.getpixel((x, 0)) for x in range(10)] == [0, 255, 0, 0, 255, 255, 255, 255, 255, 0]


def test_a_large_page_is_written_in_bounded_memory(tmp_path: Path) -> None:
    chunk = np.random.default_rng(2).integers(0, 256, 64 * 7440, dtype=np.uint8).tobytes()
    tracemalloc.start()
    with (tmp_path / "a4.png").open("x+b") as stream:
        writer = PngWriter(stream, width=2480, channels=3, depth=8, dpi=300)
        for _ in range(54):
            writer.write(chunk, 7440)
        writer.finish()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert writer.rows == 3456
    assert peak < 4 << 20


@pytest.mark.parametrize(("channels", "depth"), [(3, 1), (2, 8), (1, 4)])
def test_shapes_png_has_not_are_refused(channels: int, depth: int) -> None:
    with pytest.raises(ValueError, match="no PNG"):
        PngWriter(io.BytesIO(), width=5, channels=channels, depth=depth, dpi=300)
