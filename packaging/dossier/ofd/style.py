"""Colours, lines and opacity of an OFD's objects, through their drawing parameters (GB/T 33190-2016, 8.2, 8.3)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.ofd.errors import OfdBroken, OfdUnsafe
from dossier.ofd.paths import figures
from dossier.ofd.structure import OfdPage
from dossier.volumes.pdf import number

_LINE_MM = 0.353  # where nothing says
_CAPS = {"Butt": b"0 J", "Round": b"1 J", "Square": b"2 J"}
_JOINS = {"Miter": b"0 j", "Round": b"1 j", "Bevel": b"2 j"}
_OPERATORS = {1: (b"g", b"G"), 3: (b"rg", b"RG"), 4: (b"k", b"K")}
_BLACK = b"0"


@dataclass(frozen=True)
class Ink:
    """The PDF operators that fill and that draw lines with a colour, and its opacity, 0 to 1."""

    fill: bytes
    stroke: bytes
    alpha: float


class Style:
    """How one object is painted. `unknown`: what of it cannot be painted, in words, for the placeholder sheet."""

    def __init__(self, element: ET.Element, page: OfdPage, layer_param: str | None) -> None:
        """`layer_param`: the identifier of the drawing parameters of its layer. Raises `OfdBroken`, `OfdUnsafe`."""
        self._sources = [element, *_params(element.get("DrawParam"), page), *_params(layer_param, page)]
        self._alpha = one_figure(element, "Alpha", 255.0) / 255
        self.unknown: list[str] = []

    def ink(self, name: str) -> Ink:
        """`name`: FillColor or StrokeColor; black where nothing says. Raises `OfdBroken`."""
        found = next((colour for each in self._sources if (colour := each.find(name)) is not None), None)
        if found is None:
            return _ink([_BLACK], self._alpha)
        alpha = self._alpha * one_figure(found, "Alpha", 255.0) / 255
        value = found.get("Value")
        if value is None:
            self.unknown.append("底纹、渐变或调色板颜色")
            return _ink([_BLACK], 0.0)
        words = value.replace(",", " ").split()
        if len(words) not in _OPERATORS:
            raise OfdBroken(detail=f"{value[:40]!r} is no colour")
        channels = [max(0.0, min(255.0, each)) / 255 for each in figures(words, len(words))]
        return _ink([number(each) for each in channels], alpha)

    def pen(self) -> Iterator[bytes]:
        """The operators for the width and kind of lines. Raises `OfdBroken`."""
        yield number(max(0.0, self._figure("LineWidth", _LINE_MM))) + b" w"
        yield _CAPS.get(self._word("Cap"), _CAPS["Butt"])
        yield _JOINS.get(self._word("Join"), _JOINS["Miter"])
        yield number(max(1.0, self._figure("MiterLimit", 3.528))) + b" M"
        dashes = self._word("DashPattern").split()
        if dashes:
            lengths = [number(max(0.0, each)) for each in figures(dashes, len(dashes))]
            if any(each != _BLACK for each in lengths):
                yield b"[%s] %s d" % (b" ".join(lengths), number(self._figure("DashOffset", 0.0)))

    def _word(self, name: str) -> str:
        return next((value for each in self._sources if (value := each.get(name)) is not None), "")

    def _figure(self, name: str, usual: float) -> float:
        word = self._word(name)
        return figures([word], 1)[0] if word else usual


def one_figure(element: ET.Element, name: str, usual: float) -> float:
    """A number in an attribute. Raises `OfdBroken`."""
    word = element.get(name)
    return usual if word is None else figures([word], 1)[0]


def _ink(channels: list[bytes], alpha: float) -> Ink:
    fill, stroke = _OPERATORS[len(channels)]
    value = b" ".join(channels)
    return Ink(b"%s %s" % (value, fill), b"%s %s" % (value, stroke), alpha)


def _params(identifier: str | None, page: OfdPage) -> list[ET.Element]:
    """The drawing parameters of an object, and those they build on. Raises `OfdUnsafe`."""
    found: dict[str, ET.Element] = {}
    while identifier is not None and identifier in page.resources:
        if identifier in found:
            raise OfdUnsafe(detail=f"the drawing parameters {identifier} build on themselves")
        found[identifier] = page.resources[identifier].element
        identifier = found[identifier].get("Relative")
    return list(found.values())
