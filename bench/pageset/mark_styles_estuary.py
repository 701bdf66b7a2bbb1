"""Held-out styles of marks: drawn up after the finders, run for their figures, not looked at."""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, Ink
from pageset.lettering import Typeface as Face
from pageset.mark_style import Centre, Faces, Framed, MarkInks, MarkStyle, Press, Scanner, SealShapes, Stock

PHOTOPOLYMER = Ink(0.91, 0.16, 0.25, 0.04)  # self-inking, exposed seals (光敏章)
OIL_RED = Ink(0.82, 0.11, 0.10, 0.08)  # creeps through the sheet
STAMP_PAD = Ink(0.76, 0.16, 0.22, 0.06)
DRIED_PASTE = Ink(0.62, 0.16, 0.15, 0.06)
FADED_RED = Ink(0.83, 0.31, 0.27, 0.05)
HEAD_RED = Ink(0.81, 0.08, 0.09, 0.03)
FINGER_PAD = Ink(0.74, 0.18, 0.13, 0.05)
JET_PEN = Ink(0.07, 0.07, 0.08, 0.04)
VIOLET_PEN = Ink(0.23, 0.20, 0.50, 0.03)
PALE_PEN = Ink(0.27, 0.35, 0.60, 0.02)

HELDOUT = (
    MarkStyle(
        "estuary",
        Faces(Face.BABELSTONE, Face.SONG_BLACK, Face.HEI_LIGHT, Face.GB_SONG),
        MarkInks((PHOTOPOLYMER, STAMP_PAD), (JET_PEN, PALE_PEN), STAMP_PAD, HEAD_RED),
        Stock((0.952, 0.963, 0.978), 0.02),
        SealShapes(
            Centre.STAR,
            (0.9, 1.4),
            (39, 42, 45),
            ((45, 30), (40, 26)),
            (16, 18, 20),
            (Framed.LINES, Framed.DATE, Framed.LINE),
            double_rim=True,
            corner_mm=0.6,
            letter=0.13,
            narrow=0.8,
            units=("镜湖县人民法院", "镜湖县公安局刑事侦查大队", "白沙港边防派出所", "镜湖县司法局"),
            below="立案专用章",
        ),
        Press((0.5, 0.9), (0.21, 0.3), bare=0.2, turn_deg=30),
        Scanner(0.045, 0.06, (0.87, 1.2), 0.8, (0.5, 1.0), 3.6, (62, 82)),
        "estuary",
    ),
    MarkStyle(
        "foothill",
        Faces(Face.SONG_THIN, Face.WENKAI_BOLD, Face.GB_KAI, Face.MING),
        MarkInks((DRIED_PASTE, OIL_RED), (BALL_PEN, JET_PEN), DRIED_PASTE, OIL_RED),
        Stock((0.935, 0.905, 0.835), 0.11),
        SealShapes(
            Centre.STAR,
            (0.6, 1.0),
            (34, 38, 43),
            ((43, 30), (47, 31)),
            (14, 16, 22),
            (Framed.RECEIPT, Framed.LINE),
            number=True,
            letter=0.135,
            narrow=0.62,
            units=("松岭市公安局经济犯罪侦查支队", "松岭市城北区人民检察院", "松岭市第二看守所", "柳河镇人民政府"),
        ),
        Press((0.45, 0.85), (0.2, 0.3), bare=0.22, turn_deg=15),
        Scanner(0.05, 0.05, (0.88, 1.18), 0.65, (0.55, 1.0), 3.2, (64, 87)),
        "foothill",
    ),
    MarkStyle(
        "archive depot",
        Faces(Face.MICRO_HEI, Face.SONG_BOLD, Face.WENKAI, Face.PEN),
        MarkInks((FADED_RED, OIL_RED), (VIOLET_PEN, GEL_PEN), FINGER_PAD, DRIED_PASTE),
        Stock((0.895, 0.89, 0.872), 0.05),
        SealShapes(
            Centre.WORD,
            (0.8, 1.2),
            (36, 40, 46),
            ((46, 33), (42, 28)),
            (13, 18, 25),
            (Framed.DATE, Framed.RECEIPT, Framed.LINES),
            corner_mm=2.2,
            letter=0.115,
            units=("南屏市中级人民法院", "南屏市公安司法鉴定中心", "南屏市公证处", "石门乡卫生院"),
            below="业务专用章",
        ),
        Press((0.5, 0.85), (0.22, 0.32), bare=0.2, turn_deg=180),
        Scanner(0.05, 0.06, (0.86, 1.15), 0.75, (0.5, 0.95), 4.0, (60, 84)),
        "archive depot",
    ),
)
