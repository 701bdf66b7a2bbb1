"""Locks between processes of one machine (flock(2)): the system frees that of a process that dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.store.room import disk_room


@contextmanager
def locked(file: Path, taken: Exception, *, shared: bool = False) -> Iterator[None]:
    """Hold `file` alone, or `shared` with others who do. Raises `taken` where somebody else holds it."""
    with disk_room(file.parent):
        lock = file.open("w")
    with lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise taken from error
        yield
