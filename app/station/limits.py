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


@dataclass(frozen=True)
class UrgentLimit:
    """The limit of a case that ends first. `left`: below zero once it is exceeded; `share_left`: 0 to 1."""

    title: str
    person: str
    level: Level
    left: dt.timedelta
    share_left: float


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
    return [_told(limit) for limit in sorted(case_limits(_subject(station, case_no, submission)), key=_urgency)]


def most_urgent(station: Station, case_no: str, submission: str) -> UrgentLimit | None:
    """The running limit that ends first; None where none runs. Raises as `time_limits`."""
    subject = _subject(station, case_no, submission)
    running = [limit for limit in case_limits(subject) if limit.running]
    if not running:
        return None
    limit = min(running, key=_urgency)
    left = limit.due - subject.now.replace(tzinfo=None)
    whole = limit.due - limit.started[2].earliest
    share = left / whole if whole else 0.0
    return UrgentLimit(limit.rule.title, limit.person, limit.level, left, min(max(share, 0.0), 1.0))


def _subject(station: Station, case_no: str, submission: str) -> Subject:
    dossier = build_dossier(station, case_no, submission)
    return Subject(dossier, station.profile_of(dossier.case), station.clock.now(), calendar_of(station))


def _urgency(limit: Limit) -> tuple[bool, dt.datetime]:
    return not limit.running, limit.due


def _told(limit: Limit) -> TimeLimit:
    placed, fact, moment = limit.started
    standing = Standing.RUNNING if limit.running else Standing.LATE if limit.late else Standing.KEPT
    return TimeLimit(
        limit.rule.id, limit.rule.title, limit.person, str(moment), shown(limit.due), limit.level, standing,
        placed.where(fact.face),
    )  # fmt: skip
