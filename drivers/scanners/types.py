"""What scanners are asked and what they answer. Plain data; no libsane here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from drivers.origin import Origin


class Source(StrEnum):
    FLATBED = "flatbed"
    ADF = "adf"
    ADF_DUPLEX = "adf-duplex"


class Mode(StrEnum):
    COLOR = "color"
    GRAY = "gray"
    BW = "bw"


class Side(StrEnum):
    FRONT = "front"
    BACK = "back"


class FaultCode(StrEnum):
    """Causes a clerk can act on (SANE status, sensors, content, or our own watchdog)."""

    JAM = "jam"
    MULTIFEED = "multifeed"
    COVER_OPEN = "cover-open"
    EMPTY = "empty"  # no page yet
    BUSY = "busy"
    OFFLINE = "offline"
    IO = "io"
    INVALID_SETTING = "invalid-setting"
    INEXACT_SETTING = "inexact-setting"  # the device would take another dpi or mode than asked
    SHORT_PAGE = "short-page"  # fewer rows than the device promised
    NO_MEMORY = "no-memory"
    ACCESS = "access"
    CANCELLED = "cancelled"
    STALLED = "stalled"
    WORKER_DIED = "worker-died"
    DISK_FULL = "disk-full"
    UNSUPPORTED = "unsupported"


class EndReason(StrEnum):
    FEEDER_EMPTY = "feeder-empty"
    PAGE_LIMIT = "page-limit"
    CANCELLED = "cancelled"
    FAULT = "fault"


class Wait(StrEnum):
    PAPER = "paper"
    TIMER = "timer"
    BUTTON = "button"


@dataclass(frozen=True)
class DeviceInfo:
    """One scanner. `id` is the SANE device name, usable as it stands. `serial`, `driver_version`: "" is not known."""

    id: str
    vendor: str
    model: str
    kind: str
    driver: str
    origin: Origin
    serial: str = ""
    driver_version: str = ""


@dataclass(frozen=True)
class ScanSettings:
    """What the clerk wants, in the words of paper, not of a driver.

    `depth`: bits a sample, 8 or 16; None is 8, or what `extras` say; black and white has none.
    `brightness`, `contrast`: -100 to 100 with 0 the middle of the device's range; `threshold` (of black and white): 0
    to 100. None leaves the device's own.
    `manual_feed`: sheets put in one by one, the device waits for each. `stop_at_multifeed`: use the feeder's detection
    of sheets stuck together where there is one.
    `feed`: picture files laid on the glass one after the other (SANE's `pnm` backend only; training and tests).
    `extras`: driver options by their SANE name, set last.

    Raises ValueError for a value out of these bounds.
    """

    source: Source = Source.FLATBED
    mode: Mode = Mode.COLOR
    dpi: int = 300
    width_mm: float = 210.0
    height_mm: float = 297.0
    depth: int | None = None
    brightness: float | None = None
    contrast: float | None = None
    threshold: float | None = None
    manual_feed: bool = False
    stop_at_multifeed: bool = True
    page_limit: int | None = None
    feed: tuple[Path, ...] = ()
    extras: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.depth not in (None, 8, 16) or (self.depth is not None and self.mode is Mode.BW):
            raise ValueError(f"depth {self.depth} in mode {self.mode}")
        for name, value, low in (
            ("brightness", self.brightness, -100),
            ("contrast", self.contrast, -100),
            ("threshold", self.threshold, 0),
        ):
            if value is not None and not low <= value <= 100:
                raise ValueError(f"{name} {value:g}: {low} to 100 percent")
        if self.threshold is not None and self.mode is not Mode.BW:
            raise ValueError("a threshold is for black and white alone")


@dataclass(frozen=True)
class CaptureRecord:
    """The evidence of one capture; written beside the page as `NNNNNN.json`."""

    sequence: int  # 1, 2, 3... within the batch's spool folder
    sheet: int
    side: Side
    device: str
    vendor: str
    model: str
    driver: str
    origin: Origin
    asked: Mapping[str, object]
    effective: Mapping[str, object]
    captured_at: str  # ISO 8601 with offset
    width_px: int
    height_px: int
    channels: int  # 1 or 3
    depth: int  # bits per channel: 1, 8 or 16
    dpi: int  # 0: not known, as of a camera frame
    sha256: str  # of the page file
    bytes: int
    serial: str = ""  # "": neither the device nor its driver tells
    driver_version: str = ""
    operator: str = ""  # who fed the paper, as the caller named them


@dataclass(frozen=True)
class Inexact:
    """A setting that the device took otherwise than asked; lengths in mm. `taken`: "" where it does not tell."""

    setting: str
    asked: str
    taken: str


@dataclass(frozen=True)
class Ready:
    effective: Mapping[str, object]
    inexact: tuple[Inexact, ...] = ()


@dataclass(frozen=True)
class Progress:
    sequence: int
    rows: int
    of: int


@dataclass(frozen=True)
class Waiting:
    """No page is on its way: the batch waits for paper, for the time of the next page or for the scanner's button."""

    sequence: int
    wait: Wait
    left_s: float | None  # None: without end


@dataclass(frozen=True)
class PageDone:
    """A whole page: `path` and its sidecar are on the disk (fsync, rename, fsync of the folder) before this is said."""

    path: Path
    record: CaptureRecord


@dataclass(frozen=True)
class Fault:
    code: FaultCode
    sequence: int  # the page that was being taken
    raw: str  # what the device or the system said
    retryable: bool


@dataclass(frozen=True)
class End:
    reason: EndReason
    pages: int


Event = Ready | Progress | Waiting | PageDone | Fault | End
