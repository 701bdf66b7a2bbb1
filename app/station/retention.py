"""Retention (留存期满清理): files of a delivered dossier go by an administrator's rule, and only after its receipt.

The catalogue, the trail, all hashes, capture records and receipts stay, and so does what is in no delivered package: a
page set aside, a separator sheet, the file that imported pages were taken from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.station.receipts import package_ref
from app.station.retention_rule import Removable, Rule
from app.station.station import Station, exclusive
from app.station.trust import anchors_for
from app.store.records import CaseRecord, Outgoing
from dossier.model import CaptureOrigin
from dossier.package.index import INDEX_NAME, MAX_INDEX_BYTES, parse_index
from dossier.verify.source import open_source, read_tag_file
from signing.types import TrustAnchors
from transfer.errors import TransferError
from transfer.receipt import SignedReceipt, check_receipt
from transfer.types import SendState

# What leaves a case as it was sealed: sending it, keeping its files and paper, making its pictures again, looking at
# a date again, refusing a file.
_LEAVES_IT = frozenset(
    {
        "case.filed",
        "date.read-again",
        "file.infected",
        "files.removed",
        "library.rebuilt",
        "package.exported",
        "package.hurried",
        "package.on-medium",
        "package.received",
        "package.state",
        "page.failed",
        "page.processed",
        "paper.returned",
        "paper.stored",
        "paper.taken",
        "receipt.taken",
    }
)
_UNDER_WAY = frozenset(SendState) - {SendState.ARRIVED, SendState.REJECTED, SendState.CANCELLED}


class Kept(StrEnum):
    """Why all files of a case stay. TRAINING: pages of a real device or file, and only an exercise was delivered."""

    NOT_SEALED = "not-sealed"
    NOT_ARRIVED = "not-arrived"
    CHANGED_SINCE = "changed-since"
    TRAINING = "training"
    RECEIPT_UNPROVEN = "receipt-unproven"
    PACKAGE_ALTERED = "package-altered"
    NOT_YET = "not-yet"
    NOTHING_LEFT = "nothing-left"


@dataclass(frozen=True)
class Going:
    """What of one case may go. `received`: when the platform took its last package."""

    case_no: str
    what: Removable
    files: tuple[Path, ...]
    bytes: int
    received: dt.datetime


@dataclass(frozen=True)
class Staying:
    """`until`: the day on which the next files may go, where that is known."""

    case_no: str
    why: Kept
    until: dt.date | None = None


@dataclass(frozen=True)
class RetentionPlan:
    going: tuple[Going, ...]
    staying: tuple[Staying, ...]


def plan(station: Station, rule: Rule) -> RetentionPlan:
    """What would go now, and why the rest stays. Nothing is changed."""
    found = [_of_case(station, record, rule) for record in station.store.cases.all()]
    going = [each for part in found if isinstance(part, list) for each in part]
    return RetentionPlan(tuple(going), tuple(part for part in found if isinstance(part, Staying)))


def carry_out(station: Station, rule: Rule) -> list[Going]:
    """Remove what may go now; what a killed run left is removed as well. Each case is looked at anew under its lock.

    Raises `CaseInUse`, `DiskFull`: the cases before it are done, run it again.
    """
    done: list[Going] = []
    for record in station.store.cases.all():
        with exclusive(station, record.case.case_no):
            for file in station.store.removals.of_case(record.id):
                file.unlink(missing_ok=True)
            found = _of_case(station, record, rule)
            for each in found if isinstance(found, list) else ():
                _remove(station, record, each, rule)
                done.append(each)
    return done


def _remove(station: Station, record: CaseRecord, going: Going, rule: Rule) -> None:
    """First the record, then the files: what is gone is always known to be gone by rule."""
    with station.store.change("files.removed", going.case_no, what=going.what.value, files=len(going.files)) as change:
        change.detail.update(bytes=going.bytes, rule=rule.sha256, received=going.received.isoformat())
        if going.what is not Removable.PICTURES:
            station.store.removals.add(record.id, going.files, station.stamp())
    for file in going.files:
        file.unlink(missing_ok=True)
    if going.what is Removable.PICTURES:
        shutil.rmtree(station.home.derived(going.case_no))


def _of_case(station: Station, record: CaseRecord, rule: Rule) -> list[Going] | Staying:
    delivered = _delivered(station, record)
    if isinstance(delivered, Kept):
        return Staying(record.case.case_no, delivered)
    items, received = delivered
    today = station.clock.now().astimezone(received.tzinfo)
    due = {what: received + dt.timedelta(days=days) for what, days in rule.days.items()}
    removed = station.store.removals.of_case(record.id)
    here = [item for item in items if item.package.file not in removed]
    if Removable.ORIGINALS in due and not all(_is_whole(item) for item in here):
        return Staying(record.case.case_no, Kept.PACKAGE_ALTERED)
    going: list[Going] = []
    for what in (each for each in Removable if each in due and due[each] <= today):
        files = tuple(file for file in _files(station, record, what, here) if file.is_file())
        if files:
            size = sum(file.stat().st_size for file in files)
            going.append(Going(record.case.case_no, what, files, size, received))
    if going:
        return going
    later = min((day.date() for day in due.values() if day > today), default=None)
    return Staying(record.case.case_no, Kept.NOT_YET if later else Kept.NOTHING_LEFT, later)


def _delivered(station: Station, record: CaseRecord) -> tuple[list[Outgoing], dt.datetime] | Kept:
    """The newest package of each submission and when the last of them was accepted, if all of them were."""
    items = station.store.outbox.of_case(record.id)
    newest = list({item.package.submission: item for item in sorted(items, key=lambda it: it.package.version)}.values())
    if not newest:
        return Kept.NOT_SEALED
    if any(item.state in _UNDER_WAY for item in items) or any(item.state is not SendState.ARRIVED for item in newest):
        return Kept.NOT_ARRIVED
    if _changed_since_sealing(station, record):
        return Kept.CHANGED_SINCE
    real = any(page.origin != CaptureOrigin.SIMULATOR for page in station.store.pages.all_of_case(record.id))
    if real and any(item.package.training for item in newest):
        return Kept.TRAINING
    try:
        moments = [_received(station, item) for item in newest]
    except TransferError:
        return Kept.RECEIPT_UNPROVEN
    return newest, max(moments)


def _received(station: Station, item: Outgoing) -> dt.datetime:
    """When the platform took a package, by its receipt proven once more as of then: certificates run out sooner than
    retention. Raises `TransferError`."""
    signed = SignedReceipt.from_text(item.receipt or "")
    anchors = anchors_for(station.home.path) or TrustAnchors(())
    then = signed.read().received_at
    return check_receipt(signed, package_ref(station, item), anchors, now=then).received_at


def _changed_since_sealing(station: Station, record: CaseRecord) -> bool:
    for step in station.store.audit.newest_first(record.case.case_no):
        if step.event == "dossier.sealed":
            return False
        if step.event not in _LEAVES_IT:
            return True
    return True


def _files(station: Station, record: CaseRecord, what: Removable, items: list[Outgoing]) -> Iterator[Path]:
    if what is Removable.PICTURES:
        yield from station.home.derived(record.case.case_no).rglob("*")
    elif what is Removable.PACKAGES:
        yield from (item.package.file for item in station.store.outbox.of_case(record.id))
    else:
        delivered = {sha256 for item in items for sha256 in _originals_in(item)}
        yield from (page.file for page in station.store.pages.all_of_case(record.id) if page.sha256 in delivered)


def _originals_in(item: Outgoing) -> Iterator[str]:
    """The hashes of the originals that a package shows."""
    with open_source(item.package.file) as source:
        index = parse_index(read_tag_file(source, INDEX_NAME, MAX_INDEX_BYTES))
    for file in index.files:
        for document in file.documents:
            yield from (page.original_sha256 for page in document.pages)


def _is_whole(item: Outgoing) -> bool:
    """The package here is the one that the receipt speaks of."""
    if not item.package.file.is_file():
        return False
    with item.package.file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest() == item.package.sha256
