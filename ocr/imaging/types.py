"""What is measured on a page and what is done to it. All sizes in mm, all angles in degrees, boxes in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import Colouring, CutOff, Exposure, Fingers, Hole, Lid, Moire, Resolution, ShowThrough, Spread

Picture = NDArray[np.uint8]  # (height, width, 3) in B, G, R order, or (height, width) gray
Matrix = NDArray[np.float64]  # 3 x 3, maps original pixels to rendered pixels
Box = tuple[int, int, int, int]  # x, y, width, height; top-left origin

ANALYSIS_VERSION = "7"


class Orienter(Protocol):
    """Looks at a picture and says which clockwise turn brings it upright."""

    def probabilities(self, picture: Picture) -> NDArray[np.float64]:
        """Four numbers that sum to 1: the page is upright after a clockwise turn of 0, 90, 180, 270 degrees."""
        ...


class MarkKind(StrEnum):
    SEAL = "seal"
    FINGERPRINT = "fingerprint"
    SIGNATURE = "signature"


class Verdict(StrEnum):
    BLANK = "blank"
    FILLED = "filled"
    ASK = "ask"


class Clarity(StrEnum):
    """How well a mark can be read by a person; the cuts belong to the scanner (clarity.MarkCalibration)."""

    CLEAR = "clear"
    CHECK = "check"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Mark:
    """A seal or a print. Whose it is, is never claimed."""

    kind: MarkKind
    box: Box
    confidence: float  # 0 to 1; below 0.5 where the verdict is ASK
    clarity: Clarity = Clarity.CLEAR
    verdict: Verdict = Verdict.FILLED  # ASK: it may be one; a person has to look
    measured: float | None = None  # what clarity goes by: ridges.Ridges.clarity, a seal's absorption; None: not seen


@dataclass(frozen=True)
class Border:
    """How far a dark scanner border reaches in from each side, in mm; 0 where there is none."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True)
class PageAnalysis:
    """Everything automatic that is known about one picture; `None` means "not sure"."""

    version: str
    width: int
    height: int
    dpi: int
    skew_deg: float | None  # counter-clockwise turn of the content; None when the two estimators disagree
    skew_confidence: float
    orientation_deg: int | None  # clockwise turn (0, 90, 180, 270) that brings the page upright; None: not sure
    orientation_confidence: float
    blank: bool
    blank_score: float  # 0 full of ink, 1 nothing seen
    sharpness: float
    sharp: bool
    border: Border
    marks: tuple[Mark, ...]
    lid: Lid | None = None
    holes: tuple[Hole, ...] = ()
    exposure: Exposure | None = None
    colouring: Colouring | None = None
    cut_off: CutOff | None = None
    spread: Spread | None = None
    resolution: Resolution | None = None
    show_through: ShowThrough | None = None
    moire: Moire | None = None
    fingers: Fingers | None = None


class OpKind(StrEnum):
    """What all but PERSPECTIVE and DEWARP call the original is the flattened sheet where a PERSPECTIVE comes first."""

    PERSPECTIVE = "perspective"  # x, y of four corners, clockwise, pixels of the original; width, height in mm
    DEWARP = "dewarp"  # right after PERSPECTIVE; three numbers each for top, right, bottom, left edge, see bend.Bend
    TURN = "turn"  # degrees clockwise: 90, 180, 270
    DESKEW = "deskew"  # degrees clockwise
    CROP = "crop"  # mm cut from left, top, right, bottom (of the turned page)
    FILL_HOLE = "fill_hole"  # x, y of the centre and diameter, mm of the original
    FILL_BORDER = "fill_border"  # mm from left, top, right, bottom of the finished page in which a lid may show
    DESPECKLE = "despeckle"  # largest speck in mm, then x, y, width, height of boxes to keep, mm of the original


class OpSource(StrEnum):
    AUTOMATIC = "automatic"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Op:
    kind: OpKind
    values: tuple[float, ...]
    source: OpSource
    confidence: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """Ordered operations; the original stays as it is and a picture is rendered from both."""

    ops: tuple[Op, ...] = ()


class Derivative(StrEnum):
    EVIDENCE = "evidence"  # geometry only
    READING = "reading"  # whitened and retouched; seals and prints kept
    OCR = "ocr"  # seal-free


@dataclass(frozen=True)
class Rendered:
    picture: Picture
    dpi: int
    matrix: Matrix


@dataclass(frozen=True)
class ZoneInk:
    """What was found where a signature or a fingerprint belongs."""

    box: Box
    ink_mm2: float  # dark or blue writing, printed text left out
    verdict: Verdict
    fingerprint: Verdict
    shape: str = ""  # of the writing, `ocr.imaging.writing`; empty where the place is not filled


@dataclass(frozen=True)
class StrikeOut:
    """Words struck out (划改)."""

    box: Box  # of the strokes
    sure: float  # 0 to 1
    fingerprint: Verdict  # within 15 mm of it; ASK where there is other red
