"""Harder desks, drawn up after those of camera_desks were judged on: white paper on white, folders, forms, evening."""

from __future__ import annotations

import cv2
import numpy as np

from pageset.camera import CameraStyle, Colour, Field, Table, plain, wood
from pageset.camera_desks import Below, laid_out


def veined(tone: float, veins: int) -> Table:
    """White marble (汉白玉): cloudy, with gray veins that run anywhere."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        stone = np.full((height, width), tone, np.float32)
        stone += cv2.resize(rng.normal(0, 0.025, (12, 9)).astype(np.float32), (width, height))
        for _ in range(veins):
            steps = rng.normal(0, 0.04, (12, 2)) + rng.uniform(-0.12, 0.12, 2)
            path = (rng.uniform(0, 1, 2) + np.cumsum(steps, axis=0)) * (width, height)
            vein = np.zeros_like(stone)
            cv2.polylines(vein, [np.round(path).astype(np.int32)], False, 1.0, int(rng.integers(3, 14)))
            stone -= float(rng.uniform(0.08, 0.25)) * cv2.GaussianBlur(vein, (0, 0), rng.uniform(1, 6))
        return np.asarray(stone[..., None] * np.array([0.97, 0.99, 1.0], np.float32), np.float32)

    return table


def tartan(ground: Colour, band: Colour, step_px: int) -> Table:
    """Checked cloth (格子布): broad bands both ways, half seen through where they cross."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        start = rng.integers(0, step_px, 2)
        down = ((np.arange(height) + start[0]) % step_px < 0.4 * step_px).astype(np.float32)
        across = ((np.arange(width) + start[1]) % step_px < 0.4 * step_px).astype(np.float32)
        share = cv2.GaussianBlur((down[:, None] + across) / 2, (0, 0), 1.0)[..., None]
        threads = 1 + 0.05 * np.sin(np.arange(height) * 2 * np.pi / 5)[:, None, None]
        cloth = np.array(ground, np.float32) * (1 - share) + np.array(band, np.float32) * share
        return np.asarray(cloth * threads, np.float32)

    return table


WHITE = (0.89, 0.91, 0.92)
HELDOUT: tuple[CameraStyle, ...] = (
    CameraStyle(
        "pile-of-white",
        laid_out(
            plain(0.24, 0.25, 0.28, 0.015),
            Below(WHITE, (0.58, 0.82), 0.05, 5, 0.35, 42),
            Below(WHITE, (0.58, 0.82), 0.05, 5, 0.35, 38),
        ),
        fill=(0.7, 0.82),
        tilt=7,
        turn=5,
        contact=0.4,
    ),
    CameraStyle("white-marble", veined(0.80, 16), tilt=10, turn=9, shadow=0.25, contact=0.3, curl=4),
    CameraStyle("checked-cloth", tartan((0.66, 0.62, 0.56), (0.30, 0.30, 0.44), 260), tilt=11, turn=8, fall_off=0.35),
    CameraStyle(
        "blue-folder",
        laid_out(wood(0.50, 0.64, 0.74, 0.06, 580), Below((0.55, 0.36, 0.16), (0.66, 0.92), 0.02, 4, 0.4)),
        (1944, 2592),
        10,
        6,
        (0.7, 0.84),
        noise=3.5,
    ),
    CameraStyle("rosewood-from-afar", wood(0.14, 0.18, 0.32, 0.16, 0), (2592, 1944), 9, 8, (0.6, 0.72), curl=4),
    CameraStyle(
        "form-below",
        laid_out(plain(0.46, 0.52, 0.50), Below((0.86, 0.88, 0.88), (0.95, 1.3), 0.05, 6, 0.2, 52)),
        tilt=9,
        turn=8,
        fill=(0.66, 0.8),
        shadow=0.2,
    ),
    CameraStyle("evening", plain(0.30, 0.36, 0.44, 0.02), tilt=12, turn=9, light=(0.42, 0.55, 0.62), noise=6, curl=5),
    CameraStyle(
        "brown-desk-pad", laid_out(plain(0.62, 0.68, 0.72), Below((0.24, 0.34, 0.46), (1.1, 0.8))), finger=True
    ),
)
