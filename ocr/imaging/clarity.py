"""From what is measured on a mark to what is said about it. The cuts belong to a scanner: its sharpness shifts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ocr.errors import TooFewMarks
from ocr.imaging.types import Clarity, Mark, MarkKind

LEAST_MARKS: Final = 5  # of a kind, to set its cuts by
CALLED_CLEAR: Final = 0.9  # of the marks known to be clear
LEAST_RIDGES: Final = 0.12  # smudges measured up to 0.13: no scanner lowers this


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


def calibrate(clear: Iterable[Mark]) -> MarkCalibration:
    """The cuts of a scanner by marks it took that are all known to be clear; a kind with too few keeps the defaults.

    Nine in ten of them are called clear; the lower cut moves in proportion. Raises `TooFewMarks` when both kinds have.
    """
    default, measured = MarkCalibration(), {MarkKind.SEAL: list[float](), MarkKind.FINGERPRINT: list[float]()}
    for mark in clear:
        if mark.measured is not None and mark.kind in measured:
            measured[mark.kind].append(mark.measured)
    seals, prints = measured[MarkKind.SEAL], measured[MarkKind.FINGERPRINT]
    if max(len(seals), len(prints)) < LEAST_MARKS:
        raise TooFewMarks(seals=len(seals), prints=len(prints), least=LEAST_MARKS)
    seal, ridges = (
        float(np.quantile(values, 1 - CALLED_CLEAR)) if len(values) >= LEAST_MARKS else cut
        for values, cut in ((seals, default.seal_clear), (prints, default.ridges_clear))
    )
    return MarkCalibration(
        ridges_clear=max(ridges, LEAST_RIDGES),
        ridges_some=max(ridges * default.ridges_some / default.ridges_clear, LEAST_RIDGES),
        seal_clear=seal,
        seal_some=seal * default.seal_some / default.seal_clear,
    )
