"""Packages of random bytes, and a real platform on loopback whose judge accepts what is whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

from app.platform.inbox import Judgement
from app.platform.serve import serving
from signing.keys.pkcs12 import Pkcs12Signer, open_pkcs12
from signing.training import TrainingPki, ensure_training_pki
from signing.types import TrustAnchors
from transfer.send import Destination, Pace
from transfer.types import PackageRef

MakePackage = Callable[..., PackageRef]


def accept(_package: Path, _announced_id: str) -> Judgement:
    return Judgement(True, None, (), "A9901260000002026030001")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def hasty() -> Pace:
    """Three tries, hardly a pause."""
    return Pace(receipt_wait=10.0, tries=3, pause=lambda _: 0.02)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def pki(keys: Path) -> TrainingPki:
    return ensure_training_pki(keys, now=now())


@pytest.fixture(scope="session")
def anchors(pki: TrainingPki) -> TrustAnchors:
    return TrustAnchors((pki.root,))


@pytest.fixture(scope="session")
def platform_signer(pki: TrainingPki) -> Pkcs12Signer:
    return open_pkcs12(pki.platform_p12, pki.platform_password)


@pytest.fixture
def make_package(tmp_path: Path) -> MakePackage:
    def make(size: int = 100_000, seed: int = 1) -> PackageRef:
        content = random.Random(seed).randbytes(size)
        path = tmp_path / f"package-{seed}.zip"
        path.write_bytes(content)
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(content)
        sha256 = hashlib.sha256(content).hexdigest()
        return PackageRef(sha256[:32], path, size, sha256, sm3.finalize().hex(), "望陵所")

    return make


@pytest.fixture
def platform_folder(tmp_path: Path) -> Path:
    return tmp_path / "platform"


@pytest.fixture
def platform_url(platform_folder: Path, keys: Path, pki: TrainingPki) -> Iterator[str]:
    with serving(platform_folder, keys, judge=accept) as url:
        yield url


@pytest.fixture
def destination(platform_url: str, anchors: TrustAnchors) -> Destination:
    return Destination(platform_url, anchors)
