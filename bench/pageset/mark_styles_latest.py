"""Held-out styles of marks: drawn up after the finders, run for their figures, not looked at."""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

CINNABAR = Ink(0.81, 0.20, 0.13, 0.05)
CERISE = Ink(0.77, 0.08, 0.27, 0.06)
RUBY = Ink(0.64, 0.08, 0.17, 0.06)
SALMON = Ink(0.89, 0.27, 0.22, 0.05)
LETTER_RED = Ink(0.78, 0.14, 0.11, 0.03)
CARBON_PEN = Ink(0.12, 0.12, 0.14, 0.02)
SKY_PEN = Ink(0.17, 0.30, 0.58, 0.03)

LATEST = (
    MarkStyle(
        "railway",
        Faces(Face.HANA_MING, Face.HEI_BOLD, Face.SONG_SEMIBOLD, Face.PEN),
        MarkInks((CERISE, CINNABAR), (CARBON_PEN, SKY_PEN), CINNABAR, LETTER_RED),
        Stock((0.96, 0.965, 0.97), 0.03),
        SealShapes(
            Centre.STAR,
            (0.7, 1.2),
            (38, 41, 45),
            ((45, 30), (42, 28)),
            (14, 18, 20),
            (Framed.RECEIPT, Framed.DATE, Framed.LINE),
            number=True,
            corner_mm=1.2,
        ),
        Press((0.5, 0.9), (0.21, 0.3), bare=0.2, turn_deg=90),
        Scanner(0.05, 0.06, (0.85, 1.2), 0.8, (0.5, 0.95), 3.3, (60, 84)),
        "railway",
    ),
    MarkStyle(
        "township",
        Faces(Face.TW_KAI, Face.SONG_SEMIBOLD, Face.HANA_MING, Face.TW_KAI),
        MarkInks((RUBY, SALMON), (BALL_PEN, CARBON_PEN), RUBY, CINNABAR),
        Stock((0.925, 0.895, 0.815), 0.13),
        SealShapes(
            Centre.STAR,
            (0.6, 1.1),
            (35, 40, 42),
            ((44, 31), (40, 29)),
            (13, 17, 23),
            (Framed.LINES, Framed.LINE),
        ),
        Press((0.45, 0.85), (0.2, 0.3), bare=0.22, turn_deg=30),
        Scanner(0.04, 0.06, (0.88, 1.15), 0.7, (0.55, 1.0), 3.5, (63, 85)),
    ),
    MarkStyle(
        "plateau",
        Faces(Face.SONG_SEMIBOLD, Face.HANA_MING, Face.TW_KAI, Face.HEI_LIGHT),
        MarkInks((SALMON, CERISE), (SKY_PEN, GEL_PEN), CERISE, RUBY),
        Stock((0.94, 0.93, 0.92), 0.07),
        SealShapes(
            Centre.WORD,
            (0.8, 1.3),
            (36, 43, 48),
            ((46, 32), (50, 35)),
            (15, 19, 22),
            (Framed.DATE, Framed.LINES),
            double_rim=True,
            number=True,
            corner_mm=0.8,
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=180),
        Scanner(0.05, 0.055, (0.87, 1.2), 0.75, (0.5, 0.95), 3.8, (62, 83)),
        "plateau",
    ),
)
