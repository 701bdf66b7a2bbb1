"""When to try again, and what is set aside."""

from __future__ import annotations

import datetime as dt

import pytest

from transfer.errors import (
    AwaitingReceipt,
    CertificateRefused,
    PackageAltered,
    PlatformBusy,
    PlatformDown,
    PlatformRefused,
    TransferError,
    UploadGone,
)
from transfer.http import Answer, fault
from transfer.retry import CLOSED_S, LONGEST_ASKED_S, LONGEST_PAUSE_S, Breaker, Standing, after_failure, is_due
from transfer.types import SendState

NOON = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
DOWN = PlatformDown(url="http://a", detail="-")
REFUSED = PlatformRefused(status=400, detail="-")
SENDING = SendState.SENDING


def failing(fault: TransferError, times: int, *, gained: bool = False) -> Standing:
    standing, last = Standing(SENDING), None
    for _ in range(times):
        standing = after_failure(standing, last, fault, gained=gained, now=NOON, chance=1.0)
        last = fault
    return standing


@pytest.mark.parametrize(
    ("cause", "in_a_row", "state"),
    [
        (DOWN, 1, SendState.QUEUED),
        (DOWN, 1000, SendState.QUEUED),
        (REFUSED, 2, SendState.QUEUED),
        (REFUSED, 3, SendState.QUARANTINED),
        (PlatformRefused(status=403, detail="-"), 1000, SendState.QUEUED),
        (PlatformBusy(status=503), 1000, SendState.QUEUED),
        (PlatformBusy(status=500), 19, SendState.QUEUED),
        (PlatformBusy(status=500), 20, SendState.QUARANTINED),
        (UploadGone(), 20, SendState.QUARANTINED),
        (AwaitingReceipt(), 50, SendState.AWAITING_RECEIPT),
        (PackageAltered(file="a.zip"), 1, SendState.QUARANTINED),
    ],
)
def test_waiting_is_not_failing(cause: TransferError, in_a_row: int, state: SendState):
    assert failing(cause, in_a_row).state is state


def test_causes_that_lie_elsewhere_start_the_count_anew():
    twice = failing(REFUSED, 2)
    down = after_failure(twice, REFUSED, DOWN, gained=False, now=NOON, chance=1.0)
    assert down.attempts == 1
    assert after_failure(down, DOWN, REFUSED, gained=False, now=NOON, chance=1.0).state is SendState.QUEUED


def test_what_makes_headway_is_never_set_aside():
    assert failing(PlatformBusy(status=500), 100, gained=True) == Standing(
        SendState.QUEUED, 1, NOON + dt.timedelta(seconds=2)
    )


@pytest.mark.parametrize(
    ("times", "seconds"), [(1, 2), (5, 32), (8, 256), (9, LONGEST_PAUSE_S), (1000, LONGEST_PAUSE_S)]
)
def test_pauses_grow_to_five_minutes(times: int, seconds: float):
    assert failing(DOWN, times).next_at == NOON + dt.timedelta(seconds=seconds)


def test_pauses_are_spread_over_their_whole_length():
    for chance in (0.0, 0.25, 1.0):
        standing = after_failure(Standing(SENDING, 4), DOWN, DOWN, gained=False, now=NOON, chance=chance)
        assert standing.next_at == NOON + dt.timedelta(seconds=32 * chance)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "120"}, 120),
        ({"retry-after": "9" * 100}, LONGEST_ASKED_S),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "\u0663"}, 0),
        ({"retry-after": "soon"}, 0),
        # The platform's clock may be days off: what counts is the distance from its own date.
        ({"retry-after": "Sun, 22 Nov 2020 01:10:00 GMT", "date": "Sun, 22 Nov 2020 01:00:00 GMT"}, 600),
        ({"retry-after": "Sun, 22 Nov 2020 01:10:00 GMT"}, 0),
        ({"retry-after": "Sun, 22 Nov 2020 01:00:00 GMT", "date": "Sun, 22 Nov 2020 01:10:00 GMT"}, 0),
    ],
)
def test_the_pause_a_platform_asks_for_is_kept(headers: dict[str, str], seconds: float):
    busy = fault(Answer(503, headers, b""), "http://a")
    standing = after_failure(Standing(SENDING), None, busy, gained=False, now=NOON, chance=0.0)
    assert standing.next_at == NOON + dt.timedelta(seconds=seconds)
    assert Breaker().after(busy, 0.0).open_at == max(CLOSED_S, seconds)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_jumps_days_holds_nothing_up(days: int):
    next_at = failing(DOWN, 1000).next_at
    assert next_at is not None
    assert not is_due(next_at, NOON)
    assert is_due(next_at, NOON + dt.timedelta(days=days))


def test_a_destination_that_is_down_is_asked_again_once_a_minute():
    breaker = Breaker().after(DOWN, 100.0)
    assert not breaker.lets(100.0 + CLOSED_S - 1)
    assert breaker.lets(100.0 + CLOSED_S)


@pytest.mark.parametrize("cause", [None, REFUSED, AwaitingReceipt(), PlatformBusy(status=500)])
def test_a_package_that_fails_by_itself_closes_no_destination(cause: TransferError | None):
    assert Breaker(500.0).after(cause, 100.0) == Breaker()


def test_a_certificate_nobody_believes_closes_the_destination():
    assert not Breaker().after(CertificateRefused(detail="-"), 0.0).lets(1.0)
