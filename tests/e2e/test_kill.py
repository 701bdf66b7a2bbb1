"""`kill -9` of every process of the demo in turn, at random moments: run again, it ends with the same dossier."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from clerk import ROOT, Demo, juanzong

pytestmark = pytest.mark.e2e

KILLS = 20
SEED = 20261121


def start(home: Path, said: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app", "--home", str(home), "--json", "demo"]
    with said.open("ab") as errors:
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)


def family(pid: int) -> list[tuple[int, str]]:
    """The process and all below it, with what each was started as."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            names[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = [pid]
    for candidate in found:
        found += [child for child, parent in parents.items() if parent == candidate]
    return [(member, names.get(member, "")) for member in found]


def role(command: str) -> str:
    marks = {"drivers.scanners": "scanner", "platform serve": "platform", "draw.py": "artist", "spawn": "reader"}
    return next((name for mark, name in marks.items() if mark in command), "demo")


def essence(home: Path, case_no: str) -> dict[str, Any]:
    """What must come out the same however often it was interrupted."""
    database = sqlite3.connect(home / "juanzong.db")
    pages = database.execute("SELECT number, sheet, side, sha256 FROM pages ORDER BY number").fetchall()
    lines = database.execute("SELECT text FROM results JOIN pages ON pages.id = page_id ORDER BY number").fetchall()
    catalogue = juanzong(home, "catalogue", case_no, "--json").json
    return {"pages": pages, "lines": lines, "catalogue": catalogue}


def steps(home: Path) -> int:
    """How far the demo is: the records of its trail."""
    try:
        with sqlite3.connect(f"file:{home / 'demo' / 'juanzong.db'}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT COUNT(*) FROM audit").fetchone()[0])
    except sqlite3.Error:
        return 0


def wait_for_steps(running: subprocess.Popen[bytes], home: Path, wanted: int) -> None:
    """Until the demo has gone on as far as that, or has ended."""
    end = time.monotonic() + 180
    while steps(home) < wanted and running.poll() is None:
        assert time.monotonic() < end, "the demo does not go on"
        time.sleep(0.02)


def test_twenty_kills_leave_the_same_dossier(demo: Demo, sample: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample, home / "demo" / "sample", copy_function=os.link)
    chance = random.Random(SEED)
    killed: list[str] = []
    whole = steps(demo.home.parent)
    said = tmp_path / "errors"
    running = start(home, said)
    while len(killed) < KILLS:
        # By how far it is, not by the clock: a slow machine is killed at the same kinds of moments as a fast one.
        # Spread over the whole way; what a resumed run adds to the trail makes the kills come a little earlier only.
        wait_for_steps(running, home, len(killed) * whole // KILLS + chance.randint(0, 2))
        time.sleep(chance.uniform(0.0, 0.5))
        if running.poll() is None:
            # Each kind of process in turn: of those that are there, the kind killed least so far.
            members = [(pid, role(command)) for pid, command in family(running.pid)]
            victim, kind = min(chance.sample(members, len(members)), key=lambda member: killed.count(member[1]))
            os.kill(victim, signal.SIGKILL)
            killed.append(kind)
        elif running.returncode == 0:
            break
        else:
            running = start(home, said)
    running.wait(timeout=600)
    # Python's own resource tracker complains when it is killed; nothing of ours may.
    assert f'File "{ROOT}' not in said.read_text(), said.read_text()
    final = juanzong(home, "demo", "--json")
    assert final.code == 0, final.err
    assert final.json["ok"]
    assert final.json["verify"]["ok"]
    assert len(killed) >= 15, killed
    assert {"demo", "scanner", "reader"} <= set(killed), killed

    assert essence(home / "demo", demo.case_no) == essence(demo.home, demo.case_no)
    assert juanzong(home / "demo", "audit", "verify").code == 0
    packages = list((home / "demo" / "cases" / demo.case_no / "packages").glob("*.zip"))
    assert len(packages) == 1
    received = list((home / "demo" / "training-platform" / "received").iterdir())
    assert [path.name for path in received] == [packages[0].stem]
    shown = json.loads(juanzong(home / "demo", "outbox", "list", "--json").out)
    assert [item["state"] for item in shown] == ["arrived"]
    end = time.monotonic() + 60  # a worker without a station may need a moment to notice
    while (orphans := _processes_of(home)) and time.monotonic() < end:
        time.sleep(0.5)
    assert orphans == []


def _processes_of(home: Path) -> list[str]:
    commands = [_command(process) for process in Path("/proc").iterdir() if process.name.isdigit()]
    return [command for command in commands if str(home) in command]


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""
