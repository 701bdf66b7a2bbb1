"""Sending through a gap device (摆渡): packages are laid into its folder; receipts come back when and as they can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.station.handing_over import hand_over, route_of, to_hand_over
from app.station.outbox_moves import SENDABLE, current
from app.station.receipts import import_receipts, package_ref
from app.station.sending import Outcome, disk_room, only_sender
from app.station.station import Station
from app.store.records import Outgoing
from transfer.errors import TransferError
from transfer.ferry import VOLUME_BYTES, place

RECEIPTS = "receipts"


def ferry_all(
    station: Station,
    folder: Path,
    *,
    volume_bytes: int = VOLUME_BYTES,
    again: bool = False,
    rest: bool = False,
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
) -> list[Outcome]:
    """Take the receipts that lie in `folder/receipts`, then lay in every package that waits; returns what was touched.

    What was laid in waits for its receipt, visibly; `again` lays it in once more, since a device that lost a file says
    nothing; `rest` leaves out what the platform holds of an upload that broke off. A package or receipt that fails
    holds up none. Raises `AlreadySending`, `DiskFull`.
    """
    with only_sender(station), disk_room(station):
        answered = [
            _answer(station, item, file)
            for item in station.store.outbox.all()
            if item.state in SENDABLE and (file := folder / RECEIPTS / f"{item.package.id}.receipt").is_file()
        ]
        items = to_hand_over(station, again=again)
        return answered + [_ferry(station, item, folder, volume_bytes, rest, on_progress) for item in items]


def _answer(station: Station, item: Outgoing, file: Path) -> Outcome:
    try:
        import_receipts(station, [file])
    except TransferError as error:
        return item, error
    return current(station, item), None


def _ferry(
    station: Station,
    item: Outgoing,
    folder: Path,
    volume_bytes: int,
    rest: bool,
    on_progress: Callable[[int, int], None],
) -> Outcome:
    package = item.package
    route = route_of(item, f"ferry:{volume_bytes}:{folder}", rest=rest)

    def keep(placed: int) -> None:
        station.store.keep_progress(package.id, route.name, placed)
        on_progress(placed, package.size)

    def put(start: int) -> None:
        ref = package_ref(station, item)
        place(ref, folder, start=start, held=route.held, volume_bytes=volume_bytes, on_placed=keep)

    return hand_over(station, item, route, put)
