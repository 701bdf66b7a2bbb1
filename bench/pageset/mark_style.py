"""What makes one style of marks differ from another: hands, inks, paper, shapes, pressure, and the scanner's faults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pageset.ink import Ink
from pageset.lettering import Typeface

Range = tuple[float, float]
UNITS = ("岭南市公安局云山分局", "东海县人民检察院", "云山区看守所", "岭南市公安局交通警察支队", "青石镇派出所")


class Centre(Enum):
    """What stands in the middle of a round seal; an oval one has a word there."""

    STAR = "star"
    WORD = "word"
    ROSETTE = "rosette"


class Framed(Enum):
    """What stands in a rectangular stamp (条形章)."""

    LINE = "one line of words"
    LINES = "two lines of words"
    RECEIPT = "an office, a date and a number, ruled off from each other"  # 收文章
    DATE = "a date between two words"  # 收讫


@dataclass(frozen=True)
class Faces:
    text: Typeface
    head: Typeface
    seal: Typeface
    hand: Typeface  # PEN as it is; any other is bent until it looks written


@dataclass(frozen=True)
class MarkInks:
    seals: tuple[Ink, ...]
    pens: tuple[Ink, ...]
    paste: Ink
    red: Ink  # red heads and red pens


@dataclass(frozen=True)
class Stock:
    """The paper."""

    light: tuple[float, float, float]  # reflectance of red, green, blue
    stain: float = 0.0  # depth of brown clouds


@dataclass(frozen=True)
class SealShapes:
    """Lengths in mm."""

    centre: Centre
    rim: Range
    round_mm: tuple[float, ...]
    oval_mm: tuple[tuple[float, float], ...]
    square_mm: tuple[float, ...]
    framed: tuple[Framed, ...] = (Framed.LINE,)
    double_rim: bool = False
    number: bool = False  # thirteen digits along the lower rim (印章编码)
    corner_mm: float = 0.0  # radius of a frame's corners
    letter: float = 0.125  # height of the letters along the rim against the shorter diameter
    narrow: float = 1.0  # their width against their height
    units: tuple[str, ...] = UNITS  # offices whose names stand along the rim
    below: str = "办案专用章"  # what one in two has below its middle


@dataclass(frozen=True)
class Press:
    strength: Range  # of a good impression
    faint: Range  # of a faint one
    bare: float  # largest share of an impression without ink
    turn_deg: float


@dataclass(frozen=True)
class Scanner:
    """A scanner's faults; each page draws its own values from the ranges. Lengths in pixels of 300 dpi."""

    crosstalk: float = 0.0  # largest share of one channel in another
    gain: float = 0.0  # largest departure of a channel's gain from 1: the colour cast
    gamma: Range = (1.0, 1.0)
    misregistration: float = 0.0  # largest shift of red and blue against green
    blur: Range = (0.5, 0.7)
    noise: float = 2.0  # standard deviation, of 255
    jpeg: tuple[int, int] = (85, 92)


@dataclass(frozen=True)
class MarkStyle:
    name: str
    faces: Faces
    inks: MarkInks
    paper: Stock
    seals: SealShapes
    press: Press
    scanner: Scanner
    fingers: str | None = None  # the family of hands whose ridges are grown; None: bent rings
