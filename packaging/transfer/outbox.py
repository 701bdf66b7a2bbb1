"""The outbox's rules: which state may follow which, and when to try again. The store keeps the rows."""

from __future__ import annotations

import datetime as dt

from transfer.errors import (
    AddressUnusable,
    AwaitingReceipt,
    CertificateRefused,
    PackageAltered,
    PackageUnreadable,
    PlatformBroken,
    PlatformDown,
    PlatformRefused,
    ReceiptBroken,
    ReceiptForged,
    ReceiptForOther,
    ReceiptHashDiffers,
    TransferError,
)
from transfer.types import SendState

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
PERMANENT_IN_A_ROW = 3

# Says something about this package: the same answer again and again, and a person must look.
PERMANENT = (
    PlatformRefused,
    PackageUnreadable,
    ReceiptForged,
    ReceiptForOther,
    ReceiptHashDiffers,
    ReceiptBroken,
)
# Says something about the destination: the next package would meet the same.
DESTINATION = (PlatformDown, PlatformBroken, CertificateRefused, AddressUnusable)

FOLLOWS: dict[SendState, frozenset[SendState]] = {
    # A package carried by hand arrives by an imported receipt, from whatever state it waited in.
    SendState.QUEUED: frozenset({SendState.SENDING, SendState.ARRIVED, SendState.REJECTED}),
    SendState.SENDING: frozenset(
        {
            SendState.QUEUED,
            SendState.AWAITING_RECEIPT,
            SendState.ARRIVED,
            SendState.REJECTED,
            SendState.QUARANTINED,
        }
    ),
    SendState.AWAITING_RECEIPT: frozenset({SendState.SENDING, SendState.ARRIVED, SendState.REJECTED}),
    SendState.QUARANTINED: frozenset({SendState.QUEUED, SendState.ARRIVED, SendState.REJECTED}),
    SendState.ARRIVED: frozenset(),
    SendState.REJECTED: frozenset(),
}


def require_step(now: SendState, then: SendState) -> None:
    """Raise `ValueError` for a step no package takes. Arrived and rejected are final."""
    if then not in FOLLOWS[now]:
        raise ValueError(f"a package that is {now} cannot become {then}")


def state_after(fault: TransferError, in_a_row: int) -> SendState:
    """Where a package goes after an attempt that failed, `in_a_row` times now for this same cause (1 or more).

    Waiting is not failing: only what no later attempt mends is set aside, so that it does not hold up the others.
    """
    if isinstance(fault, AwaitingReceipt):
        return SendState.AWAITING_RECEIPT
    if isinstance(fault, PackageAltered):
        return SendState.QUARANTINED
    if isinstance(fault, PERMANENT) and in_a_row >= PERMANENT_IN_A_ROW:
        return SendState.QUARANTINED
    return SendState.QUEUED


def next_attempt(attempts: int, now: dt.datetime, chance: float) -> dt.datetime:
    """When to try again after `attempts` failures: full jitter, so that stations do not all come at once.

    `chance`: a random number from 0 to 1, passed in.
    """
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts, 16))
    return now + dt.timedelta(seconds=longest * chance)
