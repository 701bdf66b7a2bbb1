"""The outbox at work: what is sealed goes out, and counts as arrived only with the platform's signed receipt."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.station.errors import AlreadySending, NoDestination
from app.station.platform_process import known_address
from app.station.reasons import fault_of, reason_of
from app.station.station import Station
from app.station.trust import anchors_for
from app.store.durable import replace, sync_folder
from app.store.records import Outgoing
from signing.types import TrustAnchors
from transfer.errors import ReceiptForOther, Stopped, TransferError
from transfer.outbox import DESTINATION, next_attempt, require_step, state_after
from transfer.receipt import MAX_BYTES, SignedReceipt, check_receipt
from transfer.send import Delivered, Destination, Pace, UploadState, deliver
from transfer.types import PackageRef, Receipt, SendState, Verdict

OPEN = frozenset({SendState.QUEUED, SendState.SENDING, SendState.AWAITING_RECEIPT})


def destination_url(station: Station, given: str | None) -> str:
    """The address given, else the training platform's. Raises `NoDestination`."""
    url = given or known_address(station.home)
    if url is None:
        raise NoDestination
    return url


def send_all(
    station: Station,
    url: str,
    *,
    set_aside: bool = False,
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
    should_stop: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
) -> list[tuple[Outgoing, TransferError | None]]:
    """Send every package that has not arrived, those set aside too if `set_aside`; returns what became of each.

    A bad package does not hold up the others: those that failed least go first. A platform that is not there is not
    asked again for every package: the rest keeps waiting, with the same error.

    Raises `AlreadySending`: another process of this station is at it.
    """
    destination = Destination(url, anchors_for(station.home.path) or TrustAnchors(()))
    outcomes: list[tuple[Outgoing, TransferError | None]] = []
    closed: TransferError | None = None
    with _only_sender(station):
        if set_aside:
            _take_back(station)
        # The training platform gets nothing but training dossiers, whatever else lies in the outbox.
        training_only = url == known_address(station.home)
        waiting = [
            item
            for item in station.store.outbox.all()
            if item.state in OPEN and (item.package.training or not training_only)
        ]
        for item in sorted(waiting, key=lambda item: item.attempts):
            if should_stop():
                break
            error = closed or _send(station, item, destination, on_progress, should_stop, pace)
            if isinstance(error, DESTINATION):
                closed = error
            outcomes.append((_now(station, item), error))
    return outcomes


def receipt_of(station: Station, package_id: str) -> Receipt | None:
    """The stored receipt of a package, proven once more; None while there is none. Raises `TransferError`."""
    item = station.store.outbox.get(package_id)
    anchors = anchors_for(station.home.path)
    if item is None or item.receipt is None or anchors is None:
        return None
    return check_receipt(
        SignedReceipt.from_text(item.receipt), package_ref(station, item), anchors, now=station.clock.now()
    )


def import_receipts(station: Station, files: Sequence[Path]) -> list[Receipt]:
    """Take receipts that came on another channel.

    Raises `TransferError` for one that is no receipt of a package here; those before it are taken. Raises
    `AlreadySending`.
    """
    anchors = anchors_for(station.home.path) or TrustAnchors(())
    taken = []
    with _only_sender(station):
        for file in files:
            signed = SignedReceipt.from_text(_bounded(file))
            item = station.store.outbox.get(signed.read().package_id)
            if item is None:
                raise ReceiptForOther(found=signed.read().package_id)
            receipt = check_receipt(signed, package_ref(station, item), anchors, now=station.clock.now())
            _arrive(station, item, Delivered(receipt, signed))
            taken.append(receipt)
    return taken


def export_packages(station: Station, folder: Path) -> list[Path]:
    """Copy every package still to be sent into `folder`, for carrying by hand; it stays in the outbox.

    Raises `OSError` when the medium is full or gone; a copy under its full name is always a whole one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for item in station.store.outbox.all():
        if item.state in OPEN:
            target = folder / item.package.file.name
            _copy(item.package.file, target)
            with station.store.change("package.exported", item.package.case_no, package=item.package.id):
                copies.append(target)
    return copies


def package_ref(station: Station, item: Outgoing) -> PackageRef:
    package = item.package
    return PackageRef(package.id, package.file, package.size, package.sha256, package.sm3, station.who.station)


@contextmanager
def _only_sender(station: Station) -> Iterator[None]:
    """The system frees the lock of a process that dies."""
    with (station.home.path / "sending.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise AlreadySending from taken
        yield


def _send(
    station: Station,
    item: Outgoing,
    destination: Destination,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
    pace: Pace | None,
) -> TransferError | None:
    package = item.package

    def keep(state: UploadState) -> None:
        # Not a step of the trail: one row a chunk, so that an interrupted upload goes on.
        station.store.keep_progress(package.id, state.url, state.offset)
        on_progress(state.offset, package.size)

    _move(station, item, SendState.SENDING, item.reason, attempts=item.attempts)
    resume = UploadState(item.upload_url, item.sent) if item.upload_url else None
    try:
        delivered = deliver(
            package_ref(station, item),
            destination,
            now=station.clock.now,
            resume=resume,
            on_state=keep,
            should_stop=should_stop,
            pace=pace,
        )
    except TransferError as error:
        _wait(station, item, error)
        return error
    _arrive(station, item, delivered)
    return None


def _arrive(station: Station, item: Outgoing, delivered: Delivered) -> None:
    """Take a checked receipt; one that is here already changes nothing."""
    receipt = delivered.receipt
    if item.state in (SendState.ARRIVED, SendState.REJECTED):
        return
    state = SendState.ARRIVED if receipt.verdict is Verdict.ACCEPTED else SendState.REJECTED
    require_step(_now(station, item).state, state)
    text = delivered.signed.to_text()
    replace(item.package.file.with_suffix(".receipt"), text.encode())
    with station.store.change(
        "receipt.taken",
        item.package.case_no,
        package=item.package.id,
        verdict=receipt.verdict.value,
        platform=receipt.platform,
        sequence=receipt.platform_sequence,
    ):
        station.store.outbox.set_receipt(item.package.id, text)
        reason = ";".join(filter(None, (receipt.reason_code, *receipt.reasons))) or None
        station.store.outbox.move(item.package.id, state, reason=reason, next_at=None, at=station.stamp())


def _wait(station: Station, item: Outgoing, error: TransferError) -> None:
    """After a failed attempt. Stopping is none."""
    if isinstance(error, Stopped):
        _move(station, item, SendState.QUEUED, None, attempts=item.attempts)
        return
    before = fault_of(item)
    attempts = item.attempts + 1 if before is not None and before.key == error.key else 1
    next_at = next_attempt(attempts, station.clock.now(), random.random())
    _move(station, item, state_after(error, attempts), reason_of(error), attempts=attempts, next_at=next_at)


def _take_back(station: Station) -> None:
    for item in station.store.outbox.all():
        if item.state is SendState.QUARANTINED:
            _move(station, item, SendState.QUEUED, None)


def _move(
    station: Station,
    item: Outgoing,
    state: SendState,
    reason: str | None,
    *,
    attempts: int = 0,
    next_at: dt.datetime | None = None,
) -> None:
    package = item.package
    before = _now(station, item).state
    if before is state:
        return  # an earlier process died in this state
    require_step(before, state)
    with station.store.change("package.state", package.case_no, package=package.id, state=state.value):
        station.store.outbox.set_attempts(package.id, attempts)
        station.store.outbox.move(
            package.id,
            state,
            reason=reason,
            next_at=next_at.isoformat(timespec="seconds") if next_at else None,
            at=station.stamp(),
        )


def _now(station: Station, item: Outgoing) -> Outgoing:
    """The row as it is now; packages are never removed from the outbox."""
    found = station.store.outbox.get(item.package.id)
    return found if found is not None else item


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    with source.open("rb") as data, part.open("wb") as copy:
        shutil.copyfileobj(data, copy, 1024**2)
        copy.flush()
        os.fsync(copy.fileno())
    part.replace(target)
    sync_folder(target.parent)


def _bounded(file: Path) -> bytes:
    with file.open("rb") as data:
        return data.read(MAX_BYTES + 1)
