"""The outbox at work: what is sealed goes out, and counts as arrived only with the platform's signed receipt."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from app.station.errors import NoDestination
from app.station.platform_process import known_address
from app.station.station import Station
from app.station.trust import anchors_for
from app.store.durable import replace
from app.store.records import Outgoing
from signing.types import TrustAnchors
from transfer.errors import (
    AwaitingReceipt,
    PackageAltered,
    ReceiptForOther,
    TransferError,
)
from transfer.outbox import may_follow, next_attempt
from transfer.receipt import SignedReceipt, check_receipt
from transfer.send import Delivered, Destination, UploadState, deliver
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
    on_progress: Callable[[int, int], None] = lambda _sent, _size: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[tuple[Outgoing, TransferError | None]]:
    """Send every package that has not arrived; a bad one does not hold up the others. Returns what became of each."""
    anchors = anchors_for(station.home.path) or TrustAnchors(())
    outcomes: list[tuple[Outgoing, TransferError | None]] = []
    for item in station.store.outbox.all():
        if item.state not in OPEN or should_stop():
            continue
        error = _send(station, item, Destination(url, anchors), on_progress, should_stop)
        now = station.store.outbox.get(item.package.id)
        if now is not None:
            outcomes.append((now, error))
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

    Raises `TransferError` for one that is no receipt of a package here; those before it are taken.
    """
    anchors = anchors_for(station.home.path) or TrustAnchors(())
    taken = []
    for file in files:
        signed = SignedReceipt.from_text(file.read_bytes()[: 1024**2])
        item = station.store.outbox.get(signed.read().package_id)
        if item is None:
            raise ReceiptForOther(found=signed.read().package_id)
        receipt = check_receipt(signed, package_ref(station, item), anchors, now=station.clock.now())
        _arrive(station, item, Delivered(receipt, signed))
        taken.append(receipt)
    return taken


def export_packages(station: Station, folder: Path) -> list[Path]:
    """Copy every package still to be sent into `folder`, for carrying by hand; it stays in the outbox."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for item in station.store.outbox.all():
        if item.state in OPEN:
            target = folder / item.package.file.name
            part = target.with_suffix(".part")
            shutil.copyfile(item.package.file, part)
            part.replace(target)
            with station.store.change("package.exported", item.package.case_no, package=item.package.id):
                copies.append(target)
    return copies


def package_ref(station: Station, item: Outgoing) -> PackageRef:
    package = item.package
    return PackageRef(package.id, package.file, package.size, package.sha256, package.sm3, station.who.station)


def _send(
    station: Station,
    item: Outgoing,
    destination: Destination,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> TransferError | None:
    package = item.package

    def keep(state: UploadState) -> None:
        # Not a step of the trail: one row a chunk, so that an interrupted upload goes on.
        station.store.keep_progress(package.id, state.url, state.offset)
        on_progress(state.offset, package.size)

    _move(station, item, SendState.SENDING, None)
    resume = UploadState(item.upload_url, item.sent) if item.upload_url else None
    try:
        delivered = deliver(
            package_ref(station, item),
            destination,
            now=station.clock.now,
            resume=resume,
            on_state=keep,
            should_stop=should_stop,
        )
    except TransferError as error:
        _later(station, item, error)
        return error
    _arrive(station, item, delivered)
    return None


def _arrive(station: Station, item: Outgoing, delivered: Delivered) -> None:
    receipt = delivered.receipt
    state = SendState.ARRIVED if receipt.verdict is Verdict.ACCEPTED else SendState.REJECTED
    beside = item.package.file.with_suffix(".receipt")
    replace(beside, delivered.signed.to_text().encode())
    with station.store.change(
        "receipt.taken",
        item.package.case_no,
        package=item.package.id,
        verdict=receipt.verdict.value,
        platform=receipt.platform,
        sequence=receipt.platform_sequence,
    ):
        station.store.outbox.set_receipt(item.package.id, delivered.signed.to_text())
        reason = ";".join(receipt.reasons) or None
        station.store.outbox.move(item.package.id, state, reason=reason, next_at=None, at=station.stamp())


def _later(station: Station, item: Outgoing, error: TransferError) -> None:
    """Waiting is not failing: only what no later attempt can mend is set aside."""
    if isinstance(error, AwaitingReceipt):
        state = SendState.AWAITING_RECEIPT
    elif isinstance(error, PackageAltered):
        state = SendState.QUARANTINED
    else:
        state = SendState.QUEUED
    _move(station, item, state, str(error))


def _move(station: Station, item: Outgoing, state: SendState, reason: str | None) -> None:
    before = station.store.outbox.get(item.package.id)
    if before is None or before.state is state or not may_follow(before.state, state):
        return
    next_at: dt.datetime | None = None
    with station.store.change("package.state", item.package.case_no, package=item.package.id, state=state.value):
        if state is SendState.QUEUED:
            station.store.outbox.count_attempt(item.package.id)
            next_at = next_attempt(before.attempts + 1, station.clock.now(), random.random())
        station.store.outbox.move(
            item.package.id,
            state,
            reason=reason,
            next_at=next_at.isoformat(timespec="seconds") if next_at else None,
            at=station.stamp(),
        )
