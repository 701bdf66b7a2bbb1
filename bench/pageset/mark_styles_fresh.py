"""Held-out styles of marks: drawn up after the last change to the finders, run for their figures, not looked at."""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, RED, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

SCARLET = Ink(0.84, 0.12, 0.13, 0.05)
MADDER = Ink(0.69, 0.12, 0.22, 0.06)
CORAL = Ink(0.87, 0.28, 0.24, 0.05)
OXBLOOD = Ink(0.58, 0.09, 0.11, 0.06)
WASHED_PEN = Ink(0.20, 0.24, 0.48, 0.04)

FRESH = (
    MarkStyle(
        "harbour",
        Faces(Face.WENKAI, Face.DROID, Face.WENKAI_BOLD, Face.WENKAI_LIGHT),
        MarkInks((SCARLET, MADDER), (GEL_PEN, WASHED_PEN), SCARLET, RED),
        Stock((0.97, 0.965, 0.95), 0.03),
        SealShapes(
            Centre.STAR,
            (0.7, 1.2),
            (38, 42, 45),
            ((45, 30), (41, 29)),
            (14, 18, 23),
            (Framed.RECEIPT, Framed.LINE),
            number=True,
        ),
        Press((0.5, 0.9), (0.2, 0.3), bare=0.18, turn_deg=40),
        Scanner(0.045, 0.06, (0.85, 1.2), 0.75, (0.5, 0.95), 3.2, (62, 86)),
        "harbour",
    ),
    MarkStyle(
        "granary",
        Faces(Face.DROID, Face.WENKAI_BOLD, Face.DROID, Face.WENKAI),
        MarkInks((OXBLOOD, CORAL), (BALL_PEN, GEL_PEN), MADDER, OXBLOOD),
        Stock((0.91, 0.875, 0.78), 0.13),
        SealShapes(
            Centre.WORD,
            (0.8, 1.4),
            (35, 40, 48),
            ((44, 32), (49, 35)),
            (13, 16, 22),
            (Framed.LINES, Framed.DATE),
            double_rim=True,
            corner_mm=1.0,
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=22),
        Scanner(0.04, 0.05, (0.85, 1.15), 0.7, (0.6, 1.0), 3.0, (64, 86)),
    ),
    MarkStyle(
        "annex",
        Faces(Face.WENKAI_LIGHT, Face.WENKAI_BOLD, Face.BABELSTONE, Face.WENKAI),
        MarkInks((CORAL, SCARLET), (WASHED_PEN, BALL_PEN), OXBLOOD, SCARLET),
        Stock((0.945, 0.95, 0.935), 0.05),
        SealShapes(
            Centre.ROSETTE,
            (0.6, 1.1),
            (34, 41, 46),
            ((42, 30), (47, 33)),
            (15, 20),
            (Framed.LINE, Framed.LINES),
            number=True,
            corner_mm=2.5,
        ),
        Press((0.45, 0.85), (0.22, 0.3), bare=0.22, turn_deg=180),
        Scanner(0.05, 0.05, (0.9, 1.2), 0.6, (0.5, 0.9), 3.8, (64, 88)),
        "annex",
    ),
)
