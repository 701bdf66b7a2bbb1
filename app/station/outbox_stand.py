"""How a package stands, as it is told to people: what it waits for and until when."""

from __future__ import annotations

from dataclasses import dataclass

from app.station.metering import Meter
from app.station.outbox_moves import SENDABLE
from app.station.reasons import fault_of
from app.station.sending import somebody_sends
from app.station.sending_plan import load_timetable
from app.station.station import Station
from app.store.records import Outgoing
from transfer.errors import MeteredAmountSpent, TransferError, WindowClosed
from transfer.types import SendState


@dataclass(frozen=True)
class Stand:
    """`next_at`: ISO 8601, None while it is due or nobody will try; `fault`: what it waits for, if anything."""

    item: Outgoing
    state: SendState
    next_at: str | None
    fault: TransferError | None


def standing(station: Station, item: Outgoing, meter: Meter) -> Stand:
    """A row that a killed process left as being sent is told as waiting. Raises `PlanBroken`."""
    state = item.state
    if state is SendState.SENDING and not somebody_sends(station):
        state = SendState.QUEUED
    now = station.clock.now()
    opens = load_timetable(station.home).opens(now)
    if state not in SENDABLE - {SendState.SENDING}:
        return Stand(item, state, item.next_at, fault_of(item))
    if opens != now:
        return Stand(item, state, opens.isoformat(timespec="minutes") if opens else None, WindowClosed())
    held = meter.hold(item)
    if held is not None:
        spent = isinstance(held, MeteredAmountSpent)
        return Stand(item, state, meter.tomorrow().isoformat(timespec="minutes") if spent else None, held)
    return Stand(item, state, item.next_at, fault_of(item))
