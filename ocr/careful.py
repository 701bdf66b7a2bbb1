"""Names, identity numbers and document numbers (姓名、身份证号、文号) are put to a second engine.

Where it is sure of what it sees and sees something else, the characters are a doubt for the clerk, never a correction.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocr.engines.recognise import crop_line
from ocr.engines.types import Engine, Line, PageText, Quad
from ocr.errors import EngineFailed, EngineTooSlow
from ocr.imaging.types import Picture
from ocr.reading.id_number import birth_date, check_digit_ok
from ocr.reading.text import bounds
from ocr.reading.types import Field, PageReading
from ocr.text import comparable

DISPUTED = 0.5  # most a character is trusted that the engines read differently; below every cut for asking
SURE = 0.7  # a line the second engine is less sure of says nothing: it misreads every sixth character of a marked page
STRIP_MARGIN = 20  # px of paper around each line shown to the second engine
_HAN = re.compile(r"[一-龥]+")
_DIGITS = re.compile(r"\d+")

log = logging.getLogger(__name__)


def doubt_disputed(text: PageText, reading: PageReading, picture: Picture, dpi: int, second: Engine) -> PageText:
    """The same text with less trust in the names and document numbers that `second` reads otherwise.

    Identity numbers are not put to it: they prove themselves by their check digit, or are asked anyway. The second
    engine's models are named among the text's. When it fails nothing is disputed, and its models are not named.
    """
    fields = [(place, field) for field in _checkable(reading) if (place := line_of(text, field.box)) is not None]
    places = sorted({place for place, _ in fields})
    if not places:
        return text
    strips, rows = stacked([text.lines[place].box for place in places], picture)
    try:
        seen = second.read(strips, dpi)
    except (EngineFailed, EngineTooSlow) as fault:
        log.warning("no second reading: %s", fault)
        return text
    words = {place: sure_words(seen.lines, top, bottom) for place, (top, bottom) in zip(places, rows, strict=True)}
    disputed = [(place, field) for place, field in fields if words[place] and not agrees(field.raw, words[place])]
    lines = list(text.lines)
    for place, field in disputed:
        lines[place] = less_trusted(lines[place], _places(lines[place], field.raw))
    return replace(text, lines=tuple(lines), models={**text.models, **seen.models})


def careful_fields(reading: PageReading) -> tuple[Field, ...]:
    return (*([reading.number] if reading.number else []), *reading.persons, *reading.id_numbers)


def line_of(text: PageText, box: tuple[int, int, int, int]) -> int | None:
    """Index of the line in which the middle of a box lies."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    for place, line in enumerate(text.lines):
        left, top, right, bottom = bounds(line.box)
        if left <= x <= right and top <= y <= bottom:
            return place
    return None


def agrees(raw: str, words: str) -> bool:
    """Whether a second reading holds the same: of a number its groups of digits in order, of a name its characters.

    Brackets and the characters around a number are what the second engine misreads most, and say the least.
    """
    groups = _DIGITS.findall(comparable(raw)) or _HAN.findall(raw)
    return re.search(r".*?".join(map(re.escape, groups)), comparable(words)) is not None


def stacked(quads: Sequence[Quad], picture: Picture) -> tuple[Picture, list[tuple[int, int]]]:
    """The lines cut out, one below the other on white, and the first and last row of each."""
    crops = [crop_line(picture, np.asarray(quad, np.float32)) for quad in quads]
    width = max(crop.shape[1] for crop in crops)
    strips, rows, top = [], [], 0
    for crop in crops:
        right, white = STRIP_MARGIN + width - crop.shape[1], (255, 255, 255)
        strip = cv2.copyMakeBorder(
            crop, STRIP_MARGIN, STRIP_MARGIN, STRIP_MARGIN, right, cv2.BORDER_CONSTANT, value=white
        )
        strips.append(np.asarray(strip, np.uint8))
        rows.append((top, top + strip.shape[0]))
        top += strip.shape[0]
    return np.concatenate(strips), rows


def _checkable(reading: PageReading) -> list[Field]:
    return [field for field in careful_fields(reading) if not _proves_itself(field.value)]


def _proves_itself(value: str) -> bool:
    return len(value) == 18 and check_digit_ok(value) and birth_date(value) is not None


def sure_words(lines: Sequence[Line], top: int, bottom: int) -> str:
    """What a sure engine reads between two rows; nothing when it is not sure of all of it."""
    within = [line for line in lines if top <= (line.box[0][1] + line.box[2][1]) / 2 < bottom]
    return "".join(line.text for line in within) if all(line.confidence >= SURE for line in within) else ""


def less_trusted(line: Line, disputed: Container[int]) -> Line:
    """The line with the characters at these places at most as sure as `DISPUTED`."""
    chars = tuple(
        replace(char, confidence=min(char.confidence, DISPUTED)) if place in disputed else char
        for place, char in enumerate(line.chars)
    )
    weakest = min((char.confidence for char in chars), default=DISPUTED)
    return replace(line, chars=chars, confidence=min(line.confidence, weakest))


def _places(line: Line, raw: str) -> range:
    """Where `raw` stands in the line; all of it when it does not stand in this line alone."""
    start = line.text.find(raw)
    return range(len(line.chars)) if start < 0 else range(start, start + len(raw))
