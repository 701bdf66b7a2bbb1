"""The list of scanners, asked for in a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from pydantic import ValidationError

from drivers.errors import DiscoveryFailed
from drivers.scanners import sane_config, wire
from drivers.scanners.types import DeviceInfo

_TOLD_BYTES = 400


def list_devices(*, backends: Sequence[str] | None = None, timeout_s: float = 20.0) -> list[DeviceInfo]:
    """The scanners that these backends find; None asks all that the SANE configuration in force names.

    Raises DiscoveryFailed when a backend crashes or hangs for over `timeout_s` seconds.
    """
    with contextlib.ExitStack() as stack:
        config = None if backends is None else stack.enter_context(sane_config.private_config(backends))
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-P", "-m", "drivers.scanners.list_worker"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=sane_config.environment(config),
                start_new_session=True,
            )
        )
        try:
            body, said = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise DiscoveryFailed(detail=f"no answer within {timeout_s:g} s") from error
        if process.returncode != 0:
            told = said[-_TOLD_BYTES:].decode("utf-8", "replace").strip()
            raise DiscoveryFailed(detail=f"exit {process.returncode}: {told}")
    try:
        return wire.decode_devices(body)
    except ValidationError as error:
        raise DiscoveryFailed(detail=str(error)) from error
