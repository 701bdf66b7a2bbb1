"""Opening the database so that it keeps what it was told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from app.store.errors import LibraryBroken, LibraryInUse, NetworkHome
from app.store.home import Home
from app.store.locks import locked

_LOCK = "library.lock"
_MOUNTS = Path("/proc/self/mountinfo")
# Locks and shared memory of SQLite's write-ahead log hold on one machine only (sqlite.org/wal.html, "all processes ...
# must be on the same host computer"). Network drives, folders shared with a virtual machine's host, cluster disks.
_NETWORK = (
    *("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "davfs", "beegfs", "ocfs2", "gfs2"),
    *("virtiofs", "vboxsf", "vmhgfs", "prl_fs"),
    *(f"fuse.{kind}" for kind in ("sshfs", "rclone", "gvfsd", "glusterfs", "s3fs", "davfs", "vmhgfs", "ceph")),
)


def open_database(home: Home) -> Database:
    db = Database(home.database, execute_plugins=False)
    db.execute("PRAGMA busy_timeout = 15000")
    db.enable_wal()
    # Only FULL survives a power cut: with NORMAL half of the rows were lost.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def atomic(db: Database) -> Iterator[None]:
    """One transaction: all or nothing."""
    # IMMEDIATE: take the write lock first, so that two processes queue instead of failing at commit.
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.commit()
    except BaseException:
        db.rollback()
        raise


@contextmanager
def readable(home: Home) -> Iterator[None]:
    """Raise `LibraryBroken` where what is read is no sound database."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        raise LibraryBroken(file=home.database, detail=str(error)) from error


@contextmanager
def held_open(home: Home) -> Iterator[None]:
    """Use the library, beside others. Raises `LibraryInUse` while somebody wants it alone."""
    with locked(home.path / _LOCK, LibraryInUse(path=home.path), shared=True):
        yield


@contextmanager
def nobody_else(home: Home) -> Iterator[None]:
    """Have the library alone. Raises `LibraryInUse` while it is open elsewhere."""
    with locked(home.path / _LOCK, LibraryInUse(path=home.path)):
        yield


def require_local(home: Home, mounts: Path = _MOUNTS) -> None:
    """Raise `NetworkHome` for a folder on a file system that other machines may write to as well."""
    kind = _file_system(home.path.resolve(), mounts.read_text())
    if kind.startswith(_NETWORK):
        raise NetworkHome(path=home.path, kind=kind)


def _file_system(path: Path, mounts: str) -> str:
    """Kind of the file system that holds `path`; `mounts`: as `proc(5)` describes mountinfo."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        point = left.split()[4].encode().decode("unicode_escape")
        if path.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), right.split()[0]
    return kind
