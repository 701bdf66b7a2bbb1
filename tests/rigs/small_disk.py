"""A disk of its own for a home, on which exactly so much is left: a tmpfs whose size is changed while it is in use.

Needs a right to mount.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BLOCK = os.sysconf("SC_PAGE_SIZE")  # what tmpfs counts in


@dataclass(frozen=True)
class SmallDisk:
    path: Path

    def leave(self, blocks: int) -> None:
        """Let `blocks` blocks be free."""
        found = os.statvfs(self.path)
        self._resize((found.f_blocks - found.f_bfree) * found.f_frsize + blocks * BLOCK)

    def make_room(self) -> None:
        self._resize(512 * 1024**2)

    def _resize(self, size: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.path)], check=True, capture_output=True)


@contextmanager
def small_disk(place: Path) -> Iterator[SmallDisk]:
    """Mounted at the new folder `place`, with plenty of room at first. Raises `subprocess.CalledProcessError`."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512m", "juanzong-test", str(place)], check=True)
    try:
        (place / "first").write_bytes(bytes(BLOCK))  # a size of 0 would mean no limit
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
