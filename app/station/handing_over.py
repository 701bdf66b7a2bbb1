"""Handing packages to a carrier that only answers later, if at all: a gap device's folder or a removable medium."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.station.outbox_moves import current, move, named
from app.station.reasons import reason_of
from app.station.sending import Outcome, wait_after
from app.station.station import Station
from app.store.records import Outgoing
from transfer.errors import AwaitingReceipt, TransferError
from transfer.types import SendState


def to_hand_over(station: Station, package_ids: Sequence[str] = (), *, again: bool = False) -> list[Outgoing]:
    """Those that wait, of all packages or of those named; with `again` also those whose carrier may be lost.

    Raises `PackageUnknown`.
    """
    states = {SendState.QUEUED, SendState.SENDING} | ({SendState.AWAITING_RECEIPT} if again else set())
    items = named(station, package_ids) if package_ids else station.store.outbox.all()
    return [item for item in items if item.state in states]


def hand_over(station: Station, item: Outgoing, route: str, put: Callable[[int], None]) -> Outcome:
    """Let `put` bring a package onto the carrier from the byte it is given, then wait for the receipt.

    `route` names carrier and form: what was begun by the same one goes on, else it begins anew. A fault of the carrier
    makes the package wait, with its reason.
    """
    begun = item.upload_url == route and item.state is not SendState.AWAITING_RECEIPT
    move(station, item, SendState.SENDING, None)
    try:
        put(item.sent if begun else 0)
    except TransferError as error:
        wait_after(station, item, error)
        return current(station, item), error
    move(station, item, SendState.AWAITING_RECEIPT, reason_of(AwaitingReceipt()))
    return current(station, item), None
