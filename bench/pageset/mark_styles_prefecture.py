"""Styles of marks that were held out sixth: their failures were told page by page, so they judge no longer."""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

VERMEIL = Ink(0.83, 0.15, 0.17, 0.05)
DAMASK = Ink(0.70, 0.09, 0.24, 0.06)
PERSIMMON = Ink(0.87, 0.25, 0.15, 0.05)
MAROON = Ink(0.57, 0.10, 0.14, 0.06)
PEONY = Ink(0.79, 0.12, 0.29, 0.06)
FORM_RED = Ink(0.74, 0.17, 0.18, 0.03)
LAMP_PEN = Ink(0.15, 0.14, 0.14, 0.02)
NAVY_PEN = Ink(0.13, 0.17, 0.42, 0.03)

SEEN = (
    MarkStyle(
        "prefecture",
        Faces(Face.TW_SONG, Face.HEI_MEDIUM, Face.SONG_LIGHT, Face.KAI),
        MarkInks((VERMEIL, DAMASK), (NAVY_PEN, LAMP_PEN), DAMASK, VERMEIL),
        Stock((0.965, 0.962, 0.958), 0.03),
        SealShapes(
            Centre.STAR,
            (0.8, 1.3),
            (38, 42, 46),
            ((45, 30), (43, 28)),
            (15, 18, 21),
            (Framed.LINE, Framed.RECEIPT),
            number=True,
            corner_mm=1.0,
            letter=0.14,
            narrow=0.72,
        ),
        Press((0.5, 0.9), (0.21, 0.3), bare=0.2, turn_deg=45),
        Scanner(0.05, 0.06, (0.86, 1.2), 0.8, (0.5, 0.95), 3.4, (61, 84)),
        "prefecture",
    ),
    MarkStyle(
        "paper mill",
        Faces(Face.HEI_THIN, Face.TW_KAI, Face.HEI_MEDIUM, Face.WENKAI_MONO),
        MarkInks((PERSIMMON, MAROON), (BALL_PEN, NAVY_PEN), PERSIMMON, FORM_RED),
        Stock((0.905, 0.892, 0.85), 0.12),
        SealShapes(
            Centre.ROSETTE,
            (0.7, 1.2),
            (36, 40, 44),
            ((44, 30), (48, 34)),
            (13, 17, 24),
            (Framed.DATE, Framed.LINES),
            double_rim=True,
            letter=0.12,
        ),
        Press((0.45, 0.85), (0.21, 0.3), bare=0.22, turn_deg=25),
        Scanner(0.045, 0.06, (0.88, 1.15), 0.7, (0.55, 1.0), 3.6, (63, 86)),
    ),
    MarkStyle(
        "orchard",
        Faces(Face.WENKAI_MONO, Face.TW_SONG, Face.TW_SONG, Face.HEI_THIN),
        MarkInks((PEONY, VERMEIL), (LAMP_PEN, GEL_PEN), MAROON, PEONY),
        Stock((0.945, 0.935, 0.905), 0.06),
        SealShapes(
            Centre.STAR,
            (0.6, 1.1),
            (35, 41, 48),
            ((46, 31), (41, 29)),
            (14, 19, 23),
            (Framed.LINES, Framed.RECEIPT, Framed.LINE),
            corner_mm=1.6,
            letter=0.15,
            narrow=0.65,
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=180),
        Scanner(0.05, 0.05, (0.87, 1.2), 0.75, (0.5, 0.95), 3.8, (62, 83)),
        "orchard",
    ),
)
