"""More tables for camera pages: pale ones to tune on, and those that judged before (SEEN)."""

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


def striped(one: tuple[float, float, float], other: tuple[float, float, float], widths: tuple[int, int]) -> Table:
    """A tablecloth or a bamboo mat with stripes of two widths, in pixels, that run across the picture."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        rows = (np.arange(height) + rng.integers(0, sum(widths))) % sum(widths) < widths[0]
        colours = np.where(rows[:, None], np.array(one, np.float32), np.array(other, np.float32))
        soft = cv2.GaussianBlur(colours[:, None].astype(np.float32), (0, 0), 1.2)
        grown = cv2.resize(rng.normal(0, 0.012, (height // 3, width // 3)).astype(np.float32), (width, height))
        return np.asarray(np.repeat(soft, width, axis=1) + grown[..., None], np.float32)

    return table


def tiled(blue: float, green: float, red: float, step_px: int, joint_px: int) -> Table:
    """Tiles (瓷砖) that differ a little, with paler joints."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        shades = rng.normal(1, 0.03, (height // step_px + 2, width // step_px + 2)).astype(np.float32)
        wide = cv2.resize(shades, None, fx=step_px, fy=step_px, interpolation=cv2.INTER_NEAREST)
        top, left = rng.integers(0, step_px, 2)
        laid = wide[top : top + height, left : left + width, None] * np.array([blue, green, red], np.float32)
        for shift in range(joint_px):
            laid[(step_px - top + shift) % step_px :: step_px] = 0.78
            laid[:, (step_px - left + shift) % step_px :: step_px] = 0.78
        return np.asarray(cv2.GaussianBlur(laid, (0, 0), 0.8), np.float32)

    return table


def flowered(ground: tuple[float, float, float], flowers: int, size_px: int) -> Table:
    """Oilcloth with blots of other colours, sharp at their edges."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        cloth = np.empty((height, width, 3), np.float32)
        cloth[:] = ground
        for _ in range(flowers):
            centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            axes = (int(rng.integers(size_px // 3, size_px)), int(rng.integers(size_px // 3, size_px)))
            colour = tuple(float(part) for part in np.clip(np.array(ground) * rng.uniform(0.5, 1.1, 3), 0.05, 0.95))
            cv2.ellipse(cloth, centre, axes, float(rng.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        return cloth

    return table


def newsprint(paper: float, ink: float, pitch_px: int) -> Table:
    """Newspapers (报纸) spread below: columns of lines broken into words."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        spread = np.full((height, width), paper, np.float32)
        column = int(rng.uniform(9, 14) * pitch_px)
        for left in range(int(rng.integers(0, pitch_px)), width, column + pitch_px):
            for top in range(int(rng.integers(0, pitch_px)), height, pitch_px):
                for x in range(left, left + column, pitch_px // 2):
                    if rng.random() < 0.8:
                        spread[top : top + pitch_px // 2, x : x + int(pitch_px * 0.4)] = ink
        soft = cv2.GaussianBlur(spread, (0, 0), 1.0)
        return np.asarray(soft[..., None] * np.array([0.93, 0.98, 1.0], np.float32), np.float32)

    return table


TUNING: tuple[CameraStyle, ...] = (
    CameraStyle("paper-white-desk", plain(0.90, 0.91, 0.91, 0.004), contact=0.3, shadow=0.2, fall_off=0.3),
    CameraStyle("ivory-desk", plain(0.80, 0.87, 0.89, 0.006), contact=0.2, shadow=0.3, curl=5, tilt=12, turn=9),
    CameraStyle("maple", wood(0.66, 0.78, 0.86, 0.03, 700), contact=0.3, shadow=0.3, curl=9, tilt=10),
)
SEEN: tuple[CameraStyle, ...] = (
    CameraStyle("off-white-laminate", plain(0.85, 0.87, 0.86, 0.005), contact=0.28, shadow=0.3, tilt=10, turn=7),
    CameraStyle("ash-veneer", wood(0.64, 0.75, 0.82, 0.04, 610), contact=0.3, shadow=0.25, curl=8, tilt=9, turn=8),
    CameraStyle("linen-cloth", woven(0.70, 0.77, 0.80, 0.10, 9), contact=0.35, shadow=0.3, fall_off=0.35, tilt=11),
    CameraStyle("walnut", wood(0.16, 0.24, 0.34, 0.18, 480), tilt=13, shadow=0.4, curl=6, light=(0.9, 0.98, 1.0)),
    CameraStyle("terrazzo", speckled(0.62, 0.045), tilt=10, turn=12, contact=0.3, noise=3.0),
    CameraStyle("red-felt", plain(0.16, 0.15, 0.48, 0.02), tilt=15, turn=10, curl=9, finger=True, shadow=0.25),
    CameraStyle("checked-oilcloth", ruled((0.62, 0.66, 0.70), -0.2, 121), tilt=9, turn=9, fall_off=0.35),
    CameraStyle("two-desks", halved(plain(0.48, 0.52, 0.55, 0.012), wood(0.36, 0.50, 0.63)), tilt=11, turn=8, curl=5),
    CameraStyle("low-stand", plain(0.22, 0.24, 0.25, 0.02), (2592, 1944), 3, 5, (0.78, 0.92), noise=4, quality=75),
    CameraStyle("mint-enamel", plain(0.72, 0.80, 0.70, 0.004), contact=0.3, shadow=0.35, tilt=12, turn=9),
    CameraStyle("bamboo-mat", striped((0.50, 0.66, 0.74), (0.42, 0.58, 0.68), (13, 4)), tilt=10, turn=8, curl=6),
    CameraStyle("kitchen-tiles", tiled(0.66, 0.70, 0.70, 210, 7), tilt=9, turn=11, fall_off=0.35, noise=3.2),
    CameraStyle("flowered-oilcloth", flowered((0.70, 0.78, 0.82), 160, 110), tilt=12, shadow=0.3, curl=5, quality=80),
    CameraStyle("newspapers", newsprint(0.74, 0.35, 34), tilt=8, turn=7, contact=0.4, light=(0.86, 0.97, 1.0)),
    CameraStyle("dark-leather", speckled(0.16, 0.02), (2736, 3648), tilt=14, turn=10, finger=True, curl=8, blur=1.1),
    CameraStyle("blue-stripes", striped((0.66, 0.50, 0.40), (0.84, 0.82, 0.80), (58, 90)), tilt=11, fall_off=0.4),
    CameraStyle("beech", wood(0.55, 0.69, 0.79, 0.05, 540), (2592, 1944), 6, 9, (0.7, 0.88), shadow=0.25, noise=3.5),
    CameraStyle("cream-desk", plain(0.78, 0.86, 0.90, 0.005), contact=0.22, shadow=0.3, curl=7, tilt=11, turn=8),
)
