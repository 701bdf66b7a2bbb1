"""Blank faces, and faces with the one faint thing that must not be thrown away with them."""

from __future__ import annotations

import numpy as np
from papercase.seals import Seal

from pageset import world
from pageset.hand import press_finger, sign, stamp_seal
from pageset.ink import BALL_PEN, GEL_PEN, PASTE, SEAL, Ink
from pageset.lettering import PX_PER_MM, Type
from pageset.plate import Plate
from pageset.setting import broken
from pageset.style import Look

HOLE = Ink(0.07, 0.07, 0.08, 0.0)
DIRT = Ink(0.55, 0.52, 0.48, 0.0)


def blank(look: Look, _rng: np.random.Generator) -> Plate:
    """Nothing."""
    return Plate(ink=look.ink)


def punched(look: Look, rng: np.random.Generator) -> Plate:
    """Three binding holes, 100 mm apart, 12 to 16 mm from the left or right edge, dark where the lid is seen."""
    plate, radius = Plate(ink=look.ink), float(rng.uniform(2.3, 3.2))
    x = float(rng.uniform(12, 16))
    x = x if rng.random() < 0.5 else plate.width - x
    for step in (-1, 0, 1):
        plate.stamp(x, plate.height / 2 + 100 * step, _disc(radius), HOLE)
    return plate


def dusty(look: Look, rng: np.random.Generator) -> Plate:
    """Two to five specks of dust or paper fibre, 0.1 to 0.25 mm across."""
    plate = Plate(ink=look.ink)
    for _ in range(int(rng.integers(2, 6))):
        x, y = rng.uniform(15, plate.width - 15), rng.uniform(15, plate.height - 15)
        plate.stamp(float(x), float(y), _disc(float(rng.uniform(0.05, 0.125))), DIRT)
    return plate


def full_back(look: Look, rng: np.random.Generator) -> Plate:
    """A full page of print, as it stands on the other face of a thin sheet; ink goes through well."""
    bleeding = Ink(look.ink.red, look.ink.green, look.ink.blue, float(rng.uniform(0.06, 0.14)))
    plate, body = Plate(ink=bleeding), Type(look.body, look.points)
    y = look.top
    while y < 265:
        for line in broken(world.paragraph(rng, 4), body, plate.width - look.left - look.right, 0.0):
            if y < 265:
                plate.write(look.left, y, line, body)
            y += look.pitch * body.em
    stamp_seal(plate, 150, 230, Seal(world.POLICE), rng, ink=Ink(SEAL.red, SEAL.green, SEAL.blue, 0.10))
    return plate


def faint_seal(look: Look, rng: np.random.Generator) -> Plate:
    """A seal stamped nearly dry: 10 to 30 % of its ink."""
    plate = Plate(ink=look.ink)
    ink = SEAL.diluted(float(rng.uniform(0.10, 0.30)))
    stamp_seal(plate, rng.uniform(40, 170), rng.uniform(40, 250), Seal(str(rng.choice(world.OFFICES))), rng, ink=ink)
    return plate


def faint_print(look: Look, rng: np.random.Generator) -> Plate:
    """A fingerprint with 15 to 40 % of its paste."""
    plate = Plate(ink=look.ink)
    ink = PASTE.diluted(float(rng.uniform(0.15, 0.40)))
    press_finger(plate, rng.uniform(25, 185), rng.uniform(30, 265), world.person(rng), rng, ink=ink)
    return plate


def faint_signature(look: Look, rng: np.random.Generator) -> Plate:
    """A name in a pen that runs dry: 25 to 50 % of its ink."""
    plate = Plate(ink=look.ink)
    pen = BALL_PEN if rng.random() < 0.5 else GEL_PEN
    ink = pen.diluted(float(rng.uniform(0.25, 0.50)))
    sign(plate, rng.uniform(25, 150), rng.uniform(40, 265), world.person(rng), rng, face=look.hand, ink=ink)
    return plate


def page_number(look: Look, rng: np.random.Generator) -> Plate:
    """A lone page number, stamped at a corner or printed at the foot."""
    plate, type_ = Plate(ink=look.ink), Type(look.body, float(rng.uniform(9, 12)))
    number = str(rng.integers(1, 300))
    place = rng.integers(3)
    if place == 0:
        plate.write(188, 12, number, type_)
    elif place == 1:
        plate.write(14, 12, number, type_)
    else:
        plate.centred(282, f"- {number} -", type_)
    return plate


def _disc(radius_mm: float) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A filled circle with a soft rim, at the plate's resolution."""
    radius = radius_mm * PX_PER_MM
    reach = int(np.ceil(radius)) + 1
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return np.asarray(np.clip(radius - np.hypot(rows, columns) + 0.5, 0, 1) * 255, np.uint8)
