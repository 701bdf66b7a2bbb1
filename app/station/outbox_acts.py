"""What a person does to a package on its way: pause, go on, cancel, try now. A sender in another process obeys at its
next chunk."""

from __future__ import annotations

from collections.abc import Sequence

from app.station.outbox_moves import move, named
from app.station.sending_errors import PackageSettled
from app.station.station import Station
from app.store.records import Outgoing
from transfer.types import SendState

_FINAL = frozenset({SendState.ARRIVED, SendState.REJECTED})
_HELD = frozenset({SendState.PAUSED, SendState.CANCELLED, SendState.QUARANTINED})


def pause(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """Send none of these until `resume`. Raises `PackageUnknown`, `PackageSettled`."""
    items = _open(station, package_ids)
    for item in items:
        if item.state not in _HELD:
            move(station, item, SendState.PAUSED, None, attempts=item.attempts)
    return _again(station, items)


def resume(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """Let paused, cancelled and set aside ones go again, from where they stopped. Raises as `pause`."""
    items = _open(station, package_ids)
    for item in items:
        if item.state in _HELD:
            move(station, item, SendState.QUEUED, None)
    return _again(station, items)


def cancel(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """Do not send these at all; they stay on the disk, and a receipt that comes all the same is taken. Raises as
    `pause`."""
    items = _open(station, package_ids)
    for item in items:
        move(station, item, SendState.CANCELLED, None)
    return _again(station, items)


def retry_now(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """Forget past failures and the pause they asked for: the next attempt is due at once. Raises as `pause`."""
    items = _open(station, package_ids)
    for item in items:
        if item.state in _HELD:
            move(station, item, SendState.QUEUED, None)
        elif item.state is not SendState.SENDING:
            with station.store.change("package.hurried", item.package.case_no, package=item.package.id):
                station.store.outbox.set_attempts(item.package.id, 0)
                station.store.outbox.move(
                    item.package.id, item.state, reason=item.reason, next_at=None, at=station.stamp()
                )
    return _again(station, items)


def _open(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """The named packages, or all that have no receipt when none is named."""
    if not package_ids:
        return [item for item in station.store.outbox.all() if item.state not in _FINAL]
    items = named(station, package_ids)
    for item in items:
        if item.state in _FINAL:
            raise PackageSettled(package=item.package.id)
    return items


def _again(station: Station, items: Sequence[Outgoing]) -> list[Outgoing]:
    fresh = (station.store.outbox.get(item.package.id) for item in items)
    return [item for item in fresh if item is not None]
