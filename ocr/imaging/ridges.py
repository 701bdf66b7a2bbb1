"""Ridges of a fingerprint (捺印纹线): what tells a print from any other red or dark patch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.ink import Mask
from ocr.imaging.types import Picture

MEASURE_DPI: Final = 300
MIN_DPI: Final = 250  # ridges repeat every 0.45 to 0.5 mm: 5.3 to 5.9 pixels at 300 dpi, too few below
WINDOW_PX: Final = 32
STEP_PX: Final = 12
FFT_PX: Final = 64
PERIOD_PX: Final = (4.0, 8.2)
BAND_PX: Final = (2.6, 20.0)
PEAK_WIDTH: Final = 0.026  # cycles a pixel
MIN_INK_SHARE: Final = 0.6  # of a window inside the patch
MIN_BLOCKS: Final = 6
MAX_BLOCKS: Final = 900
GOOD_BLOCK: Final = 0.4


@dataclass(frozen=True)
class Ridges:
    clarity: float  # median share of a window's energy in its ridge period, 0 to 1: .20 and more clear, below .12 none
    good_share: float  # of the windows with a strong period
    turning: float  # 0 one direction everywhere (hatching, print), towards 1 all directions
    windows: int


def measure_ridges(gray: Picture, patch: Mask, dpi: float) -> Ridges | None:
    """Look for ridges in the part of a gray crop that `patch` covers (same shape).

    None when the resolution is below 250 dpi or the patch is too small to tell.
    """
    if dpi < MIN_DPI:
        return None
    scale = MEASURE_DPI / dpi
    if abs(scale - 1) > 0.02:
        size = (round(gray.shape[1] * scale), round(gray.shape[0] * scale))
        gray = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
        patch = cv2.resize(patch.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST).astype(np.bool_)
    if min(gray.shape) < WINDOW_PX:
        return None
    blocks = _windows(gray.astype(np.float32))
    covered = _windows(patch.astype(np.float32)).mean(axis=(1, 2)) >= MIN_INK_SHARE
    blocks = blocks[covered]
    if len(blocks) < MIN_BLOCKS:
        return None
    blocks = blocks[:: -(-len(blocks) // MAX_BLOCKS)]
    clarity, direction = _spectra(blocks)
    good = clarity > GOOD_BLOCK
    turning = 1 - abs(np.exp(2j * direction[good]).mean()) if good.any() else 0.0
    return Ridges(float(np.median(clarity)), float(good.mean()), float(turning), len(blocks))


def _windows(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    view = np.lib.stride_tricks.sliding_window_view(plane, (WINDOW_PX, WINDOW_PX))[::STEP_PX, ::STEP_PX]
    return view.reshape(-1, WINDOW_PX, WINDOW_PX)


@dataclass(frozen=True, eq=False)
class Spectrum:
    """What of a window's (FFT_PX, FFT_PX // 2 + 1) spectrum is looked at, and how it is reckoned (discrete Fourier)."""

    across: NDArray[np.complex64]  # (WINDOW_PX, frequencies along x)
    down: NDArray[np.complex64]  # (frequencies along y, WINDOW_PX)
    band: NDArray[np.intp]  # places in (along y, along x)
    ridge: NDArray[np.intp]  # places in `band` where a peak may lie
    peaks: NDArray[np.float64]  # (places in `ridge`, 2): their frequencies along x and y, cycles a pixel
    near: NDArray[np.float32]  # (places in `ridge`, places in `band`): 1 within PEAK_WIDTH of each other


@cache
def _spectrum() -> Spectrum:
    most = 1 / BAND_PX[0]
    along_y, along_x = (at[np.abs(at) <= most] for at in (np.fft.fftfreq(FFT_PX), np.fft.rfftfreq(FFT_PX)))
    fy, fx = np.meshgrid(along_y, along_x, indexing="ij")
    frequency = np.hypot(fx, fy)
    inside = (frequency >= 1 / BAND_PX[1]) & (frequency <= most)
    x, y, frequency = fx[inside], fy[inside], frequency[inside]
    ridge = np.flatnonzero((frequency >= 1 / PERIOD_PX[1]) & (frequency <= 1 / PERIOD_PX[0]))
    near = np.hypot(x - x[ridge][:, None], y - y[ridge][:, None]) <= PEAK_WIDTH
    taper, at = np.hanning(WINDOW_PX), np.arange(WINDOW_PX)
    return Spectrum(
        (np.exp(-2j * np.pi * np.outer(at, along_x)) * taper[:, None]).astype(np.complex64),
        (np.exp(-2j * np.pi * np.outer(along_y, at)) * taper).astype(np.complex64),
        np.flatnonzero(inside),
        ridge,
        np.stack([x[ridge], y[ridge]], axis=1),
        near.astype(np.float32),
    )


def _spectra(blocks: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each window: the share of energy around its ridge peak, and the peak's direction in radians."""
    looked_at = _spectrum()
    flat = blocks - blocks.mean(axis=(1, 2), keepdims=True)
    rows = flat.reshape(-1, WINDOW_PX) @ looked_at.across.view(np.float32).reshape(WINDOW_PX, -1)
    seen = looked_at.down @ rows.view(np.complex64).reshape(len(flat), WINDOW_PX, -1)
    in_band = np.square(np.abs(seen.reshape(len(flat), -1)[:, looked_at.band]))
    peak = in_band[:, looked_at.ridge].argmax(axis=1)
    near_peak = (in_band * looked_at.near[peak]).sum(axis=1)
    return near_peak / (in_band.sum(axis=1) + 1e-9), np.arctan2(*looked_at.peaks[peak].T[::-1])
