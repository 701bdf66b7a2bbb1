"""What goes over the pipes between the station and a worker: one JSON object a line."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from pydantic import TypeAdapter

from drivers.scanners.types import DeviceInfo, End, Event, Fault, PageDone, Progress, Ready, ScanSettings

MAX_LINE_BYTES = 1 << 22
CANCEL = b"cancel\n"


@dataclass(frozen=True)
class Job:
    """One batch for one worker."""

    device_id: str
    settings: ScanSettings
    spool: Path
    first_sequence: int
    first_sheet: int


_JOB = TypeAdapter(Job)
_DEVICES = TypeAdapter(list[DeviceInfo])
_EVENTS: MappingProxyType[str, TypeAdapter[Event]] = MappingProxyType(
    {kind.__name__: TypeAdapter(kind) for kind in (Ready, Progress, PageDone, Fault, End)}
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


def claim_stdout() -> BinaryIO:
    """This process's stdout for our lines alone: what a vendor's backend prints goes to stderr from now on."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb", buffering=0)
