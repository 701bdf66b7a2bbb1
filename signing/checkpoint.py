"""Signed checkpoints of the audit chain: held elsewhere, they show records cut off its end or a chain made anew."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from signing.chain import GENESIS, ChainReport, Linked, broken, walk
from signing.cms import sign_detached, verify_detached
from signing.types import Signer, TrustAnchors

_HEADER = "juanzong checkpoint 1"


@dataclass(frozen=True)
class Checkpoint:
    """What a station swears to: after `size` records the chain's last link was `head`."""

    body: bytes
    signature: bytes  # detached CMS over `body`, DER


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
        return broken(0, GENESIS, None, f"the checkpoint's signature does not hold: {'; '.join(signature.problems)}")
    try:
        size, head = _read_body(checkpoint.body, origin)
    except ValueError as error:
        return broken(0, GENESIS, None, f"the checkpoint cannot be read: {error}")
    report = ChainReport(ok=True, size=0, head=GENESIS)
    sworn = report.head
    for report in walk(records):
        if not report.ok:
            return report
        if report.size == size:
            sworn = report.head
    if report.size < size:
        reason = f"{size - report.size} records are missing at the end: the checkpoint was made after {size}"
        return broken(report.size, report.head, report.size + 1, reason)
    if sworn != head:
        return broken(report.size, report.head, None, f"the first {size} records are not those of the checkpoint")
    return report


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
