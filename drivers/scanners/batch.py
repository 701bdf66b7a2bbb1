"""One batch on one open device: start, read, check, keep, until the feeder is empty or something breaks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from drivers.errors import SpoolOccupied
from drivers.scanners import faults, feed, options, pace, sensors, spool
from drivers.scanners.options import SettingError
from drivers.scanners.png import PngWriter
from drivers.scanners.sane_native import Device, Frame, Parameters, SaneError, Status
from drivers.scanners.types import (
    CaptureRecord,
    DeviceInfo,
    End,
    EndReason,
    Event,
    Fault,
    FaultCode,
    Mode,
    Progress,
    Ready,
    ScanSettings,
    Side,
    Source,
    Wait,
)
from drivers.scanners.wire import Job

READ_BYTES = 1 << 18
MAX_PAGE_BYTES = 1 << 31  # A3 at 1,200 dpi, 16-bit colour, is 1.7 GB
PROGRESS_EVERY_S = 0.2
_CHANNELS = {Frame.GRAY: 1, Frame.RGB: 3}


class _Cancelled(Exception):
    """The station asked to stop."""


class _ShortPage(Exception):
    """The device gave another number of rows than it promised."""


@dataclass(frozen=True)
class _Shape:
    width: int
    lines: int  # -1: not known beforehand
    channels: int
    depth: int
    stride: int  # bytes from row to row


class Batch:
    """The pages of one job. `now` gives the time of capture, `clock` seconds for the rhythm of progress events and
    waits, `pause` waits so many seconds or until the station asked to stop, `cancelled` tells whether it did."""

    def __init__(
        self,
        device: Device,
        info: DeviceInfo,
        job: Job,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        pause: Callable[[float], object],
        cancelled: Callable[[], bool],
    ) -> None:
        self._device = device
        self._info = info
        self._job = job
        self._settings = job.settings
        self._now = now
        self._clock = clock
        self._cancelled = cancelled
        self._waits = pace.Clock(clock, pause, self._stop_if_cancelled)
        self._pages = 0
        self._effective: Mapping[str, object] = {}
        self._dpi = 0

    @property
    def _sequence(self) -> int:
        return self._job.first_sequence + self._pages

    def events(self) -> Iterator[Event]:
        """Ready, then Progress, Waiting and PageDone, a Fault when something broke, End last. The device is cancelled
        after End is told: some drivers hang in that, and the batch is whole without it."""
        try:
            yield from self._until_end()
        finally:
            self._device.cancel()

    def _until_end(self) -> Iterator[Event]:
        reason = EndReason.FAULT
        try:
            applied = options.apply(self._device, self._settings)
            self._effective, self._dpi = applied.effective, applied.dpi
            yield Ready(applied.effective, applied.inexact)
            reason = yield from self._take_pages()
        except _Cancelled:
            reason = EndReason.CANCELLED
        except SaneError as error:
            if error.status is Status.CANCELLED and self._cancelled():
                reason = EndReason.CANCELLED
            else:
                yield self._fault(error)
        except SettingError as error:
            yield faults.fault(error.code, self._sequence, str(error))
        except _ShortPage as error:
            yield faults.fault(FaultCode.SHORT_PAGE, self._sequence, str(error))
        except SpoolOccupied as error:
            yield faults.fault(FaultCode.INVALID_SETTING, self._sequence, str(error))
        except OSError as error:
            yield faults.from_system(error, self._sequence)
        yield End(reason, self._pages)

    def _fault(self, error: SaneError) -> Fault:
        told = faults.from_sane(error, self._sequence)
        detection = str(self._effective.get(options.MULTIFEED_KEY, ""))
        code, note = sensors.refine(self._device, told.code, detection)
        return faults.fault(code, told.sequence, f"{told.raw}; {note}") if note else told

    def _take_pages(self) -> Generator[Event, None, EndReason]:
        empty_since: float | None = None
        while (limit := self._limit()) is None or self._pages < limit:
            self._stop_if_cancelled()
            if empty_since is None:
                yield from self._await_turn()
            try:
                yield from self._take_next()
                empty_since = None
            except SaneError as error:
                if error.status is not Status.NO_DOCS:
                    raise
                empty_since = self._clock() if empty_since is None else empty_since
                if not self._may_wait(empty_since):
                    if self._pages:
                        return EndReason.FEEDER_EMPTY
                    raise
                self._device.cancel()
                until = empty_since + self._job.wait_for_paper_s
                yield from pace.for_paper(self._device, self._waits, until, self._sequence)
        whole_pile = bool(self._settings.feed) and self._pages == len(self._settings.feed)
        return EndReason.FEEDER_EMPTY if whole_pile else EndReason.PAGE_LIMIT

    def _take_next(self) -> Iterator[Event]:
        pile = self._settings.feed
        if pile:
            yield from self._take_picture(pile[self._pages])
        else:
            yield from self._take_page(self._effective)
        if self._one_at_a_time:  # never between the faces of a feeder: that throws away what is already drawn in
            self._device.cancel()

    @property
    def _one_at_a_time(self) -> bool:
        return bool(self._settings.feed) or self._settings.source is Source.FLATBED

    def _await_turn(self) -> Iterator[Event]:
        """What comes before a page on the glass, and before the first one of a feeder."""
        if self._job.on_button and (self._one_at_a_time or not self._pages):
            yield from pace.for_button(self._device, self._waits, self._sequence)
        elif self._one_at_a_time and self._pages:
            end = self._clock() + self._job.page_interval_s
            yield from pace.until(self._waits, end, self._sequence, Wait.TIMER)

    def _may_wait(self, empty_since: float) -> bool:
        """Whether more paper may still come. Not after a front without its back: the next pile would begin as one."""
        whole_sheets = self._settings.source is not Source.ADF_DUPLEX or self._pages % 2 == 0
        return whole_sheets and self._clock() - empty_since < self._job.wait_for_paper_s

    def _limit(self) -> int | None:
        """How many pages at most: a flatbed gives one unless more are asked, a pile no more than it has."""
        asked = self._settings.page_limit
        if self._settings.feed:
            size = len(self._settings.feed)
            return size if asked is None else min(size, asked)
        return 1 if asked is None and self._settings.source is Source.FLATBED else asked

    def _take_picture(self, picture: Path) -> Iterator[Event]:
        with feed.as_pnm(picture, self._settings, self._job.spool) as pnm:
            options.set_option(self._device, "filename", str(pnm.absolute()))
            yield from self._take_page({**self._effective, "filename": picture.name})

    def _take_page(self, effective: Mapping[str, object]) -> Iterator[Event]:
        self._device.start()
        shape = _shape(self._device.parameters(), self._settings)
        sequence = self._sequence
        part = spool.open_part(self._job.spool, sequence)
        try:
            writer = PngWriter(part, width=shape.width, channels=shape.channels, depth=shape.depth, dpi=self._dpi)
            yield from self._read_rows(shape, writer)
            writer.finish()
            done = spool.commit(
                self._job.spool, part, lambda digest, size: self._record(shape, writer.rows, effective, digest, size)
            )
        except _ShortPage:
            writer.finish()
            spool.keep_short(self._job.spool, part, sequence)
            raise
        except (SaneError, OSError, _Cancelled):
            spool.discard(self._job.spool, part, sequence)
            raise
        self._pages += 1
        yield done

    def _read_rows(self, shape: _Shape, writer: PngWriter) -> Iterator[Event]:
        buffer = (ctypes.c_ubyte * READ_BYTES)()
        view = memoryview(buffer).cast("B")
        pending = bytearray()
        told = self._clock()
        while (count := self._next_bytes(buffer, writer)) is not None:
            pending += view[:count]
            whole = len(pending) // shape.stride * shape.stride
            writer.write(memoryview(pending)[:whole], shape.stride)
            del pending[:whole]
            if (writer.rows + 1) * shape.stride > MAX_PAGE_BYTES:
                raise SaneError("sane_read", Status.UNSUPPORTED, f"page of over {MAX_PAGE_BYTES} bytes")
            self._stop_if_cancelled()
            if self._clock() - told >= PROGRESS_EVERY_S:
                told = self._clock()
                yield Progress(self._sequence, writer.rows, max(shape.lines, 0))
        if pending:
            raise _ShortPage(f"{writer.rows} rows and {len(pending)} of {shape.stride} bytes")
        if shape.lines not in (-1, writer.rows) or writer.rows == 0:
            raise _ShortPage(f"{writer.rows} rows of {shape.lines}")

    def _next_bytes(self, buffer: ctypes.Array[ctypes.c_ubyte], writer: PngWriter) -> int | None:
        try:
            return self._device.read(buffer)
        except SaneError as error:
            if error.status is Status.NO_DOCS and writer.rows:  # torn off in the middle, not the end of the pile
                raise _ShortPage(f"feeder ran empty after {writer.rows} rows") from error
            raise

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise _Cancelled

    def _record(
        self, shape: _Shape, rows: int, effective: Mapping[str, object], digest: str, size: int
    ) -> CaptureRecord:
        duplex = self._settings.source is Source.ADF_DUPLEX
        sheets, odd = divmod(self._pages, 2) if duplex else (self._pages, 0)
        return CaptureRecord(
            sequence=self._sequence,
            sheet=self._job.first_sheet + sheets,
            side=Side.BACK if odd else Side.FRONT,
            device=self._info.id,
            vendor=self._info.vendor,
            model=self._info.model,
            driver=self._info.driver,
            origin=self._info.origin,
            asked=_asked(self._settings),
            effective=effective,
            captured_at=self._now().isoformat(timespec="milliseconds"),
            width_px=shape.width,
            height_px=rows,
            channels=shape.channels,
            depth=shape.depth,
            dpi=self._dpi,
            sha256=digest,
            bytes=size,
            serial=self._info.serial,
            driver_version=self._info.driver_version,
            operator=self._job.operator,
        )


def _asked(settings: ScanSettings) -> Mapping[str, object]:
    """The settings as asked, without the pile: which picture a page was is told by its `effective["filename"]`."""
    return {
        "source": settings.source,
        "mode": settings.mode,
        "dpi": settings.dpi,
        "width_mm": settings.width_mm,
        "height_mm": settings.height_mm,
        "depth": settings.depth,
        "brightness": settings.brightness,
        "contrast": settings.contrast,
        "threshold": settings.threshold,
        "manual_feed": settings.manual_feed,
        "stop_at_multifeed": settings.stop_at_multifeed,
        "page_limit": settings.page_limit,
        "extras": dict(settings.extras),
    }


def _shape(parameters: Parameters, settings: ScanSettings) -> _Shape:
    """The frame's shape, checked. Raises SettingError for what this reader would get wrong or nobody asked for."""
    channels = _CHANNELS.get(parameters.frame)
    kind = f"{parameters.frame.name} frame with {parameters.depth} bits"
    depths = (8, 16) if channels == 3 else (1, 8, 16)
    if channels is None or not parameters.last_frame or parameters.depth not in depths:
        raise SettingError(FaultCode.UNSUPPORTED, f"{kind}: pages in one gray or colour frame are taken")
    if (channels == 3) != (settings.mode is Mode.COLOR) or (parameters.depth == 1) != (settings.mode is Mode.BW):
        raise SettingError(FaultCode.INEXACT_SETTING, f"mode: asked {settings.mode}, device sends a {kind}")
    needed = (parameters.pixels_per_line * channels * parameters.depth + 7) // 8
    if parameters.pixels_per_line < 1 or parameters.bytes_per_line < needed:
        raise SettingError(FaultCode.UNSUPPORTED, f"{parameters.bytes_per_line} bytes a row where {needed} are needed")
    if parameters.bytes_per_line * max(parameters.lines, 1) > MAX_PAGE_BYTES:
        raise SettingError(FaultCode.UNSUPPORTED, f"page of over {MAX_PAGE_BYTES} bytes")
    width, depth = parameters.pixels_per_line, parameters.depth
    if settings.feed and settings.depth == 16:
        width, depth = width // 2, 16  # fed so: feed.py
    if settings.depth not in (None, depth):
        raise SettingError(FaultCode.INEXACT_SETTING, f"depth: asked {settings.depth}, device sends {depth}")
    return _Shape(width, parameters.lines, channels, depth, parameters.bytes_per_line)
