"""Windows and limits by the week."""

from __future__ import annotations

import datetime as dt

import pytest

from transfer.timetable import Change, Timetable

MONDAY = dt.datetime(2026, 3, 2, tzinfo=dt.timezone(dt.timedelta(hours=8)))
WORKDAYS = range(5)
# nights free, mornings slow, nothing while the court sits in the afternoon
OFFICE = Timetable(
    tuple(
        Change(day, dt.time(hour), rate) for day in WORKDAYS for hour, rate in ((8, 512_000.0), (12, 0.0), (18, None))
    )
)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return MONDAY + dt.timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("moment", "limit"),
    [
        (at(0, 0), None),  # Friday evening's rule holds over the week's edge
        (at(0, 7, 59), None),
        (at(0, 8), 512_000.0),
        (at(0, 11, 59), 512_000.0),
        (at(0, 12), 0.0),
        (at(4, 17, 59), 0.0),
        (at(4, 18), None),
        (at(6, 23), None),
    ],
)
def test_each_change_holds_until_the_next(moment: dt.datetime, limit: float | None):
    assert OFFICE.limit(moment) == limit


def test_no_table_is_no_limit():
    assert Timetable().limit(at(3, 3)) is None


def test_it_says_when_it_opens():
    assert OFFICE.opens(at(0, 12)) == at(0, 18)
    assert OFFICE.opens(at(0, 9)) == at(0, 9)
    once_a_week = Timetable((Change(0, dt.time(2), None), Change(0, dt.time(4), 0.0)))
    assert once_a_week.opens(at(0, 5)) == at(7, 2)
    assert Timetable((Change(0, dt.time(0), 0.0),)).opens(at(2, 2)) is None


def test_over_a_week_every_minute_has_the_rule_of_the_change_before():
    """Against the plain way: walk the week and remember the last change."""
    rate: float | None = None
    table = {(change.weekday, change.at.hour, change.at.minute): change.bytes_s for change in OFFICE.changes}
    for minute in range(7 * 24 * 60):
        moment = MONDAY + dt.timedelta(minutes=minute)
        rate = table.get((moment.weekday(), moment.hour, moment.minute), rate)
        if minute % 7 == 0 or (moment.hour in (8, 12, 18) and moment.minute < 2):
            assert OFFICE.limit(moment) == rate, moment
