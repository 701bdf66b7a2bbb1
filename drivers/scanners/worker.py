"""The process that talks to a scanner: one device, one batch. `python -m drivers.scanners.worker`.

One JSON job comes on stdin, events go to stdout a line each. A line `cancel` stops at the next piece of data; so does
the end of stdin, as it means the station is gone. SANE backends may crash or hang: nothing else lives in this process.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from drivers.errors import SpoolInUse
from drivers.scanners import faults, plate, spool, wire
from drivers.scanners.batch import Batch
from drivers.scanners.origin import origin_of
from drivers.scanners.sane_config import backend_of
from drivers.scanners.sane_native import Entry, Library, SaneError
from drivers.scanners.types import DeviceInfo, End, EndReason, Event, FaultCode

LOCK_WAIT_S = 10.0
ORPHAN_GRACE_S = 3.0


def describe(entry: Entry) -> DeviceInfo:
    """What a scanner is, as far as it can be told without asking it, while its driver is loaded. Here and in
    `camera.describe` alone a capture's origin is decided."""
    return DeviceInfo(
        id=entry.name,
        vendor=entry.vendor,
        model=entry.model,
        kind=entry.kind,
        driver=backend_of(entry.name),
        origin=origin_of(entry.name, entry.kind),
        serial=plate.serial_of(entry.name, ask=None),
        driver_version=plate.driver_version(entry.name),
    )


def main() -> int:
    out = wire.claim_stdout()
    commands = wire.read_lines(0)
    job = wire.decode_job(next(commands))
    cancelled = threading.Event()
    threading.Thread(target=_listen, args=(commands, cancelled), daemon=True).start()
    for event in _events(job, cancelled):
        out.write(wire.encode_event(event))
    return 0


def _events(job: wire.Job, cancelled: threading.Event) -> Iterator[Event]:
    try:
        with spool.locked(job.spool, LOCK_WAIT_S):
            yield from (_camera if backend_of(job.device_id) == "camera" else _scanner)(job, cancelled)
    except SpoolInUse as error:
        yield faults.fault(FaultCode.BUSY, job.first_sequence, str(error))
        yield End(EndReason.FAULT, 0)


def _camera(job: wire.Job, cancelled: threading.Event) -> Iterator[Event]:
    from drivers.scanners import camera  # OpenCV takes its time to load, which no scanner should wait for

    return camera.events(
        job,
        now=lambda: datetime.now().astimezone(),
        clock=time.monotonic,
        pause=cancelled.wait,
        cancelled=cancelled.is_set,
    )


def _scanner(job: wire.Job, cancelled: threading.Event) -> Iterator[Event]:
    try:
        with Library() as library:
            info = _look_up(library, job.device_id)
            with closing(library.open(job.device_id)) as device:
                yield from Batch(
                    device,
                    _asked(info),
                    job,
                    now=lambda: datetime.now().astimezone(),
                    clock=time.monotonic,
                    pause=cancelled.wait,
                    cancelled=cancelled.is_set,
                ).events()
    except SaneError as error:
        yield faults.from_sane(error, job.first_sequence)
        yield End(EndReason.FAULT, 0)


def _look_up(library: Library, device_id: str) -> DeviceInfo:
    """The device's own name plate. A device that can be opened without being listed has none."""
    listed = {entry.name: entry for entry in library.devices()}
    return describe(listed.get(device_id, Entry(device_id, "", "", "")))


def _asked(info: DeviceInfo) -> DeviceInfo:
    """A network scanner tells its serial number itself."""
    return replace(info, serial=info.serial or plate.serial_of(info.id))


def _listen(commands: Iterator[bytes], cancelled: threading.Event) -> None:
    for line in commands:
        if line == wire.CANCEL:
            cancelled.set()
    cancelled.set()
    time.sleep(ORPHAN_GRACE_S)
    os._exit(1)  # the station is gone and a call into the backend does not come back


if __name__ == "__main__":
    sys.exit(main())
