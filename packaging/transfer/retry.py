"""What a failed attempt says of package and destination, and when to try again. Pure: time and chance come in.

The store keeps the rows; the station acts (`app.station.sending`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from transfer.errors import (
    AwaitingReceipt,
    LineMetered,
    LineUnknown,
    MeteredAmountSpent,
    PackageAltered,
    PackageUnreadable,
    PlatformBusy,
    PlatformRefused,
    ReceiptBroken,
    ReceiptForged,
    ReceiptForOther,
    ReceiptHashDiffers,
    Stopped,
    TransferError,
    UploadGone,
    WindowClosed,
)
from transfer.types import SendState

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
LONGEST_ASKED_S = 3600.0  # what a platform may ask for by Retry-After
PERMANENT_IN_A_ROW = 3
FRUITLESS_IN_A_ROW = 20
CLOSED_S = 60.0

# By a person or by a rule: nothing was tried that could have failed.
HELD = (Stopped, WindowClosed, LineMetered, LineUnknown, MeteredAmountSpent)
_OF_PACKAGE = (PackageUnreadable, ReceiptForged, ReceiptForOther, ReceiptHashDiffers, ReceiptBroken)
_ACCESS = frozenset({401, 403, 407})
_WHOLE_PLATFORM = frozenset({429, 502, 503, 504, 507})


class Blame(StrEnum):
    """Where the cause of a failed attempt lies."""

    PACKAGE = "package"  # the same answer again and again: a person must look
    DESTINATION = "destination"  # the next package would meet the same
    MOMENT = "moment"  # it passes


@dataclass(frozen=True)
class Standing:
    """How a package stands. `attempts`: fruitless in a row, of the same blame. `next_at`: None while it is due."""

    state: SendState
    attempts: int = 0
    next_at: dt.datetime | None = None


def blame(fault: TransferError) -> Blame:
    if isinstance(fault, PlatformRefused):
        return Blame.DESTINATION if fault.params["status"] in _ACCESS else Blame.PACKAGE
    if isinstance(fault, PlatformBusy):
        # A platform may break down (500) over one package and take all others.
        return Blame.DESTINATION if fault.params["status"] in _WHOLE_PLATFORM else Blame.MOMENT
    if isinstance(fault, (*_OF_PACKAGE, PackageAltered)):
        return Blame.PACKAGE
    if isinstance(fault, (AwaitingReceipt, UploadGone, *HELD)):
        return Blame.MOMENT
    return Blame.DESTINATION


def after_failure(
    before: Standing, last: TransferError | None, fault: TransferError, *, gained: bool, now: dt.datetime, chance: float
) -> Standing:
    """Where a package goes after an attempt that failed.

    Waiting is not failing: only what no later attempt mends is set aside, so that it does not hold up the others. A
    destination that is down sets nothing aside, however long.

    `last`: why the attempt before failed; `gained`: more bytes are there than ever before; `chance`: 0 to 1, random.
    """
    same = last is not None and blame(last) is blame(fault)
    attempts = before.attempts + 1 if same and not gained else 1
    wait = dt.timedelta(seconds=pause(attempts, chance) + asked_for(fault))
    return Standing(_state_after(fault, attempts), attempts, now + wait)


def _state_after(fault: TransferError, attempts: int) -> SendState:
    if isinstance(fault, AwaitingReceipt):
        return SendState.AWAITING_RECEIPT
    poison = {Blame.PACKAGE: PERMANENT_IN_A_ROW, Blame.MOMENT: FRUITLESS_IN_A_ROW}.get(blame(fault))
    if isinstance(fault, PackageAltered) or (poison is not None and attempts >= poison):
        return SendState.QUARANTINED
    return SendState.QUEUED


def pause(attempts: int, chance: float) -> float:
    """Seconds to wait after `attempts` failures in a row (1 or more): full jitter, so that stations do not all come at
    once."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(attempts, 16)) * chance


def asked_for(fault: TransferError) -> float:
    """Seconds the platform asks to be left alone (Retry-After, RFC 9110 section 10.2.3); an hour at most."""
    return min(float(fault.retry_after), LONGEST_ASKED_S) if isinstance(fault, PlatformBusy) else 0.0


def is_due(next_at: dt.datetime | None, now: dt.datetime) -> bool:
    """A time further off than any pause was written by a clock that has been set back since: it is due."""
    return next_at is None or now >= next_at or (next_at - now).total_seconds() > LONGEST_PAUSE_S + LONGEST_ASKED_S


@dataclass(frozen=True)
class Breaker:
    """One destination (断路器): after an attempt it is to blame for, nothing goes out until `open_at`; then one package
    asks again. Times are monotonic seconds: no clock that jumps may hold up the queue."""

    open_at: float = 0.0

    def lets(self, now: float) -> bool:
        """May a package go out?"""
        return now >= self.open_at

    def after(self, fault: TransferError | None, now: float) -> Breaker:
        """`fault`: how an attempt ended; None: well. One that only its package or the moment is to blame for proves
        that the destination answers."""
        if fault is None or blame(fault) is not Blame.DESTINATION:
            return Breaker()
        return Breaker(now + max(CLOSED_S, asked_for(fault)))
