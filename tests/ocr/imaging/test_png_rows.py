from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from drivers.scanners.png import PngWriter
from ocr.imaging.load import load_picture
from ocr.imaging.png_rows import read_plain_png


def scanned(samples: NDArray[np.uint8]) -> bytes:
    """As the scanner worker writes it."""
    height, width = samples.shape[:2]
    stream = io.BytesIO()
    writer = PngWriter(stream, width=width, channels=samples.size // (height * width), depth=8, dpi=300)
    writer.write(samples.tobytes(), samples.size // height)
    writer.finish()
    return stream.getvalue()


@pytest.fixture(scope="module")
def samples() -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 255, (50, 31, 3)).astype(np.uint8)


def test_what_the_scanner_worker_writes_comes_back(samples: NDArray[np.uint8]) -> None:
    picture = read_plain_png(scanned(samples))
    assert picture is not None
    assert np.array_equal(picture, samples[:, :, ::-1])
    gray = read_plain_png(scanned(np.ascontiguousarray(samples[:, :, 0])))
    assert gray is not None
    assert np.array_equal(gray, np.repeat(samples[:, :, :1], 3, axis=2))


def test_filtered_rows_are_left_to_another_decoder(samples: NDArray[np.uint8]) -> None:
    smooth = np.ascontiguousarray(np.broadcast_to(np.arange(31, dtype=np.uint8)[None, :, None] * 8, samples.shape))
    stream = io.BytesIO()
    Image.fromarray(smooth).save(stream, "PNG")
    assert read_plain_png(stream.getvalue()) is None


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "I;16"])
def test_other_kinds_are_left_to_another_decoder(mode: str) -> None:
    image = Image.new(mode, (31, 50))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    assert read_plain_png(stream.getvalue()) is None


def test_interlaced_rows_are_counted(tmp_path: Path) -> None:
    """Seven passes of a 5 x 5 picture hold 1, 1, 1, 2, 1, 3 and 2 rows (PNG, section 8.1), all gray 128."""
    passes = [(1, 1), (1, 1), (2, 1), (1, 2), (3, 1), (2, 3), (5, 2)]
    rows = b"".join((b"\0" + b"\x80" * columns) * count for columns, count in passes)
    path = tmp_path / "a.png"
    whole = _interlaced(rows)
    path.write_bytes(whole)
    assert (load_picture(path).picture == 128).all()
    with pytest.raises(ValueError, match="fewer rows"):
        read_plain_png(_interlaced(rows[:-1]))


def _interlaced(rows: bytes) -> bytes:

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 5, 5, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
