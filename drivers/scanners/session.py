"""The station's side of a batch: starts the worker, passes its events on, and ends it whatever it does."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from drivers.scanners import faults, sane_config, wire
from drivers.scanners.spool import check_free, recover
from drivers.scanners.types import End, EndReason, Event, FaultCode, PageDone, ScanSettings, Source

CANCEL_GRACE_S = 3.0
END_GRACE_S = 10.0  # to park the lamp and close the device, once all is told
_POLL_S = 0.1
_TOLD_BYTES = 400


class _Silent(Exception):
    """Nothing came for the stall time."""


class _Unanswered(Exception):
    """The worker did not end within the grace time after a cancel."""


class _Gone(Exception):
    """The worker ended, or talks nonsense, before its End."""


def open_session(
    device_id: str,
    settings: ScanSettings,
    spool: Path,
    *,
    first_sequence: int = 1,
    first_sheet: int = 1,
    wait_for_paper_s: float = 0.0,
    page_interval_s: float = 0.0,
    on_button: bool = False,
    operator: str = "",
    stall_s: float = 60.0,
) -> ScanSession:
    """A batch on that scanner into the folder `spool`, begun when the session is entered.

    A batch is gone on with by `first_sequence` and `first_sheet` (the first face of a duplex batch is a front). A
    device that says nothing for `stall_s` seconds is given up.

    Hands free: an empty feeder is watched for more paper for `wait_for_paper_s` seconds; a series on the glass
    (`page_limit` above 1) goes on every `page_interval_s` seconds; with `on_button` each page on the glass, and the
    first of a feeder, waits for the scanner's button. Waiting events tell of it; `cancel` ends it.

    `operator`: who feeds the paper, for the capture records.

    Entering raises SpoolOccupied when the spool already
    has pages from `first_sequence` on. Raises ValueError for numbers below 1.
    """
    if first_sequence < 1 or first_sheet < 1:
        raise ValueError("sequence and sheet are counted from 1")
    if min(wait_for_paper_s, page_interval_s) < 0:
        raise ValueError("no time below 0")
    job = wire.Job(
        device_id,
        settings,
        spool.absolute(),
        first_sequence,
        first_sheet,
        wait_for_paper_s=wait_for_paper_s,
        page_interval_s=page_interval_s,
        on_button=on_button,
        operator=operator,
    )
    return ScanSession(job, stall_s)


def rescan_sheet(
    device_id: str,
    settings: ScanSettings,
    spool: Path,
    *,
    sheet: int,
    first_sequence: int,
    operator: str = "",
    stall_s: float = 60.0,
) -> ScanSession:
    """A batch of that one sheet, put in alone: its faces come anew under the next sequence numbers and the same sheet
    number, the earlier ones stay. Raises and works as `open_session`."""
    again = replace(settings, page_limit=2 if settings.source is Source.ADF_DUPLEX else 1)
    return open_session(
        device_id,
        again,
        spool,
        first_sequence=first_sequence,
        first_sheet=sheet,
        operator=operator,
        stall_s=stall_s,
    )


class ScanSession:
    """Context manager; iterate it once for the events, the last of which is End. `cancel` may come from any thread."""

    def __init__(self, job: wire.Job, stall_s: float) -> None:
        self._job = job
        self._stall_s = stall_s
        self._pages = 0
        self._buffer = bytearray()
        self._cancelled_at: float | None = None
        self._ended = False
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._job.spool.mkdir(parents=True, exist_ok=True)
        check_free(self._job.spool, self._job.first_sequence)
        with contextlib.ExitStack() as stack:
            config = stack.enter_context(sane_config.private_config([sane_config.backend_of(self._job.device_id)]))
            self._said = stack.enter_context(tempfile.TemporaryFile())
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "drivers.scanners.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=sane_config.environment(config),
                start_new_session=True,
                bufsize=0,
            )
            self._input = cast(IO[bytes], self._process.stdin)
            self._output = stack.enter_context(cast(IO[bytes], self._process.stdout))
            self._exit_fd = os.pidfd_open(self._process.pid)
            stack.callback(os.close, self._exit_fd)
            stack.callback(self._end_worker, CANCEL_GRACE_S)
            self._send(wire.encode_job(self._job))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    def cancel(self) -> None:
        """Ask the worker to stop; whole pages stay. It is killed when it does not end within CANCEL_GRACE_S."""
        if self._cancelled_at is None:
            self._cancelled_at = time.monotonic()
            self._send(wire.CANCEL + b"\n")

    def __iter__(self) -> Iterator[Event]:
        try:
            while True:
                event = self._next_event()
                self._pages += isinstance(event, PageDone)
                self._ended = isinstance(event, End)
                yield event
                if self._ended:
                    return
        except _Unanswered:
            yield from self._rescue(None, EndReason.CANCELLED)
        except _Silent:
            yield from self._rescue((FaultCode.STALLED, f"nothing for {self._stall_s:g} s"), EndReason.FAULT)
        except _Gone as gone:
            yield from self._rescue((FaultCode.WORKER_DIED, str(gone)), EndReason.FAULT)

    def _rescue(self, cause: tuple[FaultCode, str] | None, reason: EndReason) -> Iterator[Event]:
        """End the worker, report the pages it had finished without saying so, then the fault and the end."""
        died = self._end_worker(grace_s=0)
        first_untold = self._job.first_sequence + self._pages
        for page in recover(self._job.spool, from_sequence=first_untold):
            self._pages += 1
            yield page
        if cause is not None:
            code, raw = cause
            yield faults.fault(code, self._job.first_sequence + self._pages, f"{raw} ({died})")
        yield End(reason, self._pages)

    def _next_event(self) -> Event:
        line = self._next_line()
        try:
            return wire.decode_event(line)
        except ValueError as error:
            raise _Gone(str(error)) from error

    def _next_line(self) -> bytes:
        stalled_at = time.monotonic() + self._stall_s
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > wire.MAX_LINE_BYTES:
                raise _Gone("an endless line")
            self._receive()
            self._check_patience(stalled_at)
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return line

    def _receive(self) -> None:
        """Wait a moment for output. A backend's child may hold the pipe open, so the worker's end is watched too."""
        stdout = self._output.fileno()
        ready, _, _ = select.select([stdout, self._exit_fd], [], [], _POLL_S)
        if stdout in ready:
            data = os.read(stdout, 1 << 16)
            if not data:
                select.select([self._exit_fd], [], [], CANCEL_GRACE_S)
                raise _Gone("worker ended")
            self._buffer += data
        elif ready:
            raise _Gone("worker ended")

    def _check_patience(self, stalled_at: float) -> None:
        now = time.monotonic()
        if self._cancelled_at is not None and now > self._cancelled_at + CANCEL_GRACE_S:
            raise _Unanswered
        if now > stalled_at:
            raise _Silent

    def _send(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # the worker is gone; the iteration finds out and tells why
            self._input.write(line)

    def _end_worker(self, grace_s: float) -> str:
        """Close the worker's stdin, wait the grace time, kill its whole process group; how it ended. A worker that has
        told its End is first let close the device in peace."""
        if self._process.returncode is None:
            if self._ended:
                select.select([self._exit_fd], [], [], END_GRACE_S)
                grace_s = 0
            self._input.close()
            select.select([self._exit_fd], [], [], grace_s)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._said.seek(0, os.SEEK_END)
        self._said.seek(-min(self._said.tell(), _TOLD_BYTES), os.SEEK_END)
        told = self._said.read().decode("utf-8", "replace").strip()
        code = self._process.returncode
        how = f"signal {-code}" if code < 0 else f"exit {code}"
        return f"{how}: {told}" if told else how
