"""Strike-outs (更正) by a pen or a printer on a drawn page, and what is none: underlines, ruled paper, diagonals, fax
lines, seals over words. Lengths in mm."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from papercase.seals import Seal
from PIL import ImageDraw

from pageset.hand import press_finger, stamp_seal
from pageset.ink import BALL_PEN, GEL_PEN, TONER, Ink
from pageset.plate import Plate, px
from pageset.truth import CharBox, TextLine, box_quad

Points = list[tuple[float, float]]
LEAST_LENGTH, MOST_LENGTH = 3, 9  # characters struck out
PENS = (GEL_PEN, BALL_PEN)
LEAST_BLANK = 15.0


class Stroke(StrEnum):
    """How it is struck out: by one stroke, two, a printed line, or a scribble over two characters."""

    ONE = "one"
    TWO = "two"
    PRINTED = "printed"
    SCRIBBLE = "scribble"


def strike_out(plate: Plate, line: TextLine, how: Stroke, rng: np.random.Generator, *, printed_finger: bool) -> None:
    """Strike out some characters of a line; `printed_finger`: with a print of the person's finger beside them."""
    most = 2 if how is Stroke.SCRIBBLE else min(MOST_LENGTH, len(line.chars) - 2)
    count = int(rng.integers(min(LEAST_LENGTH, most), most + 1))
    first = int(rng.integers(0, len(line.chars) - count + 1))
    left, top, right, bottom = _bounds(line.chars[first : first + count])
    height, ink = bottom - top, TONER if how is Stroke.PRINTED else PENS[int(rng.integers(len(PENS)))]
    middle = top + height * rng.uniform(0.42, 0.58)
    ends = (left - 0.25 * line.em * rng.random(), right + 0.3 * line.em * rng.random())
    for points in _strokes(how, ends, middle, height, rng):
        _draw(plate, points, 0.25 if how is Stroke.PRINTED else rng.uniform(0.3, 0.6), ink)
    plate.mark(how, box_quad(left, top, right, bottom))
    if printed_finger:
        aside = (right - left) / 2 + rng.uniform(-4, 9)
        press_finger(plate, left + aside, middle + rng.uniform(-5, 5), "correction", rng)


def _strokes(
    how: Stroke, ends: tuple[float, float], middle: float, height: float, rng: np.random.Generator
) -> list[Points]:
    if how is Stroke.PRINTED:
        return [[(ends[0], middle), (ends[1], middle)]]
    if how is Stroke.SCRIBBLE:
        turns = int(rng.integers(9, 15))
        across = np.linspace(*ends, turns)
        return [[(float(x), middle + height * (0.45 if n % 2 else -0.45)) for n, x in enumerate(across)]]
    shifts = (0.0,) if how is Stroke.ONE else (-0.14 * height, 0.14 * height)
    return [_by_hand(ends, middle + shift, height, rng) for shift in shifts]


def _by_hand(ends: tuple[float, float], middle: float, height: float, rng: np.random.Generator) -> Points:
    """A stroke that climbs or falls a little and is not quite straight."""
    xs = np.linspace(*ends, 24)
    slope, phase = rng.normal(0, 0.02), rng.uniform(0, 6.28)
    waves = 0.05 * height * np.sin(phase + (xs - ends[0]) / rng.uniform(6, 14))
    return [(float(x), float(middle + slope * (x - sum(ends) / 2) + wave)) for x, wave in zip(xs, waves, strict=True)]


def underline(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    """A filled-in blank: a rule under some characters."""
    left, _, right, bottom = _bounds(line.chars[1:-1])
    low = bottom + rng.uniform(0.05, 0.5)
    plate.rule(left, low, right, low)


def ruled_paper(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    """A rule of the paper under the line, or, where it went in askew, through its lower part."""
    _, top, _, bottom = _bounds(line.chars)
    height = bottom + (bottom - top) * rng.uniform(-0.25, 0.2)
    plate.rule(18.0, height, plate.width - 16.0, height, width=0.15)


def diagonal(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    """What is left of a line crossed out to the margin (以下空白); in a full line nothing."""
    _, top, right, bottom = _bounds(line.chars)
    left, margin = right + rng.uniform(0.5, 4.0), plate.width - 25.0
    if left + LEAST_BLANK < margin:
        _draw(plate, [(left, top), (margin, bottom)], 0.4, GEL_PEN)


def fax_line(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    """A dark line of a dirty sensor or fax, from edge to edge."""
    _, top, _, bottom = _bounds(line.chars)
    height = top + (bottom - top) * rng.random()
    plate.rule(0.0, height, plate.width, height, width=0.12)


def seal_over(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    left, top, right, bottom = _bounds(line.chars)
    stamp_seal(plate, (left + right) / 2, (top + bottom) / 2, Seal("测试市公安局"), rng)


def finger_over(plate: Plate, line: TextLine, rng: np.random.Generator) -> None:
    left, top, right, bottom = _bounds(line.chars)
    press_finger(plate, rng.uniform(left, right), (top + bottom) / 2, "page", rng)


NO_STRIKE_OUTS: tuple[Callable[[Plate, TextLine, np.random.Generator], None], ...] = (
    underline,
    ruled_paper,
    diagonal,
    fax_line,
    seal_over,
    finger_over,
)


def _bounds(chars: tuple[CharBox, ...]) -> tuple[float, float, float, float]:
    points = [point for char in chars for point in char.quad]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _draw(plate: Plate, points: Points, width: float, ink: Ink) -> None:
    draw = ImageDraw.Draw(plate.layer(ink))
    draw.line([(px(x), px(y)) for x, y in points], fill=255, width=px(width), joint="curve")
