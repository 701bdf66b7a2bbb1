"""Uploads on the disk. What has been answered for survives `kill -9` and a power cut."""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.store.durable import replace, sync_folder

PIECE = 256 * 1024
LARGEST = 64 * 1024**3
LONGEST_NAME = 200
_ID = re.compile(r"[0-9a-f]{32}")
_PACKAGE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_SHA = re.compile(r"[0-9a-f]{64}")


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Refused(Exception):
    """The request is not one this platform takes; `status` is the HTTP answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Announced:
    """What the sender says of a package when it begins an upload."""

    package_id: str
    sha256: str
    sm3: str
    size: int
    station: str
    filename: str


def announced(size: int, metadata: Mapping[str, str]) -> Announced:
    """Raises `Refused` when something is missing or not what it should be."""
    if not 0 < size <= LARGEST:
        raise Refused(413, "the package is empty or too large")
    package_id, sha256, sm3 = (metadata.get(name, "") for name in ("package_id", "sha256", "sm3"))
    if not (_PACKAGE_ID.fullmatch(package_id) and _SHA.fullmatch(sha256) and _SHA.fullmatch(sm3)):
        raise Refused(400, "package_id, sha256 and sm3 must be given")
    return Announced(
        package_id, sha256, sm3, size, metadata.get("station", "")[:200], metadata.get("filename", "")[:200]
    )


class Uploads:
    """One folder per upload: what was announced, the data, and the offset that is committed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: set[str] = set()
        self._guard = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        for upload in folder.iterdir():
            self._truncate(upload)

    def create(self, package: Announced) -> str:
        """Begin an upload; returns its id."""
        upload_id = secrets.token_hex(16)
        making = self._folder / f"{upload_id}.part"
        making.mkdir()
        replace(making / "announced.json", json.dumps(asdict(package)).encode())
        (making / "data").touch()
        replace(making / "offset", b"0")
        making.rename(self._folder / upload_id)
        sync_folder(self._folder)
        return upload_id

    def announced(self, upload_id: str) -> Announced:
        """Raises `Refused` (404)."""
        return Announced(**json.loads((self._place(upload_id) / "announced.json").read_text("utf-8")))

    def offset(self, upload_id: str) -> int:
        """How many bytes are committed. Raises `Refused` (404)."""
        return int((self._place(upload_id) / "offset").read_text("ascii"))

    def data(self, upload_id: str) -> Path:
        return self._place(upload_id) / "data"

    def ids(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if _ID.fullmatch(path.name))

    def append(self, upload_id: str, offset: int, stream: Source, length: int) -> int:
        """Take `length` bytes from `offset` on and commit them; returns the new offset.

        A sender that dies in the middle leaves what had arrived. Raises `Refused`: 404, 409 (another offset), 413
        (more than announced), 423 (somebody else is writing).
        """
        place = self._place(upload_id)
        with self._guard:
            if upload_id in self._writers:
                raise Refused(423, "another request is writing this upload")
            self._writers.add(upload_id)
        try:
            size = self.announced(upload_id).size
            if offset != self.offset(upload_id):
                raise Refused(409, "the offset is not the committed one")
            if offset + length > size:
                raise Refused(413, "more than was announced")
            with (place / "data").open("r+b") as data:
                data.seek(offset)
                arrived = _copy(stream, data, length)
                data.flush()
                os.fsync(data.fileno())
            replace(place / "offset", str(offset + arrived).encode())
            return offset + arrived
        finally:
            with self._guard:
                self._writers.discard(upload_id)

    def forget(self, upload_id: str) -> None:
        """Remove an upload that has been taken in."""
        place = self._place(upload_id)
        for name in ("announced.json", "offset", "data"):
            (place / name).unlink(missing_ok=True)
        place.rmdir()

    def _place(self, upload_id: str) -> Path:
        place = self._folder / upload_id
        if not _ID.fullmatch(upload_id) or not (place / "offset").is_file():
            raise Refused(404, "no such upload")
        return place

    def _truncate(self, upload: Path) -> None:
        """Bytes after the committed offset were never answered for: they may be torn."""
        if not _ID.fullmatch(upload.name) or not (upload / "offset").is_file():
            return
        with (upload / "data").open("r+b") as data:
            data.truncate(int((upload / "offset").read_text("ascii")))


def _copy(stream: Source, data: BinaryIO, length: int) -> int:
    arrived = 0
    while arrived < length:
        try:
            piece = stream.read(min(PIECE, length - arrived))
        except OSError:
            break
        if not piece:
            break
        data.write(piece)
        arrived += len(piece)
    return arrived
