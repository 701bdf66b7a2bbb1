"""Where the characters of a text object stand (GB/T 33190-2016, 11.3)."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, repeat

from dossier.ofd.errors import OfdBroken
from dossier.ofd.paths import figures
from dossier.ofd.style import one_figure
from dossier.volumes.overlays import Matrix

_RUN = "g"  # before a count and a value, which stands for that many
_MOST_DELTAS = 1_000_000
_SLANT = 0.21  # of letters set italic, as far as a stand-in leans


@dataclass(frozen=True)
class PlacedCharacter:
    """A character, the glyph it has in its own font if that is told, and the matrix that lays a glyph of size 1, its y
    upwards, into the object."""

    character: str
    index: int | None
    matrix: Matrix


def placed_characters(text: ET.Element, width: Callable[[str, int | None], float]) -> Iterator[PlacedCharacter]:
    """The characters of a text object in their order. `width`: of a character in sizes; asked where the text is silent.

    Raises `OfdBroken`.
    """
    size, stretch = one_figure(text, "Size", 0.0), one_figure(text, "HScale", 1.0)
    turned, reading = (math.radians(one_figure(text, name, 0.0)) for name in ("CharDirection", "ReadDirection"))
    cos, sin = math.cos(turned) * size, math.sin(turned) * size
    lean = _SLANT if text.get("Italic") == "true" else 0.0
    across = (cos * stretch, sin * stretch)
    up = (sin + lean * cos, -cos + lean * sin)
    glyphs, count = _own_glyphs(text), 0
    x = y = 0.0
    for code in text.findall("TextCode"):
        x, y = one_figure(code, "X", x), one_figure(code, "Y", y)
        said = code.text or ""
        rights, downs = (_deltas(code.get(name), len(said)) for name in ("DeltaX", "DeltaY"))
        for place, character in enumerate(said):
            index = glyphs.get(count)
            count += 1
            yield PlacedCharacter(character, index, (*across, *up, x, y))
            if rights is None and downs is None:
                step = width(character, index) * size * stretch
                x, y = x + step * math.cos(reading), y + step * math.sin(reading)
            elif place + 1 < len(said):
                x += rights[place] if rights and place < len(rights) else 0.0
                y += downs[place] if downs and place < len(downs) else 0.0


def _deltas(told: str | None, most: int) -> list[float] | None:
    """The distances between characters, of which `most` are wanted; None where nothing is said."""
    if told is None or not told.strip():
        return None
    words = told.split()
    if len(words) > _MOST_DELTAS:
        raise OfdBroken(detail="a text of too many distances")
    return list(islice(_each_delta(words, most), most))


def _each_delta(words: list[str], most: int) -> Iterator[float]:
    rest = iter(words)
    for word in rest:
        if word != _RUN:
            yield figures([word], 1)[0]
            continue
        count, value = figures(list(islice(rest, 2)), 2)
        yield from repeat(value, min(max(0, int(count)), most))


def _own_glyphs(text: ET.Element) -> dict[int, int]:
    """Which glyph of the font stands for the character at a place in the object (CGTransform)."""
    found: dict[int, int] = {}
    for told in text.findall("CGTransform"):
        first, count = int(one_figure(told, "CodePosition", 0.0)), int(one_figure(told, "CodeCount", 1.0))
        words = (told.findtext("Glyphs") or "").split()[: max(0, count)]
        found.update({first + place: int(index) for place, index in enumerate(figures(words, len(words)))})
    return found
