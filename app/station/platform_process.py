"""Running the training platform as a process of its own, as it would run elsewhere."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from app.platform.tls import station_files
from app.station.sending_errors import PlatformNotStarted
from app.store.home import Home
from transfer.tls import client_context

START_S = 30.0


def known_address(home: Home) -> str | None:
    """Where the training platform of this home runs, as far as it left word."""
    file = home.platform / "address"
    return file.read_text("ascii") if file.is_file() else None


@contextmanager
def platform_running(home: Home) -> Iterator[str]:
    """Its address; started and stopped again unless it runs already. Raises `PlatformNotStarted`."""
    address = known_address(home)
    if address is not None and _answers(home, address):
        yield address
        return
    command = [sys.executable, "-m", "app", "--home", str(home.path), "--quiet"]
    command += ["platform", "serve", "--port", "0", "--with-parent"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            yield _wait(home, process)
        finally:
            process.terminate()


def _wait(home: Home, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        address = known_address(home)
        if address is not None and _answers(home, address):
            return address
        time.sleep(0.05)
    raise PlatformNotStarted(code=process.poll())


def _answers(home: Home, address: str) -> bool:
    verify = client_context(station_files(home.keys)) if address.startswith("https:") else True
    try:
        return httpx.get(f"{address}/health", timeout=2.0, trust_env=False, verify=verify).status_code == 200
    except httpx.HTTPError:
        return False
