"""Sending that goes on when the desk is closed (后台发送): a service of the user's own systemd."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.station.sending_errors import NoUserServices
from app.store.durable import replace
from app.store.home import Home

NAME = "juanzong-outbox.service"
Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


def user_units() -> Path:
    """Where a user's own units lie (systemd.unit(5))."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user"


def unit(home: Home, program: Sequence[str] = (sys.executable, "-m", "app")) -> str:
    """The service as a text: it sends what is due, starts again after a fault, and yields to the desk."""
    command = " ".join(map(_quoted, [*program, "--home", str(home.path.resolve()), "outbox", "send", "--watch"]))
    return (
        "[Unit]\n"
        "Description=juanzong: sends sealed dossiers in the background\n"
        "StartLimitIntervalSec=0\n\n"
        "[Service]\n"
        f"ExecStart={command}\n"
        "Restart=on-failure\n"
        "RestartSec=30\n"
        "Nice=10\n"
        "NoNewPrivileges=yes\n"
        "UMask=0077\n\n"
        "[Install]\n"
        "WantedBy=default.target\n"
    )


def switch_on(home: Home, units: Path, run: Run) -> Path:
    """Install the service and start it, now and at each login. Raises `NoUserServices`."""
    units.mkdir(parents=True, exist_ok=True)
    file = units / NAME
    replace(file, unit(home).encode())
    _systemctl(run, "daemon-reload")
    _systemctl(run, "enable", "--now", NAME)
    return file


def switch_off(units: Path, run: Run) -> None:
    """Stop the service and take it away; what was sent stays sent. Raises `NoUserServices`."""
    _systemctl(run, "disable", "--now", NAME)
    (units / NAME).unlink(missing_ok=True)
    _systemctl(run, "daemon-reload")


def system_run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def _systemctl(run: Run, *words: str) -> None:
    try:
        done = run(["systemctl", "--user", *words])
    except FileNotFoundError as error:
        raise NoUserServices(detail="systemctl is not there") from error
    if done.returncode != 0:
        raise NoUserServices(detail=done.stderr.strip() or f"systemctl ended with {done.returncode}")


def _quoted(word: str) -> str:
    """One word of ExecStart as systemd.service(5) reads it."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'
