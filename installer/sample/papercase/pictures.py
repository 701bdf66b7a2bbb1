"""Photographs, made up: a portrait and two night scenes. No person, no place, no writing in them."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from papercase.inking import smooth_field
from papercase.randomness import stream
from papercase.units import px

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]


def portrait(width_mm: float, height_mm: float, *, grey: bool = False) -> Pixels:
    """A head and shoulders before a light ground, (height, width, 3) R, G, B."""
    width, height = px(width_mm), px(height_mm)
    picture = Image.new("RGB", (width, height), (226, 232, 238))
    draw = ImageDraw.Draw(picture)

    def oval(cx: float, cy: float, rx: float, ry: float, colour: Colour) -> None:
        draw.ellipse(((cx - rx) * width, (cy - ry) * height, (cx + rx) * width, (cy + ry) * height), fill=colour)

    oval(0.5, 1.06, 0.48, 0.34, (52, 60, 78))
    draw.polygon(
        [(0.40 * width, 0.74 * height), (0.60 * width, 0.74 * height), (0.5 * width, 0.92 * height)],
        fill=(235, 235, 238),
    )
    oval(0.5, 0.70, 0.12, 0.13, (205, 164, 138))
    oval(0.5, 0.36, 0.265, 0.225, (38, 34, 34))
    oval(0.5, 0.45, 0.235, 0.255, (222, 182, 156))
    oval(0.5, 0.255, 0.225, 0.085, (38, 34, 34))
    for side in (-1, 1):
        oval(0.5 + side * 0.245, 0.46, 0.03, 0.05, (214, 172, 146))
        oval(0.5 + side * 0.10, 0.425, 0.035, 0.013, (48, 38, 36))
        oval(0.5 + side * 0.10, 0.385, 0.055, 0.010, (58, 46, 42))
    oval(0.5, 0.51, 0.03, 0.022, (200, 156, 132))
    oval(0.5, 0.585, 0.075, 0.013, (172, 104, 98))
    pixels = finish(np.asarray(picture), "portrait", 2.2, 3.0)
    if grey:
        pixels = np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2)
    return pixels


def street(width: int, height: int) -> Image.Image:
    """A road at night with lamps and a kerb."""
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    sky = np.array([18, 22, 38], np.float32) * (1 - rows) + np.array([58, 54, 60], np.float32) * rows
    picture = Image.fromarray(np.broadcast_to(sky, (height, width, 3)).astype(np.uint8).copy())
    draw = ImageDraw.Draw(picture)
    horizon = 0.48 * height
    draw.polygon([(0, height), (width, height), (0.66 * width, horizon), (0.40 * width, horizon)], fill=(66, 66, 70))
    for step in range(5):
        y = horizon + (height - horizon) * (step + 0.3) / 5
        draw.polygon(
            [
                (0.52 * width, y),
                (0.535 * width, y),
                (0.54 * width, y + 26 + 9 * step),
                (0.518 * width, y + 26 + 9 * step),
            ],
            fill=(196, 190, 176),
        )
    for left in (0.06, 0.19, 0.80, 0.92):
        draw.rectangle((left * width, 0.16 * height, left * width + 7, horizon + 60), fill=(92, 92, 96))
        draw.ellipse((left * width - 26, 0.12 * height, left * width + 34, 0.19 * height), fill=(255, 226, 160))
    return picture


def car(draw: ImageDraw.ImageDraw, left: float, bottom: float, length: float) -> None:
    """A grey saloon seen from the side; sizes in pixels."""
    high = length * 0.30
    draw.rounded_rectangle(
        (left, bottom - 0.68 * high, left + length, bottom - 0.12 * high), radius=0.2 * high, fill=(128, 132, 138)
    )
    roof = [(0.20, 0.66), (0.33, 1.0), (0.68, 1.0), (0.83, 0.66)]
    draw.polygon([(left + x * length, bottom - y * high) for x, y in roof], fill=(112, 116, 122))
    glass = [(0.25, 0.67), (0.35, 0.94), (0.66, 0.94), (0.78, 0.67)]
    draw.polygon([(left + x * length, bottom - y * high) for x, y in glass], fill=(46, 56, 68))
    for x in (0.20, 0.80):
        middle = left + x * length
        draw.ellipse(
            (middle - 0.24 * high, bottom - 0.30 * high, middle + 0.24 * high, bottom + 0.16 * high), fill=(24, 24, 26)
        )
        draw.ellipse(
            (middle - 0.11 * high, bottom - 0.18 * high, middle + 0.11 * high, bottom + 0.04 * high),
            fill=(150, 150, 154),
        )
    draw.ellipse((left - 6, bottom - 0.52 * high, left + 22, bottom - 0.36 * high), fill=(236, 60, 48))
    draw.ellipse(
        (left + length - 22, bottom - 0.52 * high, left + length + 6, bottom - 0.36 * high), fill=(255, 244, 210)
    )


def figure(draw: ImageDraw.ImageDraw, x: float, ground: float, tall: float, coat: Colour, vest: Colour | None) -> None:
    """A standing person, `tall` pixels high; `vest`: a reflecting waistcoat."""
    for side in (-1, 1):
        draw.rectangle(
            (
                x + side * 0.05 * tall - 0.045 * tall,
                ground - 0.48 * tall,
                x + side * 0.05 * tall + 0.045 * tall,
                ground,
            ),
            fill=(30, 32, 40),
        )
    draw.rounded_rectangle(
        (x - 0.13 * tall, ground - 0.84 * tall, x + 0.13 * tall, ground - 0.42 * tall), radius=0.05 * tall, fill=coat
    )
    if vest:
        draw.rectangle((x - 0.12 * tall, ground - 0.80 * tall, x + 0.12 * tall, ground - 0.48 * tall), fill=vest)
        draw.rectangle(
            (x - 0.12 * tall, ground - 0.62 * tall, x + 0.12 * tall, ground - 0.58 * tall), fill=(240, 240, 236)
        )
    draw.ellipse((x - 0.07 * tall, ground - tall, x + 0.07 * tall, ground - 0.84 * tall), fill=(206, 166, 142))
    draw.pieslice(
        (x - 0.075 * tall, ground - 1.01 * tall, x + 0.075 * tall, ground - 0.85 * tall), 180, 360, fill=(26, 26, 34)
    )


def breath_test(width_mm: float, height_mm: float) -> Pixels:
    """An officer holds the tester to the driver, the car behind them."""
    width, height = px(width_mm), px(height_mm)
    picture = street(width, height)
    draw = ImageDraw.Draw(picture)
    car(draw, 0.46 * width, 0.74 * height, 0.50 * width)
    ground, tall = 0.96 * height, 0.66 * height
    figure(draw, 0.22 * width, ground, tall, (28, 36, 66), (206, 226, 62))
    figure(draw, 0.46 * width, ground, tall * 0.97, (96, 72, 60), None)
    draw.line(
        (0.27 * width, ground - 0.74 * tall, 0.40 * width, ground - 0.86 * tall),
        fill=(28, 36, 66),
        width=round(0.07 * tall),
    )
    draw.rounded_rectangle(
        (0.385 * width, ground - 0.93 * tall, 0.420 * width, ground - 0.79 * tall), radius=8, fill=(228, 228, 220)
    )
    return finish(np.asarray(picture), "breath", 2.6, 6.0)


def parked_car(width_mm: float, height_mm: float) -> Pixels:
    """The car by the roadside."""
    width, height = px(width_mm), px(height_mm)
    picture = street(width, height)
    draw = ImageDraw.Draw(picture)
    car(draw, 0.14 * width, 0.84 * height, 0.74 * width)
    return finish(np.asarray(picture), "car", 2.6, 6.0)


def finish(pixels: Pixels, name: str, blur: float, grain: float) -> Pixels:
    """What a lens and an ink-jet printer do: softness, uneven light, grain."""
    rng = stream("photo", name)
    height, width = pixels.shape[:2]
    soft = cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), blur)
    light = 1.0 + 0.10 * smooth_field(rng, height, width, width / 3)
    noise = rng.standard_normal((height, width), dtype=np.float32) * np.float32(grain)
    return np.asarray(np.clip(soft * light[:, :, None] + noise[:, :, None], 0, 255), dtype=np.uint8)
