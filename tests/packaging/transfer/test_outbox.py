"""The outbox's rules."""

from __future__ import annotations

import datetime as dt

import pytest

from transfer.errors import AwaitingReceipt, PackageAltered, PlatformDown, PlatformRefused, TransferError
from transfer.outbox import FOLLOWS, LONGEST_PAUSE_S, next_attempt, require_step, state_after
from transfer.types import SendState

NOON = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
DOWN = PlatformDown(url="http://a", detail="-")
REFUSED = PlatformRefused(status=400, detail="-")


@pytest.mark.parametrize("final", [SendState.ARRIVED, SendState.REJECTED])
def test_arrived_and_rejected_are_final(final: SendState):
    for state in SendState:
        with pytest.raises(ValueError, match="cannot become"):
            require_step(final, state)


def test_every_other_state_leads_to_arrival():
    for state in set(SendState) - {SendState.ARRIVED, SendState.REJECTED}:
        reached = {state}
        while (more := reached.union(*(FOLLOWS[each] for each in reached))) != reached:
            reached = more
        assert SendState.ARRIVED in reached


@pytest.mark.parametrize(
    ("fault", "in_a_row", "state"),
    [
        (DOWN, 1, SendState.QUEUED),
        (DOWN, 1000, SendState.QUEUED),
        (REFUSED, 2, SendState.QUEUED),
        (REFUSED, 3, SendState.QUARANTINED),
        (AwaitingReceipt(), 50, SendState.AWAITING_RECEIPT),
        (PackageAltered(file="a.zip"), 1, SendState.QUARANTINED),
    ],
)
def test_waiting_is_not_failing(fault: TransferError, in_a_row: int, state: SendState):
    assert state_after(fault, in_a_row) is state


def test_pauses_grow_to_five_minutes_and_are_spread():
    assert next_attempt(1, NOON, 1.0) == NOON + dt.timedelta(seconds=2)
    assert next_attempt(5, NOON, 0.5) == NOON + dt.timedelta(seconds=16)
    assert next_attempt(10**6, NOON, 1.0) == NOON + dt.timedelta(seconds=LONGEST_PAUSE_S)
    assert next_attempt(9, NOON, 0.0) == NOON
