"""How long the disk will do (磁盘余量): pages and days left before scanning stops, and the room that sealing needs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.station.station import Station
from app.store.records import CaseRecord
from app.store.room import FLOOR_BYTES, RESERVE_BYTES, free_bytes

OF_LATE = dt.timedelta(days=14)
MEASURED_PAGES = 200
# Where nothing was measured yet: a raw colour page at 300 dpi, and its evidence picture.
ASSUMED_PAGE_BYTES = 10 * 1024**2
ASSUMED_PICTURE_BYTES = 1024**2
# Sealing holds a page at once in the volume, and with its access copies (together 0.85 of the picture as measured by
# bench/volumes.py) among the volumes kept, in the bag and in the package.
COPIES_WHEN_SEALING = 7
TO_READ_AND_SEAL = (COPIES_WHEN_SEALING + 1) * ASSUMED_PICTURE_BYTES  # of a page that just came
LOW_DAYS = 7.0
LOW_PAGES = 1000


class DiskLevel(StrEnum):
    """LOW: time to make room. STOPPED: nothing more is scanned or imported; what is here can be read and sealed."""

    ENOUGH = "enough"
    LOW = "low"
    STOPPED = "stopped"


@dataclass(frozen=True)
class DiskBudget:
    """`free`, `kept`, `page_bytes`: bytes; `kept` stays free for sealing. `page_bytes`: all that a page takes, its
    pictures and its share of volumes, packages and library too. `pages_a_day`: over the last two weeks, None while
    nothing came; `days_left`: calendar days at that rate."""

    free: int
    kept: int
    page_bytes: int
    pages_left: int
    pages_a_day: float | None
    days_left: float | None
    level: DiskLevel


def disk_budget(station: Station) -> DiskBudget:
    """How the disk of the library stands now."""
    free, kept = free_bytes(station.home.path), RESERVE_BYTES
    page_bytes = _page_bytes(station)
    pages_left = max(0, free - kept) // page_bytes
    pages_a_day = _pages_a_day(station)
    days_left = pages_left / pages_a_day if pages_a_day else None
    if free < kept:
        level = DiskLevel.STOPPED
    elif pages_left < LOW_PAGES or (days_left is not None and days_left < LOW_DAYS):
        level = DiskLevel.LOW
    else:
        level = DiskLevel.ENOUGH
    return DiskBudget(free, kept, page_bytes, pages_left, pages_a_day, days_left, level)


def bytes_to_seal(station: Station, record: CaseRecord) -> int:
    """What reading the rest of a case and sealing all of it will take."""
    folder = station.home.derived(record.case.case_no)
    return sum(_to_seal(folder, page.evidence) for page in station.store.pages.of_case(record.id))


def room_to_keep(to_seal: int) -> int:
    """Bytes to leave free while pages come into a case, so that it can be sealed: `to_seal` and the library's own."""
    return max(RESERVE_BYTES, FLOOR_BYTES + to_seal)


def _to_seal(folder: Path, evidence: str | None) -> int:
    try:
        return COPIES_WHEN_SEALING * (folder / evidence).stat().st_size if evidence else TO_READ_AND_SEAL
    except FileNotFoundError:
        return TO_READ_AND_SEAL


def _pages_a_day(station: Station) -> float | None:
    today = station.clock.now().date()
    first = station.store.pages.first_arrival()
    if first is None:
        return None
    since = max(first, today - OF_LATE)
    days = max(1, (today - since).days)
    return station.store.pages.count(since) / days or None


def _page_bytes(station: Station) -> int:
    """Of the newest cases with `MEASURED_PAGES` pages together; library and journal by all pages."""
    pages = taken = 0
    for record in station.store.cases.all():
        own = len(station.store.pages.all_of_case(record.id))
        if own:
            pages += own
            taken += sum(_sizes(station.home.case(record.case.case_no)))
        if pages >= MEASURED_PAGES:
            break
    if not pages:
        return ASSUMED_PAGE_BYTES
    library = station.home.database.stat().st_size + sum(_sizes(station.home.journal))
    return max(1, taken // pages + library // station.store.pages.count())


def _sizes(folder: Path) -> Iterator[int]:
    """Bytes on the disk of all files below a folder; one that goes away meanwhile does not count."""
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                yield Path(inside, name).lstat().st_blocks * 512
