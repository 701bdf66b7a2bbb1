"""Round red seals (印章): ring, unit name along the upper arc, 演示 in the centre. Never the national emblem."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from papercase.fonts import Typeface, load
from papercase.inking import Field, smooth_field, to_coverage
from papercase.randomness import stream
from papercase.sheet import Ink, Sheet
from papercase.truth import Line
from papercase.units import PX_PER_MM, px

OVERSAMPLING = 2
CENTRE_WORD = "演示"


@dataclass(frozen=True)
class Seal:
    """A seal: the name along its arc, special words on the chord below, diameter in mm."""

    name: str
    chord: str = ""
    diameter: float = 42.0


def lettering(seal: Seal) -> Field:
    """The clean face of the seal, 0 to 1, oversampled."""
    scale = PX_PER_MM * OVERSAMPLING
    side = round((seal.diameter + 2) * scale)
    middle = side / 2
    picture = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(picture)
    outer = seal.diameter / 2 * scale
    draw.ellipse(
        (middle - outer, middle - outer, middle + outer, middle + outer), outline=255, width=round(1.15 * scale)
    )
    arc_letters(picture, seal.name, middle, seal.diameter, scale)
    centre = load(Typeface.SONG_BOLD, 8.2 * scale)
    draw.text((middle, middle - 0.5 * scale), CENTRE_WORD, fill=255, font=centre, anchor="mm")
    if seal.chord:
        below = load(Typeface.SONG_BOLD, 4.2 * scale)
        draw.text((middle, middle + 0.30 * seal.diameter * scale), seal.chord, fill=255, font=below, anchor="mm")
    return np.asarray(picture, dtype=np.float32) / 255.0


def arc_letters(picture: Image.Image, name: str, middle: float, diameter: float, scale: float) -> None:
    """Set the name along the upper arc, feet to the centre, narrower when it is long."""
    span = np.radians(min(252.0, 20.0 * len(name)))
    radius = (diameter / 2 - 1.15 - 1.1 - 2.7) * scale
    height = 5.2 * scale
    width = min(0.80 * height, 0.90 * radius * span / len(name))
    font = load(Typeface.SONG_BOLD, height)
    for index, character in enumerate(name):
        angle = span * ((index + 0.5) / len(name) - 0.5)
        tile = Image.new("L", (round(height * 1.2), round(height * 1.2)), 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), character, fill=255, font=font, anchor="mm")
        tile = tile.resize((round(tile.width * width / height), tile.height), Image.Resampling.LANCZOS)
        turned = tile.rotate(-np.degrees(angle), resample=Image.Resampling.BICUBIC, expand=True)
        x = middle + radius * np.sin(angle) - turned.width / 2
        y = middle - radius * np.cos(angle) - turned.height / 2
        picture.paste(255, (round(x), round(y)), turned)


def impression(seal: Seal, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One stamping of the seal: turned a little, unevenly inked, with holes where the paper is rough."""
    clean = lettering(seal)
    side = clean.shape[0]
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), rng.uniform(-7, 7), 1.0)
    turned = cv2.warpAffine(clean, matrix, (side, side))
    small = side // OVERSAMPLING
    reduced = np.asarray(cv2.resize(turned, (small, small), interpolation=cv2.INTER_AREA), dtype=np.float32)
    inking = 0.80 + 0.16 * smooth_field(rng, small, small, small / 3) + 0.10 * smooth_field(rng, small, small, 9)
    grain = smooth_field(rng, small, small, 2.2)
    return to_coverage(reduced * np.clip(inking, 0.45, 0.94) * np.where(grain > 0.95, 0.35, 1.0).astype(np.float32))


def stamp_seal(sheet: Sheet, x: float, y: float, seal: Seal) -> None:
    """Press the seal with its centre at (x, y) mm; its words and its box enter the truth."""
    coverage = impression(seal, stream(sheet.key, "seal", seal.name, f"{x:.1f}", f"{y:.1f}"))
    side = coverage.shape[0]
    box = sheet.stamp(Ink.SEAL, px(x) - side // 2, px(y) - side // 2, coverage)
    sheet.mark("seal", box)
    for words in filter(None, (seal.name, CENTRE_WORD, seal.chord)):
        sheet.truth.lines.append(Line(words, box, "seal"))
