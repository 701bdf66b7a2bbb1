"""What goes over the pipes between the station and a worker: one JSON object a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from pydantic import TypeAdapter

from drivers.scanners.types import DeviceInfo, End, Event, Fault, PageDone, Progress, Ready, ScanSettings, Waiting

MAX_LINE_BYTES = 1 << 22
CANCEL = b"cancel"


@dataclass(frozen=True)
class Job:
    """One batch for one worker.

    `wait_for_paper_s`: how long an empty feeder is watched for more paper. A series on the glass goes on after
    `page_interval_s` seconds, or with `on_button` when a button of the scanner is pressed; a feeder then starts so too.
    `operator`: who feeds the paper, for the capture records.
    """

    device_id: str
    settings: ScanSettings
    spool: Path
    first_sequence: int
    first_sheet: int
    wait_for_paper_s: float = 0.0
    page_interval_s: float = 0.0
    on_button: bool = False
    operator: str = ""


_JOB = TypeAdapter(Job)
_DEVICES = TypeAdapter(list[DeviceInfo])
_EVENTS: MappingProxyType[str, TypeAdapter[Event]] = MappingProxyType(
    {kind.__name__: TypeAdapter(kind) for kind in (Ready, Progress, Waiting, PageDone, Fault, End)}
)


def encode_job(job: Job) -> bytes:
    plain = replace(job.settings, extras=dict(job.settings.extras))  # pydantic writes no read-only mappings
    return _JOB.dump_json(replace(job, settings=plain)) + b"\n"


def decode_job(line: bytes) -> Job:
    """Raises pydantic.ValidationError."""
    return _JOB.validate_json(line)


def encode_event(event: Event) -> bytes:
    """The event's class name, a space, its fields as JSON."""
    kind = type(event).__name__
    return kind.encode() + b" " + _EVENTS[kind].dump_json(event) + b"\n"


def decode_event(line: bytes) -> Event:
    """Raises ValueError (pydantic's ValidationError is one) for a line that is no event."""
    kind, _, body = line.partition(b" ")
    adapter = _EVENTS.get(kind.decode("ascii", "replace"))
    if adapter is None:
        raise ValueError(f"no event: {line[:80]!r}")
    return adapter.validate_json(body)


def encode_devices(devices: list[DeviceInfo]) -> bytes:
    return _DEVICES.dump_json(devices)


def decode_devices(body: bytes) -> list[DeviceInfo]:
    """Raises pydantic.ValidationError."""
    return _DEVICES.validate_json(body)


def read_lines(descriptor: int) -> Iterator[bytes]:
    """The lines that come in, without their ends. Read straight from the descriptor: a thread that waits in a buffered
    reader makes the interpreter abort when the process ends. Raises ValueError for a line over MAX_LINE_BYTES."""
    pending = b""
    while data := os.read(descriptor, 1 << 16):
        *lines, pending = (pending + data).split(b"\n")
        yield from lines
        if len(pending) > MAX_LINE_BYTES:
            raise ValueError("endless line")


def claim_stdout() -> BinaryIO:
    """This process's stdout for our lines alone: what a vendor's backend prints goes to stderr from now on."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb", buffering=0)
