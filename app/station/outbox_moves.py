"""Moving packages through the outbox: each step in one transaction with its record in the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from app.station.sending_errors import PackageUnknown
from app.station.station import Station
from app.store.records import Outgoing
from transfer.outbox import require_step
from transfer.types import SendState

SENDABLE = frozenset({SendState.QUEUED, SendState.SENDING, SendState.AWAITING_RECEIPT})


class _Overtaken(Exception):
    """Another process moved the package first."""


def move(
    station: Station,
    item: Outgoing,
    state: SendState,
    reason: str | None,
    *,
    attempts: int = 0,
    next_at: dt.datetime | None = None,
    only_from: SendState | None = None,
) -> None:
    """`only_from`: nothing is done when the package is in another state by now."""
    package = item.package
    if current(station, item).state is state:
        return  # an earlier process died in this state
    with (
        suppress(_Overtaken),
        station.store.change("package.state", package.case_no, package=package.id, state=state.value),
    ):
        before = current(station, item).state
        if only_from is not None and before is not only_from:
            raise _Overtaken
        require_step(before, state)
        station.store.outbox.set_attempts(package.id, attempts)
        station.store.outbox.move(
            package.id,
            state,
            reason=reason,
            next_at=next_at.isoformat(timespec="seconds") if next_at else None,
            at=station.stamp(),
        )


def named(station: Station, package_ids: Sequence[str]) -> list[Outgoing]:
    """Each once, in the order they are named in. Raises `PackageUnknown`."""
    items = []
    for package_id in dict.fromkeys(package_ids):
        item = station.store.outbox.get(package_id)
        if item is None:
            raise PackageUnknown(package=package_id)
        items.append(item)
    return items


def current(station: Station, item: Outgoing) -> Outgoing:
    """The row as it is now; packages are never removed from the outbox."""
    found = station.store.outbox.get(item.package.id)
    return found if found is not None else item
