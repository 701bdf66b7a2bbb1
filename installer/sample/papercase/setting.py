"""Typesetting: paragraphs with Chinese line-breaking rules (避头尾), filled blanks, table cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papercase.errors import TextTooLong
from papercase.fonts import Type
from papercase.sheet import Sheet

NEVER_FIRST = set("，。、；：？！）》〉」』”’…％%")
NEVER_LAST = set("（《〈「『“‘")
INSIDE_WORDS = "·"  # as in number plates
FILL_OPEN, FILL_CLOSE = "‹", "›"  # around what was typed into a blank: underlined, not printed themselves


@dataclass(frozen=True)
class SetLine:
    """One line of a paragraph: what stands in it and which part is underlined (character ranges)."""

    text: str
    fills: tuple[tuple[int, int], ...]
    first: bool
    last: bool


def units(text: str) -> list[str]:
    """Split into what must not be broken: single Chinese characters, runs of letters and digits."""
    parts: list[str] = []
    run = ""
    for character in text:
        if character in INSIDE_WORDS or (character.isascii() and not character.isspace()):
            run += character
            continue
        if run:
            parts.append(run)
            run = ""
        parts.append(character)
    if run:
        parts.append(run)
    return parts


def break_lines(text: str, type_: Type, width: float, indent: float) -> list[SetLine]:
    """Break a paragraph into lines of `width` mm, the first one indented by `indent` mm.

    A closing mark may overhang by one character: the line is then set tighter.
    """
    lines: list[tuple[str, list[bool]]] = []
    current = ""
    filled: list[bool] = []
    filling = False
    room = width - indent
    for unit in units(text):
        if unit in (FILL_OPEN, FILL_CLOSE):
            filling = unit == FILL_OPEN
            continue
        if type_.advance(current + unit) > room + 0.01 and current and unit not in NEVER_FIRST:
            carry = ""
            while current and current[-1] in NEVER_LAST:
                carry, current = current[-1] + carry, current[:-1]
            carried = filled[len(current) :]
            lines.append((current, filled[: len(current)]))
            current, filled = carry, carried
            room = width
        current += unit
        filled.extend([filling] * len(unit))
    lines.append((current, filled))
    count = len(lines)
    return [SetLine(t, ranges(f), i == 0, i == count - 1) for i, (t, f) in enumerate(lines)]


def ranges(flags: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Runs of True as (start, end)."""
    found: list[tuple[int, int]] = []
    start = -1
    for index, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = index
        elif not flag and start >= 0:
            found.append((start, index))
            start = -1
    return tuple(found)


def paragraph(
    sheet: Sheet, x: float, y: float, width: float, text: str, type_: Type, pitch: float, *, indent_em: float = 2.0
) -> float:
    """Set a justified paragraph; returns the y of the line after it, in mm."""
    indent = indent_em * type_.em
    for line in break_lines(text, type_, width, indent):
        set_line(sheet, x, y, width, line, type_, indent if line.first else 0.0)
        y += pitch
    return y


def set_line(sheet: Sheet, x: float, y: float, width: float, line: SetLine, type_: Type, indent: float) -> None:
    """Set one line of a paragraph, spread (or tightened) to the full width unless it is the last one."""
    natural = type_.advance(line.text)
    spare = width - indent - natural
    gaps = max(1, len(line.text) - 1)
    tracking = 0.0 if line.last and spare > 0 else min(spare / gaps, 0.25 * type_.em)
    sheet.write(x + indent, y, line.text, type_, tracking=tracking)
    for start, end in line.fills:
        left = x + indent + type_.advance(line.text[:start]) + tracking * start
        right = x + indent + type_.advance(line.text[:end]) + tracking * end
        sheet.rule(left, y + 1.14 * type_.em, right, y + 1.14 * type_.em, width=0.2)


@dataclass(frozen=True)
class Cell:
    """A table cell: width in mm, text, centred or flush left."""

    width: float
    text: str = ""
    left: bool = False


def row(sheet: Sheet, x: float, y: float, height: float, cells: Iterable[Cell], type_: Type) -> float:
    """Draw one row of a table; returns the y below it. Raises TextTooLong."""
    for cell in cells:
        draw_cell(sheet, x, y, height, cell, type_)
        x += cell.width
    return y + height


def draw_cell(sheet: Sheet, x: float, y: float, height: float, cell: Cell, type_: Type) -> None:
    """One cell with its frame; the text stands in the middle of the height. Raises TextTooLong."""
    sheet.frame(x, y, cell.width, height)
    if not cell.text:
        return
    inset = 1.8
    pitch = 1.35 * type_.em
    lines = break_lines(cell.text, type_, cell.width - 2 * inset, 0.0)
    block = pitch * (len(lines) - 1) + type_.em
    if block > height - 1.0:
        raise TextTooLong(text=cell.text, room=f"a cell of {cell.width:.0f} x {height:.0f} mm")
    top = y + (height - block) / 2
    for index, line in enumerate(lines):
        slack = cell.width - 2 * inset - type_.advance(line.text)
        indent = 0.0 if cell.left else max(0.0, slack / 2)
        squeeze = min(0.0, slack / max(1, len(line.text)))  # a closing mark overhangs: set tighter
        sheet.write(x + inset + indent, top + index * pitch, line.text, type_, tracking=squeeze)
