"""How seals, prints and hands look and how they are scanned, for tuning and held out."""

from __future__ import annotations

from dataclasses import dataclass

from pageset.ink import BALL_PEN, GEL_PEN, PASTE, RED, SEAL, Ink
from pageset.lettering import Typeface

Range = tuple[float, float]


@dataclass(frozen=True)
class Scanner:
    """A scanner's faults; each page draws its own values from the ranges. Lengths in pixels of 300 dpi."""

    crosstalk: float = 0.0  # largest share of one channel in another
    gain: float = 0.0  # largest departure of a channel's gain from 1: the colour cast
    gamma: Range = (1.0, 1.0)
    misregistration: float = 0.0  # largest shift of red and blue against green
    blur: Range = (0.5, 0.7)
    noise: float = 2.0  # standard deviation, of 255
    jpeg: tuple[int, int] = (85, 92)


@dataclass(frozen=True)
class MarkStyle:
    """Everything that makes one style differ from another. Lengths in mm."""

    name: str
    text: Typeface
    head: Typeface
    seal: Typeface
    hand: Typeface  # PEN as it is; KAI is bent until it looks written
    seal_inks: tuple[Ink, ...]
    pens: tuple[Ink, ...]
    paste: Ink
    red: Ink  # red heads and red pens
    paper: tuple[float, float, float]  # reflectance of red, green, blue
    stain: float  # depth of brown stains, 0 none
    centre: str  # of a round seal: star, word, rosette
    rim: Range
    double_rim: bool
    round_mm: tuple[float, ...]
    oval_mm: tuple[tuple[float, float], ...]
    square_mm: tuple[float, ...]
    strength: Range  # of a good impression
    faint: Range  # of a faint one
    bare: float  # largest share of an impression without ink
    turn_deg: float
    grown_prints: bool  # ridges grown by filters; else drawn as bent rings
    scanner: Scanner


ORANGE = Ink(0.88, 0.24, 0.12, 0.05)
MAGENTA = Ink(0.74, 0.10, 0.30, 0.06)
BRICK = Ink(0.70, 0.20, 0.16, 0.05)
CRIMSON = Ink(0.66, 0.07, 0.14, 0.07)
BLUE_PEN = Ink(0.12, 0.18, 0.52, 0.03)

TUNING = (
    MarkStyle(
        name="office",
        text=Typeface.SONG,
        head=Typeface.SONG_BOLD,
        seal=Typeface.SONG_BOLD,
        hand=Typeface.PEN,
        seal_inks=(SEAL, RED),
        pens=(GEL_PEN, BALL_PEN),
        paste=PASTE,
        red=RED,
        paper=(0.972, 0.966, 0.948),
        stain=0.0,
        centre="star",
        rim=(0.9, 1.2),
        double_rim=False,
        round_mm=(38.0, 42.0),
        oval_mm=((45.0, 30.0),),
        square_mm=(16.0, 20.0),
        strength=(0.7, 0.95),
        faint=(0.22, 0.32),
        bare=0.10,
        turn_deg=8.0,
        grown_prints=False,
        scanner=Scanner(0.01, 0.02, (0.95, 1.05), 0.4),
    ),
    MarkStyle(
        name="archive",
        text=Typeface.MING,
        head=Typeface.HEI_BOLD,
        seal=Typeface.SONG_BLACK,
        hand=Typeface.PEN,
        seal_inks=(CRIMSON, SEAL),
        pens=(GEL_PEN,),
        paste=CRIMSON,
        red=RED,
        paper=(0.93, 0.90, 0.83),
        stain=0.05,
        centre="word",
        rim=(0.7, 1.0),
        double_rim=False,
        round_mm=(40.0, 44.0),
        oval_mm=((42.0, 32.0),),
        square_mm=(14.0, 18.0),
        strength=(0.6, 0.9),
        faint=(0.2, 0.3),
        bare=0.15,
        turn_deg=12.0,
        grown_prints=False,
        scanner=Scanner(0.03, 0.03, (0.9, 1.1), 0.65, (0.5, 0.9), 2.5, (75, 88)),
    ),
    MarkStyle(
        name="copier",
        text=Typeface.SONG,
        head=Typeface.SONG_BLACK,
        seal=Typeface.HEI_BOLD,
        hand=Typeface.PEN,
        seal_inks=(SEAL, RED),
        pens=(GEL_PEN, BALL_PEN),
        paste=PASTE,
        red=CRIMSON,
        paper=(0.95, 0.94, 0.91),
        stain=0.02,
        centre="star",
        rim=(0.7, 1.0),
        double_rim=False,
        round_mm=(38.0, 42.0),
        oval_mm=((45.0, 30.0),),
        square_mm=(16.0, 20.0),
        strength=(0.55, 0.9),
        faint=(0.18, 0.26),
        bare=0.15,
        turn_deg=10.0,
        grown_prints=False,
        scanner=Scanner(0.03, 0.04, (0.9, 1.1), 0.6, (0.5, 0.9), 3.0, (60, 75)),
    ),
)

HELDOUT = (
    MarkStyle(
        name="misregistered",
        text=Typeface.HEI_LIGHT,
        head=Typeface.SONG_BLACK,
        seal=Typeface.MING,
        hand=Typeface.KAI,
        seal_inks=(ORANGE, BRICK),
        pens=(BLUE_PEN, GEL_PEN),
        paste=ORANGE,
        red=BRICK,
        paper=(0.96, 0.96, 0.94),
        stain=0.0,
        centre="rosette",
        rim=(1.0, 1.6),
        double_rim=True,
        round_mm=(36.0, 45.0),
        oval_mm=((40.0, 28.0), (50.0, 35.0)),
        square_mm=(15.0, 22.0),
        strength=(0.6, 0.95),
        faint=(0.2, 0.3),
        bare=0.15,
        turn_deg=20.0,
        grown_prints=True,
        scanner=Scanner(0.05, 0.05, (0.85, 1.2), 0.8, (0.5, 0.9), 3.0, (60, 82)),
    ),
    MarkStyle(
        name="stained",
        text=Typeface.KAI,
        head=Typeface.HEI_BOLD,
        seal=Typeface.HEI,
        hand=Typeface.KAI,
        seal_inks=(MAGENTA, ORANGE, CRIMSON),
        pens=(BALL_PEN, BLUE_PEN),
        paste=MAGENTA,
        red=MAGENTA,
        paper=(0.92, 0.88, 0.77),
        stain=0.12,
        centre="star",
        rim=(0.6, 0.9),
        double_rim=False,
        round_mm=(38.0, 40.0, 42.0),
        oval_mm=((45.0, 30.0), (38.0, 26.0)),
        square_mm=(12.0, 18.0, 25.0),
        strength=(0.5, 0.85),
        faint=(0.2, 0.28),
        bare=0.20,
        turn_deg=15.0,
        grown_prints=True,
        scanner=Scanner(0.03, 0.06, (0.85, 1.1), 0.6, (0.6, 1.0), 3.0, (65, 85)),
    ),
    MarkStyle(
        name="dry",
        text=Typeface.SONG_LIGHT,
        head=Typeface.KAI,
        seal=Typeface.KAI,
        hand=Typeface.KAI,
        seal_inks=(SEAL, BRICK),
        pens=(GEL_PEN, BALL_PEN),
        paste=BRICK,
        red=CRIMSON,
        paper=(0.985, 0.985, 0.985),
        stain=0.03,
        centre="word",
        rim=(0.8, 1.3),
        double_rim=False,
        round_mm=(30.0, 38.0, 50.0),
        oval_mm=((46.0, 33.0),),
        square_mm=(13.0, 20.0),
        strength=(0.45, 0.75),
        faint=(0.22, 0.3),
        bare=0.25,
        turn_deg=180.0,
        grown_prints=True,
        scanner=Scanner(0.02, 0.03, (0.9, 1.15), 0.5, (0.5, 0.8), 3.5, (70, 90)),
    ),
)
