"""Looks after the time limits (期限) of all cases, one case at a time, so that nothing waits for it."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from app.desk.library import Library
from app.station.errors import NOT_YET, ForeignSeparator
from app.station.limits import UrgentLimit, most_urgent
from app.station.overview import CaseOverview
from app.station.station import Station
from app.station.submissions import worked_on

RENEW_S = 900.0  # hours run on


@dataclass(frozen=True)
class _Known:
    """`step`: the last of the case's trail when it was looked at."""

    step: int
    at: float
    limit: UrgentLimit | None


class LimitWatch(QObject):
    """`found`: case number and its most urgent limit, or None."""

    found = Signal(str, object)
    failed = Signal(object)  # Exception

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._library = Library(home)
        self._known: dict[str, _Known] = {}
        self._waiting: deque[str] = deque()
        self._busy = False

    def look(self, cases: Iterable[CaseOverview]) -> None:
        """Look at these, in this order; what was asked for before and not looked at yet is forgotten."""
        self._waiting = deque(case.case_no for case in cases if case.pages and case.state != "arrived")
        self._next()

    def known(self, case_no: str) -> UrgentLimit | None:
        """What was found last."""
        known = self._known.get(case_no)
        return known.limit if known is not None else None

    def close(self) -> None:
        self._waiting.clear()
        self._library.close()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        case_no = self._waiting.popleft()
        known = self._known.get(case_no)
        self._library.ask(
            lambda station: _look(station, case_no, known), lambda seen: self._keep(case_no, seen), self._fail
        )

    def _keep(self, case_no: str, seen: _Known) -> None:
        if self._known.get(case_no) is not seen:
            self._known[case_no] = seen
            self.found.emit(case_no, seen.limit)
        self._busy = False
        self._next()

    def _fail(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
        self._next()


def _look(station: Station, case_no: str, known: _Known | None) -> _Known:
    step = next(iter(station.store.audit.newest_first(case_no))).seq
    if known is not None and known.step == step and monotonic() - known.at < RENEW_S:
        return known
    limit = None
    # The open case tells what is wrong with it; a look at all of them in passing does not.
    with contextlib.suppress(*NOT_YET, ForeignSeparator):
        limit = most_urgent(station, case_no, worked_on(station, case_no))
    return _Known(step, monotonic(), limit)
