"""Held-out styles of marks: drawn up after the finders, run for their figures, not looked at."""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, RED, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

POPPY = Ink(0.90, 0.17, 0.19, 0.05)
GARNET = Ink(0.62, 0.11, 0.20, 0.06)
TERRACOTTA = Ink(0.79, 0.29, 0.21, 0.05)
LACQUER = Ink(0.73, 0.06, 0.12, 0.06)
BLUE_BLACK = Ink(0.13, 0.16, 0.27, 0.03)
ROYAL_PEN = Ink(0.15, 0.21, 0.60, 0.03)

FRESH = (
    MarkStyle(
        "courthouse",
        Faces(Face.SONG_MEDIUM, Face.HEI_BLACK, Face.SONG_MEDIUM, Face.SMILEY),
        MarkInks((LACQUER, POPPY), (BLUE_BLACK, ROYAL_PEN), POPPY, LACQUER),
        Stock((0.975, 0.97, 0.965), 0.03),
        SealShapes(
            Centre.STAR,
            (0.8, 1.3),
            (37, 42, 44),
            ((45, 30), (40, 27)),
            (15, 17, 22),
            (Framed.DATE, Framed.LINE),
            number=True,
            corner_mm=0.5,
        ),
        Press((0.5, 0.9), (0.21, 0.31), bare=0.2, turn_deg=60),
        Scanner(0.05, 0.06, (0.85, 1.2), 0.8, (0.5, 0.95), 3.4, (62, 84)),
        "courthouse",
    ),
    MarkStyle(
        "quarry",
        Faces(Face.HEI_MEDIUM, Face.SMILEY, Face.HEI_BLACK, Face.MICRO_MONO),
        MarkInks((GARNET, TERRACOTTA), (BALL_PEN, BLUE_BLACK), GARNET, GARNET),
        Stock((0.92, 0.885, 0.80), 0.14),
        SealShapes(
            Centre.ROSETTE,
            (0.6, 1.2),
            (33, 39, 47),
            ((43, 31), (50, 34)),
            (14, 19, 24),
            (Framed.RECEIPT, Framed.LINES),
            double_rim=True,
            corner_mm=1.8,
        ),
        Press((0.45, 0.85), (0.2, 0.3), bare=0.22, turn_deg=180),
        Scanner(0.045, 0.06, (0.85, 1.15), 0.75, (0.55, 1.0), 3.2, (64, 86)),
    ),
    MarkStyle(
        "island",
        Faces(Face.SMILEY, Face.SONG_MEDIUM, Face.SMILEY, Face.SONG_LIGHT),
        MarkInks((TERRACOTTA, LACQUER), (ROYAL_PEN, GEL_PEN), LACQUER, RED),
        Stock((0.945, 0.945, 0.915), 0.06),
        SealShapes(
            Centre.WORD,
            (0.7, 1.1),
            (36, 40, 49),
            ((46, 31), (41, 30)),
            (13, 16, 21),
            (Framed.LINES, Framed.RECEIPT, Framed.LINE),
            number=True,
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=35),
        Scanner(0.05, 0.05, (0.88, 1.2), 0.7, (0.5, 0.9), 4.0, (60, 82)),
        "island",
    ),
)
