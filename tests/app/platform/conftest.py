"""A training platform on loopback, spoken to without our own client."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives import hashes

from app.platform.inbox import Judge, Judgement
from app.platform.serve import serving
from app.platform.uploads import Announced

TUS = {"Tus-Resumable": "1.0.0"}


def accept(_package: Path, _announced_id: str) -> Judgement:
    return Judgement(True, None, (), "A9901260000002026030001")


@dataclass
class Talk:
    """Plain tus requests to one platform."""

    http: httpx.Client
    folder: Path
    tus: dict[str, str] = field(default_factory=lambda: dict(TUS))

    def create(self, package: Announced, **headers: str) -> httpx.Response:
        fields = {"package_id": package.package_id, "sha256": package.sha256, "sm3": package.sm3}
        fields |= {"station": package.station, "filename": package.filename}
        metadata = ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in fields.items())
        described = {"Upload-Length": str(package.size), "Upload-Metadata": metadata}
        return self.http.post("/files", headers={**self.tus, **described, **headers})

    def patch(self, location: str, offset: int, content: bytes, **headers: str) -> httpx.Response:
        described = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.http.patch(location, headers={**self.tus, **described, **headers}, content=content)

    def offset(self, location: str) -> int:
        return int(self.http.head(location, headers=self.tus).headers["upload-offset"])

    def receipt(self, package_id: str) -> httpx.Response:
        """Asks until checking is over."""
        while (answer := self.http.get(f"/receipts/{package_id}")).status_code == 202:
            time.sleep(0.01)
        return answer


def announce(content: bytes, **changed: str) -> Announced:
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    sha256 = hashlib.sha256(content).hexdigest()
    fields = {"station": "望陵所", "filename": "a.zip", "sha256": sha256, "sm3": sm3.finalize().hex()}
    return Announced(**{"package_id": sha256[:32], "size": len(content), **fields, **changed})


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def package() -> Callable[..., Announced]:
    return announce


@pytest.fixture
def judge() -> Judge:
    return accept


@pytest.fixture
def talk(tmp_path: Path, keys: Path, judge: Judge) -> Iterator[Talk]:
    folder = tmp_path / "platform"
    with (
        serving(folder, keys, judge=judge) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=20.0) as http,
    ):
        yield Talk(http, folder)
