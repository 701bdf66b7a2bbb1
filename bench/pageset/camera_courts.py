"""Desks of police stations and courts (派出所、法院): mats with rules, envelopes, open volumes, stuck slips.

TUNING was looked at while the finder was changed; HELDOUT was drawn up before any of its pictures was made.
"""

from __future__ import annotations

from pageset.camera import CameraStyle, plain, speckled, wood
from pageset.camera_desks import Below, brushed, laid_out
from pageset.camera_layers import (
    Corner,
    file_envelope,
    glossy,
    gutter,
    mat_marks,
    open_volume,
    phone_shadow,
    sheets_stapled,
    slips,
    staple,
)
from pageset.camera_tables import woven

TUNING: tuple[CameraStyle, ...] = (
    CameraStyle(
        "gray-mat-with-rules",
        plain(0.58, 0.58, 0.57, 0.012),
        (2592, 1944),
        4,
        5,
        (0.68, 0.85),
        beneath=(mat_marks((0.15, 0.15, 0.15)),),
    ),
    CameraStyle(
        "green-mat-with-rules", plain(0.26, 0.40, 0.22, 0.012), tilt=7, curl=5, beneath=(mat_marks((0.8, 0.9, 0.85)),)
    ),
    CameraStyle("varnished-oak", glossy(wood(0.24, 0.38, 0.54), 2, 0.6), tilt=12, turn=8),
    CameraStyle(
        "envelope-on-white",
        plain(0.82, 0.83, 0.83, 0.006),
        fill=(0.66, 0.8),
        tilt=9,
        beneath=(file_envelope((0.46, 0.64, 0.76), (0.25, 0.2, 0.65)),),
    ),
    CameraStyle(
        "volume-faced-on-the-right",
        wood(0.30, 0.44, 0.58),
        fill=(0.7, 0.82),
        tilt=7,
        beneath=(open_volume((0.86, 0.89, 0.90), (0.34, 0.50, 0.60), facing=1),),
        upon=(gutter(0.4, 7, facing=1),),
    ),
    CameraStyle("torn-on-cloth", woven(0.42, 0.36, 0.34, 0.12, 8), tilt=10, corner=Corner((9, 24), folded=False)),
    CameraStyle("folded-on-larch", wood(0.44, 0.60, 0.72, 0.09), tilt=9, corner=Corner((10, 26), folded=True)),
    CameraStyle(
        "stapled-on-black",
        plain(0.1, 0.1, 0.1, 0.01),
        tilt=7,
        fill=(0.72, 0.84),
        beneath=(sheets_stapled((0.87, 0.89, 0.89), 2, 7, 1.5),),
        upon=(staple(),),
    ),
    CameraStyle("slips-on-oak", wood(0.28, 0.42, 0.58), tilt=9, upon=(slips(((0.3, 0.75, 0.9),) * 2, (32, 22)),)),
    CameraStyle("phone-over-beech", wood(0.52, 0.66, 0.76, 0.06), tilt=18, turn=10, upon=(phone_shadow(0.4),)),
)
HELDOUT: tuple[CameraStyle, ...] = (
    CameraStyle(
        "black-mat-with-rules",
        plain(0.08, 0.08, 0.08, 0.012),
        (2592, 1944),
        3,
        6,
        (0.66, 0.86),
        noise=3.5,
        quality=78,
        beneath=(mat_marks((0.85, 0.86, 0.86)),),
    ),
    CameraStyle(
        "blue-mat-with-rules",
        plain(0.48, 0.34, 0.20, 0.015),
        (3264, 2448),
        6,
        5,
        (0.7, 0.88),
        curl=6,
        light=(1.0, 0.99, 0.94),
        beneath=(mat_marks((0.92, 0.9, 0.88), 16, 2),),
    ),
    CameraStyle(
        "varnished-redwood-under-lamps",
        glossy(wood(0.14, 0.20, 0.42, 0.14, 620), 3, 0.9),
        tilt=13,
        turn=9,
        shadow=0.25,
        curl=4,
        light=(0.88, 0.97, 1.0),
    ),
    CameraStyle(
        "envelope-on-gray",
        brushed(0.5, 0.06),
        tilt=10,
        turn=8,
        fill=(0.64, 0.8),
        shadow=0.25,
        beneath=(file_envelope((0.34, 0.52, 0.66), (0.15, 0.14, 0.5)),),
    ),
    CameraStyle(
        "volume-faced-on-the-left",
        speckled(0.4, 0.04),
        fill=(0.68, 0.82),
        tilt=8,
        turn=5,
        contact=0.3,
        beneath=(open_volume((0.84, 0.88, 0.90), (0.62, 0.42, 0.28), facing=-1),),
        upon=(gutter(0.45, 9, facing=-1),),
    ),
    CameraStyle(
        "torn-on-a-gray-green-desk",
        plain(0.46, 0.52, 0.46, 0.012),
        tilt=11,
        turn=9,
        shadow=0.3,
        corner=Corner((8, 28), folded=False),
    ),
    CameraStyle(
        "folded-and-stapled-on-walnut",
        wood(0.18, 0.26, 0.38, 0.16, 520),
        tilt=10,
        turn=8,
        curl=4,
        corner=Corner((8, 30), folded=True),
        upon=(staple(),),
    ),
    CameraStyle(
        "stapled-sheets-on-blue-gray",
        plain(0.52, 0.46, 0.40, 0.01),
        tilt=8,
        turn=6,
        fill=(0.7, 0.84),
        shadow=0.2,
        beneath=(sheets_stapled((0.86, 0.89, 0.90), 2, 8, 2),),
        upon=(staple(),),
    ),
    CameraStyle(
        "slips-on-beige",
        laid_out(plain(0.62, 0.72, 0.78, 0.01), Below((0.30, 0.24, 0.20), (1.2, 0.7), 0.05, 3)),
        tilt=11,
        turn=8,
        upon=(slips(((0.35, 0.8, 0.95), (0.7, 0.55, 0.95), (0.88, 0.88, 0.9)), (36, 26)),),
    ),
    CameraStyle(
        "telephone-by-hand-on-a-bench",
        wood(0.30, 0.42, 0.56, 0.1, 0),
        (3024, 4032),
        22,
        12,
        (0.66, 0.85),
        noise=4,
        blur=1.2,
        upon=(phone_shadow(0.45),),
    ),
)
