"""SANE's `test` backend: every shape of page against scanimage, every status code, feeder, cancel, stall, kill."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.errors import SpoolOccupied
from drivers.origin import Origin
from drivers.scanners import ScanSettings, open_session, recover
from drivers.scanners.sane_config import environment, private_config
from drivers.scanners.types import (
    End,
    EndReason,
    Event,
    Fault,
    FaultCode,
    Inexact,
    Mode,
    PageDone,
    Progress,
    Ready,
    Side,
    Source,
)

Told = Callable[[Iterable[Event]], list[Event]]
PagesOf = Callable[[Iterable[Event]], list[PageDone]]

PATTERN = {"test-picture": "Color pattern"}
SLOW = PATTERN | {"read-limit": True, "read-limit-size": 4096, "read-delay": True, "read-delay-duration": 200_000}


def pixels(path: Path) -> np.ndarray:
    picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return picture


def scanimage(folder: Path, *arguments: str) -> np.ndarray:
    """The oracle. As PNM it leaves padding in the rows, as PNG it aborts on pages of unknown length."""
    target = folder / ("oracle.pnm" if "--hand-scanner=yes" in arguments else "oracle.png")
    with private_config(["test"]) as config:
        subprocess.run(
            [
                "scanimage",
                "-d",
                "test:0",
                f"--format={target.suffix[1:]}",
                "-o",
                target,
                "-x",
                "80",
                "-y",
                "60",
                *arguments,
            ],
            env=environment(config),
            check=True,
            capture_output=True,
        )
    return pixels(target)


@pytest.mark.parametrize(
    ("mode", "depth"), [(Mode.BW, 1), (Mode.GRAY, 8), (Mode.GRAY, 16), (Mode.COLOR, 8), (Mode.COLOR, 16)]
)
@pytest.mark.parametrize("special", [(), ("ppl-loss", 17), ("fuzzy-parameters", True), ("hand-scanner", True)])
def test_a_page_is_what_scanimage_gives(
    tmp_path: Path, spool: Path, told: Told, mode: Mode, depth: int, special: tuple[str, object]
) -> None:
    extras = PATTERN | ({special[0]: special[1]} if special else {})
    bits = None if mode is Mode.BW else depth
    settings = ScanSettings(mode=mode, dpi=100, width_mm=80, height_mm=60, depth=bits, extras=extras)
    with open_session("test:0", settings, spool) as session:
        events = told(session)

    assert [type(event) for event in events] == [Ready, PageDone, End]
    assert events[-1] == End(EndReason.PAGE_LIMIT, 1)
    page = events[1]
    assert isinstance(page, PageDone)
    options = ["--mode", "Color" if mode is Mode.COLOR else "Gray", "--depth", str(depth), "--resolution", "100"]
    if special:
        options.append(f"--{special[0]}={'yes' if special[1] is True else special[1]}")
    theirs = scanimage(tmp_path, "--test-picture", "Color pattern", *options)
    np.testing.assert_array_equal(pixels(page.path), theirs)
    record = page.record
    assert (record.width_px, record.height_px) == (theirs.shape[1], theirs.shape[0])
    assert (record.depth, record.channels, record.dpi) == (depth, 3 if mode is Mode.COLOR else 1, 100)
    assert record.origin is Origin.SIMULATOR
    assert record.effective["resolution"] == 100


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        ("UNSUPPORTED", FaultCode.UNSUPPORTED, False),
        ("CANCELLED", FaultCode.CANCELLED, True),
        ("DEVICE_BUSY", FaultCode.BUSY, True),
        ("INVAL", FaultCode.INVALID_SETTING, False),
        ("EOF", FaultCode.SHORT_PAGE, True),
        ("JAMMED", FaultCode.JAM, True),
        ("NO_DOCS", FaultCode.EMPTY, True),
        ("COVER_OPEN", FaultCode.COVER_OPEN, True),
        ("IO_ERROR", FaultCode.IO, True),
        ("NO_MEM", FaultCode.NO_MEMORY, True),
        ("ACCESS_DENIED", FaultCode.ACCESS, False),
    ],
)
def test_every_status_has_its_fault(spool: Path, told: Told, status: str, code: FaultCode, retryable: bool) -> None:
    settings = ScanSettings(dpi=75, extras={"read-return-value": f"SANE_STATUS_{status}"})
    with open_session("test:0", settings, spool) as session:
        _, fault, end = told(session)

    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, fault.retryable) == (code, 1, retryable)
    assert end == End(EndReason.FAULT, 0)
    assert [path.name for path in spool.iterdir()] == (["000001.short"] if code is FaultCode.SHORT_PAGE else [])


def test_a_feeder_gives_all_its_sheets_in_order(spool: Path, told: Told, pages_of: PagesOf) -> None:
    settings = ScanSettings(source=Source.ADF, mode=Mode.GRAY, dpi=75, extras=PATTERN)
    with open_session("test:0", settings, spool, first_sequence=41, first_sheet=21) as session:
        events = told(session)

    pages = pages_of(events)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 10)
    assert [page.path.name for page in pages] == [f"{number:06}.png" for number in range(41, 51)]
    assert [(page.record.sheet, page.record.side) for page in pages] == [(n, Side.FRONT) for n in range(21, 31)]
    assert recover(spool) == pages
    ready = events[0]
    assert isinstance(ready, Ready)
    assert ready.inexact[0] == Inexact("br-x", "210 mm", "200 mm")


def test_a_page_limit_ends_the_batch(spool: Path, told: Told, pages_of: PagesOf) -> None:
    with open_session("test:0", ScanSettings(source=Source.ADF, dpi=75, page_limit=3), spool) as session:
        events = told(session)
    assert len(pages_of(events)) == 3
    assert events[-1] == End(EndReason.PAGE_LIMIT, 3)


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        (ScanSettings(dpi=1300), FaultCode.INEXACT_SETTING, "resolution: asked 1300, device takes 1200"),
        (ScanSettings(dpi=75, extras={"mode": "Gray"}), FaultCode.INEXACT_SETTING, "asked color"),
        (ScanSettings(dpi=75, depth=16, extras={"depth": 8}), FaultCode.INEXACT_SETTING, "depth: asked 16"),
        (ScanSettings(dpi=75, brightness=10), FaultCode.UNSUPPORTED, "brightness"),
        (ScanSettings(source=Source.ADF, manual_feed=True), FaultCode.UNSUPPORTED, "manual feed"),
        (ScanSettings(dpi=75, extras={"depth": 1}), FaultCode.UNSUPPORTED, "RGB frame with 1 bits"),
        (ScanSettings(dpi=75, extras={"three-pass": True}), FaultCode.UNSUPPORTED, "RED frame"),
        (ScanSettings(source=Source.ADF_DUPLEX), FaultCode.UNSUPPORTED, "both sides"),
        (ScanSettings(extras={"resoluton": 300}), FaultCode.INVALID_SETTING, "resoluton"),
        (ScanSettings(extras={"ppl-loss": "many"}), FaultCode.INVALID_SETTING, "many"),
        (ScanSettings(feed=(Path("page.png"),)), FaultCode.INVALID_SETTING, "page.png"),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_scanned(
    spool: Path, told: Told, settings: ScanSettings, code: FaultCode, words: str
) -> None:
    with open_session("test:0", settings, spool) as session:
        events = told(session)
    fault = events[-2]
    assert isinstance(fault, Fault)
    assert fault.code is code
    assert words in fault.raw
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("device", ["test:7", "nosuch:0"])
def test_a_device_that_is_not_there_is_offline(spool: Path, told: Told, device: str) -> None:
    with open_session(device, ScanSettings(), spool) as session:
        fault, end = told(session)
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.OFFLINE, End(EndReason.FAULT, 0))


def test_cancel_in_the_middle_of_a_page_leaves_no_torn_page(spool: Path, pages_of: PagesOf) -> None:
    events: list[Event] = []
    with open_session("test:0", ScanSettings(source=Source.ADF, dpi=150, extras=SLOW), spool) as session:
        for event in session:
            events.append(event)
            if isinstance(event, Progress):
                assert 0 < event.rows < event.of
                session.cancel()
    assert events[-1] == End(EndReason.CANCELLED, 0)
    assert list(spool.iterdir()) == []


def test_a_worker_killed_in_a_batch_keeps_its_pages(spool: Path, pages_of: PagesOf) -> None:
    unhurried = PATTERN | {"read-delay": True, "read-delay-duration": 20_000}
    settings = ScanSettings(source=Source.ADF, dpi=100, extras=unhurried)
    events: list[Event] = []
    with open_session("test:0", settings, spool) as session:
        for event in session:
            events.append(event)
            if isinstance(event, PageDone) and event.record.sequence == 4:
                os.kill(session.pid, signal.SIGKILL)
    fault, end = events[-2:]
    pages = pages_of(events)
    assert isinstance(fault, Fault)
    assert fault.code is FaultCode.WORKER_DIED
    assert "signal 9" in fault.raw
    assert end == End(EndReason.FAULT, len(pages))
    assert fault.sequence == len(pages) + 1
    assert 4 <= len(pages) < 10
    assert [page.record.sequence for page in pages] == list(range(1, len(pages) + 1))
    assert recover(spool) == pages
    assert not list(spool.glob("*.part"))

    with open_session("test:0", settings, spool, first_sequence=fault.sequence) as session:
        assert [e.record.sequence for e in pages_of(session)] == list(range(fault.sequence, fault.sequence + 10))


def test_a_worker_that_falls_silent_is_given_up(spool: Path, told: Told) -> None:
    with open_session("test:0", ScanSettings(dpi=150, extras=SLOW), spool, stall_s=1.0) as session:
        os.kill(session.pid, signal.SIGSTOP)
        fault, end = told(session)
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.STALLED, End(EndReason.FAULT, 0))
    with pytest.raises(ProcessLookupError):
        os.kill(session.pid, 0)


def test_a_cancel_without_answer_kills_the_worker_after_the_grace_time(spool: Path, told: Told) -> None:
    with open_session("test:0", ScanSettings(dpi=150, extras=SLOW), spool) as session:
        os.kill(session.pid, signal.SIGSTOP)
        session.cancel()
        started = time.monotonic()
        assert told(session) == [End(EndReason.CANCELLED, 0)]
    assert time.monotonic() - started < 60  # the worker would sleep for ever
    with pytest.raises(ProcessLookupError):
        os.kill(session.pid, 0)


def test_leaving_a_session_early_ends_its_worker(spool: Path) -> None:
    with open_session("test:0", ScanSettings(source=Source.ADF, dpi=150, extras=SLOW), spool) as session:
        next(event for event in session if isinstance(event, Progress))
    with pytest.raises(ProcessLookupError):
        os.kill(session.pid, 0)
    assert recover(spool) == []


def test_a_worker_ends_soon_after_its_station_was_killed(spool: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from drivers.scanners import ScanSettings, open_session\n"
        f"session = open_session('test:0', ScanSettings(dpi=300, extras={SLOW!r}), pathlib.Path(sys.argv[1]))\n"
        "with session:\n"
        "    print(session.pid, flush=True)\n"
        "    list(session)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, spool], stdout=subprocess.PIPE) as station:
        assert station.stdout is not None
        worker_end = os.pidfd_open(int(station.stdout.readline()))
        station.kill()
    ended, _, _ = select.select([worker_end], [], [], 10)
    os.close(worker_end)
    assert ended
    assert recover(spool) == []


def test_a_full_disk_keeps_the_pages_before(spool: Path, told: Told) -> None:
    settings = ScanSettings(
        source=Source.ADF, dpi=75, extras=PATTERN | {"read-delay": True, "read-delay-duration": 50_000}
    )
    events: list[Event] = []
    with open_session("test:0", settings, spool) as session:
        for event in session:
            events.append(event)
            if isinstance(event, PageDone) and event.record.sequence == 2:
                resource.prlimit(session.pid, resource.RLIMIT_FSIZE, (20_000, 20_000))
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert isinstance(end, End)
    assert fault.code is FaultCode.DISK_FULL
    assert end.pages == fault.sequence - 1 >= 2
    assert len(recover(spool)) == end.pages


def test_a_page_is_never_written_over(spool: Path, told: Told) -> None:
    settings = ScanSettings(dpi=75)
    with open_session("test:0", settings, spool, first_sequence=3) as session:
        told(session)
    before = (spool / "000003.png").read_bytes()
    with pytest.raises(SpoolOccupied), open_session("test:0", settings, spool, first_sequence=2):
        pass
    assert (spool / "000003.png").read_bytes() == before
