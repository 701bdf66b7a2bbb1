"""Receipts (回执): what the platform signed, taken from the line or from any other channel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.station.errors import FileUnreadable
from app.station.outbox_moves import current
from app.station.station import Station
from app.station.trust import anchors_for
from app.store.durable import replace
from app.store.records import Outgoing
from app.store.room import disk_room
from signing.types import TrustAnchors
from transfer.errors import ReceiptForOther
from transfer.outbox import require_step
from transfer.receipt import MAX_BYTES, SignedReceipt, check_receipt
from transfer.send import Delivered
from transfer.types import PackageRef, Receipt, SendState, Verdict


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

    Raises `FileUnreadable`, `TransferError` for one that is no receipt of a package here; those before it are taken.
    A package that is being sent at this moment takes its receipt from whichever channel is first.
    """
    anchors = anchors_for(station.home.path) or TrustAnchors(())
    taken = []
    for file in files:
        signed = SignedReceipt.from_text(_bounded(file))
        item = station.store.outbox.get(signed.read().package_id)
        if item is None:
            raise ReceiptForOther(found=signed.read().package_id)
        receipt = check_receipt(signed, package_ref(station, item), anchors, now=station.clock.now())
        arrive(station, item, Delivered(receipt, signed))
        taken.append(receipt)
    return taken


def arrive(station: Station, item: Outgoing, delivered: Delivered) -> None:
    """Take a checked receipt; one that is here already changes nothing. Raises `DiskFull`: take it once more."""
    receipt = delivered.receipt
    before = current(station, item).state
    if before in (SendState.ARRIVED, SendState.REJECTED):
        return
    state = SendState.ARRIVED if receipt.verdict is Verdict.ACCEPTED else SendState.REJECTED
    require_step(before, state)
    text = delivered.signed.to_text()
    with disk_room(station.home.path):
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


def package_ref(station: Station, item: Outgoing) -> PackageRef:
    package = item.package
    return PackageRef(package.id, package.file, package.size, package.sha256, package.sm3, station.who.station)


def _bounded(file: Path) -> bytes:
    try:
        with file.open("rb") as data:
            return data.read(MAX_BYTES + 1)
    except OSError as fault:
        raise FileUnreadable(file=file, detail=fault.strerror) from fault
