"""Sending in the background: each package when it is due, in its window, while the destination answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from app.station.metering import Meter
from app.station.outbox_moves import current
from app.station.sending import Outcome, destination_at, disk_room, only_sender, send_package, waiting
from app.station.sending_errors import AlreadySending
from app.station.sending_plan import load_timetable
from app.station.station import Station
from app.store.records import Outgoing
from transfer.metered import Line
from transfer.retry import HELD, Breaker, is_due
from transfer.send import Pace

TICK_S = 1.0


@dataclass
class Agenda:
    """When each package is due. The rows hold station time, for showing and for the next start; within one process
    monotonic seconds count, so that a clock that is set neither loses nor hurries an attempt."""

    _noted: dict[str, tuple[str, float]] = field(default_factory=dict)

    def note(self, item: Outgoing, now: dt.datetime, monotonic: float) -> None:
        """Remember what an attempt of this process left."""
        if item.next_at is not None:
            wait = dt.datetime.fromisoformat(item.next_at) - now
            self._noted[item.package.id] = (item.next_at, monotonic + wait.total_seconds())

    def due(self, item: Outgoing, now: dt.datetime, monotonic: float) -> bool:
        noted = self._noted.get(item.package.id)
        if noted is not None and noted[0] == item.next_at:
            return monotonic >= noted[1]
        return is_due(dt.datetime.fromisoformat(item.next_at) if item.next_at else None, now)


def keep_sending(
    station: Station,
    url: str,
    *,
    sleep: Callable[[float], object],
    should_stop: Callable[[], bool],
    on_outcome: Callable[[Outcome], None] = lambda _: None,
    pace: Pace | None = None,
    line: Callable[[], Line] | None = None,
) -> None:
    """Send what is due to `url` until `should_stop`; tells each attempt. Another sender of this station is waited for.

    `line` asks whether the connection is metered; NetworkManager when left out.

    Raises `PlanBroken`, `DiskFull`: nothing is lost, start it again when that is mended.
    """
    agenda, breaker = Agenda(), Breaker()
    destination = destination_at(station, url)
    meter = Meter(station, line)
    while not should_stop():
        timetable = load_timetable(station.home)
        meter.reload()
        item = _next(station, url, agenda, meter)
        if item is None or not breaker.lets(_monotonic(station)) or timetable.limit(station.clock.now()) == 0:
            sleep(TICK_S)
            continue
        try:
            with only_sender(station), disk_room(station):
                error = send_package(
                    station,
                    item,
                    destination,
                    should_stop=should_stop,
                    pace=pace,
                    rate=lambda: timetable.limit(station.clock.now()),  # noqa: B023 - called within this round alone
                    spend=meter.spender(item),
                )
        except AlreadySending:
            sleep(TICK_S)
            continue
        after = current(station, item)
        agenda.note(after, station.clock.now(), _monotonic(station))
        if not isinstance(error, HELD):
            breaker = breaker.after(error, _monotonic(station))
            on_outcome((after, error))


def _next(station: Station, url: str, agenda: Agenda, meter: Meter) -> Outgoing | None:
    """One that a rule holds back lets the others pass."""
    now, monotonic = station.clock.now(), _monotonic(station)
    due = (item for item in waiting(station, url) if agenda.due(item, now, monotonic))
    return next((item for item in due if meter.hold(item) is None), None)


def _monotonic(station: Station) -> float:
    return station.clock.monotonic_ns() / 1e9
