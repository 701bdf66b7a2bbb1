"""Which characters of a recognised line go into the text layer, and so what every reader must give back."""

from __future__ import annotations

import unicodedata

from dossier.model import Face
from ocr.engines.types import Line, Quad

_NOT_PRINTED = {"Cc", "Cf", "Cs"}
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)


def layer_text(text: str) -> str:
    """Return what the text layer carries of `text`: possibly nothing.

    Any white space, U+3000 too, becomes one plain space (readers do not match U+3000 with a typed space, and two
    spaces in a row make poppler see columns); controls, format characters and noncharacters go.
    """
    spaced = "".join(" " if c.isspace() else c for c in text)
    return " ".join("".join(filter(_is_printed, spaced)).split())


def expected_text(face: Face) -> list[str]:
    """Return the lines a reader must give for a face, in order, without white space; empty lines are left out.

    Readers may run lines of one row of a table together, so compare them joined. Scripts written from the right come
    back in each reader's own order.
    """
    return [text for line in face.lines if (text := "".join(layer_text(line.text).split()))]


def is_full_width(character: str) -> bool:
    """Say whether a character takes a whole em square; Latin, digits and the middle dot of names take half."""
    if ord(character) in _IDEOGRAPHIC_PLANES:  # newer ones are unknown to unicodedata
        return True
    return ord(character) > 0x2000 and unicodedata.east_asian_width(character) in "WFA"


def character_centres(line: Line) -> list[tuple[float, float] | None] | None:
    """Return the centre (x, y) in pixels of each character of `layer_text(line.text)`, None for spaces.

    Returns None when the engine's characters are not those of the line.
    """
    read = [char for char in line.chars if layer_text(char.text)]
    text = layer_text(line.text)
    if [char.text for char in read] != [c for c in text if c != " "]:
        return None
    boxes = iter(read)
    return [None if c == " " else _centre(next(boxes).box) for c in text]


def _is_printed(character: str) -> bool:
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or code in range(0xFDD0, 0xFDF0)
    return not noncharacter and unicodedata.category(character) not in _NOT_PRINTED


def _centre(box: Quad) -> tuple[float, float]:
    return sum(x for x, _ in box) / len(box), sum(y for _, y in box) / len(box)
