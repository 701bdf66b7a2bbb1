"""The styles of marks: TUNING to tune on, SEEN no longer to judge by.

SEEN was held out five times, three styles each: single failures of theirs were looked at since. The three after them
stand in `mark_styles_prefecture`, what judges now in `mark_styles_estuary`.
"""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, PASTE, RED, SEAL, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

ORANGE = Ink(0.88, 0.24, 0.12, 0.05)
MAGENTA = Ink(0.74, 0.10, 0.30, 0.06)
BRICK = Ink(0.70, 0.20, 0.16, 0.05)
CRIMSON = Ink(0.66, 0.07, 0.14, 0.07)
BLUE_PEN = Ink(0.12, 0.18, 0.52, 0.03)
ROSE = Ink(0.85, 0.22, 0.30, 0.05)
RUST = Ink(0.68, 0.15, 0.10, 0.05)
VERMILION = Ink(0.86, 0.18, 0.10, 0.05)
WINE = Ink(0.60, 0.08, 0.18, 0.06)
CARMINE = Ink(0.76, 0.07, 0.21, 0.06)
INK_PEN = Ink(0.10, 0.12, 0.30, 0.03)
SCARLET = Ink(0.84, 0.12, 0.13, 0.05)
MADDER = Ink(0.69, 0.12, 0.22, 0.06)
CORAL = Ink(0.87, 0.28, 0.24, 0.05)
OXBLOOD = Ink(0.58, 0.09, 0.11, 0.06)
WASHED_PEN = Ink(0.20, 0.24, 0.48, 0.04)
POPPY = Ink(0.90, 0.17, 0.19, 0.05)
GARNET = Ink(0.62, 0.11, 0.20, 0.06)
TERRACOTTA = Ink(0.79, 0.29, 0.21, 0.05)
LACQUER = Ink(0.73, 0.06, 0.12, 0.06)
BLUE_BLACK = Ink(0.13, 0.16, 0.27, 0.03)
ROYAL_PEN = Ink(0.15, 0.21, 0.60, 0.03)
CINNABAR = Ink(0.81, 0.20, 0.13, 0.05)
CERISE = Ink(0.77, 0.08, 0.27, 0.06)
RUBY = Ink(0.64, 0.08, 0.17, 0.06)
SALMON = Ink(0.89, 0.27, 0.22, 0.05)
LETTER_RED = Ink(0.78, 0.14, 0.11, 0.03)
CARBON_PEN = Ink(0.12, 0.12, 0.14, 0.02)
SKY_PEN = Ink(0.17, 0.30, 0.58, 0.03)

TUNING = (
    MarkStyle(
        "office",
        Faces(Face.SONG, Face.SONG_BOLD, Face.SONG_BOLD, Face.PEN),
        MarkInks((SEAL, RED), (GEL_PEN, BALL_PEN), PASTE, RED),
        Stock((0.972, 0.966, 0.948)),
        SealShapes(Centre.STAR, (0.9, 1.2), (38, 42), ((45, 30),), (16, 20)),
        Press((0.7, 0.95), (0.22, 0.32), bare=0.10, turn_deg=8),
        Scanner(0.01, 0.02, (0.95, 1.05), 0.4),
    ),
    MarkStyle(
        "archive",
        Faces(Face.MING, Face.HEI_BOLD, Face.SONG_BLACK, Face.PEN),
        MarkInks((CRIMSON, SEAL), (GEL_PEN,), CRIMSON, RED),
        Stock((0.93, 0.90, 0.83), 0.05),
        SealShapes(Centre.WORD, (0.7, 1.0), (40, 44), ((42, 32),), (14, 18)),
        Press((0.6, 0.9), (0.2, 0.3), bare=0.15, turn_deg=12),
        Scanner(0.03, 0.03, (0.9, 1.1), 0.65, (0.5, 0.9), 2.5, (75, 88)),
    ),
    MarkStyle(
        "copier",
        Faces(Face.SONG, Face.SONG_BLACK, Face.HEI_BOLD, Face.PEN),
        MarkInks((SEAL, RED), (GEL_PEN, BALL_PEN), PASTE, CRIMSON),
        Stock((0.95, 0.94, 0.91), 0.02),
        SealShapes(Centre.STAR, (0.7, 1.0), (38, 42), ((45, 30),), (16, 20)),
        Press((0.55, 0.9), (0.18, 0.26), bare=0.15, turn_deg=10),
        Scanner(0.03, 0.04, (0.9, 1.1), 0.6, (0.5, 0.9), 3.0, (60, 75)),
    ),
    MarkStyle(
        "registry",
        Faces(Face.HEI, Face.SONG_BOLD, Face.SONG, Face.KAI),
        MarkInks((ROSE, CRIMSON), (BALL_PEN, GEL_PEN), ROSE, RED),
        Stock((0.96, 0.95, 0.93), 0.03),
        SealShapes(
            Centre.STAR,
            (0.5, 0.9),
            (30, 35, 42, 48),
            ((40, 27), (50, 36)),
            (12, 22),
            (Framed.LINE, Framed.LINES, Framed.RECEIPT),
        ),
        Press((0.45, 0.8), (0.2, 0.28), bare=0.22, turn_deg=180),
        Scanner(0.04, 0.05, (0.85, 1.15), 0.75, (0.5, 0.9), 3.5, (62, 85)),
        "tuning",
    ),
    MarkStyle(
        "damp cellar",
        Faces(Face.KAI, Face.HEI_BOLD, Face.HEI, Face.KAI),
        MarkInks((RUST, SEAL), (BLUE_PEN, GEL_PEN), RUST, CRIMSON),
        Stock((0.91, 0.87, 0.76), 0.14),
        SealShapes(
            Centre.ROSETTE,
            (0.7, 1.4),
            (37, 41, 45),
            ((44, 30),),
            (13, 19),
            (Framed.LINES, Framed.RECEIPT),
            double_rim=True,
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=25),
        Scanner(0.04, 0.06, (0.85, 1.15), 0.7, (0.6, 1.0), 3.0, (65, 85)),
        "tuning",
    ),
)

SEEN = (
    MarkStyle(
        "misregistered",
        Faces(Face.HEI_LIGHT, Face.SONG_BLACK, Face.MING, Face.KAI),
        MarkInks((ORANGE, BRICK), (BLUE_PEN, GEL_PEN), ORANGE, BRICK),
        Stock((0.96, 0.96, 0.94)),
        SealShapes(
            Centre.ROSETTE, (1.0, 1.6), (36, 45), ((40, 28), (50, 35)), (15, 22), (Framed.LINE,), double_rim=True
        ),
        Press((0.6, 0.95), (0.2, 0.3), bare=0.15, turn_deg=20),
        Scanner(0.05, 0.05, (0.85, 1.2), 0.8, (0.5, 0.9), 3.0, (60, 82)),
        "held-out",
    ),
    MarkStyle(
        "stained",
        Faces(Face.KAI, Face.HEI_BOLD, Face.HEI, Face.KAI),
        MarkInks((MAGENTA, ORANGE, CRIMSON), (BALL_PEN, BLUE_PEN), MAGENTA, MAGENTA),
        Stock((0.92, 0.88, 0.77), 0.12),
        SealShapes(Centre.STAR, (0.6, 0.9), (38, 40, 42), ((45, 30), (38, 26)), (12, 18, 25)),
        Press((0.5, 0.85), (0.2, 0.28), bare=0.20, turn_deg=15),
        Scanner(0.03, 0.06, (0.85, 1.1), 0.6, (0.6, 1.0), 3.0, (65, 85)),
        "held-out",
    ),
    MarkStyle(
        "dry",
        Faces(Face.SONG_LIGHT, Face.KAI, Face.KAI, Face.KAI),
        MarkInks((SEAL, BRICK), (GEL_PEN, BALL_PEN), BRICK, CRIMSON),
        Stock((0.985, 0.985, 0.985), 0.03),
        SealShapes(Centre.WORD, (0.8, 1.3), (30, 38, 50), ((46, 33),), (13, 20)),
        Press((0.45, 0.75), (0.22, 0.3), bare=0.25, turn_deg=180),
        Scanner(0.02, 0.03, (0.9, 1.15), 0.5, (0.5, 0.8), 3.5, (70, 90)),
        "held-out",
    ),
    MarkStyle(
        "outpost",
        Faces(Face.ZEN_HEI, Face.SONG_BLACK, Face.GB_SONG, Face.GB_KAI),
        MarkInks((VERMILION, WINE), (INK_PEN, BALL_PEN), VERMILION, RED),
        Stock((0.965, 0.96, 0.935), 0.02),
        SealShapes(
            Centre.STAR,
            (0.8, 1.3),
            (36, 40, 46),
            ((43, 29), (48, 34)),
            (14, 21),
            (Framed.LINES, Framed.DATE),
            number=True,
            corner_mm=1.5,
        ),
        Press((0.55, 0.9), (0.2, 0.3), bare=0.18, turn_deg=30),
        Scanner(0.05, 0.06, (0.85, 1.2), 0.8, (0.5, 0.9), 3.0, (62, 84)),
        "outpost",
    ),
    MarkStyle(
        "flooded",
        Faces(Face.GB_KAI, Face.ZEN_HEI, Face.MICRO_HEI, Face.GB_KAI),
        MarkInks((CARMINE, VERMILION), (BLUE_PEN, INK_PEN), CARMINE, CARMINE),
        Stock((0.90, 0.86, 0.73), 0.15),
        SealShapes(
            Centre.WORD, (0.6, 1.1), (38, 42, 44), ((46, 31),), (13, 17, 24), (Framed.LINE, Framed.DATE), number=True
        ),
        Press((0.5, 0.85), (0.2, 0.3), bare=0.2, turn_deg=18),
        Scanner(0.04, 0.06, (0.85, 1.1), 0.65, (0.6, 1.0), 3.0, (66, 86)),
    ),
    MarkStyle(
        "counter",
        Faces(Face.GB_SONG, Face.MICRO_HEI, Face.ZEN_HEI, Face.PEN),
        MarkInks((WINE, CARMINE), (BALL_PEN, GEL_PEN), WINE, VERMILION),
        Stock((0.93, 0.935, 0.93), 0.04),
        SealShapes(
            Centre.ROSETTE,
            (0.7, 1.2),
            (32, 40, 50),
            ((40, 28), (50, 36)),
            (15, 20),
            (Framed.RECEIPT, Framed.LINES),
            double_rim=True,
            corner_mm=2.0,
        ),
        Press((0.45, 0.8), (0.22, 0.3), bare=0.22, turn_deg=180),
        Scanner(0.03, 0.05, (0.9, 1.2), 0.6, (0.5, 0.9), 4.0, (65, 88)),
        "counter",
    ),
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
