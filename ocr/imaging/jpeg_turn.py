"""Quarter turns of JPEG originals without decoding: the coefficients are moved, so no second generation is made.

`jpegtran` of libjpeg-turbo moves whole coding blocks (ITU-T T.81, A.2). A page whose sides are no multiple of its
blocks has picture data past its edge; where that edge would come to lie left or on top, the data are shown as well:
up to 15 pixels of what the encoder put there, instead of losing an edge or turning it wrong.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ocr.errors import JpegNotTurned, LibraryMissing
from ocr.imaging.geometry import RETOUCHES
from ocr.imaging.types import Matrix, OpKind, Recipe

TIMEOUT_S: Final = 30
MAX_MEMORY_KB: Final = 1_000_000
FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive (T.81, table B.1)
STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
START_OF_SCAN: Final = 0xDA
APP1: Final = 0xE1  # EXIF and XMP: both can ask for a turn
END_OF_IMAGE: Final = b"\xff\xd9"


@dataclass(frozen=True)
class TurnedJpeg:
    """`matrix` maps pixels of the original to pixels of the turned picture, edge included."""

    data: bytes
    width: int
    height: int
    matrix: Matrix


def quarter_turn(recipe: Recipe) -> int | None:
    """The clockwise turn (0, 90, 180, 270) that is all a recipe does to the place of pixels; None when it does more."""
    moves = [op for op in recipe.ops if op.kind not in RETOUCHES]
    if any(op.kind is not OpKind.TURN or op.values[0] % 90 for op in moves):
        return None
    return int(sum(op.values[0] for op in moves)) % 360


def turn_jpeg(data: bytes, clockwise_deg: int) -> TurnedJpeg:
    """Turn a JPEG by 0, 90, 180 or 270 degrees; every coefficient is kept.

    0 gives the very bytes, unless they hold EXIF, XMP or something behind the picture. Metadata but the resolution and
    the colour profile are left out: they may ask for a further turn.
    Raises LibraryMissing (no jpegtran), JpegNotTurned (damaged, neither 8-bit gray nor YCbCr, or of a kind it cannot
    turn), ValueError (other turns).
    """
    if clockwise_deg not in (0, 90, 180, 270):
        raise ValueError(f"a turn of {clockwise_deg} degrees is no quarter turn")
    at, width, height, block_width, block_height = _frame(data)
    if clockwise_deg == 0:
        return TurnedJpeg(data if _is_bare(data) else _jpegtran(data), width, height, np.eye(3))
    # Clockwise, the bottom edge comes to lie left after 90 degrees, the right edge on top after 270, both after 180.
    if clockwise_deg in (90, 180):
        height += -height % block_height
    if clockwise_deg in (180, 270):
        width += -width % block_width
    shown = data[: at + 1] + struct.pack(">HH", height, width) + data[at + 5 :]
    turned = _jpegtran(shown, "-rotate", str(clockwise_deg), "-perfect")
    rows: dict[int, list[list[float]]] = {
        90: [[0, -1, height - 1], [1, 0, 0]],
        180: [[-1, 0, width - 1], [0, -1, height - 1]],
        270: [[0, 1, 0], [-1, 0, width - 1]],
    }
    size = (width, height) if clockwise_deg == 180 else (height, width)
    return TurnedJpeg(turned, *size, np.array([*rows[clockwise_deg], [0.0, 0.0, 1.0]]))


def _jpegtran(data: bytes, *turn: str) -> bytes:
    program = shutil.which("jpegtran")
    if program is None:
        raise LibraryMissing(library="jpegtran", package="libjpeg-turbo-progs")
    limits = ["-maxmemory", str(MAX_MEMORY_KB), "-strict"]
    command = [program, *turn, "-copy", "icc", *limits]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as slow:
        raise JpegNotTurned(detail=f"no answer within {TIMEOUT_S} s") from slow
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise JpegNotTurned(detail=told or f"jpegtran ended with {done.returncode}")
    return done.stdout


def _frame(data: bytes) -> tuple[int, int, int, int, int]:
    """Where the frame's precision byte lies, then width, height, and width and height of its blocks in pixels."""
    for marker, at, body in _segments(data):
        if marker in FRAMES and len(body) >= 6 and len(body) >= 6 + 3 * body[5]:
            if body[0] != 8 or body[5] not in (1, 3) or body[6::3] == b"RGB":
                raise JpegNotTurned(detail="it is neither 8-bit gray nor YCbCr")
            height, width = struct.unpack_from(">HH", body, 1)
            across, down = max(body[7::3], default=0) >> 4, max((factors & 15 for factors in body[7::3]), default=0)
            if body[5] == 1:
                across = down = 1  # one component is not interleaved (T.81, A.2.2)
            if height and across and down:
                return at, width, height, 8 * across, 8 * down
    raise JpegNotTurned(detail="it has no frame that can be turned")


def _is_bare(data: bytes) -> bool:
    """Whether a JPEG holds nothing but its picture: no wish to be turned, nothing behind its end."""
    scan = 2
    for marker, at, body in _segments(data):
        if marker == APP1:
            return False
        scan = at + len(body)
    return data.find(END_OF_IMAGE, scan) == len(data) - len(END_OF_IMAGE)


def _segments(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Markers up to the first scan, each with the place of what follows its length, and that itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != START_OF_SCAN:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF or marker in STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        yield marker, at + 4, data[at + 4 : at + 2 + length]
        at += 2 + length
