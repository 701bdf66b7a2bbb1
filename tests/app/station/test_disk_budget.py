"""How long the disk will do, and what is left free for whom. The size of a disk is made up where a real one cannot be
had."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.station.disk_budget import (
    ASSUMED_PAGE_BYTES,
    COPIES_WHEN_SEALING,
    DiskLevel,
    bytes_to_seal,
    disk_budget,
    room_to_keep,
)
from app.station.importing import import_files
from app.station.station import Station
from app.store.errors import DiskFull
from app.store.room import FLOOR_BYTES, RESERVE_BYTES

Draw = Callable[[str], Path]
FreeBytes = Callable[[int], None]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> FreeBytes:
    """Let every disk have so many bytes left."""

    def leave(count: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=count))

    return leave


def test_a_new_station_assumes_raw_pages_and_knows_no_days(station: Station, free: FreeBytes) -> None:
    free(RESERVE_BYTES + 5000 * ASSUMED_PAGE_BYTES)
    found = disk_budget(station)
    assert (found.pages_left, found.pages_a_day, found.days_left) == (5000, None, None)
    assert found.level is DiskLevel.ENOUGH


def test_days_follow_from_the_pages_of_late_and_what_they_take(
    station: Station, case: str, draw: Draw, free: FreeBytes
) -> None:
    free(100 * 1024**3)
    import_files(station, case, [draw(f"{number}.png") for number in range(4)])
    originals = sum(page.stat().st_size for page in station.home.batch(case, 1).glob("*.png"))
    found = disk_budget(station)
    assert found.pages_a_day == 4
    assert originals / 4 < found.page_bytes < ASSUMED_PAGE_BYTES
    assert found.pages_left == (100 * 1024**3 - RESERVE_BYTES) // found.page_bytes
    assert found.days_left == found.pages_left / 4

    free(RESERVE_BYTES + 3 * 4 * found.page_bytes)
    assert disk_budget(station).level is DiskLevel.LOW
    free(RESERVE_BYTES - 1)
    assert (disk_budget(station).level, disk_budget(station).pages_left) == (DiskLevel.STOPPED, 0)


def test_pages_of_long_ago_say_nothing_of_days(station: Station, case: str, draw: Draw) -> None:
    import_files(station, case, [draw("1.png")])
    first = station.store.pages.first_arrival()
    assert first == station.clock.now().date()
    assert station.store.pages.count(first) == 1
    assert station.store.pages.count(first + dt.timedelta(days=1)) == 0


def test_importing_stops_between_two_files_and_goes_on_later(
    station: Station, case: str, draw: Draw, free: FreeBytes
) -> None:
    sheets = [draw(f"{number}.png") for number in range(4)]
    free(RESERVE_BYTES + sheets[0].stat().st_size - 1)
    shown: list[int] = []
    with pytest.raises(DiskFull):
        import_files(station, case, sheets, on_page=lambda page: shown.append(page.number))
    assert shown == []
    (batch,) = station.store.pages.batches(station.store.cases.get(case).id)
    assert (batch.state, batch.reason) == ("stopped", "disk-full")

    free(100 * 1024**3)
    done = import_files(station, case, sheets, on_page=lambda page: shown.append(page.number))
    assert (len(done.pages), shown) == (4, [1, 2, 3, 4])


def test_a_large_case_keeps_the_room_that_sealing_it_takes(station: Station, case: str, draw: Draw) -> None:
    record = station.store.cases.get(case)
    assert room_to_keep(bytes_to_seal(station, record)) == RESERVE_BYTES
    import_files(station, case, [draw(f"{number}.png") for number in range(3)])
    with station.store.transaction():
        for page in station.store.pages.of_case(record.id):
            station.store._db.execute(
                "INSERT INTO results VALUES (?, '{}', '', 0, ?, '', '')", (page.id, f"{page.stem}.jpg")
            )
    derived = station.home.derived(case)
    derived.mkdir()
    for page in station.store.pages.of_case(record.id):
        with (derived / f"{page.stem}.jpg").open("wb") as sparse:
            sparse.truncate(300 * 1024**2)
    assert room_to_keep(bytes_to_seal(station, record)) == FLOOR_BYTES + COPIES_WHEN_SEALING * 3 * 300 * 1024**2
