"""Drawn pages kept as PNG between runs of the benchmarks; drawn anew as soon as the drawing changes."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from pageset.page import Picture, draw
from pageset.style import Style

SOURCES = Path(__file__).with_name("pageset")


def kept(folder: Path, style: Style, seed: int, *, dpi: int = 300, skew_deg: float = 0.0, turn: int = 0) -> Path:
    """The PNG of a drawn page, drawn when it is not there yet; arguments as for `draw`."""
    path = folder / _version() / f"{style.name}-{seed}-{dpi}-{skew_deg:.4f}-{turn}.png"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = draw(style, seed, dpi=dpi, skew_deg=skew_deg, turn=turn).picture
        part = path.with_suffix(f".{os.getpid()}.part.png")
        cv2.imwrite(str(part), picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        part.rename(path)
    return path


def load(path: Path) -> Picture:
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)


@cache
def _version() -> str:
    files = sorted(path for path in SOURCES.rglob("*.py") if not path.name.startswith(("mark", "camera")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
