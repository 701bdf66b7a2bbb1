"""A thread with a station of its own: a database connection never leaves the thread that opened it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QThread

from app.station.station import Station, open_station

Call = Callable[[Station], None]


class StationThread(QThread):
    """Does what it is handed, one after the other. A call delivers its outcome by signals and lets nothing out."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._calls: SimpleQueue[Call | None] = SimpleQueue()
        self.start()

    def hand(self, call: Call) -> None:
        self._calls.put(call)

    def end(self) -> None:
        """Finish what was handed over, then stop; blocks until then."""
        self._calls.put(None)
        self.wait()

    def run(self) -> None:
        call = self._calls.get()
        if call is None:
            return  # never needed: opening reads the whole standard
        with open_station(self._home) as station:
            while call is not None:
                call(station)
                call = self._calls.get()
