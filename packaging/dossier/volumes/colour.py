"""The sRGB colour space as an ICC profile, version 2, made from the figures of IEC 61966-2-1.

Layout by ICC.1:2001-04: header, tag table, tags. Matrix and white are adapted to D50 (Bradford).
"""

from __future__ import annotations

import struct

_D50 = (0.9642, 1.0, 0.8249)
_RED = (0.4360, 0.2225, 0.0139)
_GREEN = (0.3851, 0.7169, 0.0971)
_BLUE = (0.1431, 0.0606, 0.7139)
_CURVE_POINTS = 1024


def srgb_profile() -> bytes:
    """Return the profile, about 2.5 kB, always the same bytes."""
    curve = _curve()
    tags = {
        b"desc": _description("sRGB"),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": _xyz(_D50),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offset = 128 + 4 + 12 * len(tags)
    table, body, placed = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, data in tags.items():
        if data not in placed:
            placed[data] = offset + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", placed[data], len(data))
    return _header(offset + len(body)) + table + body


def _header(size: int) -> bytes:
    return struct.pack(
        ">I4s4s4s4s4s6H4s4sIIIQI12s4s44s",
        size,
        b"\0" * 4,  # no preferred engine
        b"\x02\x10\0\0",  # version 2.1
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2026, 1, 1, 0, 0, 0),
        b"acsp",
        b"\0" * 4,  # no primary platform
        0,
        0,
        0,
        0,
        0,  # perceptual
        b"".join(_fixed(value) for value in _D50),
        b"\0" * 4,
        b"\0" * 44,
    )


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _description(name: str) -> bytes:
    ascii_name = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_name)) + ascii_name + b"\0" * (4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    points = (_linear(step / (_CURVE_POINTS - 1)) for step in range(_CURVE_POINTS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *(round(p * 65535) for p in points))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
