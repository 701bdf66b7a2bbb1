"""The spool of a hot folder: files that arrived, each with its record, which together are the ledger of what was taken.

A file passes `file-NNNNNN.part` (copied, hashed, fsync) -> `file-NNNNNN.json` (its record, fsync, rename) ->
`file-NNNNNN.jpg` or the like (rename, last) -> fsync of the folder, and only then leaves the hot folder. The names
differ from a scanner's pages, so that `spool.recover` and this ledger can share a folder.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from drivers.errors import ArrivalBroken
from drivers.origin import Origin
from drivers.scanners.whole import FileKind, NotWhole, check_whole, kind_of

_COPY_BYTES = 1 << 20
_NAME = re.compile(r"file-(\d{6,})\.(jpg|png|tif|pdf|part|json|json\.part)", re.ASCII)


class UnknownKind(Exception):
    """Neither a JPEG, PNG or TIFF picture nor a PDF."""


@dataclass(frozen=True)
class SourceFile:
    """A file in the hot folder as it was seen: while nothing of this changes, nobody wrote to it."""

    name: str
    inode: int
    bytes: int
    modified_ns: int  # since 1970, UTC


@dataclass(frozen=True)
class FileRecord:
    """The evidence of one file taken; written beside it as `file-NNNNNN.json`."""

    sequence: int  # 1, 2, 3... within the spool folder
    source: SourceFile
    kind: FileKind
    origin: Origin
    arrived_at: str  # ISO 8601 with offset
    sha256: str
    bytes: int


_RECORD = TypeAdapter(FileRecord)


class Arrivals:
    """The spool's content. To be used by one process at a time (`spool.locked`).

    Opening it brings a spool in order after a crash: a file whose record is there is completed, what was only half
    copied is removed; its source is still in the hot folder. Raises ArrivalBroken.
    """

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._by_hash: dict[str, FileRecord] = {}
        matches = [match for path in spool.iterdir() if (match := _NAME.fullmatch(path.name)) is not None]
        self._last = max((int(match[1]) for match in matches if not match[2].endswith("part")), default=0)
        for match in matches:
            if match[2] == "json":
                self._reopen(spool / match[0])
        for leftover in [*spool.glob("file-*.part"), *spool.glob("file-*.json.part")]:
            leftover.unlink(missing_ok=True)
        _sync(spool)

    @property
    def next_sequence(self) -> int:
        return self._last + 1

    def records(self) -> list[FileRecord]:
        """All that was taken, in order."""
        return sorted(self._by_hash.values(), key=lambda record: record.sequence)

    def taken(self, sha256: str) -> FileRecord | None:
        """The record of the file with that content, if it was taken."""
        return self._by_hash.get(sha256)

    def path_of(self, record: FileRecord) -> Path:
        return self._stem(record.sequence).with_suffix(f".{record.kind}")

    def is_refused(self, record: FileRecord) -> bool:
        return self._refusal(record).exists()

    def mark_refused(self, record: FileRecord) -> None:
        """Remember, on the disk, that whoever takes files from here cannot use this one. Raises OSError."""
        self._refusal(record).touch()
        _sync(self._spool)

    def stage(self, source: BinaryIO) -> str:
        """Copy the source into the spool, durably but not yet as taken; its SHA-256. Raises OSError."""
        digest = hashlib.sha256()
        with self._part.open("wb") as part:
            while data := source.read(_COPY_BYTES):
                digest.update(data)
                part.write(data)
            part.flush()
            os.fsync(part.fileno())
        return digest.hexdigest()

    def staged_kind(self) -> FileKind:
        """What was staged, if it is whole. Raises NotWhole, UnknownKind. Our copy is looked at: a foreign file may be
        cut while it is mapped, which would kill the process."""
        if not self._part.stat().st_size:
            raise NotWhole("empty file")
        with self._part.open("rb") as part, mmap.mmap(part.fileno(), 0, access=mmap.ACCESS_READ) as data:
            kind = kind_of(data)
            if kind is None:
                raise UnknownKind(f"first bytes {data[:8].hex(' ')}")
            check_whole(kind, data)
        return kind

    def drop_staged(self) -> None:
        self._part.unlink(missing_ok=True)

    def commit(self, source: SourceFile, kind: FileKind, sha256: str, now: Callable[[], str]) -> FileRecord:
        """Make the staged copy a taken file; on the disk for good when this returns. Raises OSError."""
        size = self._part.stat().st_size
        record = FileRecord(self.next_sequence, source, kind, Origin.FILE, now(), sha256, size)
        draft = self._stem(record.sequence).with_suffix(".json.part")
        with draft.open("wb") as stream:
            stream.write(_RECORD.dump_json(record, indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(draft.with_suffix(""))
        self._complete(record)
        _sync(self._spool)
        return record

    @property
    def _part(self) -> Path:
        return self._stem(self.next_sequence).with_suffix(".part")

    def _stem(self, sequence: int) -> Path:
        return self._spool / f"file-{sequence:06}"

    def _refusal(self, record: FileRecord) -> Path:
        return self._stem(record.sequence).with_suffix(".refused")

    def _reopen(self, sidecar: Path) -> None:
        try:
            self._complete(_RECORD.validate_json(sidecar.read_bytes()))
        except (ValidationError, FileNotFoundError) as error:
            raise ArrivalBroken(file=sidecar) from error

    def _complete(self, record: FileRecord) -> None:
        part = self._stem(record.sequence).with_suffix(".part")
        if not self.path_of(record).exists():
            part.rename(self.path_of(record))
        self._by_hash[record.sha256] = record
        self._last = max(self._last, record.sequence)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
