"""When a limit ends, and which colour it has (刑事诉讼法: 期间以时、日、月计算)."""

from __future__ import annotations

import calendar as months
import datetime as dt

from dossier.deadlines.calendar import Calendar
from dossier.deadlines.types import Level
from dossier.profile.acceptance import Levels, Span

ONE_DAY = dt.timedelta(days=1)
ONE_HOUR = dt.timedelta(hours=1)


def due_after(start: dt.datetime, span: Span, calendar: Calendar, *, custody: bool) -> dt.datetime:
    """The first moment after the limit, in local time.

    The hour or the day of the start is not counted. A month ends on the same day of the month, else on its last. A last
    day that is a holiday moves to the next working day, except where somebody is in custody.
    """
    if span.hours is not None:
        return start.replace(minute=0, second=0, microsecond=0) + ONE_HOUR + span.hours * ONE_HOUR
    last = _last_day(start.date(), span, calendar)
    if not custody:
        last = calendar.next_working(last)
    return dt.datetime.combine(last, dt.time.min) + ONE_DAY


def level_of(start: dt.datetime, due: dt.datetime, now: dt.datetime, levels: Levels, *, by_hours: bool) -> Level:
    """The colour of a limit that runs from `start` to `due`; all in local time."""
    left = due - now
    if left <= dt.timedelta(0):
        return Level.RED
    last = levels.orange_hours * ONE_HOUR if by_hours else levels.orange_days * ONE_DAY
    if left <= last:
        return Level.ORANGE
    share = left / (due - start)
    if share <= levels.yellow_share:
        return Level.YELLOW
    return Level.BLUE if share <= levels.blue_share else Level.GREEN


def _last_day(start: dt.date, span: Span, calendar: Calendar) -> dt.date:
    if span.months is not None:
        year, month = divmod(start.year * 12 + start.month - 1 + span.months, 12)
        month += 1
        end = dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
        return end + (span.days or 0) * ONE_DAY
    if span.days is not None:
        return start + span.days * ONE_DAY
    day = start
    for _ in range(span.working_days or 0):
        day = calendar.next_working(day + ONE_DAY)
    return day
