"""The outbox at work: what is sealed goes out, and counts as arrived only with the platform's signed receipt."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from app.station.metering import Meter
from app.station.outbox_moves import SENDABLE, current, move
from app.station.platform_process import known_address
from app.station.reasons import fault_of, reason_of
from app.station.receipts import arrive, package_ref
from app.station.sending_errors import AlreadySending, NoDestination
from app.station.station import Station
from app.station.tls import tls_for
from app.station.trust import anchors_for
from app.store import room
from app.store.locks import locked
from app.store.records import Outgoing
from signing.types import TrustAnchors
from transfer.errors import TransferError
from transfer.priority import Candidate, in_order
from transfer.retry import HELD, Blame, Standing, after_failure, blame
from transfer.send import Destination, Pace, UploadState, deliver
from transfer.throttle import Rate, Spend, unlimited, unmetered
from transfer.types import SendState

Outcome = tuple[Outgoing, TransferError | None]


def destination_url(station: Station, given: str | None) -> str:
    """The address given, else the training platform's. Raises `NoDestination`."""
    url = given or known_address(station.home)
    if url is None:
        raise NoDestination
    return url


def destination_at(station: Station, url: str) -> Destination:
    """Raises `PlanBroken`, `PinnedRootUnusable`, `OwnCertificateUnusable`."""
    return Destination(url, anchors_for(station.home.path) or TrustAnchors(()), tls_for(station.home, url))


def send_all(
    station: Station,
    url: str,
    *,
    set_aside: bool = False,
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
    should_stop: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
    meter: Meter | None = None,
) -> list[Outcome]:
    """Send every package that has not arrived, those set aside too if `set_aside`; returns what became of each.

    A person asked for it: pauses and windows do not count, and the rule for metered lines only by `meter`. A bad
    package does not hold up the others. A platform that is not there is not asked again for every package: the rest
    keeps waiting, with the same error.

    Raises `AlreadySending`: another process of this station is at it; `DiskFull`: a step cannot be written down.
    """
    destination = destination_at(station, url)
    outcomes: list[Outcome] = []
    closed: TransferError | None = None
    with only_sender(station), disk_room(station):
        if set_aside:
            _take_back(station)
        for item in waiting(station, url):
            if should_stop():
                break
            error = closed or (meter.hold(item) if meter else None)
            if error is None:
                error = send_package(
                    station,
                    item,
                    destination,
                    on_progress=on_progress,
                    should_stop=should_stop,
                    pace=pace,
                    spend=meter.spender(item) if meter else unmetered,
                )
            if error is not None and blame(error) is Blame.DESTINATION:
                closed = error
            outcomes.append((current(station, item), error))
    return outcomes


def waiting(station: Station, url: str) -> list[Outgoing]:
    """What may go to `url`, in order. The training platform gets nothing but training dossiers."""
    training_only = url == known_address(station.home)
    items = {
        item.package.id: item
        for item in station.store.outbox.all()
        if item.state in SENDABLE and (item.package.training or not training_only)
    }
    ordered = in_order([_candidate(station, item) for item in items.values()], station.clock.now())
    return [items[each.package_id] for each in ordered]


def send_package(
    station: Station,
    item: Outgoing,
    destination: Destination,
    *,
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
    should_stop: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
    rate: Rate = unlimited,
    spend: Spend = unmetered,
) -> TransferError | None:
    """One attempt with one package, inside `only_sender`; what became of it stands in the outbox."""
    package = item.package
    withdrawn = False

    def keep(state: UploadState) -> None:
        nonlocal withdrawn
        # Not a step of the trail: one row a chunk, so that an interrupted upload goes on.
        station.store.keep_progress(package.id, state.url, state.offset)
        on_progress(state.offset, package.size)
        withdrawn = current(station, item).state is not SendState.SENDING  # a person paused or cancelled it

    begun = item.upload_url is not None and item.upload_url.startswith("http")  # not through a gap device
    move(station, item, SendState.SENDING, item.reason, attempts=item.attempts)
    try:
        delivered = deliver(
            package_ref(station, item),
            destination,
            now=station.clock.now,
            resume=UploadState(item.upload_url, item.sent) if begun and item.upload_url else None,
            on_state=keep,
            should_stop=lambda: withdrawn or should_stop(),
            pace=pace,
            rate=rate,
            spend=spend,
        )
    except TransferError as error:
        wait_after(station, item, error)
        return error
    arrive(station, item, delivered)
    return None


@contextmanager
def only_sender(station: Station) -> Iterator[None]:
    """One process of a station sends at a time; the system frees the lock of one that dies. Raises `AlreadySending`."""
    with locked(station.home.path / "sending.lock", AlreadySending()):
        yield


def somebody_sends(station: Station) -> bool:
    try:
        with only_sender(station):
            return False
    except AlreadySending:
        return True


def disk_room(station: Station) -> AbstractContextManager[None]:
    """A step that finds no room on the station's disk is undone whole. Raises `DiskFull`."""
    return room.disk_room(station.home.path)


def _candidate(station: Station, item: Outgoing) -> Candidate:
    package = item.package
    tags = station.store.cases.get(package.case_no).case.tags
    sealed_at = dt.datetime.fromisoformat(package.sealed_at)
    return Candidate(package.id, tags, sealed_at, package.size, item.attempts)


def wait_after(station: Station, item: Outgoing, error: TransferError) -> None:
    """After a failed attempt. Being held is none, and a package that a person paused meanwhile stays paused."""
    if isinstance(error, HELD):
        move(station, item, SendState.QUEUED, None, attempts=item.attempts, only_from=SendState.SENDING)
        return
    standing = after_failure(
        Standing(item.state, item.attempts),
        fault_of(item),
        error,
        gained=current(station, item).sent > item.sent,
        now=station.clock.now(),
        chance=random.random(),
    )
    move(
        station,
        item,
        standing.state,
        reason_of(error),
        attempts=standing.attempts,
        next_at=standing.next_at,
        only_from=SendState.SENDING,
    )


def _take_back(station: Station) -> None:
    for item in station.store.outbox.all():
        if item.state is SendState.QUARANTINED:
            move(station, item, SendState.QUEUED, None)
