"""Counting of limits: hours, days, months, holidays; and the five colours."""

from __future__ import annotations

import datetime as dt

import pytest

from dossier.deadlines import Level, built_in_calendar, due_after, level_of, read_calendar
from dossier.profile import load_profile
from dossier.profile.acceptance import Span

START = dt.datetime(2026, 2, 13, 14, 20)


@pytest.mark.parametrize(
    ("span", "custody", "due"),
    [
        (Span(hours=24), True, dt.datetime(2026, 2, 14, 15)),
        (Span(days=3), True, dt.datetime(2026, 2, 17)),
        (Span(days=3), False, dt.datetime(2026, 2, 25)),  # the spring holiday rolls to the 24th
        (Span(months=1), True, dt.datetime(2026, 3, 14)),
        (Span(months=1, days=15), True, dt.datetime(2026, 3, 29)),
        (Span(working_days=1), False, dt.datetime(2026, 2, 15)),  # a worked Saturday
    ],
)
def test_when_a_limit_ends(span: Span, custody: bool, due: dt.datetime) -> None:
    assert due_after(START, span, built_in_calendar(), custody=custody) == due


def test_a_month_without_that_day_ends_on_its_last() -> None:
    start = dt.datetime(2026, 1, 31, 9)
    assert due_after(start, Span(months=1), built_in_calendar(), custody=True) == dt.datetime(2026, 3, 1)


def test_five_colours() -> None:
    levels = load_profile().limits.levels
    start, due = dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 31)
    seen = [level_of(start, due, dt.datetime(2026, 1, day), levels, by_hours=False) for day in (5, 18, 24, 29, 31)]
    assert seen == [Level.GREEN, Level.BLUE, Level.YELLOW, Level.ORANGE, Level.RED]


def test_a_newer_table_counts_for_its_years_alone() -> None:
    older = read_calendar(b'[2026]\noff = ["01-01"]\nwork = []\n[2027]\noff = ["01-01"]\nwork = ["01-03"]\n', "older")
    newer = read_calendar(b'[2027]\noff = ["02-05"]\nwork = []\n[2028]\noff = []\nwork = []\n', "newer")
    renewed = older.renewed(newer)
    assert renewed.years == {2026, 2027, 2028}
    assert renewed.off == {dt.date(2026, 1, 1), dt.date(2027, 2, 5)}
    assert renewed.work == frozenset()
