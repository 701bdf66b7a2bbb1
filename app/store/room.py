"""Room on the disk (磁盘空间): what is kept free for whom, and one error wherever a write finds none."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store.errors import DiskFull

# What only the library, its journal and receipts may use: a full disk must still be able to say what it holds.
FLOOR_BYTES = 256 * 1024**2
# A batch must never die half-way for want of space: room for 200 raw colour pages at 300 dpi.
RESERVE_BYTES = 2 * 1024**3
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# The index of the write-ahead log is a file of its own, for which SQLite says otherwise that there is no room.
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})


def free_bytes(folder: Path) -> int:
    """What may still be written to the disk of `folder`."""
    return shutil.disk_usage(folder).free


def require_room(folder: Path, needed: int, keep: int) -> None:
    """Raise `DiskFull` unless `needed` bytes fit and `keep` stay free."""
    free = free_bytes(folder)
    if free < needed + keep:
        raise DiskFull(free_mb=free // 1024**2, needed_mb=(needed + keep) // 1024**2)


@contextmanager
def disk_room(folder: Path) -> Iterator[None]:
    """A step that finds no room is undone whole, by the database or by its missing rename. Raises `DiskFull`, also for
    an error of another part (a picture that cannot go into its volume, say) whose cause that is."""
    try:
        yield
    except Exception as error:
        if not _found_no_room(error):
            raise
        raise DiskFull(free_mb=free_bytes(folder) // 1024**2, needed_mb=1) from error


def _found_no_room(error: BaseException | None) -> bool:
    if error is None or isinstance(error, DiskFull):
        return False
    if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in _SQLITE_FULL:
        return True
    return (isinstance(error, OSError) and error.errno in FULL) or _found_no_room(error.__cause__)
