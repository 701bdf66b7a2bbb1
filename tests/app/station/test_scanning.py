"""Piles become pages of the case: once each, in order, whatever dies in between. On SANE's pnm backend."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from escl_feeder import EsclFeeder

from app.station.batches import recount
from app.station.errors import BatchUnfinished, NoPages, PagesFailed, PagesPending
from app.station.filing import require_complete
from app.station.scanning import Pile, Waits, scan
from app.station.station import Station, exclusive
from app.store.errors import CaseInUse, CaseUnknown, DiskFull
from app.store.records import Aim, AimKind, Page
from app.store.room import RESERVE_BYTES
from drivers.scanners.types import Event, Fault, FaultCode, PageDone, ScanSettings, Source, Waiting

Draw = Callable[[str], Path]


def pile(draw: Draw, count: int = 4) -> Pile:
    sheets = tuple(draw(f"{number}.png") for number in range(1, count + 1))
    return Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297))


def numbers(station: Station, case: str) -> list[tuple[int, int, int]]:
    record = station.store.cases.get(case)
    return [(page.number, page.sequence, page.sheet) for page in station.store.pages.of_case(record.id)]


def test_a_pile_arrives_in_order_and_is_recorded(station: Station, case: str, draw: Draw) -> None:
    shown: list[int] = []
    done = scan(station, case, pile(draw), on_page=lambda page: shown.append(page.number))
    assert (done.pages, done.fault, done.batch.state) == (4, None, "complete")
    assert shown == [1, 2, 3, 4]
    assert numbers(station, case) == [(n, n, n) for n in range(1, 5)]
    with pytest.raises(PagesPending):
        require_complete(station, station.store.cases.get(case))


def test_scanning_stops_behind_a_page_while_there_is_room_to_seal(
    station: Station, case: str, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets, shown = pile(draw, 3), list[int]()

    def fill_up(page: Page) -> None:
        shown.append(page.number)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=RESERVE_BYTES - 1))

    unhurried = replace(sheets, waits=Waits(page_interval_s=600))
    stopped = scan(station, case, unhurried, on_page=fill_up)
    assert stopped.fault is not None
    assert (stopped.fault.code, stopped.batch.state) == (FaultCode.DISK_FULL, "stopped")
    assert (shown, stopped.lay_back_from) == ([1], 2)
    with pytest.raises(DiskFull):
        scan(station, case, sheets)

    monkeypatch.undo()
    done = scan(station, case, sheets, on_page=lambda page: shown.append(page.number))
    assert (done.went_on_at, done.batch.state, shown) == (2, "complete", [1, 2, 3])


def test_the_same_pile_after_a_dead_driver_goes_on_where_it_stopped(station: Station, case: str, draw: Draw) -> None:
    sheets = pile(draw, 6)

    def kill(event: Event) -> None:
        if isinstance(event, PageDone) and event.record.sequence == 3:
            worker = next(int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _is_worker(p))
            os.kill(worker, signal.SIGKILL)

    broken = scan(station, case, sheets, on_event=kill)
    assert isinstance(broken.fault, Fault)
    assert broken.fault.code is FaultCode.WORKER_DIED
    assert broken.batch.state == "stopped"
    resumed = scan(station, case, sheets)
    assert (resumed.batch.id, resumed.pages, resumed.batch.state) == (broken.batch.id, 6, "complete")
    assert [sequence for _, sequence, _ in numbers(station, case)] == [1, 2, 3, 4, 5, 6]


def _is_worker(process: Path) -> bool:
    try:
        parts = (process / "cmdline").read_bytes().split(b"\0")
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return b"drivers.scanners.worker" in parts and int(parent) == os.getpid()


def test_a_page_on_the_disk_that_was_not_recorded_is_taken_in_first(station: Station, case: str, draw: Draw) -> None:
    """As after a power cut between the page's rename and its row."""
    scan(station, case, pile(draw, 2))
    with station.store.transaction():
        station.store._db.execute("DELETE FROM pages WHERE sequence = 2")
        station.store._db.execute("UPDATE batches SET state = 'open'")
    shown: list[int] = []
    done = scan(station, case, pile(draw, 2), on_page=lambda page: shown.append(page.sequence))
    assert (shown, done.pages, done.batch.state) == ([2], 2, "complete")


def test_another_pile_closes_an_interrupted_one_and_is_a_batch_of_its_own(
    station: Station, case: str, draw: Draw
) -> None:
    first = scan(station, case, pile(draw, 1))
    with station.store.transaction():
        station.store._db.execute("UPDATE batches SET state = 'open'")
    other = Pile("pnm:0", ScanSettings(feed=(draw("other.png"),)))
    second = scan(station, case, other)
    states = [(b.number, b.state, b.reason) for b in station.store.pages.batches(first.batch.case_id)]
    assert states == [(1, "stopped", "interrupted"), (2, "complete", None)]
    assert second.batch.number == 2
    assert numbers(station, case) == [(1, 1, 1), (2, 1, 2)]


def test_cancelling_keeps_what_has_arrived_and_says_the_pile_is_not_whole(
    station: Station, case: str, draw: Draw
) -> None:
    taken: list[int] = []
    done = scan(
        station,
        case,
        pile(draw, 12),
        on_page=lambda page: taken.append(page.number),
        cancelled=lambda: len(taken) >= 2,
    )
    assert done.batch.state == "stopped"
    assert 2 <= done.pages < 12
    assert len(numbers(station, case)) == done.pages
    _read_all(station, case)
    with pytest.raises(BatchUnfinished):
        require_complete(station, station.store.cases.get(case))


def _read_all(station: Station, case: str) -> None:
    record = station.store.cases.get(case)
    with station.store.transaction():
        for page in station.store.pages.of_case(record.id):
            station.store._db.execute(
                "INSERT OR REPLACE INTO results (page_id, result, text, blank, evidence, thumbnail, processed_at)"
                " VALUES (?, '{}', '', 0, '', '', '')",
                (page.id,),
            )


def test_a_feeder_that_says_empty_too_early_stops_sealing_and_the_sheets_are_named(
    station: Station, case: str, draw: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through sane-airscan: four sheets lie in, both sides each; after two the device claims that there is no more."""
    faces = [draw(f"{number}.png") for number in range(1, 9)]
    with EsclFeeder(faces, faults={5: "ends-early"}) as feeder:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / "sane.d")))
        settings = ScanSettings(source=Source.ADF_DUPLEX, dpi=100)
        early = scan(station, case, Pile(feeder.device_id, settings, sheets=4))
        assert early.fault is None
        assert (early.batch.state, early.batch.reason) == ("stopped", "unreconciled")
        assert (early.pages, early.sheets.missing, early.sheets.odd) == (4, (3, 4), ())
        _read_all(station, case)
        with pytest.raises(BatchUnfinished):
            require_complete(station, station.store.cases.get(case))
        feeder.lay_back(5)
        rest = scan(station, case, Pile(feeder.device_id, settings, sheets=2))
    assert (rest.fault, rest.batch.state, rest.pages) == (None, "complete", 8)
    assert rest.batch.id == early.batch.id
    assert [sheet for _, _, sheet in numbers(station, case)] == [1, 1, 2, 2, 3, 3, 4, 4]
    _read_all(station, case)
    require_complete(station, station.store.cases.get(case))


def test_a_series_stopped_while_it_waits_is_whole(station: Station, case: str) -> None:
    """The clerk has laid the last sheet on the glass and stops the clock: nothing was on its way."""
    settings = ScanSettings(dpi=50, width_mm=20, height_mm=20, page_limit=500)
    waiting: list[Event] = []

    def told(event: Event) -> None:
        if isinstance(event, Waiting) and event.sequence == 3:
            waiting.append(event)

    series = Pile("test:0", settings, waits=Waits(page_interval_s=0.5))
    done = scan(station, case, series, on_event=told, cancelled=lambda: bool(waiting))
    assert (done.pages, done.batch.state, done.batch.reason, done.lay_back_from) == (2, "complete", None, None)


def test_a_page_that_could_not_be_read_is_mended_by_another_scan_of_it(station: Station, case: str, draw: Draw) -> None:
    scan(station, case, pile(draw, 2))
    _read_all(station, case)
    record = station.store.cases.get(case)
    bad = station.store.pages.of_case(record.id)[0]
    with station.store.change("page.failed", case):
        station.store.pages.set_failure(bad.id, "ocr.picture-broken", "坏", "now")
    with pytest.raises(PagesFailed):
        require_complete(station, record)
    better = Pile("pnm:0", ScanSettings(feed=(draw("better.png"),)))
    scan(station, case, better, aim=Aim(AimKind.REPLACE, bad.number))
    with pytest.raises(PagesPending):
        require_complete(station, record)
    _read_all(station, case)
    require_complete(station, record)


def test_a_pile_left_unfinished_stops_sealing_whatever_came_after_it(station: Station, case: str, draw: Draw) -> None:
    short = scan(station, case, Pile("pnm:0", ScanSettings(feed=(draw("1.png"),)), sheets=2))
    scan(station, case, Pile("pnm:0", ScanSettings(feed=(draw("other.png"),))))
    _read_all(station, case)
    record = station.store.cases.get(case)
    with pytest.raises(BatchUnfinished, match="Batch 1 "):
        require_complete(station, record)
    assert recount(station, case, short.batch.number, 1).reconciled
    require_complete(station, record)


def test_an_unknown_case_and_a_case_in_use_take_nothing(station: Station, case: str, draw: Draw) -> None:
    with pytest.raises(CaseUnknown):
        scan(station, "A0", pile(draw, 1))
    with exclusive(station, case), pytest.raises(CaseInUse):
        scan(station, case, pile(draw, 1))
    assert numbers(station, case) == []


def test_a_case_without_pages_is_not_complete(station: Station, case: str) -> None:
    with pytest.raises(NoPages):
        require_complete(station, station.store.cases.get(case))
