"""The table of holidays that counts at a station."""

from __future__ import annotations

import datetime as dt

import pytest

from app.station.limits import HOLIDAYS, calendar_of
from app.station.station import Station
from dossier.deadlines import built_in_calendar
from dossier.deadlines.errors import HolidaysInvalid

FAR = dt.date(2035, 3, 19)  # a Monday; the table that comes with the station does not know that year


def test_years_of_the_home_folder_go_before_those_that_come_along(station: Station) -> None:
    assert calendar_of(station) == built_in_calendar()
    assert calendar_of(station).is_working(FAR)
    (station.home.path / HOLIDAYS).write_text('[2035]\noff = ["03-19"]\nwork = []\n', "utf-8")
    assert not calendar_of(station).is_working(FAR)
    assert calendar_of(station).years == built_in_calendar().years | {2035}


def test_a_table_that_cannot_be_read_is_named(station: Station) -> None:
    (station.home.path / HOLIDAYS).write_text("[2035]\noff = 3\n", "utf-8")
    with pytest.raises(HolidaysInvalid, match=HOLIDAYS):
        calendar_of(station)
