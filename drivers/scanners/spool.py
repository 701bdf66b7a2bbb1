"""The spool folder of a batch: how a page gets onto the disk for good, and what is found there after a crash.

A page passes `NNNNNN.part` (written, fsync) -> `NNNNNN.json` (its record, fsync, rename) -> `NNNNNN.png` (rename, last)
-> fsync of the folder. So a `.png` with a sidecar of the right hash is whole whatever happened; all else is not.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from drivers.errors import SpoolInUse, SpoolOccupied
from drivers.scanners.types import CaptureRecord, PageDone

_RECORD = TypeAdapter(CaptureRecord)
_MAX_SIDECAR_BYTES = 1 << 20
_PAGE_NAME = re.compile(r"(\d{6,})\.(png|part|json|json\.part)", re.ASCII)
_LOCK_POLL_S = 0.05


def page_path(spool: Path, sequence: int) -> Path:
    """Where page `sequence` (from 1) lies once it is whole."""
    return spool / f"{sequence:06}.png"


@contextlib.contextmanager
def locked(spool: Path, wait_s: float) -> Iterator[None]:
    """Hold the folder alone: one worker or one recovery at a time, released by the kernel if the process dies.

    Raises SpoolInUse after `wait_s` seconds.
    """
    folder = os.open(spool, os.O_RDONLY | os.O_DIRECTORY)
    try:
        deadline = time.monotonic() + wait_s
        while not _try_lock(folder):
            if time.monotonic() >= deadline:
                raise SpoolInUse(folder=spool)
            time.sleep(_LOCK_POLL_S)
        yield
    finally:
        os.close(folder)


def check_free(spool: Path, first_sequence: int) -> None:
    """Raises SpoolOccupied when something of a page from `first_sequence` on already lies in the folder."""
    for path in spool.iterdir():
        match = _PAGE_NAME.fullmatch(path.name)
        if match is not None and int(match[1]) >= first_sequence:
            raise SpoolOccupied(file=path)


def open_part(spool: Path, sequence: int) -> BinaryIO:
    """A new `.part` for page `sequence`. Raises SpoolOccupied when that number is already used."""
    final = page_path(spool, sequence)
    taken = [path for path in (final, final.with_suffix(".json")) if path.exists()]
    if taken:
        raise SpoolOccupied(file=taken[0])
    try:
        return final.with_suffix(".part").open("x+b")
    except FileExistsError as error:
        raise SpoolOccupied(file=final.with_suffix(".part")) from error


def commit(spool: Path, part: BinaryIO, describe: Callable[[str, int], CaptureRecord]) -> PageDone:
    """Make the finished `.part` a page. `describe(sha256, bytes)` gives its record. Raises OSError."""
    part.flush()
    os.fsync(part.fileno())
    part.seek(0)
    digest = hashlib.file_digest(part, "sha256").hexdigest()  # type: ignore[arg-type]
    record = describe(digest, part.seek(0, os.SEEK_END))
    part.close()
    path = page_path(spool, record.sequence)
    _write_sidecar(path.with_suffix(".json"), _RECORD.dump_json(record, indent=1))
    path.with_suffix(".part").rename(path)
    _sync_folder(spool)
    return PageDone(path, record)


def keep_short(spool: Path, part: BinaryIO, sequence: int) -> Path:
    """Put an incomplete page aside as `NNNNNN.short`; it is never reported as a page."""
    part.close()
    return _set_aside(page_path(spool, sequence).with_suffix(".part"), "short")


def discard(spool: Path, part: BinaryIO, sequence: int) -> None:
    """Drop a page that was broken off; its sheet is still in the clerk's hands."""
    part.close()
    page_path(spool, sequence).with_suffix(".part").unlink(missing_ok=True)


def recover(spool: Path, *, from_sequence: int = 1, wait_s: float = 10.0) -> list[PageDone]:
    """The whole pages in a spool after a crash, in order, from `from_sequence` on.

    A `.part` whose sidecar already tells its hash was cut off just before its last rename and becomes a page; other
    `.part` files are removed. A page without a true sidecar, or a sidecar without a page, is renamed to
    `NNNNNN.orphan`, never deleted. Raises SpoolInUse while a worker still writes here after `wait_s` seconds.
    """
    with locked(spool, wait_s):
        names = [match for path in spool.iterdir() if (match := _PAGE_NAME.fullmatch(path.name)) is not None]
        numbers = sorted({int(match[1]) for match in names})
        found = [_recover_page(spool, number) for number in numbers if number >= from_sequence]
        _sync_folder(spool)
    return [page for page in found if page is not None]


def _recover_page(spool: Path, sequence: int) -> PageDone | None:
    page = page_path(spool, sequence)
    part, sidecar = page.with_suffix(".part"), page.with_suffix(".json")
    sidecar.with_suffix(".json.part").unlink(missing_ok=True)
    record = _read_sidecar(sidecar)
    if record is not None and record.sequence == sequence:
        if not page.exists() and _is(part, record):
            part.rename(page)
        if _is(page, record):
            part.unlink(missing_ok=True)
            return PageDone(page, record)
    part.unlink(missing_ok=True)
    for leftover in (page, sidecar):
        if leftover.exists():
            _set_aside(leftover, "orphan" if leftover is page else "orphan.json")
    return None


def _is(path: Path, record: CaptureRecord) -> bool:
    if not path.is_file() or path.stat().st_size != record.bytes:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == record.sha256


def _read_sidecar(path: Path) -> CaptureRecord | None:
    if not path.is_file() or path.stat().st_size > _MAX_SIDECAR_BYTES:
        return None
    try:
        return _RECORD.validate_json(path.read_bytes())
    except ValidationError:
        return None


def _write_sidecar(path: Path, body: bytes) -> None:
    draft = path.with_suffix(".json.part")
    with draft.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(path)


def _set_aside(path: Path, suffix: str) -> Path:
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}.{suffix}" if number == 1 else f"{path.stem}-{number}.{suffix}")
        if not aside.exists():
            return path.rename(aside)
    raise SpoolOccupied(file=path)


def _sync_folder(spool: Path) -> None:
    folder = os.open(spool, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _try_lock(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
