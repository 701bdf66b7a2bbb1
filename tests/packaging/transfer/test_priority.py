"""Who goes first."""

from __future__ import annotations

import datetime as dt

from transfer.priority import Candidate, in_order

NOON = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)


def waiting(name: str, *, custody: bool = False, hours: float = 0, size: int = 1_000, attempts: int = 0) -> Candidate:
    tags = frozenset({"custody"}) if custody else frozenset({"bail"})
    return Candidate(name, tags, NOON - dt.timedelta(hours=hours), size, attempts)


def order(*candidates: Candidate) -> list[str]:
    return [each.package_id for each in in_order(candidates, NOON)]


def test_custody_goes_first_however_large():
    assert order(waiting("small"), waiting("held", custody=True, size=10**9)) == ["held", "small"]


def test_of_equals_the_smaller_goes_first_and_then_the_older():
    assert order(waiting("a", size=5), waiting("b", size=2), waiting("c", hours=1, size=2)) == ["c", "b", "a"]


def test_a_day_of_waiting_counts_as_much_as_custody_so_nothing_starves():
    old = waiting("old", hours=50, size=10**9)
    assert order(waiting("new", custody=True), old) == ["old", "new"]


def test_what_fails_goes_behind_what_failed_less_even_in_custody():
    poison = waiting("poison", custody=True, hours=500, attempts=3)
    assert order(poison, waiting("a"), waiting("b", attempts=2)) == ["a", "b", "poison"]


def test_a_clock_set_back_before_the_sealing_puts_nothing_behind():
    assert order(waiting("future", hours=-100, size=1), waiting("a", size=2)) == ["future", "a"]
