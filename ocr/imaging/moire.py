"""Moiré (摩尔纹): one regular pattern over the picture, as sharp peaks in its spectrum."""

from __future__ import annotations

from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import Moire
from ocr.imaging.scale import MM_PER_INCH, red_channel, reduce_to
from ocr.imaging.types import Picture

LOOK_DPI: Final = 150
TILE_PX: Final = 256
TILES: Final = 6
PERIOD_PX: Final = (2.6, 14.0)  # 0.44 to 2.4 mm at 150 dpi; lines of text repeat at 4 mm and more
AROUND_PX: Final = 15  # of the spectrum, for the level a peak stands out from
SEEN: Final = 5.0  # natural logarithm: 150 times the power around it
NOT_SEEN: Final = 4.2


def find_moire(picture: Picture, dpi: float) -> Moire:
    """The strongest peak that two tiles share, as the natural logarithm of its power over that around it.

    Text has a broad spectrum that differs from tile to tile; a raster peaks at one frequency in all tiles it covers.
    """
    gray, gray_dpi = reduce_to(red_channel(picture), dpi, LOOK_DPI)
    spectra = [_log_power(tile) for tile in _tiles(gray)]
    if len(spectra) < 2:
        return Moire(0.0, None, None, 0.0)
    over = np.stack([spectrum - cv2.blur(spectrum, (AROUND_PX, AROUND_PX)) for spectrum in spectra])
    shared = np.sort(over[:, _band()], axis=0)[-2]
    best = int(shared.argmax())
    strength = float(shared[best])
    if strength >= SEEN:
        period_mm = MM_PER_INCH / gray_dpi / float(_frequency()[_band()][best])
        return Moire(strength, period_mm, True, min(1.0, 0.5 + (strength - SEEN) / 2))
    return Moire(strength, None, False if strength <= NOT_SEEN else None, max(0.0, 1 - strength / SEEN))


def _frequency() -> NDArray[np.float64]:
    """(256, 129) cycles a pixel."""
    return np.asarray(np.hypot(np.fft.fftfreq(TILE_PX)[:, None], np.fft.rfftfreq(TILE_PX)[None]), np.float64)


@cache
def _band() -> NDArray[np.bool_]:
    """Frequencies looked at: none on the axes, where rules and the picture's own frame show."""
    frequency = _frequency()
    along, across = np.abs(np.fft.fftfreq(TILE_PX))[:, None], np.fft.rfftfreq(TILE_PX)[None]
    off_axes = (along > 2 / TILE_PX) & (across > 2 / TILE_PX)
    return np.asarray((frequency >= 1 / PERIOD_PX[1]) & (frequency <= 1 / PERIOD_PX[0]) & off_axes, np.bool_)


def _tiles(gray: Picture) -> list[Picture]:
    """Six tiles spread over the middle of the picture, fewer of a small one."""
    height, width = gray.shape
    tops = {round(share * (height - TILE_PX)) for share in (0.2, 0.5, 0.8)} if height >= TILE_PX else set()
    lefts = {round(share * (width - TILE_PX)) for share in (0.25, 0.75)} if width >= TILE_PX else set()
    return [gray[top : top + TILE_PX, left : left + TILE_PX] for top in sorted(tops) for left in sorted(lefts)][:TILES]


def _log_power(tile: Picture) -> NDArray[np.float32]:
    """(256, 129) natural logarithm of the power at each frequency; the left half of a real spectrum."""
    window = np.hanning(TILE_PX).astype(np.float32)
    level = tile.astype(np.float32) - np.float32(tile.mean())
    packed = np.asarray(cv2.dft(level * np.outer(window, window)), np.float32)
    return np.asarray(2 * cv2.log(magnitudes(packed) + 1), np.float32)


def magnitudes(packed: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, n / 2 + 1) from the packed spectrum of a real (n, n) picture, n even (OpenCV's CCS format).

    Columns of real parts with those of imaginary parts behind them; the first and the last column, whose lower half
    mirrors the upper one, are packed in the same way downwards.
    """
    side = len(packed)
    found = np.empty((side, side // 2 + 1), np.float32)
    found[:, 1:-1] = cv2.magnitude(packed[:, 1:-1:2].copy(), packed[:, 2::2].copy())
    for column, ends in ((0, packed[:, 0]), (side // 2, packed[:, -1])):
        upper = np.hypot(ends[1:-1:2], ends[2::2])
        found[:, column] = np.concatenate([[abs(ends[0])], upper, [abs(ends[-1])], upper[::-1]])
    return found
