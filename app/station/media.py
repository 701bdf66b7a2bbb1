"""Sending on removable media (移动介质): encrypted, read back, and written into the trail volume by volume."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.station.handing_over import hand_over, route_of, to_hand_over
from app.station.receipts import package_ref
from app.station.sending import Outcome, disk_room, only_sender
from app.station.station import Station
from app.store.records import Outgoing
from transfer.errors import MediumGone
from transfer.ferry import VOLUME_BYTES
from transfer.media import write_medium
from transfer.media_keys import Lock

DISKS = Path("/dev/disk")


def write_media(
    station: Station,
    folder: Path,
    lock: Lock,
    *,
    package_ids: Sequence[str] = (),
    volume_bytes: int = VOLUME_BYTES,
    again: bool = False,
    rest: bool = False,
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
) -> list[Outcome]:
    """Write every package that waits, or those named, onto the medium at `folder`; returns what was touched.

    One that has no room left waits with `NextMediumWanted`; called again with the next medium, writing goes on there.
    What is on media whole waits for its receipt; `again` writes it once more, since a medium may be lost. `rest` leaves
    out what the platform holds of an upload that broke off.

    Raises `AlreadySending`, `DiskFull`, `MediumGone`, `PackageUnknown`.
    """
    medium = medium_at(folder)
    with only_sender(station), disk_room(station):
        items = to_hand_over(station, package_ids, again=again)
        return [_carry(station, item, folder, medium, lock, volume_bytes, rest, on_progress) for item in items]


def medium_at(folder: Path, disks: Path = DISKS) -> dict[str, str]:
    """UUID and label of the file system `folder` lies on, as far as udev knows them. Raises `MediumGone`."""
    try:
        device = folder.stat().st_dev
    except OSError as error:
        raise MediumGone(folder=folder, detail=error.strerror or type(error).__name__) from error
    found: dict[str, str] = {}
    for kind in ("uuid", "label"):
        links = disks / f"by-{kind}"
        names = [link.name for link in links.iterdir() if _device(link) == device] if links.is_dir() else []
        if names:
            found[kind] = names[0]
    return found


def _device(link: Path) -> int | None:
    """None for one that was pulled out at this moment."""
    try:
        return link.stat().st_rdev
    except FileNotFoundError:
        return None


def _carry(
    station: Station,
    item: Outgoing,
    folder: Path,
    medium: dict[str, str],
    lock: Lock,
    volume_bytes: int,
    rest: bool,
    on_progress: Callable[[int, int], None],
) -> Outcome:
    package = item.package
    # Another addressee or another size begins anew: the media before would not fit to the rest.
    route = route_of(item, f"media:{volume_bytes}:{lock.name}", rest=rest)

    def keep(number: int, end: int) -> None:
        at = station.stamp()
        with station.store.change(
            "package.on-medium",
            package.case_no,
            package=package.id,
            volume=number,
            addressee=lock.name,
            folder=str(folder),
            **medium,
        ):
            station.store.outbox.progress(package.id, route.name, end, at)
        on_progress(end, package.size)

    def put(start: int) -> None:
        ref = package_ref(station, item)
        write_medium(ref, folder, lock, start=start, held=route.held, volume_bytes=volume_bytes, on_written=keep)

    return hand_over(station, item, route, put)
