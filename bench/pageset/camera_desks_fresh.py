"""Harder desks, drawn up after those of camera_desks were judged on, and others again: both SEEN by now."""

from __future__ import annotations

import cv2
import numpy as np

from pageset.camera import CameraStyle, Colour, Field, Table, plain, ruled, speckled, wood
from pageset.camera_desks import Below, beside_keyboard, brushed, creased, laid_out, latticed, under_glass
from pageset.camera_tables import flowered, halved, newsprint, tiled, woven


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
SEEN: tuple[CameraStyle, ...] = (
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
THIRD: tuple[CameraStyle, ...] = (
    CameraStyle("yellow-pine-planks", wood(0.40, 0.62, 0.76, 0.11, 300), tilt=11, turn=11, curl=6, shadow=0.3),
    CameraStyle("small-print-below", newsprint(0.82, 0.42, 22), (3024, 4032), 9, 9, contact=0.3, curl=4),
    CameraStyle("green-folder", laid_out(speckled(0.5, 0.03), Below((0.34, 0.5, 0.28), (0.7, 0.95), 0.03, 6)), tilt=9),
    CameraStyle(
        "pink-and-yellow-sheets",
        laid_out(
            plain(0.20, 0.24, 0.30, 0.01),
            Below((0.80, 0.74, 0.92), (0.62, 0.87), 0.08, 20, 0.35),
            Below((0.55, 0.82, 0.88), (0.6, 0.85), 0.08, 16, 0.35, 40),
        ),
        fill=(0.66, 0.82),
        tilt=10,
        turn=9,
        shadow=0.25,
    ),
    CameraStyle("keyboard-on-oak", beside_keyboard(wood(0.30, 0.44, 0.58), 0.1), tilt=9, turn=5, fill=(0.66, 0.8)),
    CameraStyle("coarse-sacking", woven(0.42, 0.54, 0.62, 0.3, 16), (1944, 2592), 11, 9, noise=3.5, patch=0.4),
    CameraStyle("blue-lattice", latticed((0.62, 0.44, 0.30), (0.85, 0.84, 0.80), 210), tilt=10, turn=8, finger=True),
    CameraStyle(
        "glass-over-cloth", under_glass(flowered((0.5, 0.6, 0.66), 90, 140)), tilt=11, turn=10, curl=5, quality=78
    ),
    CameraStyle(
        "steel-and-tiles-from-afar",
        halved(brushed(0.42, 0.14), tiled(0.74, 0.72, 0.66, 160, 6)),
        (2592, 1944),
        10,
        8,
        (0.62, 0.76),
        light=(1.0, 0.97, 0.92),
    ),
    CameraStyle("creased-gray-paper", creased(0.62, 0.64, 0.64, 18), tilt=12, turn=9, fall_off=0.4, noise=4, blur=1.2),
    CameraStyle("graph-board", ruled((0.30, 0.28, 0.26), 0.3, 64), tilt=8, turn=7, contact=0.25, curl=7),
)
