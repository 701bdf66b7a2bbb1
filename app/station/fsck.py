"""Is everything still as it was left (自检)? Database, journal, trail, originals, packages. And making it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.station.batches import recover_batches
from app.station.holdings import holdings
from app.station.station import Station, exclusive, open_station
from app.store.errors import CaseInUse
from app.store.home import Home
from app.store.rebuild import OnProgress, Rebuilt, rebuild
from app.store.records import CaseRecord
from app.store.store import Clock, SystemClock, Who


class Trouble(StrEnum):
    """LIBRARY: a row, or its copy in the journal. TRAIL: the chain does not hold. MISSING, ALTERED: a file that the
    library names. UNKNOWN: an original that the library does not name."""

    LIBRARY = "library"
    TRAIL = "trail"
    MISSING = "missing"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Problem:
    """`where`: a file below the home folder, a case number, or a row."""

    trouble: Trouble
    where: str


@dataclass(frozen=True)
class FsckReport:
    """What was looked at, and what is not as it was left. `removed`: files that are gone by the retention rule."""

    files: int
    records: int
    problems: tuple[Problem, ...]
    removed: int = 0

    @property
    def ok(self) -> bool:
        return not self.problems


def fsck(station: Station, on_file: Callable[[int, int], None] = lambda _done, _of: None) -> FsckReport:
    """Look at everything; nothing is changed. Raises `JournalBroken`."""
    problems = [Problem(Trouble.LIBRARY, damage) for damage in station.store.damages()]
    trail = station.store.audit.verify()
    if not trail.ok:
        problems.append(Problem(Trouble.TRAIL, f"{trail.chain} {trail.broken_at}: {trail.reason}"))
    known: dict[Path, str] = {}
    for record in station.store.cases.all():
        known |= holdings(station, record)
    for done, (file, sha256) in enumerate(known.items(), start=1):
        if not file.is_file():
            problems.append(Problem(Trouble.MISSING, station.home.relative(file)))
        elif _sha256(file) != sha256:
            problems.append(Problem(Trouble.ALTERED, station.home.relative(file)))
        on_file(done, len(known))
    problems += [Problem(Trouble.UNKNOWN, station.home.relative(file)) for file in _strangers(station, set(known))]
    removed = sum(len(station.store.removals.of_case(record.id)) for record in station.store.cases.all())
    return FsckReport(len(known), trail.records, tuple(problems), removed)


def rebuild_library(
    home: Home,
    who: Who,
    *,
    clock: Clock | None = None,
    on_progress: OnProgress = OnProgress(),  # noqa: B008 - frozen
) -> Rebuilt:
    """Make the library anew from its journal and take in pages that reached the disk after it. Broken off, it is begun
    again from the start the next time.

    Raises what `rebuild` raises; `CaseInUse`, `StoreError`.
    """
    clock = clock or SystemClock()
    rebuilt = rebuild(home, clock.now().strftime("%Y%m%dT%H%M%S"), on_progress)
    with open_station(home.path, clock=clock, who=who) as station:
        for record in station.store.cases.all():
            station.store.note("library.rebuilt", record.case.case_no, rows=rebuilt.rows)
            with exclusive(station, record.case.case_no):
                recover_batches(station, record)
    return rebuilt


def _strangers(station: Station, known: set[Path]) -> Iterator[Path]:
    """Whole originals without a row; of a case that somebody works on now they are on their way."""
    for record in station.store.cases.all():
        try:
            with exclusive(station, record.case.case_no):
                # One that is to go by rule and was not unlinked for a power cut goes with the next clearing.
                named = known | station.store.removals.of_case(record.id)
                yield from (file for file in _originals(station, record) if file not in named)
        except CaseInUse:
            continue


def _originals(station: Station, record: CaseRecord) -> Iterator[Path]:
    for folder in sorted(station.home.case(record.case.case_no).glob("originals/b*")):
        yield from sorted(file for file in folder.iterdir() if file.is_file() and file.suffix not in (".json", ".part"))


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
