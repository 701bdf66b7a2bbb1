"""Fingerprints (指印) grown, not copied: noise is filtered along a whorl's flow until ridges stand.

Ridge period 0.48 mm, print about 22 x 15 mm. Orientation field: zero-pole model (Sherlock and Monro 1993);
growth by oriented Gabor filters (Cappelli's synthetic prints work the same way).
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from papercase.inking import Field, smooth_field, soft_threshold, to_coverage
from papercase.randomness import stream
from papercase.sheet import Ink, Sheet
from papercase.units import PX_PER_MM, px

OVERSAMPLING = 2
PERIOD_MM = 0.48
LENGTH_MM, WIDTH_MM = 22.0, 15.0
DIRECTIONS = 16
ROUNDS = 9


def flow(rng: np.random.Generator, height: int, width: int) -> Field:
    """Ridge direction in radians: two loops near each other (a whorl) and two deltas below."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (columns / width - 0.5) * 2, (rows / height - 0.5) * 2
    lean = rng.uniform(-0.08, 0.08)
    cores = ((lean, -0.20), (-lean, rng.uniform(0.02, 0.10)))
    deltas = ((-1.05, 0.80), (1.05, 0.85))
    angle = np.zeros((height, width), np.float32)
    for cx, cy in cores:
        angle += np.arctan2((y - cy) * height, (x - cx) * width) / 2
    for dx, dy in deltas:
        angle -= np.arctan2((y - dy) * height, (x - dx) * width) / 2
    return angle


def gabor_bank(period: float) -> list[Field]:
    """Zero-mean Gabor kernels for ridges that run in DIRECTIONS directions over half a turn."""
    size = int(period * 2.6) | 1
    bank = []
    for index in range(DIRECTIONS):
        along = np.pi * index / DIRECTIONS
        kernel = cv2.getGaborKernel((size, size), period * 0.42, along + np.pi / 2, period, 0.75, 0.0)
        bank.append((kernel - kernel.mean()).astype(np.float32))
    return bank


@cache
def finger(person: str) -> Field:
    """The ridges of a person's finger, 0 (valley) to 1 (ridge), oversampled."""
    rng = stream("finger", person)
    scale = PX_PER_MM * OVERSAMPLING
    height, width = round((LENGTH_MM + 4) * scale), round((WIDTH_MM + 4) * scale)
    direction = np.mod(flow(rng, height, width), np.pi)
    nearest = np.round(direction / np.pi * DIRECTIONS).astype(np.int64) % DIRECTIONS
    ridges = rng.standard_normal((height, width)).astype(np.float32)
    bank = gabor_bank(PERIOD_MM * scale)
    for _ in range(ROUNDS):
        grown = np.zeros_like(ridges)
        for index, kernel in enumerate(bank):
            grown = np.where(nearest == index, cv2.filter2D(ridges, cv2.CV_32F, kernel), grown)
        ridges = np.tanh(grown / (np.std(grown) + 1e-6) * 1.6).astype(np.float32)
    return soft_threshold(cv2.GaussianBlur(ridges, (0, 0), 1.2).astype(np.float32), 0.0, 1.1)


def impression(person: str, rng: np.random.Generator, tilt: float) -> NDArray[np.uint8]:
    """One press of the finger: an oval with an uneven edge, pressure that varies, pores and dry specks."""
    ridges = finger(person)
    height, width = ridges.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    scale = PX_PER_MM * OVERSAMPLING
    offset_x, offset_y = rng.uniform(-0.6, 0.6, 2) * scale
    radius = np.hypot(
        (columns - width / 2 - offset_x) / (WIDTH_MM / 2 * scale),
        (rows - height / 2 - offset_y) / (LENGTH_MM / 2 * scale),
    ).astype(np.float32)
    edge = soft_threshold(1.0 + 0.05 * smooth_field(rng, height, width, 60) - radius, 0.0, 9.0)
    pressure = 0.45 + 0.20 * smooth_field(rng, height, width, 130)
    inked = soft_threshold(ridges, 0.95 - pressure - 0.10, 3.0)
    specks = np.where(smooth_field(rng, height, width, 5) > 0.9, 0.25, 1.0).astype(np.float32)
    amount = np.clip(0.78 + 0.18 * smooth_field(rng, height, width, 90), 0.5, 0.92)
    print_ = (inked * edge * specks * amount).astype(np.float32)
    side = int(np.hypot(height, width)) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -tilt, 1.0)
    matrix[:, 2] += (side / 2 - width / 2, side / 2 - height / 2)
    turned = cv2.warpAffine(print_, matrix, (side, side))
    small = side // OVERSAMPLING
    return to_coverage(np.asarray(cv2.resize(turned, (small, small), interpolation=cv2.INTER_AREA), dtype=np.float32))


def press(sheet: Sheet, x: float, y: float, person: str) -> None:
    """Press the person's finger with its centre at (x, y) mm; entered as a mark."""
    rng = stream(sheet.key, "finger", person, f"{x:.1f}", f"{y:.1f}")
    coverage = impression(person, rng, rng.uniform(8, 32))
    side = coverage.shape[0]
    box = sheet.stamp(Ink.PASTE, px(x) - side // 2, px(y) - side // 2, coverage)
    sheet.mark("fingerprint", box)
