"""The step that is running: one at a time, in a thread, with progress and a way to stop it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desk.state import Job
from app.desk.station_thread import StationThread
from app.i18n.catalogue import Explained
from app.station.station import Station
from app.station.views import PageView

log = logging.getLogger(__name__)


class Report:
    """What a running job tells, from its thread."""

    def __init__(self, page: Callable[[PageView], None], progress: Callable[[int, int], None]) -> None:
        self.page = page
        self.progress = progress
        self._stop = threading.Event()

    def stop(self) -> None:
        self._stop.set()

    def stopped(self) -> bool:
        return self._stop.is_set()


Doing = Callable[[Station, Report], object]


class Work(QObject):
    """Signals come on the GUI thread. `finished` and `failed` carry the job and its outcome or error."""

    started = Signal(object)  # Job
    page = Signal(object)  # PageView: arrived, or read
    progress = Signal(object, object)  # done, of: may pass 2 GB, so no C int
    finished = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._thread = StationThread(home)
        self._report: Report | None = None
        self.job: Job | None = None
        self.finished.connect(self._over)
        self.failed.connect(self._over)

    def start(self, job: Job, doing: Doing) -> None:
        """Begin; the caller has seen that nothing is running."""
        self.job = job
        report = self._report = Report(self.page.emit, self.progress.emit)

        def call(station: Station) -> None:
            try:
                outcome = doing(station, report)
            except Exception as error:
                if not isinstance(error, Explained):
                    log.exception("%s failed", job)
                self.failed.emit(job, error)
            else:
                self.finished.emit(job, outcome)

        self.started.emit(job)
        self._thread.hand(call)

    def stop(self) -> None:
        """Ask the running job to end after the page it is at."""
        if self._report is not None:
            self._report.stop()

    def close(self) -> None:
        self.stop()
        self._thread.end()

    def _over(self, _job: Job, _outcome: object) -> None:
        self.job = self._report = None
