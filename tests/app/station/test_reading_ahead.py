"""A pile is read while it still comes, each page once; what is left is read afterwards. On SANE's pnm backend."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app.station.errors import PagesPending, ReadingSettingBroken
from app.station.filing import require_complete
from app.station.pile import Pile
from app.station.processing import Done, process
from app.station.reading_ahead import ScannedAndRead, scan_and_read
from app.station.station import Station
from app.store.records import Page
from drivers.scanners.types import ScanSettings
from ocr.pool import open_pool

Draw = Callable[[str], Path]
WAIT_S = 300


class Watched:
    """Scans a pile whose last page comes only when `wanted` pages have been read."""

    def __init__(self, station: Station, case: str, draw: Draw, count: int, wanted: int) -> None:
        self.read: list[int] = []
        self._last, self._wanted, self._enough = count, wanted, threading.Event()
        sheets = tuple(draw(f"{number}.png") for number in range(1, count + 1))
        pile = Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297))
        self.done: ScannedAndRead = scan_and_read(
            station,
            case,
            pile,
            on_page=self._shown,
            on_read=self._read,
            on_event=lambda _: None,
            cancelled=lambda: False,
        )

    def _shown(self, page: Page) -> None:
        if page.number == self._last and self._wanted:
            assert self._enough.wait(WAIT_S), f"read while scanning: {self.read}"

    def _read(self, _station: Station, done: Done) -> None:
        assert done.error is None
        self.read.append(done.page.number)
        if len(self.read) == self._wanted:
            self._enough.set()


def steps(station: Station, case: str, event: str) -> list[Mapping[str, object]]:
    return [step.detail for step in station.store.audit.newest_first(case) if step.event == event]


def test_a_pile_whose_pages_are_read_as_they_come_is_filed_at_its_end(station: Station, case: str, draw: Draw) -> None:
    watched = Watched(station, case, draw, count=6, wanted=5)
    assert (watched.done.scanned.pages, watched.done.fault) == (6, None)
    assert sorted(watched.read) == [1, 2, 3, 4, 5, 6]
    require_complete(station, station.store.cases.get(case))
    assert len(steps(station, case, "case.filed")) == 1


def test_what_is_left_is_read_afterwards_and_nothing_twice(station: Station, case: str, draw: Draw) -> None:
    watched = Watched(station, case, draw, count=12, wanted=1)
    assert watched.read
    with open_pool(1) as pool:
        assert process(station, case, pool) == 12 - len(watched.read)
    read = [step["page"] for step in steps(station, case, "page.processed")]
    assert len(read) == 12
    assert set(read) == set(range(1, 13))


def test_a_small_pile_is_only_scanned(station: Station, case: str, draw: Draw) -> None:
    watched = Watched(station, case, draw, count=4, wanted=0)
    assert (watched.done.scanned.pages, watched.done.fault, watched.read) == (4, None, [])
    with pytest.raises(PagesPending):
        require_complete(station, station.store.cases.get(case))


def test_what_keeps_pages_from_being_read_does_not_stop_the_scan(station: Station, case: str, draw: Draw) -> None:
    (station.home.path / "reading.toml").write_text("pages = ", "utf-8")
    watched = Watched(station, case, draw, count=6, wanted=0)
    assert (watched.done.scanned.pages, watched.done.scanned.fault, watched.read) == (6, None, [])
    assert isinstance(watched.done.fault, ReadingSettingBroken)
