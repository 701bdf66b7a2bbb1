"""Cuts of a scanner set by marks that are known to be clear."""

from __future__ import annotations

import pytest

from ocr.errors import TooFewMarks
from ocr.imaging.clarity import DEFAULT_CALIBRATION, LEAST_RIDGES, calibrate, print_clarity, seal_clarity
from ocr.imaging.types import Clarity, Mark, MarkKind


def seals(*measured: float) -> list[Mark]:
    return [Mark(MarkKind.SEAL, (0, 0, 500, 500), 1.0, measured=one) for one in measured]


def prints(*measured: float) -> list[Mark]:
    return [Mark(MarkKind.FINGERPRINT, (0, 0, 180, 250), 1.0, measured=one) for one in measured]


def test_nine_in_ten_of_the_marks_are_called_clear_after_it() -> None:
    strengths = [0.08 + 0.01 * step for step in range(10)]
    cuts = calibrate(seals(*strengths))
    assert sum(seal_clarity(one, 1.0, cuts) is Clarity.CLEAR for one in strengths) == 9
    assert seal_clarity(0.08, 1.0, cuts) is Clarity.CHECK
    assert (cuts.ridges_clear, cuts.ridges_some) == (DEFAULT_CALIBRATION.ridges_clear, DEFAULT_CALIBRATION.ridges_some)


def test_a_sharper_scanner_asks_more_of_a_fingerprint() -> None:
    cuts = calibrate(prints(0.40, 0.42, 0.45, 0.41, 0.44))
    assert [print_clarity(one, cuts) for one in (0.41, 0.3, 0.22)] == [Clarity.CLEAR, Clarity.CHECK, Clarity.UNCLEAR]


def test_no_scanner_makes_ridges_of_smudges() -> None:
    cuts = calibrate(prints(0.05, 0.06, 0.05, 0.04, 0.06))
    assert print_clarity(LEAST_RIDGES - 0.01, cuts) is Clarity.UNCLEAR


def test_too_few_marks_set_no_cuts() -> None:
    unseen = [Mark(MarkKind.FINGERPRINT, (0, 0, 180, 250), 0.4)] * 9  # at 150 dpi nothing is measured
    with pytest.raises(TooFewMarks, match="4 seals and 0 fingerprints"):
        calibrate(seals(0.2, 0.2, 0.2, 0.2) + unseen)
