"""When how much may go over the line (发送时段与限速): windows and bandwidth by weekday and hour. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Change:
    """From `at` on `weekday` (0: Monday) the limit is `bytes_s`; None: no limit, 0: nothing goes out."""

    weekday: int
    at: dt.time
    bytes_s: float | None


@dataclass(frozen=True)
class Timetable:
    """Each change holds until the next one, the last of the week until the first of the next. Without any: no limit."""

    changes: tuple[Change, ...] = ()

    def limit(self, moment: dt.datetime) -> float | None:
        """Bytes a second at `moment`, station time: None for no limit, 0 while nothing may go out."""
        before = [(start, change) for start, change in self._around(moment) if start <= moment]
        return max(before, key=lambda each: each[0])[1].bytes_s if before else None

    def opens(self, moment: dt.datetime) -> dt.datetime | None:
        """When something may go out again: `moment` itself while it may, None when never."""
        if self.limit(moment) != 0:
            return moment
        later = [start for start, change in self._around(moment) if start > moment and change.bytes_s != 0]
        return min(later, default=None)

    def _around(self, moment: dt.datetime) -> list[tuple[dt.datetime, Change]]:
        """The changes of the week before, this week and the next."""
        monday = moment.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=moment.weekday())
        return [
            (
                monday
                + week * WEEK
                + dt.timedelta(days=change.weekday, hours=change.at.hour, minutes=change.at.minute),
                change,
            )
            for week in (-1, 0, 1)
            for change in self.changes
        ]
