"""The audit trail as a hash chain (哈希链).

A record is hashed as canonical JSON: keys sorted, no blanks, UTF-8, whole numbers only. The text that is hashed is the
text that is stored and exported, so whoever checks it later hashes the bytes as they stand and needs no rules of ours
for writing them again. `link = SHA-256(previous link, 32 bytes + record text)`; the first record follows 32 zero bytes.

The chain alone shows an edited, deleted or moved record. It cannot show records cut off the end, or a chain somebody
computed anew; `signing.checkpoint` does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

GENESIS = bytes(32)
MAX_RECORD_BYTES = 1 << 20


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


def link(previous: bytes, record: bytes) -> bytes:
    """The link (32 bytes) of the canonical text `record` after the link `previous`."""
    return hashlib.sha256(previous + record).digest()


def verify_chain(records: Iterable[Linked]) -> ChainReport:
    """Is every record the one that was written, and in its place? Reads as a stream, stops at the first break."""
    report = ChainReport(ok=True, size=0, head=GENESIS)
    for report in walk(records):
        if not report.ok:
            break
    return report


def walk(records: Iterable[Linked]) -> Iterator[ChainReport]:
    """The state after each record; ends at the first that does not hold."""
    head = GENESIS
    for number, stored in enumerate(records, start=1):
        reason = _fault(stored, number, head)
        if reason:
            yield broken(number - 1, head, number, reason)
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


def broken(size: int, head: bytes, broken_at: int | None, reason: str) -> ChainReport:
    """What is told of a chain that holds for `size` records only."""
    return ChainReport(ok=False, size=size, head=head, broken_at=broken_at, reason=reason)


def _refuse_floats(value: object) -> None:
    """Programs write 0.1 in different ways, so a fraction would not hash alike everywhere."""
    if isinstance(value, float):
        raise ValueError("an audit record takes whole numbers only; write others as text")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
