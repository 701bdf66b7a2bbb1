"""A copy of the library on a second disk (备份), made while the station works; the copy can be opened as a home."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.station.errors import BackupAltersData, BackupInside, OriginalAltered
from app.station.holdings import holdings
from app.station.standards import kept_files
from app.station.station import Station
from app.store.durable import sync_folder
from app.store.home import Home
from app.store.room import disk_room, require_room

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class BackedUp:
    """`copied`: files that were not there yet; `kept`: those of earlier backups."""

    copied: int
    kept: int
    bytes: int


def back_up(station: Station, target: Path, on_file: Callable[[int, int], None] = lambda _done, _of: None) -> BackedUp:
    """Copy what is not in `target` yet: originals with their capture records, packages, then the database.

    Each file is read back from the second disk and compared with what was read here, and that with the hash the library
    holds. Keys are not copied: they never leave the station.
    The journal is not either; the copy begins its own.

    Raises:
        BackupAltersData: the second disk gives back other bytes than were written.
        BackupInside: the folder lies in the station's own.
        DiskFull: there is no room; what was copied stays and counts the next time.
        OriginalAltered: a page is not as it was captured; it is not copied.
    """
    if target.resolve().is_relative_to(station.home.path.resolve()):
        raise BackupInside(folder=target)
    copy = Home(target)
    copy.create()
    with disk_room(target):
        return _copy_all(station, copy, on_file)


def _copy_all(station: Station, copy: Home, on_file: Callable[[int, int], None]) -> BackedUp:
    """The database first, then the files it names: one that arrives meanwhile belongs to the next backup."""
    home, target = station.home, copy.path
    station.store.copy_to(copy.database.with_suffix(".part"))
    wanted = _wanted(station)
    missing = [(file, sha256) for file, sha256 in wanted.items() if not (target / home.relative(file)).exists()]
    needed = sum(file.stat().st_size for file, _ in missing)
    require_room(target, needed, keep=0)
    for done, (file, sha256) in enumerate(missing, start=1):
        _copy(file, target / home.relative(file), sha256)
        on_file(done, len(missing))
    copy.database.with_suffix(".part").replace(copy.database)
    sync_folder(target)
    return BackedUp(len(missing), len(wanted) - len(missing), needed)


def _wanted(station: Station) -> dict[Path, str | None]:
    """Each file with its SHA-256; None for capture records, which name their page's, and for the standards that cases
    are pinned to, which name their own."""
    wanted: dict[Path, str | None] = dict.fromkeys(kept_files(station.home))
    for record in station.store.cases.all():
        wanted |= holdings(station, record)
        for page in station.store.pages.all_of_case(record.id):
            sidecar = page.file.with_suffix(".json")
            if sidecar.exists():
                wanted[sidecar] = None
    return wanted


def _copy(source: Path, target: Path, sha256: str | None) -> None:
    """Copy and read back from the disk, not from memory. Raises `OriginalAltered`, `BackupAltersData`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    read = hashlib.sha256()
    with source.open("rb") as data, part.open("wb") as out:
        while chunk := data.read(_CHUNK):
            read.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if sha256 is not None and read.hexdigest() != sha256:
        part.unlink()
        raise OriginalAltered(page=source.name)
    with part.open("rb") as written:
        os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        found = hashlib.file_digest(written, "sha256").hexdigest()
    if found != read.hexdigest():
        part.unlink()
        raise BackupAltersData(file=target)
    part.rename(target)
    sync_folder(target.parent)
