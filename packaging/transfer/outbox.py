"""The outbox's rules: which state may follow which, and when to try again. The store keeps the rows."""

from __future__ import annotations

import datetime as dt

from transfer.types import SendState

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0

FOLLOWS: dict[SendState, frozenset[SendState]] = {
    SendState.QUEUED: frozenset({SendState.SENDING, SendState.QUARANTINED}),
    SendState.SENDING: frozenset(
        {
            SendState.QUEUED,
            SendState.AWAITING_RECEIPT,
            SendState.ARRIVED,
            SendState.REJECTED,
            SendState.QUARANTINED,
        }
    ),
    SendState.AWAITING_RECEIPT: frozenset(
        {SendState.SENDING, SendState.ARRIVED, SendState.REJECTED, SendState.QUARANTINED}
    ),
    SendState.QUARANTINED: frozenset({SendState.QUEUED}),
    SendState.ARRIVED: frozenset(),
    SendState.REJECTED: frozenset(),
}


def may_follow(now: SendState, then: SendState) -> bool:
    """Is this step one a package can take? Arrived and rejected are final: a new version is a new package."""
    return then in FOLLOWS[now]


def next_attempt(attempts: int, now: dt.datetime, chance: float) -> dt.datetime:
    """When to try again after `attempts` failures: full jitter, so that stations do not all come at once.

    `chance`: a random number from 0 to 1, passed in.
    """
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts, 16))
    return now + dt.timedelta(seconds=longest * chance)
