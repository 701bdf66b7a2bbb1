"""Keeping to the rule for metered connections: who may go now, and how much went today."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from app.station.network import LineWatch
from app.station.sending_errors import PlanBroken
from app.station.sending_plan import load_metered
from app.station.station import Station
from app.store.durable import replace
from app.store.records import Outgoing
from transfer.errors import TransferError
from transfer.metered import MEGABYTE, Line
from transfer.priority import URGENT_TAG
from transfer.throttle import Spend
from transfer.types import SendState

FILE = "metered.json"


class Meter:
    """The rule of `sending.toml` beside the line in use.

    What goes over a metered line is counted by pieces, sent again or not, a megabyte ahead in `metered.json`: one that
    dies has counted rather too much than too little.
    """

    def __init__(self, station: Station, line: Callable[[], Line] | None = None) -> None:
        """`line`: asks what the connection is; NetworkManager when left out. Raises `PlanBroken`."""
        self._station = station
        self._ask = line or LineWatch(lambda: station.clock.monotonic_ns() / 1e9)
        self._file = station.home.path / FILE
        self._day, self._noted, self._used = "", 0, 0
        self.reload()

    def reload(self) -> None:
        """Look at the rule again, and at what another process of this station sent. Raises `PlanBroken`."""
        self._rule, self._told = load_metered(self._station.home)
        day, noted = self._read()
        if (day, noted) != (self._day, self._noted):
            self._day, self._noted, self._used = day, noted, noted

    def hold(self, item: Outgoing) -> TransferError | None:
        """Why a package has to wait now, None when it may go. Asking for a receipt costs next to nothing."""
        return None if item.state is SendState.AWAITING_RECEIPT else self._held(item)

    def spender(self, item: Outgoing) -> Spend:
        """Counts what goes out for a package; raises what holds it back."""

        def spend(length: int) -> None:
            fault = self._held(item)
            if fault is not None:
                raise fault
            if self._rule is not None and self._line() is not Line.FREE:
                self._note(length)

        return spend

    def tomorrow(self) -> dt.datetime:
        """When the amount of a day is there again."""
        midnight = self._station.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + dt.timedelta(days=1)

    def _line(self) -> Line:
        return self._ask() if self._told is None else self._told

    def _held(self, item: Outgoing) -> TransferError | None:
        if self._rule is None:
            return None
        urgent = URGENT_TAG in self._station.store.cases.get(item.package.case_no).case.tags
        return self._rule.hold(self._line(), urgent=urgent, used_today=self._used_today())

    def _used_today(self) -> int:
        return self._used if self._day == self._today() else 0

    def _note(self, length: int) -> None:
        self._used = self._used_today() + length
        if self._day != self._today() or self._used > self._noted:
            self._day, self._noted = self._today(), self._used + MEGABYTE
            replace(self._file, json.dumps({"day": self._day, "bytes": self._noted}).encode())

    def _read(self) -> tuple[str, int]:
        try:
            kept = json.loads(self._file.read_bytes())
            return str(kept["day"]), int(kept["bytes"])
        except FileNotFoundError:
            return self._today(), 0
        except (ValueError, KeyError, TypeError) as error:
            raise PlanBroken(file=self._file, detail=type(error).__name__) from error

    def _today(self) -> str:
        return self._station.clock.now().date().isoformat()
