"""Time limits as they stand, and the table of holidays that counts at a station."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.station.limits import HOLIDAYS, calendar_of, most_urgent
from app.station.station import Station
from dossier.deadlines import Level, built_in_calendar
from dossier.deadlines.errors import HolidaysInvalid
from tests.app.station.papers import opens, take_in, value

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


def test_the_limit_that_ends_first_is_told_until_it_is_kept(station: Station, case: str, tmp_path: Path) -> None:
    today = station.clock.now().date()
    came = f"受案时间：{today - dt.timedelta(days=6):%Y年%m月%d日}10时00分"
    take_in(station, case, tmp_path / "pages", [opens("LA01")], text=came)
    limit = most_urgent(station, case, "base")
    assert limit is not None
    assert (limit.title, limit.level) == ("受案后立案审查", Level.ORANGE)
    assert dt.timedelta() < limit.left < dt.timedelta(days=4)
    assert 0 < limit.share_left < 0.5
    take_in(station, case, tmp_path / "pages", [opens("LA03", date=value(today.isoformat()))])
    assert most_urgent(station, case, "base") is None


def test_an_exceeded_limit_has_less_than_nothing_left(station: Station, case: str, tmp_path: Path) -> None:
    came = f"受案时间：{station.clock.now().date() - dt.timedelta(days=60):%Y年%m月%d日}10时00分"
    take_in(station, case, tmp_path / "pages", [opens("LA01")], text=came)
    limit = most_urgent(station, case, "base")
    assert limit is not None
    assert (limit.level, limit.share_left) == (Level.RED, 0.0)
    assert limit.left < dt.timedelta(days=-40)
