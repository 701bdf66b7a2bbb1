"""A station with a queue of random packages, and its training platform."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from case_facts import CASE_NO, case_facts
from cryptography.hazmat.primitives import hashes
from outbox_rig import AddPackage

from app.station.station import Station, open_station
from app.store.records import Package
from app.store.store import Who
from signing.training import ensure_training_pki


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure_training_pki(folder, now=dt.datetime.now(dt.UTC))
    return folder


@pytest.fixture
def station(tmp_path: Path, keys: Path) -> Iterator[Station]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "keys").symlink_to(keys)
    with open_station(home, who=Who("李文", "望陵所")) as opened:
        yield opened


@pytest.fixture
def case_id(station: Station) -> int:
    case = case_facts()
    with station.store.change("case.opened", case.case_no):
        return station.store.cases.add(case)


@pytest.fixture
def add_package(station: Station, case_id: int) -> AddPackage:
    """A queued package of random bytes."""

    def add(seed: int = 1, size: int = 50_000, training: bool = True) -> str:
        content = random.Random(seed).randbytes(size)
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(content)
        sha256 = hashlib.sha256(content).hexdigest()
        package = Package(
            id=sha256[:32],
            case_id=case_id,
            case_no=CASE_NO,
            submission="base",
            version=station.store.outbox.next_version(case_id, "base"),
            file=station.home.packages("A9901260000002026030001") / f"{sha256[:32]}.zip",
            sha256=sha256,
            sm3=sm3.finalize().hex(),
            size=size,
            level="B-B",
            training=training,
            sealed_at=f"2026-03-05T09:{30 + seed // 60}:{seed % 60:02d}+08:00",
        )
        package.file.parent.mkdir(parents=True, exist_ok=True)
        package.file.write_bytes(content)
        with station.store.change("dossier.sealed", package.case_no):
            station.store.outbox.queue(package, "platform", "now")
        return package.id

    return add


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
