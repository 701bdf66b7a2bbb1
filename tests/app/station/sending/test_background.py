"""The service that sends when no desk is open: systemd itself reads it; only its switching is played."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.station.background import NAME, switch_off, switch_on, unit
from app.station.sending_errors import NoUserServices
from app.store.home import Home

AWKWARD = '家 100% of $HOME "quoted" back\\slash'


def done(command: Sequence[str], code: int = 0, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(command, code, "", said)


def verified(file: Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "--user", "--man=no", "verify", str(file)]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(file.parent)}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_systemd_takes_the_unit_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_text(unit(Home(tmp_path / AWKWARD)), "utf-8")
    told = verified(file)
    assert (told.returncode, told.stderr) == (0, "")


def test_systemd_refuses_a_unit_that_is_not_right(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_text(unit(Home(tmp_path)).replace("ExecStart=", "ExecStart=no/absolute/path "), "utf-8")
    told = verified(file)
    assert told.returncode != 0 or told.stderr


def test_on_and_off(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        asked.append(list(command[2:]))
        return done(command)

    units = tmp_path / "units"
    file = switch_on(Home(tmp_path / "home"), units, run)
    assert file.read_text("utf-8") == unit(Home(tmp_path / "home"))
    switch_off(units, run)
    assert list(units.iterdir()) == []
    assert asked == [["daemon-reload"], ["enable", "--now", NAME], ["disable", "--now", NAME], ["daemon-reload"]]


def test_a_login_without_services_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NoUserServices, match="Failed to connect to bus"):
        switch_on(Home(tmp_path), tmp_path / "units", lambda command: done(command, 1, "Failed to connect to bus\n"))

    def missing(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        raise FileNotFoundError(command[0])

    with pytest.raises(NoUserServices):
        switch_off(tmp_path / "units", missing)
