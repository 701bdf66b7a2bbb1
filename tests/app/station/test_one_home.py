"""One home, one station: another window or login is refused with a clear word; commands work beside the desk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clerk import ROOT, juanzong

from app.station.cases import NewCase, open_case
from app.station.fsck import rebuild_library
from app.station.station import Station, Who, only_desk, open_station
from app.store.errors import DeskOpen, HomeOfAnother, LibraryInUse

WHO = Who("李文", "望陵所")
NOBODY = 65534
PATIENCE_S = 120


@contextmanager
def desk(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The window in a process of its own, from when it has its lock."""
    started = subprocess.Popen([sys.executable, "-m", "app", "--home", str(home), "desk"], cwd=ROOT)
    try:
        until = time.monotonic() + PATIENCE_S
        while not holds(started.pid, home / "desk.lock"):
            assert started.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield started
    finally:
        started.kill()
        started.wait()


def holds(pid: int, lock: Path) -> bool:
    """By the kernel's list (proc(5)): to try the lock would be in the way of whoever takes it."""
    if not lock.exists():
        return False
    inode = str(lock.stat().st_ino)
    rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return any(row[1] == "FLOCK" and row[4] == str(pid) and row[5].endswith(f":{inode}") for row in rows)


def test_a_second_desk_is_refused_and_commands_go_on(
    station: Station, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    home = station.home.path
    with desk(home) as first:
        second = juanzong(home, "desk")
        assert second.code == 2
        assert f"The desk of the station in {home} is open already." in second.err
        assert juanzong(home, "outbox", "list", "--json").json == []
        assert case in juanzong(home, "case", "list", "--json").out
        first.kill()
        first.wait()
        with only_desk(home):  # the lock of a window that died is free
            pass


def test_two_windows_of_one_process_count_too(tmp_path: Path) -> None:
    with only_desk(tmp_path), pytest.raises(DeskOpen), only_desk(tmp_path):
        pass


def test_a_library_that_is_open_is_not_made_again(station: Station, case: str) -> None:
    with pytest.raises(LibraryInUse):
        rebuild_library(station.home, WHO)
    assert station.store.cases.get(case)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_the_home_of_another_login_is_refused(tmp_path: Path) -> None:
    """Root too: what it wrote there, the owner could not write again."""
    home = tmp_path / "home"
    with open_station(home, who=WHO) as station:
        open_case(station, NewCase("A9901260000002026030001", "张某盗窃案", "盗窃"))
    os.chown(home, NOBODY, NOBODY)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with pytest.raises(HomeOfAnother) as refused, open_station(home, who=WHO):
        pass
    assert refused.value.params["owner"] == "nobody"
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before
