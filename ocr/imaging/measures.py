"""What the checks of a page found, one type a measure. `None` means "not sure"; confidences run from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


class LidColour(StrEnum):
    BLACK = "black"
    GRAY = "gray"
    WHITE = "white"
    COLOURED = "coloured"


@dataclass(frozen=True)
class Lid:
    """What the scanner shows around the sheet (盖板); `colour` None where no lid is seen beside the sheet."""

    colour: LidColour | None
    confidence: float


@dataclass(frozen=True)
class Hole:
    """A punch hole (装订孔): centre and diameter in pixels of the picture as given."""

    x: float
    y: float
    diameter: float
    confidence: float


class Light(StrEnum):
    GOOD = "good"
    DARK = "dark"  # the paper itself is gray
    BRIGHT = "bright"  # strokes are washed out
    FAINT = "faint"  # ink hardly darker than the paper


@dataclass(frozen=True)
class Exposure:
    """Exposure and contrast (曝光与对比度). Levels from 0 black to 255 white."""

    paper: float
    ink: float | None  # None: no ink to measure
    contrast: float  # 0 to 1: by how much of the paper's light the ink is darker; 0 without ink
    clipped: float  # share of the picture's pixels at the very black or the very white end
    light: Light | None  # None: nothing to judge by


class ColourClass(StrEnum):
    COLOUR = "color"
    GRAY = "gray"
    BITONAL = "bitonal"


class ColourReason(StrEnum):
    COLOUR_INK = "color-ink"  # seals, prints, coloured pens, pictures
    FRINGES = "fringes-or-color"  # could be the scanner's fringes; kept in colour to lose no seal
    MIDTONES = "midtones"  # photographs, gray areas
    BLACK_ON_WHITE = "black-on-white"
    EMPTY = "empty"


@dataclass(frozen=True)
class Colouring:
    """In which mode the page must be kept so that nothing is lost (色彩模式), and why."""

    kind: ColourClass
    reason: ColourReason
    colour_mm2: float  # area of ink that is surely coloured
    confidence: float


@dataclass(frozen=True)
class CutOff:
    """Sides of the picture at which text or drawing is cut (文字被切)."""

    sides: tuple[Side, ...]
    confidence: float  # 0: the picture is too small to judge


@dataclass(frozen=True)
class Spread:
    """Whether two facing pages lie in one picture (跨页), seen upright. `split_mm`: the gutter, from the left."""

    two_pages: bool | None
    split_mm: float | None
    confidence: float


@dataclass(frozen=True)
class Resolution:
    """Whether the claimed dpi can be true (分辨率可信): by the sheet's size and the characters' height, in mm."""

    width_mm: float
    height_mm: float
    character_mm: float | None  # None: no text to measure
    plausible: bool | None
    suggested_dpi: int | None  # what would make the sheet A4, where the claimed dpi is not plausible


@dataclass(frozen=True)
class ShowThrough:
    """The other side of the sheet seen through it (透印)."""

    share: float  # of the page's area
    seen: bool | None
    confidence: float


@dataclass(frozen=True)
class Moire:
    """A periodic pattern over the picture: screens photographed, halftones scanned (摩尔纹)."""

    strength: float  # of the strongest pattern over what is around it in the spectrum
    period_mm: float | None
    seen: bool | None
    confidence: float


@dataclass(frozen=True)
class Fingers:
    """Sides of the sheet over which a finger reaches in and hides something (手指遮挡)."""

    sides: tuple[Side, ...]
    confidence: float
