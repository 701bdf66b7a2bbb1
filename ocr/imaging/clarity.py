"""From what is measured on a mark to what is said about it. The cuts belong to a scanner: its sharpness shifts them."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.imaging.types import Clarity


@dataclass(frozen=True)
class MarkCalibration:
    """Cuts of one scanner profile; the defaults were set on drawn pages (docs/benchmarks.md)."""

    ridges_clear: float = 0.20  # median share of energy in the ridge period, see ridges.Ridges.clarity
    ridges_some: float = 0.12
    seal_clear: float = 0.14  # absorption by the ink on the outline; faint impressions measure 0.09 to 0.13
    seal_some: float = 0.06
    cover_clear: float = 0.85  # share of the outline seen


DEFAULT_CALIBRATION = MarkCalibration()


def seal_clarity(strength: float, cover: float, cuts: MarkCalibration) -> Clarity:
    """Of an outline whose ink absorbs `strength` (median, 0 to 1) and which is seen to `cover` (0 to 1)."""
    if strength < cuts.seal_some:
        return Clarity.UNCLEAR
    return Clarity.CLEAR if strength >= cuts.seal_clear and cover >= cuts.cover_clear else Clarity.CHECK


def print_clarity(ridges: float, cuts: MarkCalibration) -> Clarity:
    if ridges < cuts.ridges_some:
        return Clarity.UNCLEAR
    return Clarity.CLEAR if ridges >= cuts.ridges_clear else Clarity.CHECK
