"""Photographs out of plain shapes: streets and tables with red things. (height, width, 3), R, G, B from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field
from PIL import Image, ImageDraw

from pageset.lettering import Typeface, load

Picture = NDArray[np.float32]
Colour = Sequence[float] | NDArray[np.float64]
PURE_RED = (0.93, 0.07, 0.06)
SIGNS = ("烟酒副食", "川味小吃", "便民超市", "手机维修", "平价药房")


def scene(rng: np.random.Generator, height: int, width: int) -> Picture:
    """Sky or wall above, ground below, houses or boxes between, uneven light and the grain of a sensor."""
    far = rng.uniform(0.5, 0.92) * np.array((rng.uniform(0.86, 1.0), rng.uniform(0.92, 1.0), 1.0))
    near = rng.uniform(0.2, 0.6) * np.array((1.0, rng.uniform(0.88, 1.05), rng.uniform(0.7, 0.95)))
    horizon = float(rng.uniform(0.4, 0.65))
    down = np.linspace(0, 1, height)[:, None, None]
    picture = np.where(down < horizon, far * (1 - 0.2 * down), near * (0.7 + 0.4 * down)).astype(np.float32)
    picture = np.ascontiguousarray(np.broadcast_to(picture, (height, width, 3)))
    for _ in range(int(rng.integers(3, 8))):
        x, wide = int(rng.integers(-100, width)), int(rng.integers(width // 10, width // 3))
        top, low = int(height * (horizon - rng.uniform(0.1, 0.4))), int(height * (horizon + rng.uniform(0, 0.12)))
        wall = rng.uniform(0.2, 0.75) * np.array((1.0, rng.uniform(0.85, 1.0), rng.uniform(0.75, 1.0)))
        cv2.rectangle(picture, (x, top), (x + wide, low), _rgb(wall), -1)
        for column in range(x + 20, x + wide - 40, 70):
            for row in range(top + 20, low - 50, 80):
                cv2.rectangle(picture, (column, row), (column + 35, row + 45), _rgb(wall * 0.55), -1)
    light = 1 + 0.25 * smooth_field(rng, height, width, width / 3) + 0.05 * smooth_field(rng, height, width, 20)
    picture *= light[:, :, None]
    picture += rng.normal(0, 0.02, picture.shape).astype(np.float32)
    return np.clip(picture, 0.02, 1)


def road_sign(picture: Picture, rng: np.random.Generator) -> None:
    """No entry (禁止驶入), a limit of speed (限速), or no parking (禁停), on a pole."""
    height, width = picture.shape[:2]
    radius, x, y = _placed(rng, height, width, 0.07, 0.17)
    red, kind = _red(rng), int(rng.integers(3))
    _box(picture, x - radius * 0.07, y, x + radius * 0.07, height, (0.55, 0.56, 0.58))
    if kind == 0:
        _oval(picture, x, y, radius, radius, red)
        _box(picture, x - radius * 0.68, y - radius * 0.17, x + radius * 0.68, y + radius * 0.17, (0.93, 0.93, 0.92))
    else:
        _oval(picture, x, y, radius, radius, red)
        _oval(picture, x, y, radius * 0.8, radius * 0.8, (0.93, 0.93, 0.9) if kind == 1 else (0.12, 0.25, 0.6))
        if kind == 1:
            _words(picture, str(rng.choice(("30", "40", "60"))), x, y, radius * 0.95, (0.08, 0.08, 0.08))
        else:
            for way in (-1, 1):
                turn, reach = np.radians(45) * way, radius * 0.85
                across, down = reach * np.cos(turn), reach * np.sin(turn)
                mask = np.zeros(picture.shape[:2], np.uint8)
                start, end = (round(x - across), round(y - down)), (round(x + across), round(y + down))
                cv2.line(mask, start, end, 255, max(2, round(radius * 0.17)), cv2.LINE_AA)
                _blend(picture, mask, red)


def lanterns(picture: Picture, rng: np.random.Generator) -> None:
    """One to four lanterns (灯笼) in a row, ribbed, with caps and tassels."""
    height, width = picture.shape[:2]
    radius, x, y = _placed(rng, height, width, 0.06, 0.14)
    red, gold = np.array(_red(rng)), (0.85, 0.66, 0.2)
    for i in range(int(rng.integers(1, 5))):
        middle = x + i * radius * float(rng.uniform(2.4, 3.0))
        _oval(picture, middle, y, radius, radius * 0.8, red)
        for share in (0.8, 0.45):
            _oval(picture, middle, y, radius * share, radius * 0.8, red * 0.8, thick=max(1, radius * 0.03))
        _oval(picture, middle - radius * 0.3, y - radius * 0.2, radius * 0.25, radius * 0.3, np.clip(red * 1.25, 0, 1))
        for side in (-1, 1):
            level = y + side * radius * 0.8
            _box(
                picture, middle - radius * 0.4, level - radius * 0.1, middle + radius * 0.4, level + radius * 0.1, gold
            )
        _box(picture, middle - radius * 0.08, y + radius * 0.9, middle + radius * 0.08, y + radius * 1.6, red)


def apples(picture: Picture, rng: np.random.Generator) -> None:
    """Apples on a table, shaded, with a stem."""
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        radius, x, y = _placed(rng, height, width, 0.06, 0.16)
        red = np.array(_red(rng))
        _oval(picture, x + radius * 0.2, y + radius * 0.9, radius, radius * 0.25, (0.15, 0.14, 0.13))
        for share in np.linspace(1, 0.3, 12):
            shade = red * (1.25 - 0.55 * share) + (1 - share) * 0.12
            at = x - radius * 0.25 * (1 - share), y - radius * 0.3 * (1 - share)
            _oval(picture, *at, radius * share, radius * share * 0.95, np.clip(shade, 0, 1))
        _oval(picture, x, y - radius * 0.75, radius * 0.3, radius * 0.12, red * 0.5)
        _box(picture, x - radius * 0.04, y - radius * 1.2, x + radius * 0.04, y - radius * 0.75, (0.3, 0.22, 0.1))


def tail_lights(picture: Picture, rng: np.random.Generator) -> None:
    """The back of a car, its two lights on."""
    height, width = picture.shape[:2]
    radius, x, _ = _placed(rng, height, width, 0.12, 0.2)
    y = float(rng.uniform(0.66, 0.8)) * height
    paint = rng.uniform(0.08, 0.85) * np.array((1.0, 0.98, 1.02))
    _oval(picture, x, y - radius * 0.6, radius * 0.95, radius * 0.7, np.clip(paint * 0.6, 0, 1))
    _box(picture, x - radius * 1.2, y - radius * 0.5, x + radius * 1.2, y + radius * 0.6, np.clip(paint, 0, 1))
    for side in (-1, 1):
        at, glow = x + side * radius * 0.95, float(rng.uniform(0.15, 0.26))
        _oval(picture, at, y, radius * glow * 1.2, radius * glow, (0.9, 0.2, 0.12))
        _oval(picture, at, y, radius * glow * 0.5, radius * glow * 0.4, (1.0, 0.75, 0.65))
    for side in (-1, 1):
        _box(
            picture,
            x + side * radius - radius * 0.15,
            y + radius * 0.6,
            x + side * radius + radius * 0.15,
            y + radius * 0.85,
            (0.08,) * 3,
        )
    _box(picture, x - radius * 0.35, y + radius * 0.1, x + radius * 0.35, y + radius * 0.32, (0.15, 0.3, 0.7))


def shop_front(picture: Picture, rng: np.random.Generator) -> None:
    """A red board with white or yellow words over a shop."""
    height, width = picture.shape[:2]
    high, y = float(rng.uniform(0.09, 0.16)) * height, float(rng.uniform(0.15, 0.5)) * height
    words = str(rng.choice(SIGNS))
    wide = high * (len(words) + 0.8)
    x = float(rng.uniform(0.02, 0.3)) * width
    _box(picture, x, y, x + wide, y + high, _red(rng))
    colour = (0.96, 0.95, 0.9) if rng.random() < 0.6 else (0.95, 0.85, 0.25)
    _words(picture, words, x + wide / 2, y + high / 2, high * 0.75, colour)


def traffic_light(picture: Picture, rng: np.random.Generator) -> None:
    """Three lamps above each other, the red one lit."""
    height, width = picture.shape[:2]
    radius, x, y = _placed(rng, height, width, 0.03, 0.07)
    _box(picture, x - radius * 1.4, y - radius * 1.5, x + radius * 1.4, y + radius * 6.5, (0.07, 0.07, 0.08))
    for i, colour in enumerate(((0.97, 0.18, 0.14), (0.25, 0.2, 0.08), (0.06, 0.2, 0.12))):
        _oval(picture, x, y + i * radius * 2.5, radius, radius, colour)


def point_at(picture: Picture, rng: np.random.Generator) -> None:
    """A red ring, an arrow, or both, drawn into the finished picture."""
    height, width = picture.shape[:2]
    radius, x, y = _placed(rng, height, width, 0.08, 0.17)
    line, kind = int(rng.integers(7, 16)), int(rng.integers(3))
    if kind != 1:
        _oval(picture, x, y, radius * float(rng.uniform(0.7, 1.4)), radius, PURE_RED, thick=line)
    if kind != 0:
        mask, back = np.zeros((height, width), np.uint8), float(rng.uniform(-2.6, -0.5))
        start, tip = ((round(x + far * np.cos(back)), round(y + far * np.sin(back))) for far in (radius * 3, radius))
        cv2.arrowedLine(mask, start, tip, 255, line, cv2.LINE_AA, tipLength=0.25)
        _blend(picture, mask, PURE_RED)


def _placed(rng: np.random.Generator, height: int, width: int, least: float, most: float) -> tuple[float, float, float]:
    """A radius between two shares of the height, and a middle."""
    radius = float(rng.uniform(least, most)) * height
    return radius, float(rng.uniform(0.2, 0.75)) * width, float(rng.uniform(0.25, 0.7)) * height


def _red(rng: np.random.Generator) -> tuple[float, float, float]:
    return float(rng.uniform(0.6, 0.88)), float(rng.uniform(0.04, 0.2)), float(rng.uniform(0.05, 0.2))


def _rgb(colour: Colour) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])


def _blend(picture: Picture, mask: NDArray[np.uint8], colour: Colour) -> None:
    share = (mask.astype(np.float32) / 255)[:, :, None]
    picture *= 1 - share
    picture += share * np.array(colour, np.float32)


def _oval(
    picture: Picture, x: float, y: float, wide: float, high: float, colour: Colour, *, thick: float = -1.0
) -> None:
    """A filled oval around (x, y), or a line along its rim."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    axes = (max(1, round(wide)), max(1, round(high)))
    cv2.ellipse(mask, (round(x), round(y)), axes, 0, 0, 360, 255, -1 if thick < 0 else round(thick), cv2.LINE_AA)
    _blend(picture, mask, colour)


def _box(picture: Picture, left: float, top: float, right: float, low: float, colour: Colour) -> None:
    cv2.rectangle(picture, (round(left), round(top)), (round(right), round(low)), _rgb(colour), -1)


def _words(picture: Picture, words: str, x: float, y: float, em: float, colour: Colour) -> None:
    mask = Image.new("L", (picture.shape[1], picture.shape[0]), 0)
    ImageDraw.Draw(mask).text((x, y), words, fill=255, font=load(Typeface.HEI_BOLD, round(em)), anchor="mm")
    _blend(picture, np.asarray(mask, np.uint8), colour)
