"""Paper (纸张): tint, clouds, fibres, foxing, at the resolution of the scan. Everything 0 to 1, R, G, B planes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field

Field = NDArray[np.float32]


@dataclass(frozen=True)
class Paper:
    """A kind of paper. `tint`: reflectance; the rest are standard deviations of reflectance."""

    tint: tuple[float, float, float] = (0.972, 0.966, 0.948)
    cloud: float = 0.006  # bumps of some 35 mm
    fibre: float = 0.0  # bumps of some 0.3 mm
    foxing: float = 0.0  # share of the sheet under brown spots (黄斑), 0 to 0.2
    edge: float = 0.0  # how much darker the rim of an old sheet is
    spot: tuple[float, float, float] = (0.10, 0.18, 0.30)  # of the light that is lost in a brown spot


WHITE = Paper()
BRIGHT = Paper((0.985, 0.987, 0.992), 0.003)
RECYCLED = Paper((0.900, 0.885, 0.840), 0.010, 0.012)
YELLOWED = Paper((0.900, 0.838, 0.700), 0.022, 0.010, 0.04, 0.16)
BROWN = Paper((0.815, 0.730, 0.585), 0.030, 0.016, 0.09, 0.22)
THIN_PINK = Paper((0.972, 0.890, 0.895), 0.006)
SPOTTED_IVORY = Paper((0.930, 0.895, 0.815), 0.014, 0.009, 0.07, 0.10, (0.07, 0.16, 0.26))
SPOTTED_DRAB = Paper((0.850, 0.800, 0.690), 0.022, 0.014, 0.13, 0.14, (0.13, 0.22, 0.33))
KRAFT = Paper((0.700, 0.560, 0.400), 0.015, 0.022)


def sheet_of(paper: Paper, height: int, width: int, dpi: int, rng: np.random.Generator) -> list[Field]:
    """Three planes of bare paper."""
    mm = dpi / 25.4
    relief = 1 + paper.cloud * smooth_field(rng, height, width, 35 * mm)
    if paper.fibre:
        relief += paper.fibre * smooth_field(rng, height, width, 0.3 * mm)
    if paper.edge:
        relief *= 1 - paper.edge * rim(height, width, 22 * mm)
    shift = rng.uniform(-0.006, 0.006)
    planes = [np.asarray(relief * (part + shift), np.float32) for part in paper.tint]
    if paper.foxing:
        bumps = smooth_field(rng, height, width, 3 * mm)
        spots = np.clip((bumps - np.quantile(bumps[::8, ::8], 1 - paper.foxing)) * 3, 0, 1)
        for plane, lost in zip(planes, paper.spot, strict=True):
            plane *= 1 - np.float32(lost) * spots
    return planes


def rim(height: int, width: int, reach: float) -> Field:
    """1 at the very edge of the sheet, falling off over `reach` pixels."""
    rows = np.minimum(np.arange(height), np.arange(height)[::-1]).astype(np.float32)
    columns = np.minimum(np.arange(width), np.arange(width)[::-1]).astype(np.float32)
    return np.asarray(np.exp(-np.minimum(rows[:, None], columns[None, :]) / np.float32(reach)), np.float32)
