"""Drawings of an OFD (AbbreviatedData, GB/T 33190-2016, 9.1) as path operators of a PDF, in the same coordinates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from dossier.ofd.errors import OfdBroken, OfdTooLarge
from dossier.volumes.pdf import number

MAX_WORDS = 2_000_000  # of one drawing
_FIGURES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_LARGEST = 1e7

Point = tuple[float, float]


def path_operators(data: str) -> bytes:
    """Raises `OfdBroken`, `OfdTooLarge`."""
    parts: list[bytes] = []
    at = start = (0.0, 0.0)
    for operator, values in _steps(data):
        points = list(zip(values[::2], values[1::2], strict=False))
        match operator:
            case "S" | "M":
                at = start = points[0]
                parts.append(_line(b"m", at))
            case "L":
                at = points[0]
                parts.append(_line(b"l", at))
            case "Q":
                parts.append(_line(b"c", *_cubic(at, *points)))
                at = points[-1]
            case "B":
                parts.append(_line(b"c", *points))
                at = points[-1]
            case "A":
                end = (values[5], values[6])
                parts += [_line(b"c", *curve) for curve in _arc(at, end, values)]
                at = end
            case _:
                parts.append(b"h")
                at = start
    return b"\n".join(parts)


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    words = data.split()
    if len(words) > MAX_WORDS:
        raise OfdTooLarge(what=f"a drawing of {len(words)} words", limit=MAX_WORDS)
    place = 0
    while place < len(words):
        operator = words[place]
        if operator not in _FIGURES:
            raise OfdBroken(detail=f"{operator[:20]!r} is no operator of a drawing")
        end = place + 1 + _FIGURES[operator]
        yield operator, figures(words[place + 1 : end], _FIGURES[operator])
        place = end


def figures(words: Sequence[str], count: int) -> list[float]:
    """`count` numbers (ST_Array). Raises `OfdBroken`."""
    try:
        values = [float(word) for word in words]
    except ValueError as fault:
        raise OfdBroken(detail=str(fault)) from fault
    if len(values) != count or not all(abs(value) <= _LARGEST for value in values):
        raise OfdBroken(detail=f"{count} numbers within {_LARGEST:.0f} are wanted, not {' '.join(words)[:60]!r}")
    return values


def _line(operator: bytes, *points: Point) -> bytes:
    return b" ".join([number(value) for point in points for value in point] + [operator])


def _cubic(start: Point, control: Point, end: Point) -> tuple[Point, Point, Point]:
    """A quadratic curve as a cubic one."""

    def toward(point: Point) -> Point:
        return point[0] + 2 / 3 * (control[0] - point[0]), point[1] + 2 / 3 * (control[1] - point[1])

    return toward(start), toward(end), end


def _arc(start: Point, end: Point, values: list[float]) -> Iterator[tuple[Point, Point, Point]]:
    """An elliptical arc as cubic curves of at most a quarter turn (SVG 1.1, F.6.5, whose figures these are)."""
    across, down, degrees, large, sweep = abs(values[0]), abs(values[1]), values[2], values[3], values[4]
    if start == end:
        return
    if not across or not down:
        yield start, end, end
        return
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    reach = (x / across) ** 2 + (y / down) ** 2
    if reach > 1:
        across, down = across * math.sqrt(reach), down * math.sqrt(reach)
    inner = max(0.0, 1 / max(reach, 1e-12) - 1) if reach <= 1 else 0.0
    factor = math.sqrt(inner) * (-1 if bool(large) == bool(sweep) else 1)
    centre_x, centre_y = factor * across * y / down, -factor * down * x / across
    first = math.atan2((y - centre_y) / down, (x - centre_x) / across)
    last = math.atan2((-y - centre_y) / down, (-x - centre_x) / across)
    swept = (last - first) % (2 * math.pi)
    if not sweep:
        swept -= 2 * math.pi
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2

    def placed(angle: float, tangent: float = 0.0) -> Point:
        u = across * (math.cos(angle) - tangent * math.sin(angle)) + centre_x
        v = down * (math.sin(angle) + tangent * math.cos(angle)) + centre_y
        return cos * u - sin * v + middle[0], sin * u + cos * v + middle[1]

    count = max(1, math.ceil(abs(swept) / (math.pi / 2) - 1e-9))
    step = swept / count
    reach_out = 4 / 3 * math.tan(step / 4)
    for index in range(count):
        begin = first + index * step
        yield placed(begin, reach_out), placed(begin + step, -reach_out), placed(begin + step)
