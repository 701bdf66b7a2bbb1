"""Handing packages to a carrier that only answers later, if at all: a gap device's folder or a removable medium."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.station.outbox_moves import current, move, named
from app.station.reasons import reason_of
from app.station.sending import Outcome, wait_after
from app.station.station import Station
from app.store.records import Outgoing
from transfer.errors import AwaitingReceipt, TransferError
from transfer.types import SendState

_REST = "rest:"


def to_hand_over(station: Station, package_ids: Sequence[str] = (), *, again: bool = False) -> list[Outgoing]:
    """Those that wait, of all packages or of those named; with `again` also those whose carrier may be lost.

    Raises `PackageUnknown`.
    """
    states = {SendState.QUEUED, SendState.SENDING} | ({SendState.AWAITING_RECEIPT} if again else set())
    items = named(station, package_ids) if package_ids else station.store.outbox.all()
    return [item for item in items if item.state in states]


@dataclass(frozen=True)
class Route:
    """By which carrier and in which form a package goes; `held`: the bytes at its beginning that stay behind, because
    the platform answered for them when they came over the network."""

    carrier: str
    held: int = 0

    @property
    def name(self) -> str:
        return f"{_REST}{self.held}:{self.carrier}" if self.held else self.carrier


def route_of(item: Outgoing, carrier: str, *, rest: bool) -> Route:
    """`rest`: only what the platform does not hold by the upload that broke off, or by what was begun as its rest."""
    begun = item.upload_url or ""
    if rest and begun.startswith("http") and item.sent < item.package.size:
        return Route(carrier, item.sent)
    return Route(carrier, held_by_platform(item) if rest else 0)


def held_by_platform(item: Outgoing) -> int:
    """How many bytes a package's carrier left out; 0 when it carries, or is to carry, the whole."""
    begun = item.upload_url or ""
    return int(begun.removeprefix(_REST).partition(":")[0]) if begun.startswith(_REST) else 0


def hand_over(station: Station, item: Outgoing, route: Route, put: Callable[[int], None]) -> Outcome:
    """Let `put` bring a package onto the carrier from the byte it is given, then wait for the receipt.

    What was begun by the same route goes on, else it begins anew. A fault of the carrier makes the package wait, with
    its reason.
    """
    begun = item.upload_url == route.name and item.state is not SendState.AWAITING_RECEIPT
    move(station, item, SendState.SENDING, None)
    try:
        put(item.sent if begun else route.held)
    except TransferError as error:
        wait_after(station, item, error)
        return current(station, item), error
    move(station, item, SendState.AWAITING_RECEIPT, reason_of(AwaitingReceipt()))
    return current(station, item), None
