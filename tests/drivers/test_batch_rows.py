"""Devices that give another number of rows than they promised: the real backends here never do, so one is played."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from drivers.origin import Origin
from drivers.scanners.batch import Batch
from drivers.scanners.sane_native import (
    Capability,
    Frame,
    Option,
    Parameters,
    SaneError,
    Status,
    Unit,
    Value,
    ValueType,
)
from drivers.scanners.types import (
    DeviceInfo,
    End,
    EndReason,
    Event,
    Fault,
    FaultCode,
    Mode,
    PageDone,
    ScanSettings,
    Source,
)
from drivers.scanners.wire import Job

STRIDE, WIDTH, LINES = 24, 20, 10


class Feeder:
    """A gray feeder; each entry of `pages` is the bytes of one page, or the status that breaks it off after them."""

    def __init__(self, pages: list[tuple[int, Status]]) -> None:
        self._pages: Iterator[tuple[int, Status]] = iter(pages)
        self.cancels = 0

    def options(self) -> list[Option]:
        free = Capability.SOFT_SELECT | Capability.SOFT_DETECT
        return [
            Option(1, "resolution", ValueType.INT, Unit.DPI, 4, free, None),
            Option(2, "source", ValueType.STRING, Unit.NONE, 8, free, ("ADF",)),
        ]

    def get(self, option: Option) -> Value:
        return 100 if option.name == "resolution" else "ADF"

    def set(self, option: Option, value: Value) -> bool:
        return True

    def start(self) -> None:
        self._left, self._end = next(self._pages, (0, Status.NO_DOCS))
        if self._left == 0 and self._end is not Status.EOF:
            raise SaneError("sane_start", self._end, "no paper")

    def parameters(self) -> Parameters:
        return Parameters(Frame.GRAY, True, STRIDE, WIDTH, LINES, 8)

    def read(self, buffer: ctypes.Array[ctypes.c_ubyte]) -> int | None:
        count, self._left = min(self._left, 50), max(self._left - 50, 0)
        if count:
            return count
        if self._end is Status.EOF:
            return None
        raise SaneError("sane_read", self._end, "broken off")

    def cancel(self) -> None:
        self.cancels += 1


def take(spool: Path, feeder: Feeder) -> list[Event]:
    settings = ScanSettings(source=Source.ADF, mode=Mode.GRAY, dpi=100)
    info = DeviceInfo("feeder:0", "", "", "", "feeder", Origin.SIMULATOR)
    return list(
        Batch(
            feeder,  # type: ignore[arg-type]
            info,
            Job("feeder:0", settings, spool, 1, 1),
            now=lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
            clock=lambda: 0.0,
            pause=lambda seconds: None,
            cancelled=lambda: False,
        ).events()
    )


WHOLE = (LINES * STRIDE, Status.EOF)


def test_a_feeder_is_cancelled_once_at_the_end_and_never_between_its_pages(spool: Path) -> None:
    feeder = Feeder([WHOLE, WHOLE, WHOLE])
    events = take(spool, feeder)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 3)
    assert feeder.cancels == 1


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (7 * STRIDE, "7 rows of 10"),
        (7 * STRIDE + 5, "7 rows and 5 of 24 bytes"),
        (11 * STRIDE, "11 rows of 10"),
        (0, "0 rows of 10"),
    ],
)
def test_a_page_of_wrong_length_is_kept_aside_and_not_reported(spool: Path, size: int, words: str) -> None:
    events = take(spool, Feeder([WHOLE, (size, Status.EOF), WHOLE]))
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, fault.raw) == (FaultCode.SHORT_PAGE, 2, words)
    assert end == End(EndReason.FAULT, 1)
    assert sorted(path.name for path in spool.iterdir()) == ["000001.json", "000001.png", "000002.short"]
    if size > STRIDE:
        with Image.open(spool / "000002.short") as image:
            assert image.size == (WIDTH, size // STRIDE)


def test_an_empty_feeder_in_the_middle_of_a_page_is_a_short_page(spool: Path) -> None:
    fault, end = take(spool, Feeder([WHOLE, (3 * STRIDE, Status.NO_DOCS)]))[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, end) == (FaultCode.SHORT_PAGE, 2, End(EndReason.FAULT, 1))


def test_a_jam_in_the_middle_of_a_page_leaves_only_the_pages_before(spool: Path) -> None:
    events = take(spool, Feeder([WHOLE, WHOLE, (3 * STRIDE, Status.JAMMED)]))
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, end) == (FaultCode.JAM, 3, End(EndReason.FAULT, 2))
    assert [event.record.sequence for event in events if isinstance(event, PageDone)] == [1, 2]
    assert len(list(spool.iterdir())) == 4
