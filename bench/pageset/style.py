"""A style: what is laid out, on which paper, through which scanner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pageset.ink import OFFSET, TONER, Ink
from pageset.lettering import Typeface
from pageset.paper import WHITE, Paper
from pageset.plate import Plate
from pageset.scan import OFFICE_SCANNER, Scanner
from pageset.truth import PageKind


@dataclass(frozen=True)
class Look:
    """Typefaces, sizes and inks a layout is set in."""

    body: Typeface = Typeface.SONG
    title: Typeface = Typeface.SONG_BOLD
    points: float = 16.0
    pitch: float = 1.75  # line pitch in ems
    left: float = 27.0  # margins, mm
    right: float = 25.0
    top: float = 30.0
    ink: Ink = TONER
    rule_ink: Ink = OFFSET
    hand: Typeface = Typeface.KAI
    pen: Ink = TONER
    dates: Typeface = Typeface.SONG  # has 〇, which many lack


Layout = Callable[[Look, np.random.Generator], Plate]


@dataclass(frozen=True)
class Style:
    name: str
    layout: Layout
    kind: PageKind = PageKind.TEXT
    look: Look = Look()
    paper: Paper = WHITE
    scanner: Scanner = OFFICE_SCANNER
    back: Layout | None = None  # printed on the other face and showing through

    def faces(self, rng: np.random.Generator) -> tuple[Plate, Plate | None]:
        """The laid-out face and the one behind it."""
        face = self.layout(self.look, rng)
        return face, self.back(self.look, rng) if self.back else None
