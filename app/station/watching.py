"""The hot folder (热文件夹) of a case: what network scanners put there becomes pages, each file once, whatever falls.

A file goes folder -> spool of the case (the driver's ledger) -> import. What lies in the spool and not in the case is
imported at the next start; an import passes over what the case has, so nothing is taken twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.station.errors import StationError
from app.station.importing import import_files
from app.station.scanning import OnPage
from app.station.station import Station
from app.store.errors import CaseInUse
from app.store.records import CaseRecord
from dossier.ofd.errors import OfdError
from drivers.scanners.folder import Arrived, Duplicate, FolderSource, Quarantined, Unfinished
from ocr.errors import OcrError

SPOOL = "arrivals"
MOST_AT_ONCE = 20  # files of one import: between two a watch can be ended


class Outcome(StrEnum):
    TAKEN = "taken"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    UNFINISHED = "unfinished"  # its name says that its writer is not done, for long; told once, left alone


@dataclass(frozen=True)
class FileTold:
    """What became of one file: `path` is where it lies now.

    `reason`: of a quarantined file, a `Refusal` or the key of an error; `error`: that error, where there is one.
    """

    name: str
    outcome: Outcome
    path: Path
    reason: str = ""
    detail: str = ""
    error: OcrError | OfdError | StationError | None = None


@dataclass(frozen=True)
class Watched:
    """What came of a watch. `files`: those taken."""

    files: int
    pages: int
    quarantined: int


OnFile = Callable[[FileTold], None]


def watch(
    station: Station,
    case_no: str,
    inbox: Path,
    *,
    on_file: OnFile = lambda _: None,
    on_page: OnPage = lambda _: None,
    on_wait: Callable[[CaseInUse], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    idle_s: float | None = None,
    patience_s: float = 120.0,
    poll_s: float = 0.5,
    sleep: Callable[[float], None] = time.sleep,
) -> Watched:
    """Take the files of `inbox` into a case until `cancelled`, or until nothing has come for `idle_s` seconds.

    While somebody else works on the case its files wait in the spool; `on_wait` is told once a wait. `patience_s`: a
    file that stays unfinished or unreadable for so long is quarantined.

    Raises `CaseUnknown`, `HotFolderGone`, `SpoolInUse` (the case or the folder is watched already), `SpoolFull`,
    `DiskFull`, `ArrivalBroken`; what was taken stays taken.
    """
    record = station.store.cases.get(case_no)
    source = FolderSource(
        inbox,
        station.home.case(case_no) / SPOOL,
        now=station.clock.now,
        clock=lambda: _seconds(station),
        sleep=sleep,
        patience_s=patience_s,
    )
    told: list[FileTold] = []
    with source:
        intake = _Intake(station, record, source, on_page, on_wait)
        since = _seconds(station)
        while not cancelled():
            news = intake.step()
            for file in news:
                on_file(file)
            told += news
            if news:
                since = _seconds(station)
            elif intake.is_idle and idle_s is not None and _seconds(station) - since >= idle_s:
                break
            else:
                sleep(poll_s)
    outcomes = [file.outcome for file in told]
    return Watched(outcomes.count(Outcome.TAKEN), intake.pages, outcomes.count(Outcome.QUARANTINED))


class _Intake:
    """From the folder into the case; `pages` counts those that came in."""

    def __init__(
        self,
        station: Station,
        record: CaseRecord,
        source: FolderSource,
        on_page: OnPage,
        on_wait: Callable[[CaseInUse], None],
    ) -> None:
        self._station = station
        self._record = record
        self._source = source
        self._on_page = on_page
        self._on_wait = on_wait
        self._waits = False
        self._pending = self._left_over()
        self.pages = 0

    @property
    def is_idle(self) -> bool:
        """Nothing lies in the folder or in the spool that is not in the case."""
        return self._source.is_settled and not self._pending

    def step(self) -> list[FileTold]:
        """One look at the folder and one import; what became of the files."""
        news: list[FileTold] = []
        for event in self._source.poll():
            if isinstance(event, Arrived):
                self._pending.append(event)
            else:
                news.append(_told(event))
        if self._pending:
            news += self._import()
        return news

    def _left_over(self) -> list[Arrived]:
        """What was taken from the folder but is not in the case; where an import fell at its very end, its last file
        again, so that the batch is closed."""
        pages = self._station.store.pages
        known = set(pages.sources(self._record.id))
        taken = self._source.taken()
        left = [file for file in taken if file.record.sha256 not in known]
        imports = [batch for batch in pages.batches(self._record.id) if batch.kind == "import"]
        if not left and imports and imports[-1].state == "open":
            return taken[-1:]
        return left

    def _import(self) -> list[FileTold]:
        """Take some of the spool into the case; what cannot be used goes to quarantine. Raises `DiskFull`."""
        files = self._pending[:MOST_AT_ONCE]
        called = {file.path: file.record.source.name for file in files}
        try:
            done = import_files(
                self._station, self._record.case.case_no, list(called), called=called, on_page=self._on_page
            )
        except CaseInUse as taken:
            if not self._waits:
                self._on_wait(taken)
            self._waits = True
            return []
        del self._pending[: len(files)]
        self._waits = False
        self.pages += len(done.pages)
        refused = {item.path: item.error for item in done.refused}
        return [
            self._refuse(file, refused[file.path])
            if file.path in refused
            else FileTold(file.record.source.name, Outcome.TAKEN, file.path)
            for file in files
        ]

    def _refuse(self, file: Arrived, error: OcrError | OfdError | StationError) -> FileTold:
        moved = self._source.refuse(file, error.key, str(error))
        name = file.record.source.name
        return FileTold(name, Outcome.QUARANTINED, moved.path, moved.reason, moved.detail, error)


def _told(event: Duplicate | Quarantined | Unfinished) -> FileTold:
    name = event.path.name
    if isinstance(event, Quarantined):
        return FileTold(name, Outcome.QUARANTINED, event.path, event.reason, event.detail)
    return FileTold(name, Outcome.DUPLICATE if isinstance(event, Duplicate) else Outcome.UNFINISHED, event.path)


def _seconds(station: Station) -> float:
    return station.clock.monotonic_ns() / 1e9
