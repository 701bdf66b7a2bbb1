"""Handwriting: a Kai typeface bent, sloped and inked unevenly, one hand a person."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from papercase.fonts import Typeface, load, require
from papercase.inking import Field, smooth_field, soft_threshold, to_coverage
from papercase.randomness import stream
from papercase.sheet import Ink, Sheet
from papercase.truth import Line
from papercase.units import Box, px


def glyph(character: str, size: int) -> Field:
    """The character in the middle of a square of 1.5 sizes, 0 to 1."""
    side = round(size * 1.5)
    picture = Image.new("L", (side, side), 0)
    font = load(Typeface.KAI, float(size))
    ImageDraw.Draw(picture).text((side / 2, side / 2), character, fill=255, font=font, anchor="mm")
    return np.asarray(picture, dtype=np.float32) / 255.0


def bend(shape: Field, rng: np.random.Generator, size: int, turn: float, wildness: float) -> Field:
    """Turn, shear, scale and warp one character. `turn` in degrees counter-clockwise; `wildness` 0 (print) to 1."""
    side = shape.shape[0]
    middle = side / 2
    shear = rng.normal(0.06, 0.08) * wildness
    stretch = 1 + rng.normal(0, 0.07) * wildness
    matrix = cv2.getRotationMatrix2D((middle, middle), turn + rng.normal(0, 3.0) * wildness, stretch)
    matrix[0] -= shear * matrix[1]
    matrix[0, 2] += shear * middle
    grid_x, grid_y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    throw = 0.055 * size * wildness
    warped = cv2.remap(
        cv2.warpAffine(shape, matrix, (side, side)),
        grid_x + throw * smooth_field(rng, side, side, side / 3),
        grid_y + throw * smooth_field(rng, side, side, side / 3),
        cv2.INTER_LINEAR,
    )
    soft = cv2.GaussianBlur(warped, (0, 0), 0.016 * size)
    pressure = 0.42 + 0.14 * smooth_field(rng, side, side, side / 4)
    return soft_threshold(np.asarray(soft, dtype=np.float32), pressure, 4.0)


def write_hand(
    sheet: Sheet,
    x: float,
    y: float,
    text: str,
    height: float,
    person: str,
    *,
    wildness: float = 0.6,
    kind: str = "hand",
) -> Box:
    """Write `text` by hand; (x, y) is the left end of its middle line in mm, `height` the size of a character in mm.

    Returns the box of the ink in pixels.
    """
    require(text, Typeface.KAI)
    habit = stream("hand", person)
    tightness = habit.uniform(0.84, 0.98)
    level = np.degrees(np.arctan(0.8 / max(1, len(text))))  # a long line is held along the ruling
    slope = min(habit.uniform(2.0, 6.5), level)
    rng = stream(sheet.key, "hand", person, text, f"{x:.1f}", f"{y:.1f}")
    size = px(height)
    left, middle = float(px(x)), float(px(y))
    boxes = []
    for character in text:
        wide = 0.58 if character.isascii() else 1.0
        step = size * wide * tightness * (1 + rng.normal(0, 0.04))
        if not character.isspace():
            shape = to_coverage(bend(glyph(character, size), rng, size, slope * 0.5, wildness))
            side = shape.shape[0]
            top = round(middle - side / 2 + rng.normal(0, 0.03) * size)
            boxes.append(sheet.stamp(Ink.PEN, round(left + step / 2 - side / 2), top, shape))
        left += step
        middle -= step * np.tan(np.radians(slope))
    box = around(boxes)
    sheet.truth.lines.append(Line(text.strip(), box, kind))
    return box


def sign(sheet: Sheet, x: float, y: float, name: str, *, height: float = 9.5) -> Box:
    """A person's signature (签名), wilder than other handwriting; also entered as a mark."""
    box = write_hand(sheet, x, y, name, height, name, wildness=1.0)
    sheet.mark("signature", box)
    return box


def around(boxes: list[Box]) -> Box:
    """The box around boxes."""
    corners: NDArray[np.int64] = np.array([(x, y, x + w, y + h) for x, y, w, h in boxes])
    left, top = corners[:, :2].min(axis=0)
    right, bottom = corners[:, 2:].max(axis=0)
    return int(left), int(top), int(right - left), int(bottom - top)
