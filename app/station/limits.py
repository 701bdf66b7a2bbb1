"""The time limits (期限) of a case as they stand, and the table of holidays they are counted by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.station.filing import build_dossier
from app.station.station import Station
from dossier.checks.limits import Limit, case_limits, shown
from dossier.checks.subject import Subject
from dossier.deadlines import Calendar, Level, built_in_calendar, read_calendar

HOLIDAYS = "holidays.toml"  # in the home folder: newer years, or other holidays than those that come with the station


class Standing(StrEnum):
    RUNNING = "running"
    KEPT = "kept"
    LATE = "late"


@dataclass(frozen=True)
class TimeLimit:
    """`started`: as the paper says; `due`: the last moment; `where`: of the paper that set it going."""

    id: str
    title: str
    person: str
    started: str
    due: str
    level: Level
    standing: Standing
    where: str


def calendar_of(station: Station) -> Calendar:
    """The table that comes with the station, with the years of the one in its home folder. Raises `HolidaysInvalid`."""
    own = station.home.path / HOLIDAYS
    if not own.is_file():
        return built_in_calendar()
    return built_in_calendar().renewed(read_calendar(own.read_bytes(), str(own)))


def time_limits(station: Station, case_no: str, submission: str) -> list[TimeLimit]:
    """Every limit that a paper of the case has set going, those that end first before the others.

    Raises what `build_dossier` raises, `HolidaysInvalid`.
    """
    dossier = build_dossier(station, case_no, submission)
    subject = Subject(dossier, station.profile_of(dossier.case), station.clock.now(), calendar_of(station))
    return [_told(limit) for limit in sorted(case_limits(subject), key=_urgency)]


def _urgency(limit: Limit) -> tuple[bool, dt.datetime]:
    return not limit.running, limit.due


def _told(limit: Limit) -> TimeLimit:
    placed, fact, moment = limit.started
    standing = Standing.RUNNING if limit.running else Standing.LATE if limit.late else Standing.KEPT
    return TimeLimit(
        limit.rule.id, limit.rule.title, limit.person, str(moment), shown(limit.due), limit.level, standing,
        placed.where(fact.face),
    )  # fmt: skip
