"""Pages made of literal lines, as an engine would give them: A4 at 300 dpi."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dossier.profile import load_profile
from ocr.engines.types import Char, Line, PageText, Quad
from ocr.reading import Lexicon, PageReading, read_page
from tests.ocr.reading.papers import BODY, Placed, width

DPI = 300
WIDTH, HEIGHT = 2480, 3508
PX = DPI / 25.4

Lay = Callable[[Sequence[Placed]], PageText]
Read = Callable[[Sequence[Placed]], PageReading]


def quad(left: float, top: float, wide: float, high: float) -> Quad:
    x0, y0, x1, y1 = (round(value * PX) for value in (left, top, left + wide, top + high))
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def line(text: str, left: float, top: float, size: float = BODY, confidence: float = 0.98) -> Line:
    """One line whose characters stand side by side."""
    chars = tuple(
        Char(char, confidence, quad(left + width(text[:place], size), top, width(char, size), size))
        for place, char in enumerate(text)
    )
    return Line(text, confidence, quad(left, top, width(text, size), size), chars)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_profile().lexicon()


@pytest.fixture(scope="session")
def lay() -> Lay:
    return lambda rows: PageText("test", "1", {}, tuple(line(*row) for row in rows))


@pytest.fixture(scope="session")
def read(lay: Lay, lexicon: Lexicon) -> Read:
    return lambda rows: read_page(lay(rows), WIDTH, HEIGHT, DPI, lexicon)
