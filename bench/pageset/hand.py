"""Handwriting, signatures, fingerprints and seals on a plate; drawn with the sample case's kit."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase import fingerprints, seals
from papercase.handwriting import bend
from papercase.inking import to_coverage
from papercase.units import DPI
from PIL import Image, ImageDraw

from pageset.ink import GEL_PEN, PASTE, SEAL, Ink
from pageset.lettering import PLATE_DPI, Type, Typeface
from pageset.plate import Plate, px
from pageset.truth import Quad, around

MM_TO_PT = 72 / 25.4


def write_hand(
    plate: Plate,
    x: float,
    y: float,
    text: str,
    height: float,
    rng: np.random.Generator,
    *,
    face: Typeface = Typeface.KAI,
    ink: Ink = GEL_PEN,
    wildness: float = 0.5,
    slope_deg: float = 0.0,
) -> Quad:
    """Write by hand from (x, y), the left end of the middle line; `height`: size of a character, mm. Returns its box.

    `wildness`: 0 (print) to 1 (signature). `slope_deg`: how much the line climbs.
    """
    type_ = Type(face, height * MM_TO_PT)
    tightness = rng.uniform(0.86, 0.98)
    quads = []
    for character in text:
        step = height * (0.58 if character.isascii() else 1.0) * tightness * (1 + rng.normal(0, 0.04))
        if not character.isspace():
            shape = bend(_glyph(character, type_), rng, px(height), 0.5 * slope_deg, wildness)
            jitter = rng.normal(0, 0.03) * height
            quads.append(plate.stamp(x + step / 2, y + jitter, to_coverage(shape), ink))
        x += step
        y -= step * np.tan(np.radians(slope_deg))
    plate.hand_line(text, quads, height)
    return around(quads)


def _glyph(character: str, type_: Type) -> NDArray[np.float32]:
    """The character in the middle of a square of 1.5 sizes, 0 to 1."""
    side = round(px(type_.em) * 1.5)
    picture = Image.new("L", (side, side), 0)
    ImageDraw.Draw(picture).text((side / 2, side / 2), character, fill=255, font=type_.font, anchor="mm")
    return np.asarray(picture, np.float32) / np.float32(255)


def sign(
    plate: Plate,
    x: float,
    y: float,
    name: str,
    rng: np.random.Generator,
    *,
    face: Typeface = Typeface.KAI,
    ink: Ink = GEL_PEN,
) -> None:
    """A signature (签名) from (x, y), its middle left."""
    slope = rng.uniform(1.0, 6.0)
    plate.mark("signature", write_hand(plate, x, y, name, 9.0, rng, face=face, ink=ink, wildness=1.0, slope_deg=slope))


def press_finger(plate: Plate, x: float, y: float, person: str, rng: np.random.Generator, *, ink: Ink = PASTE) -> None:
    """A fingerprint (指印) with its centre at (x, y)."""
    coverage = fingerprints.impression(person, rng, rng.uniform(-35, 35))
    plate.mark("fingerprint", plate.stamp(x, y, _at_plate(coverage), ink))


def stamp_seal(
    plate: Plate, x: float, y: float, seal: seals.Seal, rng: np.random.Generator, *, ink: Ink = SEAL
) -> None:
    """A round seal (印章) with its centre at (x, y)."""
    plate.mark("seal", plate.stamp(x, y, _at_plate(seals.impression(seal, rng)), ink))


def _at_plate(coverage: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """From the kit's resolution to the plate's."""
    scale = PLATE_DPI / DPI
    return np.asarray(cv2.resize(coverage, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
