"""Typesetting on a plate: paragraphs, tables of cells, signature lines."""

from __future__ import annotations

from collections.abc import Sequence

from pageset.ink import Ink
from pageset.lettering import Type
from pageset.plate import Plate

NEVER_FIRST = "，。、；：？！）》〉」』”’%"


def broken(text: str, type_: Type, width: float, indent: float) -> list[str]:
    """The text in lines of at most `width` mm, the first one shorter by `indent`; a closing mark may overhang."""
    lines, current, room = [], "", width - indent
    for character in text:
        if current and type_.advance(current + character) > room and character not in NEVER_FIRST:
            lines.append(current)
            current, room = "", width
        current += character
    return [*lines, current] if current else lines


def paragraph(
    plate: Plate,
    text: str,
    type_: Type,
    left: float,
    right: float,
    y: float,
    pitch: float,
    *,
    bottom: float = 272.0,
    ruled: Ink | None = None,
    indent_ems: float = 2.0,
) -> float:
    """Set a paragraph between `left` and `right` mm from `y` on; what would pass `bottom` is left out.

    `ruled` underlines every line over the full width. Returns the y below its last line.
    """
    indent = indent_ems * type_.em
    for number, line in enumerate(broken(text, type_, right - left, indent)):
        if y + type_.em > bottom:
            break
        plate.write(left + (indent if number == 0 else 0.0), y, line, type_)
        if ruled is not None:
            base = y + type_.em * 1.12
            plate.rule(left, base, right, base, width=0.15, ink=ruled)
        y += pitch
    return y


def grid(plate: Plate, xs: Sequence[float], ys: Sequence[float], ink: Ink, *, width: float = 0.25) -> None:
    """The rules of a table with these columns and rows."""
    for x in xs:
        plate.rule(x, ys[0], x, ys[-1], width=width, ink=ink)
    for y in ys:
        plate.rule(xs[0], y, xs[-1], y, width=width, ink=ink)


def cell(plate: Plate, text: str, type_: Type, box: tuple[float, float, float, float], *, middle: bool = True) -> None:
    """Set a text in a cell (left, top, right, bottom), broken to its width, in its middle or from its top left."""
    left, top, right, bottom = box
    lines = broken(text, type_, right - left - 2.4, 0.0)
    pitch = type_.em * 1.3
    y = (top + bottom - pitch * len(lines) + 0.3 * type_.em) / 2 if middle else top + 1.5
    for line in lines:
        if y + type_.em > bottom:
            return
        x = (left + right - type_.advance(line)) / 2 if middle else left + 1.2
        plate.write(x, y, line, type_)
        y += pitch
