"""The case's audit trail inside a package (操作日志): one hash chain from the first record on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from dossier.model import Finding
from dossier.package.closing import AUDIT_NAME
from dossier.package.errors import TagFileBroken
from dossier.verify.findings import block
from signing.chain import MAX_RECORD_BYTES, Linked, verify_chain

_MAX_LINE_BYTES = 4 * MAX_RECORD_BYTES


def check_trail(stream: BinaryIO) -> Iterator[Finding]:
    """A-16: each line is {"link": hexadecimal, "record": the text that was hashed}. Reads line by line."""
    try:
        report = verify_chain(_records(stream))
    except TagFileBroken as fault:
        yield block("A-13", "verify.tag-file-broken", AUDIT_NAME, reason=fault.params["reason"])
        return
    if not report.ok or report.size == 0:
        record = report.broken_at or 1
        yield block("A-16", "verify.audit-broken", AUDIT_NAME, record=record, reason=report.reason or "empty")


def _records(stream: BinaryIO) -> Iterator[Linked]:
    number = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        try:
            fields = json.loads(line)
            yield Linked(fields["record"].encode(), bytes.fromhex(fields["link"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise TagFileBroken(name=AUDIT_NAME, reason=f"line {number}") from fault
