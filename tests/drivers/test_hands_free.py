"""What sensors, buttons and an empty feeder make of a batch, on a played scanner with a played clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from played_scanner import BASIC, PlayedScanner, boolean, choice

from drivers.origin import Origin
from drivers.scanners import ScanSettings, open_session, rescan_sheet
from drivers.scanners.batch import Batch
from drivers.scanners.buttons import presses
from drivers.scanners.sane_native import SaneError, Status
from drivers.scanners.types import (
    DeviceInfo,
    End,
    EndReason,
    Event,
    Fault,
    FaultCode,
    Mode,
    PageDone,
    Source,
    Wait,
    Waiting,
)
from drivers.scanners.wire import Job

SHEET, EMPTY = Status.GOOD, Status.NO_DOCS
FEEDER = (*BASIC, choice("source", "Flatbed", "ADF", "ADF Duplex"))
ADF = ScanSettings(source=Source.ADF, mode=Mode.GRAY, dpi=100)
GLASS = ScanSettings(mode=Mode.GRAY, dpi=100, page_limit=3)
Told = Callable[[Iterable[Event]], list[Event]]
PagesOf = Callable[[Iterable[Event]], list[PageDone]]


class Time:
    """A clock that only runs while someone waits; at `cancel_at` seconds the station asks to stop."""

    def __init__(self, cancel_at: float = 1000.0) -> None:
        self.now = 0.0
        self._cancel_at = cancel_at

    def pause(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds

    def cancelled(self) -> bool:
        return self.now >= self._cancel_at


def events_of(
    scanner: PlayedScanner,
    spool: Path,
    settings: ScanSettings = ADF,
    time: Time | None = None,
    *,
    wait_for_paper_s: float = 0,
    page_interval_s: float = 0,
    on_button: bool = False,
) -> Iterator[Event]:
    time = time or Time()
    return Batch(
        scanner,  # type: ignore[arg-type]
        DeviceInfo("played:0", "", "", "", "played", Origin.SIMULATOR),
        Job("played:0", settings, spool, 1, 1, wait_for_paper_s, page_interval_s, on_button),
        now=lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        clock=lambda: time.now,
        pause=time.pause,
        cancelled=time.cancelled,
    ).events()


def batch(scanner: PlayedScanner, spool: Path, *settings: Any, **waits: Any) -> list[Event]:
    return list(events_of(scanner, spool, *settings, **waits))


def played(*answers: Status, **sensors: Callable[[], bool]) -> PlayedScanner:
    named = {name.replace("_", "-"): sensor for name, sensor in sensors.items()}
    return PlayedScanner(FEEDER, script=iter(answers), sensors=named)


def silent() -> bool:
    raise SaneError("get", Status.IO_ERROR, "no answer")


@pytest.mark.parametrize(
    ("status", "sensors", "code"),
    [
        (Status.JAMMED, {"double_feed": lambda: True, "cover_open": lambda: True}, FaultCode.MULTIFEED),
        (Status.JAMMED, {"omr_df": lambda: True}, FaultCode.MULTIFEED),
        (Status.JAMMED, {"double_feed": lambda: False, "cover_open": lambda: True}, FaultCode.COVER_OPEN),
        (Status.JAMMED, {"double_feed": lambda: False, "cover_open": lambda: False}, FaultCode.JAM),
        (Status.JAMMED, {"double_feed": silent}, FaultCode.JAM),
        (Status.JAMMED, {}, FaultCode.JAM),
        (Status.IO_ERROR, {"double_feed": lambda: True}, FaultCode.MULTIFEED),
        (Status.COVER_OPEN, {"double_feed": lambda: True}, FaultCode.COVER_OPEN),
        (Status.NO_MEM, {"cover_open": lambda: True}, FaultCode.NO_MEMORY),
    ],
)
def test_sensors_tell_what_a_jam_really_was(
    spool: Path, status: Status, sensors: dict[str, Callable[[], bool]], code: FaultCode
) -> None:
    scanner = played(SHEET, SHEET, status, **sensors)
    fault, end = batch(scanner, spool)[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, fault.retryable, end) == (code, 3, True, End(EndReason.FAULT, 2))
    assert status.name in fault.raw
    assert ("sensor" in fault.raw) is (code is FaultCode.MULTIFEED or (code.value, status.value) == ("cover-open", 6))


def test_a_jam_where_no_sensor_tells_stuck_sheets_apart_says_so(spool: Path) -> None:
    canon = PlayedScanner((*FEEDER, boolean("df-thickness")), script=iter((SHEET, Status.JAMMED)))
    fault = batch(canon, spool)[-2]
    assert isinstance(fault, Fault)
    assert fault.code is FaultCode.JAM
    assert fault.raw.endswith("sheets stuck together (df-thickness) would be told as a jam too")


def test_an_empty_feeder_is_watched_and_every_pile_taken(spool: Path, pages_of: PagesOf) -> None:
    time = Time()
    scanner = played(EMPTY, EMPTY, SHEET, SHEET, EMPTY, SHEET)
    events = batch(scanner, spool, time=time, wait_for_paper_s=5)
    assert [page.record.sheet for page in pages_of(events)] == [1, 2, 3]
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 3)
    assert {type(event) for event in events if isinstance(event, Waiting)} == {Waiting}
    assert time.now == 2 + 1 + 5  # two tries in vain, one between the piles, the whole time at the end


def test_a_feeder_that_stays_empty_is_told_when_the_time_is_over(spool: Path) -> None:
    time = Time()
    fault, end = batch(played(), spool, time=time, wait_for_paper_s=3.5)[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, end, time.now) == (FaultCode.EMPTY, End(EndReason.FAULT, 0), 3.5)


def test_a_paper_sensor_spares_the_motor(spool: Path, pages_of: PagesOf) -> None:
    time = Time()
    scanner = played(EMPTY, SHEET, SHEET, page_loaded=lambda: 8 <= time.now < 9)
    events = batch(scanner, spool, time=time, wait_for_paper_s=20)
    assert len(pages_of(events)) == 2
    assert scanner.log.count("start") == 5  # in vain, two sheets, the end of the pile, once more at the end of the time


def test_waiting_ends_with_a_cancel(spool: Path) -> None:
    time = Time(cancel_at=4)
    assert batch(played(), spool, time=time, wait_for_paper_s=600)[-1] == End(EndReason.CANCELLED, 0)
    assert time.now == 4


def test_no_new_pile_after_a_front_without_its_back(spool: Path, pages_of: PagesOf) -> None:
    settings = ScanSettings(source=Source.ADF_DUPLEX, mode=Mode.GRAY, dpi=100)
    events = batch(played(SHEET, SHEET, SHEET, EMPTY, SHEET), spool, settings, wait_for_paper_s=60)
    assert [(page.record.sheet, page.record.side.value) for page in pages_of(events)][-1] == (2, "front")
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 3)


def test_a_series_on_the_glass_by_the_clock(spool: Path) -> None:
    time = Time()
    events = batch(played(*repeat(SHEET, 3)), spool, GLASS, time, page_interval_s=2.5)
    kinds = [event.left_s if isinstance(event, Waiting) else type(event).__name__ for event in events]
    assert kinds == ["Ready", "PageDone", 2.5, 1.5, 0.5, "PageDone", 2.5, 1.5, 0.5, "PageDone", "End"]
    assert all(event.wait is Wait.TIMER for event in events if isinstance(event, Waiting))
    assert time.now == 5


def test_a_series_on_the_glass_by_the_scanners_button(spool: Path) -> None:
    time = Time()
    pressed_at = (3, 7, 20)
    scanner = played(*repeat(SHEET, 3), scan=lambda: any(at <= time.now < at + 1 for at in pressed_at))
    events = batch(scanner, spool, GLASS, time, on_button=True)
    assert events[-1] == End(EndReason.PAGE_LIMIT, 3)
    assert time.now == pytest.approx(20, abs=0.11)
    waits = [event for event in events if isinstance(event, Waiting)]
    assert all(event.wait is Wait.BUTTON and event.left_s is None for event in waits)
    assert len(waits) > 15


def test_a_feeder_waits_for_the_button_once(spool: Path, pages_of: PagesOf) -> None:
    time = Time()
    scanner = played(SHEET, SHEET, start=lambda: 2 <= time.now < 3)
    assert len(pages_of(batch(scanner, spool, time=time, on_button=True))) == 2


def test_waiting_for_a_button_ends_with_a_cancel(spool: Path) -> None:
    assert batch(played(), spool, time=Time(cancel_at=9), on_button=True)[-1] == End(EndReason.CANCELLED, 0)


def contact(states: str) -> Callable[[], bool]:
    """A button that is up (.) or down (X) at each poll, the first one before the first poll."""
    run: Iterator[str] = chain(states, repeat("."))
    return lambda: next(run) == "X"


@pytest.mark.parametrize(
    ("states", "times"),
    [
        ("....", []),
        (".X....", [0]),
        ("..XXXX..", [1]),
        ("..X.X...", [1]),  # bounces
        ("..X...X..", [1, 5]),
        ("XXX...X..", [5]),  # was down when the watch began
        ("...XX.X.XX..X", [2, 11]),
    ],
)
def test_a_button_counts_once_each_time_it_goes_down(states: str, times: list[int]) -> None:
    scanner = PlayedScanner(BASIC, sensors={"email": contact(states), "cover-open": contact("." + "X" * 20)})
    found = presses(scanner, lambda seconds: None)  # type: ignore[arg-type]
    assert [n for n, pressed in zip(range(len(states) + 3), found, strict=False) if pressed == "email"] == times


def test_two_buttons_at_once_are_two_presses() -> None:
    scanner = PlayedScanner(BASIC, sensors={"scan": contact(".X"), "button 2": contact(".X")})
    found = presses(scanner, lambda seconds: None)  # type: ignore[arg-type]
    assert {next(found), next(found)} == {"scan", "button 2"}
    assert next(found) is None


def test_the_real_feeder_is_filled_again_and_again(spool: Path, told: Told, pages_of: PagesOf) -> None:
    settings = ScanSettings(source=Source.ADF, dpi=75, page_limit=25)
    with open_session("test:0", settings, spool, wait_for_paper_s=10) as session:
        events = told(session)
    assert [page.record.sequence for page in pages_of(events)] == list(range(1, 26))
    assert [event.sequence for event in events if isinstance(event, Waiting)] == [11, 21]
    assert events[-1] == End(EndReason.PAGE_LIMIT, 25)


def test_a_wait_outlives_the_stall_time_and_is_cancelled_at_once(spool: Path) -> None:
    settings = ScanSettings(dpi=75, page_limit=2)
    events = []
    with open_session("test:0", settings, spool, page_interval_s=60, stall_s=6) as session:
        for event in session:
            events.append(event)
            if isinstance(event, Waiting) and event.left_s is not None and event.left_s < 52:
                session.cancel()
    assert events[-1] == End(EndReason.CANCELLED, 1)


def test_one_sheet_is_scanned_again_under_its_own_number(spool: Path, pages_of: PagesOf) -> None:
    with rescan_sheet("test:0", ScanSettings(source=Source.ADF, dpi=75), spool, sheet=4, first_sequence=11) as session:
        (page,) = pages_of(session)
    assert (page.record.sequence, page.record.sheet) == (11, 4)


def test_no_time_below_zero(spool: Path) -> None:
    with pytest.raises(ValueError, match="below 0"):
        open_session("test:0", ADF, spool, wait_for_paper_s=-1)


def test_the_end_is_told_before_the_device_is_cancelled_as_some_hang_in_that(spool: Path) -> None:
    scanner = played(SHEET, Status.JAMMED)
    events = events_of(scanner, spool)
    assert End(EndReason.FAULT, 1) in events
    assert "cancel" not in scanner.log
    assert list(events) == []
    assert scanner.log[-1] == "cancel"
