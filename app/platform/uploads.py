"""Uploads on the disk. What has been answered for survives `kill -9` and a power cut."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.store.durable import replace, sync_folder

PIECE = 256 * 1024
STEP = 8 * 1024**2  # within a long request: what a kill of this platform costs at most
LARGEST = 64 * 1024**3
LONGEST_NAME = 200
OFFSETS = "offsets"  # one line for each that was committed
TAIL = 64  # bytes: holds two lines of a log of offsets
_ID = re.compile(r"[0-9a-f]{32}")
_PACKAGE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_SHA = re.compile(r"[0-9a-f]{64}")


class Source(Protocol):
    def read1(self, size: int, /) -> bytes: ...


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
    if not (is_package_id(package_id) and _SHA.fullmatch(sha256) and _SHA.fullmatch(sm3)):
        raise Refused(400, "package_id, sha256 and sm3 must be given")
    station, filename = (metadata.get(name, "")[:LONGEST_NAME] for name in ("station", "filename"))
    return Announced(package_id, sha256, sm3, size, station, filename)


def is_package_id(text: str) -> bool:
    """May `text` name a package, and so a folder?"""
    return _PACKAGE_ID.fullmatch(text) is not None


class Uploads:
    """One folder per upload: what was announced, the data, and the offsets that were committed.

    A folder appears and goes by one rename; under any name but an id it is rubbish of a process that was killed, and
    without offsets it is of a version that kept them otherwise: its sender begins anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: set[str] = set()
        self._guard = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        for upload in folder.iterdir():
            if _ID.fullmatch(upload.name) and (upload / OFFSETS).is_file():
                _truncate(upload)
            else:
                shutil.rmtree(upload)

    def create(self, package: Announced) -> str:
        """Begin an upload; returns its id. Raises `Refused` (507) when it would not fit."""
        if package.size > shutil.disk_usage(self._folder).free:
            raise Refused(507, "no room for the package")
        upload_id = secrets.token_hex(16)
        making = self._folder / f"{upload_id}.part"
        making.mkdir()
        replace(making / "announced.json", json.dumps(asdict(package)).encode())
        (making / "data").touch()
        replace(making / OFFSETS, b"0\n")
        making.rename(self._folder / upload_id)
        sync_folder(self._folder)
        return upload_id

    def announced(self, upload_id: str) -> Announced:
        """Raises `Refused` (404)."""
        with self._opened(upload_id, "announced.json") as file:
            return Announced(**json.load(file))

    def offset(self, upload_id: str) -> int:
        """How many bytes are committed. Raises `Refused` (404)."""
        with self._opened(upload_id, OFFSETS) as log:
            return _last(log)

    def data(self, upload_id: str) -> Path:
        return self._folder / upload_id / "data"

    def complete(self) -> list[str]:
        """The uploads that have come in whole."""
        return [each for each in self._ids() if self.offset(each) == self.announced(each).size]

    def of(self, package: Announced) -> list[str]:
        """The uploads of the same bytes, as far as they came."""
        wanted = package.package_id, package.sha256, package.size
        ids = [(each, self.announced(each)) for each in self._ids()]
        return [each for each, told in ids if (told.package_id, told.sha256, told.size) == wanted]

    def append(self, upload_id: str, offset: int, stream: Source, length: int) -> int:
        """Take `length` bytes from `offset` on and commit them; returns the new offset.

        A sender that dies or falls silent in the middle leaves what had arrived: the new offset is then smaller. This
        platform dying leaves all whole steps.

        Raises `Refused`: 404, 409 (another offset), 413 (more than announced), 423 (somebody else is writing).
        """
        with self._writing(upload_id):
            size = self.announced(upload_id).size
            if offset != self.offset(upload_id):
                raise Refused(409, "the offset is not the committed one")
            if offset + length > size:
                raise Refused(413, "more than was announced")
            return _take(self._folder / upload_id, offset, stream, length)

    def forget(self, upload_id: str) -> None:
        """Remove an upload that has been taken in."""
        gone = self._folder / f"{upload_id}.gone"
        (self._folder / upload_id).rename(gone)
        sync_folder(self._folder)
        shutil.rmtree(gone)

    @contextmanager
    def _writing(self, upload_id: str) -> Iterator[None]:
        with self._guard:
            if upload_id in self._writers:
                raise Refused(423, "another request is writing this upload")
            self._writers.add(upload_id)
        try:
            yield
        finally:
            with self._guard:
                self._writers.discard(upload_id)

    def _ids(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if _ID.fullmatch(path.name))

    def _opened(self, upload_id: str, name: str) -> BinaryIO:
        if not _ID.fullmatch(upload_id):
            raise Refused(404, "no such upload")
        try:
            return (self._folder / upload_id / name).open("rb")
        except FileNotFoundError as error:
            raise Refused(404, "no such upload") from error


def _last(log: BinaryIO) -> int:
    """The last offset of the log that was written whole: a power cut may leave half a line."""
    log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL))
    return int(log.read(TAIL).rpartition(b"\n")[0].rpartition(b"\n")[2])


def _truncate(upload: Path) -> None:
    """Bytes after the committed offset were never answered for: they may be torn."""
    with (upload / OFFSETS).open("rb") as log:
        offset = _last(log)
    replace(upload / OFFSETS, b"%d\n" % offset)
    with (upload / "data").open("r+b") as data:
        data.truncate(offset)


def _take(upload: Path, offset: int, stream: Source, length: int) -> int:
    """Write what arrives at `offset` and commit it step by step, while the system receives on; returns the new offset.

    One line more in a log is one write to the disk; a file that takes another's name would be three.
    """
    end = offset + length
    with (upload / "data").open("r+b") as data, (upload / OFFSETS).open("ab") as log:
        data.seek(offset)
        while offset < end:
            wanted = min(STEP, end - offset)
            arrived = _copy(stream, data, wanted)
            _settle(data)
            offset += arrived
            log.write(b"%d\n" % offset)
            _settle(log)
            if arrived < wanted:
                break
    return offset


def _settle(file: BinaryIO) -> None:
    """Make what was written safe on the disk; of times and the like nothing is asked for."""
    file.flush()
    os.fdatasync(file.fileno())


def _copy(stream: Source, data: BinaryIO, length: int) -> int:
    arrived = 0
    while arrived < length:
        try:
            piece = stream.read1(min(PIECE, length - arrived))
        except OSError:  # the sender is gone or silent for too long
            break
        if not piece:
            break
        data.write(piece)
        arrived += len(piece)
    return arrived
