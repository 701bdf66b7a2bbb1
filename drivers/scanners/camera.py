"""Document cameras (高拍仪) over V4L2, and recordings in their place: MJPG .avi files and numbered pictures.

Names: `camera:/dev/video0`, `camera:/film.avi`, `camera:/pages/%02d.png`. A frame is kept as it is; finding the page in
it is imaging's. A camera knows no resolution on paper: its pages have dpi 0.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from drivers.errors import SpoolOccupied
from drivers.origin import Origin
from drivers.scanners import faults, pace, spool
from drivers.scanners.options import SettingError
from drivers.scanners.png import PngWriter
from drivers.scanners.types import (
    CaptureRecord,
    DeviceInfo,
    End,
    EndReason,
    Event,
    FaultCode,
    Inexact,
    Mode,
    PageDone,
    Ready,
    Side,
    Wait,
)
from drivers.scanners.wire import Job

BACKEND = "camera"
WARM_UP_FRAMES = 8  # exposure and white balance settle
MAX_FRAME_PIXELS = 100_000_000
_LARGEST = 10_000  # asked for in pixels a side, V4L2 drivers answer with their largest frame
_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_NODE = re.compile(r"/dev/video\d{1,4}", re.ASCII)
_EXTRAS = frozenset({"frame-width", "frame-height", "warm-up-frames"})


class Capture(Protocol):
    """The part of cv2.VideoCapture that is used."""

    def isOpened(self) -> bool: ...  # noqa: N802 - OpenCV's names
    def set(self, propId: int, value: float, /) -> bool: ...  # noqa: N803
    def get(self, propId: int, /) -> float: ...  # noqa: N803
    def read(self) -> tuple[bool, npt.NDArray[np.uint8]]: ...
    def release(self) -> None: ...


class _Cancelled(Exception):
    """The station asked to stop."""


class CameraError(Exception):
    """The camera or the recording cannot be used. `code` says why."""

    def __init__(self, code: FaultCode, detail: str) -> None:
        self.code = code
        super().__init__(detail)


@dataclass(frozen=True)
class _Wanted:
    """The `extras` of a camera, checked; None: the largest frame."""

    width: int | None
    height: int | None
    warm_up: int


def describe(device_id: str, sysfs: Path = Path("/sys")) -> DeviceInfo:
    """What a camera is. HARDWARE only for a V4L2 node whose device is neither virtual (v4l2loopback) nor the kernel's
    test driver vivid; SIMULATOR for those; REPLAY for recordings."""
    path = device_id.removeprefix(f"{BACKEND}:")
    if not _NODE.fullmatch(path):
        return DeviceInfo(device_id, "", Path(path).name, "recording", BACKEND, Origin.REPLAY)
    entry = sysfs / "class" / "video4linux" / Path(path).name
    name = (entry / "name").read_text("utf-8", "replace").strip() if (entry / "name").is_file() else ""
    place = entry.resolve().parts
    real = entry.exists() and "virtual" not in place and not any(part.startswith("vivid") for part in place)
    return DeviceInfo(device_id, "", name, "camera", BACKEND, Origin.HARDWARE if real else Origin.SIMULATOR)


def list_cameras(sysfs: Path = Path("/sys")) -> list[DeviceInfo]:
    """The cameras there are. A camera's further nodes, which give no pictures, have an index above 0."""
    nodes = sorted((sysfs / "class" / "video4linux").glob("video*"), key=lambda node: int(node.name[5:]))
    first = [node for node in nodes if (node / "index").read_text("ascii").strip() == "0"]
    return [describe(f"{BACKEND}:/dev/{node.name}", sysfs) for node in first]


def open_capture(path: str) -> Capture:
    """Raises CameraError when there is nothing, no right to it, or somebody else has it."""
    if _NODE.fullmatch(path):
        _check_node(path)
        backend = cv2.CAP_V4L2
    elif "%" in Path(path).name:
        backend = cv2.CAP_IMAGES
    elif Path(path).is_file():  # else OpenCV would try it as an address
        backend = cv2.CAP_OPENCV_MJPEG
    else:
        raise CameraError(FaultCode.OFFLINE, f"no such recording: {path}")
    capture = cv2.VideoCapture(path, backend)
    if not capture.isOpened():
        code = FaultCode.BUSY if backend == cv2.CAP_V4L2 and _is_held(path) else FaultCode.OFFLINE
        raise CameraError(code, f"no pictures from {path}")
    return capture  # type: ignore[return-value]  # its stub tells of read() less exactly


def events(
    job: Job,
    *,
    now: Callable[[], datetime],
    clock: Callable[[], float],
    pause: Callable[[float], object],
    cancelled: Callable[[], bool],
    opened: Callable[[str], Capture] = open_capture,
) -> Iterator[Event]:
    """Ready, a PageDone for each frame taken and Waiting between those of a camera, a Fault when something broke, End
    last. The clocks are those of `Batch`."""
    batch = _Frames(job, describe(job.device_id), now, pace.Clock(clock, pause, lambda: _stop_if(cancelled())))
    reason = EndReason.FAULT
    try:
        capture = opened(job.device_id.removeprefix(f"{BACKEND}:"))
        try:
            reason = yield from batch.take(capture)
        finally:
            capture.release()
    except _Cancelled:
        reason = EndReason.CANCELLED
    except (CameraError, SettingError) as error:
        yield faults.fault(error.code, batch.sequence, str(error))
    except SpoolOccupied as error:
        yield faults.fault(FaultCode.INVALID_SETTING, batch.sequence, str(error))
    except OSError as error:
        yield faults.from_system(error, batch.sequence)
    yield End(reason, batch.pages)


class _Frames:
    """The frames of one job; `pages` counts those kept."""

    def __init__(
        self,
        job: Job,
        info: DeviceInfo,
        now: Callable[[], datetime],
        waits: pace.Clock,
    ) -> None:
        self._job = job
        self._info = info
        self._now = now
        self._waits = waits
        self._live = info.origin is not Origin.REPLAY
        self.pages = 0

    @property
    def sequence(self) -> int:
        return self._job.first_sequence + self.pages

    def take(self, capture: Capture) -> Generator[Event, None, EndReason]:
        """One frame unless more are asked of a camera; all of a recording."""
        if self._job.settings.mode is Mode.BW:
            raise SettingError(FaultCode.UNSUPPORTED, "a camera gives colour or gray")
        if self._job.on_button:
            raise SettingError(FaultCode.UNSUPPORTED, "a camera has no button")
        wanted = _wanted(self._job.settings.extras)
        effective = self._set_up(capture, wanted)
        yield Ready(effective, _inexact(effective) if self._live else ())
        limit = self._job.settings.page_limit or (1 if self._live else None)
        while limit is None or self.pages < limit:
            self._waits.check()
            if self.pages and self._live:
                end = self._waits.now() + self._job.page_interval_s
                yield from pace.until(self._waits, end, self.sequence, Wait.TIMER)
            frame = self._next_frame(capture, wanted.warm_up)
            if frame is None:
                return EndReason.FEEDER_EMPTY
            yield self._keep(frame, effective)
        return EndReason.PAGE_LIMIT

    def _set_up(self, capture: Capture, wanted: _Wanted) -> Mapping[str, object]:
        """Set the frame's form and read it back. Raises SettingError when the camera would take another size."""
        if self._live:
            capture.set(cv2.CAP_PROP_FOURCC, _MJPG)  # before the size: raw frames stop at 1080p (opencv issue 24289)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width or _LARGEST)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height or _LARGEST)
        width, height = (int(capture.get(size)) for size in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        asked = (wanted.width or width, wanted.height or height)
        if asked != (width, height):
            detail = f"frame: asked {asked[0]} x {asked[1]}, camera gives {width} x {height}"
            raise SettingError(FaultCode.INEXACT_SETTING, detail)
        if not 0 < width * height <= MAX_FRAME_PIXELS:
            raise SettingError(FaultCode.UNSUPPORTED, f"frame of {width} x {height} pixels")
        code = int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little", signed=True)
        fourcc = code.decode("ascii", "ignore").strip("\0")  # a sequence of pictures has none
        return {"frame-width": width, "frame-height": height, "fourcc": fourcc, "mode": str(self._job.settings.mode)}

    def _next_frame(self, capture: Capture, warm_up: int) -> npt.NDArray[np.uint8] | None:
        """The next picture, height x width x 3 (blue, green, red); None at a recording's end. A live camera's older
        frames, taken before the paper lay still, are dropped."""
        for _ in range(warm_up if self._live else 0):
            self._read(capture)
        return self._read(capture)

    def _read(self, capture: Capture) -> npt.NDArray[np.uint8] | None:
        there, frame = capture.read()
        if not there and self._live:
            raise CameraError(FaultCode.IO, "the camera gave no frame")
        return frame if there else None

    def _keep(self, frame: npt.NDArray[np.uint8], effective: Mapping[str, object]) -> PageDone:
        height, width = frame.shape[:2]
        if (width, height) != (effective["frame-width"], effective["frame-height"]):
            raise CameraError(FaultCode.SHORT_PAGE, f"a frame of {width} x {height} pixels")
        gray = self._job.settings.mode is Mode.GRAY
        rows = np.ascontiguousarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY if gray else cv2.COLOR_BGR2RGB))
        channels = 1 if gray else 3
        part = spool.open_part(self._job.spool, self.sequence)
        try:
            writer = PngWriter(part, width=width, channels=channels, depth=8, dpi=0)
            writer.write(rows.tobytes(), width * channels)
            writer.finish()
            done = spool.commit(
                self._job.spool,
                part,
                lambda digest, size: self._record((width, height, channels), effective, digest, size),
            )
        except OSError:
            spool.discard(self._job.spool, part, self.sequence)
            raise
        self.pages += 1
        return done

    def _record(
        self, shape: tuple[int, int, int], effective: Mapping[str, object], digest: str, size: int
    ) -> CaptureRecord:
        settings = self._job.settings
        width, height, channels = shape
        return CaptureRecord(
            sequence=self.sequence,
            sheet=self._job.first_sheet + self.pages,
            side=Side.FRONT,
            device=self._info.id,
            vendor=self._info.vendor,
            model=self._info.model,
            driver=self._info.driver,
            origin=self._info.origin,
            asked={"mode": settings.mode, "page_limit": settings.page_limit, "extras": dict(settings.extras)},
            effective=effective,
            captured_at=self._now().isoformat(timespec="milliseconds"),
            width_px=width,
            height_px=height,
            channels=channels,
            depth=8,
            dpi=0,
            sha256=digest,
            bytes=size,
            serial=self._info.serial,
            driver_version=self._info.driver_version,
            operator=self._job.operator,
        )


def _wanted(extras: Mapping[str, object]) -> _Wanted:
    numbers: dict[str, int] = {}
    for name, value in extras.items():
        if name not in _EXTRAS or not isinstance(value, int) or not 0 <= value <= 20_000:
            raise SettingError(
                FaultCode.INVALID_SETTING, f"{name}={value!r}; a camera has {', '.join(sorted(_EXTRAS))}"
            )
        numbers[name] = value
    warm_up = numbers.get("warm-up-frames", WARM_UP_FRAMES)
    return _Wanted(numbers.get("frame-width"), numbers.get("frame-height"), warm_up)


def _inexact(effective: Mapping[str, object]) -> tuple[Inexact, ...]:
    return () if effective["fourcc"] == "MJPG" else (Inexact("fourcc", "MJPG", str(effective["fourcc"])),)


def _stop_if(cancelled: bool) -> None:
    if cancelled:
        raise _Cancelled


def _check_node(path: str) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError as error:
        codes = {errno.EBUSY: FaultCode.BUSY, errno.EACCES: FaultCode.ACCESS, errno.EPERM: FaultCode.ACCESS}
        raise CameraError(codes.get(error.errno or 0, FaultCode.OFFLINE), str(error)) from error


def _is_held(path: str) -> bool:
    """Does another process of this user have the node open? OpenCV does not say why a camera gives no pictures."""
    node = os.path.realpath(path)
    own = Path("/proc/self").resolve()
    held = (link for process in Path("/proc").glob("[0-9]*") if process != own for link in _descriptors(process))
    return any(link == node for link in held)


def _descriptors(process: Path) -> list[str]:
    try:
        return [os.readlink(link) for link in (process / "fd").iterdir()]  # noqa: PTH115 - as text, it may be no path
    except OSError:
        return []  # of another user, or just ended
