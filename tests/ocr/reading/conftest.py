"""Pages made of literal lines, as an engine would give them: A4 at 300 dpi."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dossier.profile import load_profile
from ocr.engines.types import Char, Line, PageText, Quad
from ocr.reading import Lexicon, PageReading, read_page

DPI = 300
WIDTH, HEIGHT = 2480, 3508
PX = DPI / 25.4
BODY = 5.6

Placed = tuple[str, float, float] | tuple[str, float, float, float]  # text, left, top, character height in mm
Lay = Callable[[Sequence[Placed]], PageText]
Read = Callable[[Sequence[Placed]], PageReading]


def quad(left: float, top: float, width: float, height: float) -> Quad:
    x0, y0, x1, y1 = (round(value * PX) for value in (left, top, left + width, top + height))
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def line(text: str, left: float, top: float, size: float = BODY, confidence: float = 0.98) -> Line:
    """One line whose characters stand side by side; half-width ones take half the room."""
    chars, x = [], left
    for char in text:
        step = size * (0.5 if ord(char) < 0x2000 else 1.0)
        chars.append(Char(char, confidence, quad(x, top, step, size)))
        x += step
    return Line(text, confidence, quad(left, top, x - left, size), tuple(chars))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_profile().lexicon()


@pytest.fixture(scope="session")
def lay() -> Lay:
    return lambda rows: PageText("test", "1", {}, tuple(line(*row) for row in rows))


@pytest.fixture(scope="session")
def read(lay: Lay, lexicon: Lexicon) -> Read:
    return lambda rows: read_page(lay(rows), WIDTH, HEIGHT, DPI, lexicon)
