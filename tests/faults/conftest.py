"""Keys, and packages of random bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from relay import Relay, relaying

from signing.training import TrainingPki, ensure_training_pki
from transfer.types import PackageRef


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def pki(keys: Path) -> TrainingPki:
    return ensure_training_pki(keys, now=dt.datetime.now(dt.UTC))


@pytest.fixture
def make_package(tmp_path: Path) -> Callable[[int], PackageRef]:
    def make(size: int) -> PackageRef:
        content = random.Random(size).randbytes(size)
        path = tmp_path / "package.zip"
        path.write_bytes(content)
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(content)
        sha256 = hashlib.sha256(content).hexdigest()
        return PackageRef(sha256[:32], path, size, sha256, sm3.finalize().hex(), "望陵所")

    return make


@pytest.fixture
def home(tmp_path: Path, keys: Path, pki: TrainingPki) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    (place / "keys").symlink_to(keys)
    return place


@pytest.fixture
def relay() -> Iterator[Relay]:
    with relaying() as made:
        yield made
