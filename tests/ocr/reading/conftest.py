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
BODY, TITLE = 5.6, 7.8  # heights of characters in mm: 16 and 22 pt

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


def centred(text: str, top: float, size: float = TITLE) -> Placed:
    width = sum(size * (0.5 if ord(char) < 0x2000 else 1.0) for char in text)
    return text, 105.0 - width / 2, top, size


def prose(text: str, top: float, *, left: float = 26.0, chars: int = 28, pitch: float = 9.0) -> list[Placed]:
    """A paragraph with the usual indent of two characters."""
    rows: list[Placed] = [(text[: chars - 2], left + 2 * BODY, top)]
    rest = text[chars - 2 :]
    rows += [(rest[i : i + chars], left, top + pitch * (1 + i // chars)) for i in range(0, len(rest), chars)]
    return rows


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_profile().lexicon()


@pytest.fixture(scope="session")
def lay() -> Lay:
    return lambda rows: PageText("test", "1", {}, tuple(line(*row) for row in rows))


@pytest.fixture(scope="session")
def read(lay: Lay, lexicon: Lexicon) -> Read:
    return lambda rows: read_page(lay(rows), WIDTH, HEIGHT, DPI, lexicon)
