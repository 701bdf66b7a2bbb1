"""The outbox's rules: which state may follow which. The store keeps the rows; `transfer.retry` says what comes next."""

from __future__ import annotations

from transfer.types import SendState

_HELD = frozenset({SendState.PAUSED, SendState.CANCELLED})
# A package carried by hand arrives by an imported receipt, from whatever state it waited in.
_ANSWERED = frozenset({SendState.ARRIVED, SendState.REJECTED})

FOLLOWS: dict[SendState, frozenset[SendState]] = {
    SendState.QUEUED: frozenset({SendState.SENDING}) | _HELD | _ANSWERED,
    SendState.SENDING: frozenset({SendState.QUEUED, SendState.AWAITING_RECEIPT, SendState.QUARANTINED})
    | _HELD
    | _ANSWERED,
    SendState.AWAITING_RECEIPT: frozenset({SendState.SENDING}) | _HELD | _ANSWERED,
    SendState.QUARANTINED: frozenset({SendState.QUEUED, SendState.CANCELLED}) | _ANSWERED,
    SendState.PAUSED: frozenset({SendState.QUEUED, SendState.CANCELLED}) | _ANSWERED,
    SendState.CANCELLED: frozenset({SendState.QUEUED}) | _ANSWERED,
    SendState.ARRIVED: frozenset(),
    SendState.REJECTED: frozenset(),
}


def require_step(now: SendState, then: SendState) -> None:
    """Raise `ValueError` for a step no package takes. Arrived and rejected are final."""
    if then not in FOLLOWS[now]:
        raise ValueError(f"a package that is {now} cannot become {then}")
