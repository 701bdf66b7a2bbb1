"""The audit trail as a hash chain (哈希链), and signed checkpoints of it.

A record is hashed as canonical JSON: keys sorted, no blanks, UTF-8, whole numbers only. The text that is hashed is the
text that is stored and exported, so whoever checks it later hashes the bytes as they stand and needs no rules of ours
for writing them again. `link = SHA-256(previous link, 32 bytes + record text)`; the first record follows 32 zero bytes.

The chain alone shows an edited, deleted or moved record. It cannot show records cut off the end, or a chain somebody
computed anew. A checkpoint held elsewhere shows both, up to the record it was made after.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TypeAlias

from signing.cms import sign_detached, verify_detached
from signing.types import Signer, TrustAnchors

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

GENESIS = bytes(32)
MAX_RECORD_BYTES = 1 << 20
_HEADER = "juanzong checkpoint 1"


@dataclass(frozen=True)
class Record:
    """One step somebody or something took. `seq` counts from 1 without gaps."""

    seq: int
    at: dt.datetime  # aware; written as UTC with microseconds
    monotonic_ns: int  # of the station's clock that never jumps
    station: str
    actor: str
    event: str
    object: str
    detail: Mapping[str, Json]

    def canonical(self) -> bytes:
        """The text that is hashed. Raises ValueError for a time without zone, a fraction, or broken Unicode."""
        if self.at.utcoffset() is None:
            raise ValueError("an audit record's time needs its zone")
        fields = {**asdict(self), "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds")}
        _refuse_floats(fields)
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Linked:
    """A record's text as stored, and its place in the chain."""

    record: bytes
    link: bytes


@dataclass(frozen=True)
class ChainReport:
    """`size` records were read and hold, `head` is the link of the last of them."""

    ok: bool
    size: int
    head: bytes
    broken_at: int | None = None  # the first seq that does not hold
    reason: str = ""


@dataclass(frozen=True)
class Checkpoint:
    """What a station swears to: after `size` records the chain's last link was `head`."""

    body: bytes
    signature: bytes  # detached CMS over `body`, DER


def link(previous: bytes, record: bytes) -> bytes:
    """The link (32 bytes) of the canonical text `record` after the link `previous`."""
    return hashlib.sha256(previous + record).digest()


def verify_chain(records: Iterable[Linked]) -> ChainReport:
    """Is every record the one that was written, and in its place? Reads as a stream, stops at the first break."""
    report = ChainReport(ok=True, size=0, head=GENESIS)
    for report in _walk(records):
        if not report.ok:
            break
    return report


def make_checkpoint(origin: str, size: int, head: bytes, signer: Signer, *, now: dt.datetime) -> Checkpoint:
    """Swear to the chain's state. `origin` names the station, one line. Raises what `sign_detached` raises."""
    if not origin or "\n" in origin:
        raise ValueError("a checkpoint's origin is one line")
    body = f"{_HEADER}\n{origin}\n{size}\n{base64.b64encode(head).decode()}\n".encode()
    return Checkpoint(body, sign_detached(body, signer, now=now))


def verify_checkpoint(
    records: Iterable[Linked], checkpoint: Checkpoint, anchors: TrustAnchors, *, origin: str, at: dt.datetime
) -> ChainReport:
    """Does the chain hold, and does it contain what the checkpoint of `origin` swears to?"""
    signature = verify_detached(checkpoint.body, checkpoint.signature, anchors, at=at, where="checkpoint")
    if not signature.ok:
        return _broken(0, GENESIS, None, f"the checkpoint's signature does not hold: {'; '.join(signature.problems)}")
    try:
        size, head = _read_body(checkpoint.body, origin)
    except ValueError as error:
        return _broken(0, GENESIS, None, f"the checkpoint cannot be read: {error}")
    report = ChainReport(ok=True, size=0, head=GENESIS)
    sworn = report.head
    for report in _walk(records):
        if not report.ok:
            return report
        if report.size == size:
            sworn = report.head
    if report.size < size:
        reason = f"{size - report.size} records are missing at the end: the checkpoint was made after {size}"
        return _broken(report.size, report.head, report.size + 1, reason)
    if sworn != head:
        return _broken(report.size, report.head, None, f"the first {size} records are not those of the checkpoint")
    return report


def _walk(records: Iterable[Linked]) -> Iterator[ChainReport]:
    """The state after each record."""
    head = GENESIS
    for number, stored in enumerate(records, start=1):
        reason = _fault(stored, number, head)
        if reason:
            yield _broken(number - 1, head, number, reason)
            return
        head = stored.link
        yield ChainReport(ok=True, size=number, head=head)


def _fault(stored: Linked, number: int, previous: bytes) -> str:
    """Why `stored` is not record `number` after `previous`; empty when it is."""
    if len(stored.record) > MAX_RECORD_BYTES:
        return f"longer than {MAX_RECORD_BYTES} bytes"
    if stored.link != link(previous, stored.record):
        return "altered, moved, or the record before it is gone"
    try:
        fields = json.loads(stored.record)
    except (ValueError, RecursionError):
        return "not JSON"
    if not isinstance(fields, dict) or fields.get("seq") != number:
        return "the numbering has a gap"
    return ""


def _broken(size: int, head: bytes, broken_at: int | None, reason: str) -> ChainReport:
    return ChainReport(ok=False, size=size, head=head, broken_at=broken_at, reason=reason)


def _read_body(body: bytes, origin: str) -> tuple[int, bytes]:
    """Size and head sworn to. Raises ValueError."""
    lines = body.decode("utf-8").split("\n")
    if len(lines) != 5 or lines[0] != _HEADER or lines[4]:
        raise ValueError("not a checkpoint of this version")
    if lines[1] != origin:
        raise ValueError(f"it is of {lines[1]}, not of {origin}")
    if not (lines[2].isascii() and lines[2].isdigit() and len(lines[2]) < 20):
        raise ValueError("its size is no number")
    try:
        head = base64.b64decode(lines[3], validate=True)
    except binascii.Error as error:
        raise ValueError("its head is not base64") from error
    return int(lines[2]), head


def _refuse_floats(value: object) -> None:
    """Programs write 0.1 in different ways, so a fraction would not hash alike everywhere."""
    if isinstance(value, float):
        raise ValueError("an audit record takes whole numbers only; write others as text")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
