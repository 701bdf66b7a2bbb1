"""The journal (日志): every committed change of the library as rows in plain files, so that the library can be made
again from files alone.

A journal is a folder with one generation of two files: `NNNNNN.base`, all rows as they stood, and `NNNNNN.log`, what
changed since. Both are sequences of blocks; a block is a header line in JSON and that many bytes of deflated rows. A
block is one write: what a power cut tears off at the end of a log was not told to anybody, and is cut away.
"""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from app.store.durable import sync_folder
from app.store.errors import JournalBroken

MAX_HEADER = 256
MAX_BLOCK = 256 * 1024**2  # inflated too: a page's reading is some 50 KB
ROWS_A_BLOCK = 500

Row = list[object]  # [table, rowid, {column: value}] puts a row, [table, rowid, null] takes it away


@dataclass(frozen=True)
class Block:
    """Rows that became true together. `last`: id of the newest change among them; `schema`: of the tables they fit."""

    last: int
    schema: int
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Header:
    last: int
    schema: int
    size: int
    crc: int


class Journal:
    """The journal in one folder; several processes may write, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Path, int, int] | None = None  # log, its size, the id of its last change

    @property
    def exists(self) -> bool:
        return self._generation() is not None

    def schema(self) -> int:
        """Of the tables that the newest generation holds. Raises `JournalBroken`; `FileNotFoundError` without one."""
        with self._base().open("rb") as base:
            header = _header(base)
        if header is None:
            raise JournalBroken(file=self._base().name, detail="no header")
        return header.schema

    def last(self) -> int:
        """Id of the newest change in it. Raises `JournalBroken`."""
        with self._locked():
            return self._last()

    def size(self) -> tuple[int, int]:
        """Bytes of the base and of the log."""
        log = self._log()
        return self._base().stat().st_size, log.stat().st_size if log.exists() else 0

    def append(self, changes: Iterable[tuple[int, Row]], schema: int) -> int:
        """Write what is newer than the journal's end, on the disk when it returns; returns the id of the newest change.

        `changes`: (id, row) with rising ids; at least one transaction, whole. Raises `OSError`, `JournalBroken`.
        """
        with self._locked():
            last = self._last()
            new = [(number, row) for number, row in changes if number > last]
            if not new:
                return last
            log = self._log()
            is_new = not log.exists()
            with log.open("ab") as out:
                _write(out, Block(new[-1][0], schema, [row for _, row in new]))
                out.flush()
                os.fsync(out.fileno())
                self._known = (log, out.tell(), new[-1][0])
            if is_new:
                sync_folder(self._folder)
            return new[-1][0]

    def start(self, rows: Iterable[Row], last: int, schema: int) -> None:
        """Begin a new generation: `rows` are all there are after change `last`. The one before goes."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            before = self._generation() or 0
            base = self._folder / f"{before + 1:06d}.base"
            part = base.with_suffix(".part")
            with part.open("wb") as out:
                for chunk in _chunks(rows):
                    _write(out, Block(last, schema, chunk))
                out.flush()
                os.fsync(out.fileno())
            part.rename(base)
            sync_folder(self._folder)
            for old in self._folder.glob(f"{before:06d}.*"):
                old.unlink()

    def replay(self, on_read: Callable[[int, int], None] = lambda _done, _of: None) -> Iterator[Block]:
        """All blocks, in order; `on_read` is told the bytes passed and those there are.

        Raises `JournalBroken` where a block before the log's end is not as it was written.
        """
        if not self.exists:
            return
        with self._locked():
            self._last()
        last, passed, total = 0, 0, sum(self.size())
        for file in (self._base(), self._log()):
            if not file.exists():
                continue
            with file.open("rb") as source:
                while (header := _header(source)) is not None:
                    block = _read(source, header, file)
                    if file.suffix == ".base" or block.last > last:
                        yield block
                    last = block.last
                    on_read(passed + source.tell(), total)
                passed += source.tell()

    def _generation(self) -> int | None:
        found = [int(path.stem) for path in self._folder.glob("*.base") if path.stem.isdigit()]
        return max(found, default=None)

    def _base(self) -> Path:
        return self._folder / f"{self._generation() or 0:06d}.base"

    def _log(self) -> Path:
        return self._folder / f"{self._generation() or 0:06d}.log"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _last(self) -> int:
        """Id of the newest change; a torn end is cut off."""
        log = self._log()
        size = log.stat().st_size if log.exists() else 0
        if self._known is not None and self._known[:2] == (log, size):
            return self._known[2]
        with self._base().open("rb") as base:
            header = _header(base)
        last = header.last if header else 0
        if size:
            last = self._last_of(log, size, last)
        self._known = (log, log.stat().st_size if log.exists() else 0, last)
        return last

    def _last_of(self, log: Path, size: int, last: int) -> int:
        whole = 0
        with log.open("r+b") as source:
            while (block := _newest(source, size)) is not None:
                last, whole = block, source.tell()
            if whole < size:
                source.truncate(whole)
                os.fsync(source.fileno())
        return last


def _newest(source: BinaryIO, size: int) -> int | None:
    """Id of the last change of the next block, passed over; None where the log ends, whole or torn.

    Raises `JournalBroken`: not torn, for there is more behind it.
    """
    start = source.tell()
    try:
        header = _header(source)
    except JournalBroken:
        source.seek(start)
        if size - start <= MAX_HEADER or not any(source.read()):  # some file systems leave zeros
            return None
        raise
    if header is None or source.tell() + header.size > size:
        return None
    if zlib.crc32(source.read(header.size)) != header.crc:
        if not any(source.read()):
            return None
        raise JournalBroken(file=Path(str(source.name)).name, detail="a block is not as it was written")
    return header.last


def _write(out: BinaryIO, block: Block) -> None:
    data = zlib.compress(json.dumps(block.rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    out.write(_line(_Header(block.last, block.schema, len(data), zlib.crc32(data))) + data)


def _line(header: _Header) -> bytes:
    return json.dumps(asdict(header)).encode() + b"\n"


def _header(source: BinaryIO) -> _Header | None:
    """None at the end. Raises `JournalBroken`."""
    line = source.readline(MAX_HEADER)
    if not line:
        return None
    try:
        header = _Header(**json.loads(line)) if line.endswith(b"\n") else None
    except (ValueError, TypeError):
        header = None
    if header is None or not all(type(value) is int and value >= 0 for value in asdict(header).values()):
        raise JournalBroken(file=Path(str(source.name)).name, detail="a header is not as it was written")
    return header


def _read(source: BinaryIO, header: _Header, file: Path) -> Block:
    data = source.read(min(header.size, MAX_BLOCK))
    if len(data) != header.size or zlib.crc32(data) != header.crc:
        raise JournalBroken(file=file.name, detail="a block is not as it was written")
    inflate = zlib.decompressobj()
    text = inflate.decompress(data, MAX_BLOCK)
    if inflate.unconsumed_tail:
        raise JournalBroken(file=file.name, detail="a block is too large")
    return Block(header.last, header.schema, json.loads(text))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """At least one, so that a base of nothing has its header too."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == ROWS_A_BLOCK:
            yield chunk
            chunk = []
    yield chunk
