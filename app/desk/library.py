"""Questions to the station that answer at once or nearly: lists, catalogues, lines, small writes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.desk.station_thread import StationThread
from app.i18n.catalogue import Explained
from app.station.station import Station

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class Library(QObject):
    """Asks in a thread; answers come back on the GUI thread in the order of the questions."""

    _answered = Signal(int, object)
    _failed = Signal(int, object)

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._thread = StationThread(home)
        self._tickets = count(1)
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._answered.connect(self._deliver)
        self._failed.connect(self._explain)

    def ask(
        self, question: Callable[[Station], Answer], then: Callable[[Answer], None], failed: Callable[[Exception], None]
    ) -> None:
        """Put a question; `then` or `failed` is called on the GUI thread."""
        ticket = next(self._tickets)
        self._waiting[ticket] = (then, failed)

        def call(station: Station) -> None:
            try:
                answer = question(station)
            except Exception as error:
                if not isinstance(error, Explained):
                    log.exception("a question to the library failed")
                self._failed.emit(ticket, error)
            else:
                self._answered.emit(ticket, answer)

        self._thread.hand(call)

    def close(self) -> None:
        self._waiting.clear()
        self._thread.end()

    def _deliver(self, ticket: int, answer: object) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is not None:
            waiting[0](answer)

    def _explain(self, ticket: int, error: Exception) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is not None:
            waiting[1](error)
