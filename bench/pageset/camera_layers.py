"""Things beside, below and upon the sheet under a camera, told in mm of the table: seen as tilted as the sheet.

Each layer takes the picture so far (reflectance) and where on the sheet's plane every pixel looks (mm across and down
from the sheet's top left corner), and draws itself into it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pageset.camera import SHEET_MM, Colour, Field, Layer, MissingCorner, Table

STACK_MM = (0.3, 1.0)  # by which each of the pages below stands out of a bound volume's page


def _box(x: Field, y: Field, left: float, top: float, right: float, bottom: float, soft_mm: float = 0.12) -> Field:
    """1 within, 0 beside, soft over so many mm to both sides."""
    beyond = np.maximum(np.maximum(left - x, x - right), np.maximum(top - y, y - bottom))
    return np.asarray(np.clip(0.5 - beyond / (2 * soft_mm), 0, 1), np.float32)


def _turned(
    across: Field, down: Field, centre: tuple[float, float], most: float, rng: np.random.Generator
) -> tuple[Field, Field]:
    """Places as seen from `centre`, turned by up to so many degrees."""
    turn = np.radians(rng.uniform(-most, most))
    x, y = across - np.float32(centre[0]), down - np.float32(centre[1])
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    return cos * x + sin * y, cos * y - sin * x


def _laid(seen: Field, share: Field, colour: Colour | Field) -> Field:
    return np.asarray(seen + share[..., None] * (np.asarray(colour, np.float32) - seen), np.float32)


def mat_marks(mark: Colour, aside_mm: float = 12, turn: float = 2.5) -> Layer:
    """What a document camera's mat (高拍仪底板) shows: outlines of A3, A4 and A5, rulers along A4's top and left."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        middle = np.array(SHEET_MM) / 2 + rng.uniform(-aside_mm, aside_mm, 2)
        x, y = _turned(across, down, (float(middle[0]), float(middle[1])), turn, rng)
        ink = np.zeros_like(x)
        for wide, high in ((420.0, 297.0), SHEET_MM, (148.0, 210.0)):
            outer = _box(x, y, -wide / 2 - 0.4, -high / 2 - 0.4, wide / 2 + 0.4, high / 2 + 0.4)
            ink = np.maximum(ink, outer - _box(x, y, -wide / 2, -high / 2, wide / 2, high / 2))
        for along, off, length in (
            (x + SHEET_MM[0] / 2, -SHEET_MM[1] / 2 - 3 - y, SHEET_MM[0]),
            (y + SHEET_MM[1] / 2, -SHEET_MM[0] / 2 - 3 - x, SHEET_MM[1]),
        ):
            for step, reach in ((1.0, 2.5), (5.0, 4.0), (10.0, 6.0)):
                tick = np.abs((along + step / 2) % step - step / 2)
                ink = np.maximum(ink, np.clip(0.5 - (tick - 0.12) / 0.24, 0, 1) * _box(along, off, 0, 0, length, reach))
        return _laid(seen, np.asarray(ink * 0.9, np.float32), mark)

    return layer


def file_envelope(colour: Colour, print_colour: Colour, turn: float = 7) -> Layer:
    """A brown file envelope (牛皮纸档案袋) below the sheet: printed rules and a heading, a button with its string."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        middle = np.array(SHEET_MM) / 2 + rng.uniform(-14, 14, 2)
        x, y = _turned(across, down, (float(middle[0]), float(middle[1])), turn, rng)
        wide, high = rng.uniform(232, 252), rng.uniform(322, 345)
        shade = _box(x, y, -wide / 2, -high / 2, wide / 2 + 2, high / 2 + 3, 4)
        seen = np.asarray(seen * (1 - 0.35 * shade[..., None]), np.float32)
        seen = _laid(seen, _box(x, y, -wide / 2, -high / 2, wide / 2, high / 2), colour)
        pitch = rng.uniform(11, 16)
        rules = _box(x, y, -wide / 2 + 6, -high / 2 + 9, wide / 2 - 6, high / 2 - 6) * ((y + high / 2) % pitch < 0.5)
        heading = _box(x, y, -60, -high / 2 + 3, 60, -high / 2 + 8) * (x % 17 < 11)
        ink = np.asarray(0.8 * np.maximum(rules, heading), np.float32)
        button = (np.hypot(x - rng.uniform(-20, 20), y - high / 2 + 9) < 7).astype(np.float32)
        return _laid(_laid(seen, ink, print_colour), button, (0.9, 0.92, 0.92))

    return layer


def open_volume(paper: Colour, cover: Colour, *, facing: int) -> Layer:
    """A bound volume (案卷) below its page: the page that faces it (-1: on the left, 1: right), others, the cover."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        x = across if facing < 0 else SHEET_MM[0] - across
        tall = SHEET_MM[1]
        rim = rng.uniform(4, 9, 4)
        seen = np.asarray(seen * (1 - 0.3 * _box(x, down, -230, -8, 222, tall + 12, 5)[..., None]), np.float32)
        seen = _laid(seen, _box(x, down, -SHEET_MM[0] - rim[0], -rim[1], SHEET_MM[0] + rim[2], tall + rim[3]), cover)
        out = np.cumsum(rng.uniform(*STACK_MM, 3))[::-1]
        for number, step in enumerate(out):
            tone = np.array(paper, np.float32) * (0.78 if number % 2 else 0.9)
            seen = _laid(seen, _box(x, down, -SHEET_MM[0] - step, -0.2, SHEET_MM[0] + step, tall + step / 2), tone)
        page = _box(x, down, -SHEET_MM[0], 0, 0, tall)
        words = _box(x, down, -180, 30, -28, 268) * (down % 9 < 4) * (np.sin(x * 2.1 + 3 * (down // 9)) > -0.5)
        return _laid(seen, page, np.asarray(np.array(paper, np.float32) * (1 - 0.6 * words[..., None]), np.float32))

    return layer


def gutter(depth: float, width_mm: float, *, facing: int) -> Layer:
    """The fold of an open volume, where pages bend down to their thread, darker on both sides."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        x = across if facing < 0 else SHEET_MM[0] - across
        within = _box(x, down, -210, 0, 210, SHEET_MM[1])
        bend = depth * np.exp(-np.abs(x) / (width_mm * rng.uniform(0.8, 1.25)))
        thread = 0.35 * np.exp(-((x + 0.3) ** 2) / 0.5)
        return np.asarray(seen * (1 - within * np.clip(bend + thread, 0, 0.8))[..., None], np.float32)

    return layer


def sheets_stapled(paper: Colour, sheets: int, out_mm: float, turn: float) -> Layer:
    """Sheets below that hang together with it (装订在一起的几页): each a little out of line."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        for _ in range(sheets):
            shift = rng.uniform(-out_mm, out_mm, 2)
            x, y = _turned(across, down, (float(shift[0]), float(shift[1])), turn, rng)
            shade = _box(x, y, 0, 0, SHEET_MM[0] + 1, SHEET_MM[1] + 1.5, 2)
            seen = np.asarray(seen * (1 - 0.3 * shade[..., None]), np.float32)
            tone = np.array(paper, np.float32) * rng.uniform(0.96, 1.0)
            seen = _laid(seen, _box(x, y, 0, 0, *SHEET_MM), np.asarray(tone, np.float32))
        return seen

    return layer


def staple() -> Layer:
    """A staple (订书钉) near the top left corner, askew."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        x, y = _turned(across, down, (float(rng.uniform(8, 16)), float(rng.uniform(8, 16))), 50, rng)
        seen = np.asarray(seen * (1 - 0.4 * _box(x, y, -6, 0.2, 6.4, 1.4, 0.5)[..., None]), np.float32)
        return _laid(seen, _box(x, y, -6, -0.35, 6, 0.35), (0.72, 0.72, 0.7))

    return layer


def slips(colours: tuple[Colour, ...], size_mm: tuple[float, float]) -> Layer:
    """Slips (口取纸、便条) stuck upon the sheet, standing out over its right or lower edge."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        for colour in colours:
            at_right = rng.random() < 0.6
            along = float(rng.uniform(0.15, 0.85))
            centre = (SHEET_MM[0], along * SHEET_MM[1]) if at_right else (along * SHEET_MM[0], SHEET_MM[1])
            x, y = _turned(across, down, centre, 12, rng)
            out, wide = (x, y) if at_right else (y, x)
            stands = size_mm[0] * rng.uniform(0.3, 0.7)
            box = (stands - size_mm[0], -size_mm[1] / 2, stands, size_mm[1] / 2)
            seen = np.asarray(seen * (1 - 0.3 * _box(out - 0.6, wide - 0.6, *box, 1)[..., None]), np.float32)
            seen = _laid(seen, _box(out, wide, *box), colour)
        return seen

    return layer


def phone_shadow(depth: float) -> Layer:
    """The shadow of the telephone that takes the picture, and of the hand that holds it."""

    def layer(seen: Field, across: Field, down: Field, rng: np.random.Generator) -> Field:
        centre = (float(rng.uniform(20, 190)), float(rng.uniform(60, 330)))
        x, y = _turned(across, down, centre, 35, rng)
        soft = rng.uniform(3, 10)
        telephone = _box(x, y, -40, -80, 40, 80, soft)
        hand = _box(x, y, -60, 20, 70, 400, 2 * soft)
        return np.asarray(seen * (1 - depth * np.maximum(telephone, hand))[..., None], np.float32)

    return layer


def glossy(desk: Table, lamps: int, tube: float) -> Table:
    """Varnish (清漆) that mirrors round lamps, and one tube as bright as `tube`."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        shine = np.zeros((height // 4, width // 4), np.float32)
        for _ in range(lamps):
            centre = (int(rng.uniform(0, width // 4)), int(rng.uniform(0, height // 4)))
            cv2.circle(shine, centre, int(rng.uniform(0.03, 0.07) * height / 4), float(rng.uniform(0.5, 1.1)), -1)
        ends = rng.uniform(0, 1, (2, 2)) * (width // 4, height // 4)
        first, second = (tuple(int(v) for v in end) for end in ends)
        cv2.line(shine, first, second, tube, int(0.035 * height / 4))
        soft = cv2.GaussianBlur(shine, (0, 0), 4) + 0.4 * np.asarray(cv2.GaussianBlur(shine, (0, 0), 30))
        wide = cv2.resize(np.asarray(soft, np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(desk(height, width, rng) + wide[..., None], np.float32)

    return table


@dataclass(frozen=True)
class Corner:
    """A corner that is torn off (撕角), or folded over upon the sheet (折角); reaches in mm along both edges."""

    reach_mm: tuple[float, float]
    folded: bool

    def __call__(self, across: Field, down: Field, rng: np.random.Generator) -> MissingCorner:
        left, top = rng.random() < 0.5, rng.random() < 0.5
        x, y = across if left else SHEET_MM[0] - across, down if top else SHEET_MM[1] - down
        wide, high = rng.uniform(*self.reach_mm, 2)
        normal = np.array([high, wide]) / np.hypot(high, wide)
        depth = np.asarray((x * normal[0] + y * normal[1]) - wide * normal[0], np.float32)  # mm within the fold
        if not self.folded:
            rough = sum(np.sin((x * normal[1] - y * normal[0]) * pace + rng.uniform(0, 6)) for pace in (0.35, 0.9, 2.3))
            depth = np.asarray(depth + 0.5 * rough, np.float32)
        missing = np.asarray(np.clip(0.5 - depth / 0.24, 0, 1), np.float32)
        if not self.folded:
            return MissingCorner(missing, np.zeros_like(missing))
        over_x, over_y = x - 2 * depth * np.float32(normal[0]), y - 2 * depth * np.float32(normal[1])
        flap = _box(over_x, over_y, 0, 0, wide, high) * np.clip(0.5 + depth / 0.24, 0, 1)
        return MissingCorner(missing, np.asarray(flap, np.float32))
