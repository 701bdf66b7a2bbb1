"""Inks: how much red, green and blue light a full layer throws back (0 to 1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ink:
    red: float
    green: float
    blue: float
    through: float = 0.02  # share that shows on the back of the sheet

    def diluted(self, strength: float) -> Ink:
        """The same ink with only `strength` (0 to 1) of its absorption."""
        red, green, blue = (1 - strength * (1 - part) for part in (self.red, self.green, self.blue))
        return Ink(red, green, blue, self.through)


TONER = Ink(0.10, 0.10, 0.11)
OFFSET = Ink(0.16, 0.15, 0.15)  # printed forms
THERMAL = Ink(0.36, 0.36, 0.39, 0.0)
RIBBON = Ink(0.33, 0.31, 0.38)  # dot matrix
RED = Ink(0.80, 0.10, 0.12, 0.03)  # red heads (红头)
SEAL = Ink(0.80, 0.09, 0.17, 0.07)  # seal paste (印油)
PASTE = Ink(0.78, 0.13, 0.15, 0.05)  # fingerprint paste (印泥)
GEL_PEN = Ink(0.09, 0.10, 0.17, 0.03)
BALL_PEN = Ink(0.20, 0.26, 0.62, 0.02)
BRUSH = Ink(0.14, 0.13, 0.13, 0.06)  # fountain pen and brush on old paper
