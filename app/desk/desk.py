"""What is open on the desk and what is being done to it; widgets follow its signals."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desk import words
from app.desk.date_watch import DateWatch
from app.desk.jobs import Fed
from app.desk.library import Library
from app.desk.limit_watch import LimitWatch
from app.desk.state import DeskState, Job, Running
from app.desk.work import Doing, Work
from app.i18n.catalogue import Catalogue
from app.station.checking import check_as_read
from app.station.disk_budget import DiskBudget, disk_budget
from app.station.errors import NOT_YET
from app.station.importing import Imported
from app.station.limits import UrgentLimit
from app.station.overview import CaseOverview
from app.station.second_look import DatesOfFace
from app.station.station import Station
from app.station.views import (
    FindingView,
    PageView,
    SubmissionView,
    UnfinishedView,
    VolumeView,
    case_list,
    case_view,
    finding_views,
    line_views,
    page_views,
    submission_view,
    submission_views,
    unfinished_batch,
    volume_views,
)
from transfer.errors import TransferError


@dataclass(frozen=True)
class Overall:
    """What concerns no single case."""

    cases: list[CaseOverview]
    disk: DiskBudget


@dataclass(frozen=True)
class Filing:
    """How a case stands. `findings` is None while the checks cannot say anything yet. `read_once`: dates that some of
    them rest on and that are still to be read a second time."""

    case: CaseOverview
    pages: list[PageView]  # those set aside too
    volumes: list[VolumeView]
    findings: list[FindingView] | None
    read_once: frozenset[DatesOfFace]
    unfinished: UnfinishedView | None
    submission: SubmissionView


class Desk(QObject):
    """Lives on the GUI thread; everything that takes time happens in its `library` and its `work`."""

    changed = Signal(object)  # DeskState
    overall = Signal(object)  # Overall
    opened = Signal(object)  # list[PageView]: another case, or none
    page = Signal(object)  # PageView: arrived or read
    filed = Signal(object)  # Filing
    lines = Signal(int, object)  # page number, list[LineView]
    faulted = Signal(object)  # FaultText
    platform_seen = Signal(bool)
    backs_next = Signal()  # a pile of fronts is in; its backs are to follow

    def __init__(self, home: Path, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.library = Library(home)
        self.devices = Library(home)  # looking for scanners takes seconds; nothing else shall wait for it
        self.limits = LimitWatch(home)
        self.dates = DateWatch(home)
        self._tried = frozenset[DatesOfFace]()  # of the open case; what could not be read is not tried again
        self.work = Work(home)
        self.state = DeskState()
        self.limits.found.connect(self._limit_found)
        self.limits.failed.connect(self.tell)
        self.dates.progress.connect(self._dates_progress)
        self.dates.settled.connect(self._dates_settled)
        self.dates.failed.connect(self._dates_fail)
        self.work.started.connect(self._started)
        self.work.page.connect(self._page)
        self.work.progress.connect(self._progress)
        self.work.finished.connect(self._finished)
        self.work.failed.connect(self._failed)

    @property
    def case_no(self) -> str:
        """Of the open case; empty on the case list."""
        return self.state.case_no

    def load(self) -> None:
        """Ask for the cases and the disk."""
        self.library.ask(
            lambda station: Overall(case_list(station), disk_budget(station)),
            self._loaded,
            self.tell,
        )

    def open_case(self, case_no: str) -> None:
        """Show the pages first, then what was made of them."""
        self.library.ask(
            lambda station: (
                case_view(station, case_no),
                page_views(station, case_no),
                submission_view(station, case_no),
                submission_views(station, case_no),
            ),
            lambda found: self._opened(*found),
            self.tell,
        )

    def close_case(self) -> None:
        self.dates.leave()
        self._set(DeskState(cases=self.state.cases))
        self.opened.emit([])
        self.load()

    def file(self) -> None:
        """Ask again for the catalogue and the findings."""
        case_no, language = self.case_no, self.catalogue.short
        unfiled = self.tr("Not filed")
        self.library.ask(lambda station: _filing(station, case_no, unfiled, language), self._filed, self.tell)

    def ask_lines(self, page: PageView) -> None:
        case_no = self.case_no
        self.library.ask(
            lambda station: line_views(station, case_no, page.number),
            lambda lines: self.lines.emit(page.number, lines),
            self.tell,
        )

    def change(self, act: Callable[[Station], object]) -> None:
        """Do something to the open case that takes no time, and show how it stands then."""
        self.library.ask(act, lambda _done: self._after(), self.tell)

    def start(self, job: Job, doing: Doing) -> None:
        """Begin a job on the open case; one at a time."""
        if self.work.job is None:
            self.work.start(job, doing)

    def tell(self, error: Exception, during: Job | None = None) -> None:
        """Show a fault."""
        self.faulted.emit(words.fault(error, during, self.catalogue))

    def close(self) -> None:
        """End the threads; what is running stops after the page it is at."""
        self.work.close()
        self.library.close()
        self.devices.close()
        self.limits.close()
        self.dates.close()

    def _set(self, state: DeskState) -> None:
        self.state = state
        self.changed.emit(state)

    def _loaded(self, overall: Overall) -> None:
        self._set(replace(self.state, cases=len(overall.cases)))
        self.overall.emit(overall)
        self.limits.look(overall.cases)

    def _opened(
        self,
        case: CaseOverview,
        pages: list[PageView],
        submission: SubmissionView,
        submissions: tuple[SubmissionView, ...],
    ) -> None:
        self.dates.leave()
        self._tried = frozenset()
        self._set(
            DeskState(
                cases=self.state.cases,
                case=case,
                pages=_counting(pages),
                submission=submission,
                submissions=submissions,
                limit=self.limits.known(case.case_no),
            )
        )
        self.opened.emit(pages)
        self.file()

    def _filed(self, filing: Filing) -> None:
        if filing.case.case_no != self.case_no:
            return  # another case was opened meanwhile
        findings = None if filing.findings is None else tuple(filing.findings)
        self._set(
            replace(
                self.state,
                case=filing.case,
                pages=_counting(filing.pages),
                volumes=tuple(filing.volumes),
                findings=findings,
                unfinished=filing.unfinished,
                submission=filing.submission,
            )
        )
        self.filed.emit(filing)
        if filing.read_once - self._tried and self.dates.look(filing.case.case_no, filing.submission.id):
            self._tried |= filing.read_once

    def _dates_progress(self, case_no: str, done: int, of: int) -> None:
        if case_no == self.case_no:
            self._set(replace(self.state, dates=(done, of)))

    def _dates_settled(self) -> None:
        """Of this case or of one left meanwhile, which this one had to wait for."""
        if self.state.case is not None:
            self._set(replace(self.state, dates=None))
            self.file()

    def _dates_fail(self, error: Exception) -> None:
        self.tell(error)
        self._dates_settled()

    def _limit_found(self, case_no: str, limit: UrgentLimit | None) -> None:
        if case_no == self.case_no:
            self._set(replace(self.state, limit=limit))

    def _started(self, job: Job) -> None:
        self._set(replace(self.state, running=Running(job)))

    def _page(self, page: PageView) -> None:
        pages = {known.number: known for known in self.state.pages} | {page.number: page}
        self._set(replace(self.state, pages=tuple(pages.values())))
        self.page.emit(page)

    def _progress(self, done: int, of: int) -> None:
        if self.state.running is not None:
            self._set(replace(self.state, running=replace(self.state.running, done=done, of=of)))

    def _finished(self, job: Job, outcome: object) -> None:
        self._set(replace(self.state, running=None))
        if job is Job.SEND:
            self.platform_seen.emit(True)
        if isinstance(outcome, Imported) and outcome.refused:
            self._tell_refused(outcome)
        if isinstance(outcome, Fed):
            self._tell_fed(outcome)
        self._after()

    def _failed(self, job: Job, error: Exception) -> None:
        self._set(replace(self.state, running=None))
        if isinstance(error, TransferError):
            self.platform_seen.emit(False)
        self.tell(error, job)
        self._after()

    def _after(self) -> None:
        self.load()
        if self.state.case is not None:
            self.file()

    def _tell_fed(self, fed: Fed) -> None:
        stopped = words.stopped(fed.scanned, self.catalogue)
        told = stopped or words.taken_otherwise(fed.scanned, self.catalogue)
        if told is not None:
            self.faulted.emit(told)
        if fed.not_read is not None and told is None:
            self.faulted.emit(words.fault(fed.not_read, Job.READ, self.catalogue))
        if fed.backs_follow and stopped is None:
            self.backs_next.emit()

    def _tell_refused(self, outcome: Imported) -> None:
        first = words.fault(outcome.refused[0].error, Job.IMPORT, self.catalogue)
        others = len(outcome.refused) - 1
        if others:
            more = self.tr("Further files not taken: %1.").replace("%1", str(others))
            first = replace(first, happened=f"{first.happened} {more}")
        self.faulted.emit(first)


def _counting(pages: Iterable[PageView]) -> tuple[PageView, ...]:
    return tuple(page for page in pages if page.aside is None)


def _filing(station: Station, case_no: str, unfiled: str, language: str) -> Filing:
    findings, submission = None, submission_view(station, case_no)
    read_once = frozenset[DatesOfFace]()
    with contextlib.suppress(*NOT_YET):
        checked = check_as_read(station, case_no, submission.id)
        findings, read_once = finding_views(checked, language), frozenset(checked.read_once)
    return Filing(
        case_view(station, case_no),
        page_views(station, case_no),
        volume_views(station, case_no, submission.id, unfiled),
        findings,
        read_once,
        unfinished_batch(station, case_no),
        submission,
    )
