"""More tables for camera pages: pale ones to tune on, and a set for judging that nobody looked at while tuning."""

from __future__ import annotations

import cv2
import numpy as np

from pageset.camera import CameraStyle, Field, Table, plain, ruled, speckled, wood


def woven(blue: float, green: float, red: float, depth: float, step_px: int) -> Table:
    """Cloth (桌布) whose threads run both ways."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        warp = np.sin(2 * np.pi * (np.arange(width) / step_px + rng.random()))
        weft = np.sin(2 * np.pi * (np.arange(height) / (1.1 * step_px) + rng.random()))
        fold = cv2.resize(rng.normal(0, 1, (4, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        threads = (1 + depth * (weft[:, None] + warp) / 2 + 0.03 * fold).astype(np.float32)
        return np.asarray(np.array([blue, green, red], np.float32) * threads[..., None], np.float32)

    return table


def halved(one: Table, other: Table) -> Table:
    """Two tables pushed together: their joint runs somewhere across the picture, under the sheet or beside it."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        joint = int(rng.uniform(0.1, 0.9) * width)
        laid = one(height, width, rng)
        laid[:, joint:] = other(height, width, rng)[:, joint:]
        laid[:, joint : joint + 6] *= 0.5
        return laid

    return table


TUNING: tuple[CameraStyle, ...] = (
    CameraStyle("paper-white-desk", plain(0.90, 0.91, 0.91, 0.004), contact=0.3, shadow=0.2, fall_off=0.3),
    CameraStyle("ivory-desk", plain(0.80, 0.87, 0.89, 0.006), contact=0.2, shadow=0.3, curl=5, tilt=12, turn=9),
    CameraStyle("maple", wood(0.66, 0.78, 0.86, 0.03, 700), contact=0.3, shadow=0.3, curl=9, tilt=10),
)
HELDOUT: tuple[CameraStyle, ...] = (
    CameraStyle("off-white-laminate", plain(0.85, 0.87, 0.86, 0.005), contact=0.28, shadow=0.3, tilt=10, turn=7),
    CameraStyle("ash-veneer", wood(0.64, 0.75, 0.82, 0.04, 610), contact=0.3, shadow=0.25, curl=8, tilt=9, turn=8),
    CameraStyle("linen-cloth", woven(0.70, 0.77, 0.80, 0.10, 9), contact=0.35, shadow=0.3, fall_off=0.35, tilt=11),
    CameraStyle("walnut", wood(0.16, 0.24, 0.34, 0.18, 480), tilt=13, shadow=0.4, curl=6, light=(0.9, 0.98, 1.0)),
    CameraStyle("terrazzo", speckled(0.62, 0.045), tilt=10, turn=12, contact=0.3, noise=3.0),
    CameraStyle("red-felt", plain(0.16, 0.15, 0.48, 0.02), tilt=15, turn=10, curl=9, finger=True, shadow=0.25),
    CameraStyle("checked-oilcloth", ruled((0.62, 0.66, 0.70), -0.2, 121), tilt=9, turn=9, fall_off=0.35),
    CameraStyle("two-desks", halved(plain(0.48, 0.52, 0.55, 0.012), wood(0.36, 0.50, 0.63)), tilt=11, turn=8, curl=5),
    CameraStyle("low-stand", plain(0.22, 0.24, 0.25, 0.02), (2592, 1944), 3, 5, (0.78, 0.92), noise=4, quality=75),
)
