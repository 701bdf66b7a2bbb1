"""Writing files so that they survive a power cut (findings: each shortcut loses pages)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` permanent."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def write_once(path: Path) -> Iterator[BinaryIO]:
    """Write a new file: `.part`, fsync, rename, fsync of the folder. An existing file is never replaced.

    Raises:
        FileExistsError: `path` is there already.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.link(part, path)  # unlike a rename, fails when the name is taken
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Write a file that may be written again (state, settings), never half."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)
