"""Has the dates that findings rest on read a second time (再读), beside everything else the clerk does."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desk.library import Library
from app.station.checking import check
from app.station.errors import NOT_YET
from app.station.station import Station


class _Left(Exception):
    """The case was closed meanwhile."""


class DateWatch(QObject):
    """One case at a time, the open one."""

    progress = Signal(str, int, int)  # case number, faces done, of
    settled = Signal()  # the findings may be others now
    failed = Signal(object)  # Exception

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._library = Library(home)
        self._leave: threading.Event | None = None  # of what is running

    def look(self, case_no: str, submission: str) -> bool:
        """Begin, unless a look is under way, and say whether it did; `settled` or `failed` comes in either case."""
        if self._leave is not None:
            return False
        leave = self._leave = threading.Event()

        def told(done: int, of: int) -> None:
            if leave.is_set():
                raise _Left
            self.progress.emit(case_no, done, of)

        def read(station: Station) -> None:
            with contextlib.suppress(_Left, *NOT_YET):  # more pages may come meanwhile: the case is filed anew then
                check(station, case_no, submission, told)

        self._library.ask(read, lambda _done: self._settle(), self._fail)
        return True

    def leave(self) -> None:
        """Read no further page of the case that is being looked at."""
        if self._leave is not None:
            self._leave.set()

    def close(self) -> None:
        self.leave()
        self._library.close()

    def _settle(self) -> None:
        self._leave = None
        self.settled.emit()

    def _fail(self, error: Exception) -> None:
        self._leave = None
        self.failed.emit(error)
