"""What a reading engine says about one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ocr.imaging.types import Picture

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]  # clockwise from the top-left of the text, in pixels of the picture read


@dataclass(frozen=True)
class Char:
    text: str
    confidence: float  # 0 to 1
    box: Quad  # around its ink; a space has the room between its neighbours


@dataclass(frozen=True)
class Line:
    text: str
    confidence: float  # 0 to 1
    box: Quad
    chars: tuple[Char, ...] = ()


@dataclass(frozen=True)
class PageText:
    """Lines in reading order, with the engine and the SHA-256 of each model that read them."""

    engine: str
    version: str
    models: Mapping[str, str]
    lines: tuple[Line, ...]


class Engine(Protocol):
    def read(self, picture: Picture, dpi: int) -> PageText:
        """Read one upright picture. Raises `OcrError`."""
        ...
