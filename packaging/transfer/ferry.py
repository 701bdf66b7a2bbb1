"""A folder that a one-way gap device (网闸, 光闸) empties: packages in small volumes, and no need of an answer.

The device may take, rename, double, delay or lose files as it likes. So each file is whole before it has its name, a
manifest names every volume by its hash, and `.ok` comes last for devices that wait for it; who gathers goes by content
alone. That something was lost only shows on the other side, or by a receipt that does not come.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from transfer.errors import FerryFolderFull, FerryFolderGone, PackageAltered, Stopped
from transfer.package import reading
from transfer.types import PackageRef

VOLUME_BYTES = 500_000_000
PIECE = 1024**2
LARGEST_MANIFEST = 1024**2
MOST_VOLUMES = 5000
MOST_FILES = 20_000
_SHA = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


@dataclass(frozen=True)
class Volume:
    """A slice of the package; the slices in order are the package."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What belongs together."""

    package_id: str
    sha256: str
    sm3: str
    size: int
    station: str
    filename: str
    volumes: tuple[Volume, ...]
    format: Literal["juanzong-ferry-1"] = "juanzong-ferry-1"


@dataclass(frozen=True)
class Gathered:
    """A package as far as it has come over. `missing`: volumes by number, from 1; `files`: what belongs to it."""

    manifest: Manifest
    missing: tuple[int, ...]
    volumes: tuple[Path, ...]
    files: tuple[Path, ...]


_MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def place(
    package: PackageRef,
    folder: Path,
    *,
    start: int = 0,
    held: int = 0,
    volume_bytes: int = VOLUME_BYTES,
    on_placed: Callable[[int], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Lay a package into `folder` for the device. `on_placed` is told how many bytes are there, for `start` of the next
    call when this one is interrupted. What the device has taken meanwhile is not laid in again, and the first `held`
    bytes not at all: the platform has them by another way.

    Raises `PackageAltered`, `PackageUnreadable`, `FerryFolderFull`, `FerryFolderGone`, `Stopped`.
    """
    manifest = describe(package, volume_bytes, held)
    offset = 0
    for number, volume in enumerate(manifest.volumes, start=1):
        if offset >= max(start, held):
            if should_stop():
                raise Stopped
            _write(folder / f"{package.id}-{number:04d}.vol", _slice(package, offset, volume.size))
            on_placed(offset + volume.size)
        offset += volume.size
    document = to_json(manifest)
    _write(folder / f"{package.id}.json", [document])
    _write(folder / f"{package.id}.ok", [hashlib.sha256(document).hexdigest().encode()])


def gather(folder: Path) -> list[Gathered]:
    """What lies in `folder` on the other side, found by content: names and order mean nothing. Files that are still
    being written, or damaged, count as missing; at most `MOST_FILES` are looked at.

    A package that was cut in two ways is there twice. Those with the least missing come first.
    """
    files = [path for path in sorted(folder.iterdir())[:MOST_FILES] if path.is_file() and not path.is_symlink()]
    manifests: dict[Manifest, list[Path]] = {}
    for path in files:
        manifest = _read_manifest(path)
        if manifest is not None:
            manifests.setdefault(manifest, []).append(path)
    wanted = {volume for manifest in manifests for volume in manifest.volumes}
    found = _by_content(files, wanted)
    gathered = [_gathered(manifest, paths, found) for manifest, paths in manifests.items()]
    return sorted(gathered, key=lambda each: sum(each.manifest.volumes[number - 1].size for number in each.missing))


def join(gathered: Gathered, target: Path) -> None:
    """Put the volumes together. Raises `ValueError` while one is missing, `OSError` when the disk is full or a file was
    taken away."""
    if gathered.missing:
        raise ValueError("volumes are missing")
    part = target.with_name(target.name + ".part")
    with part.open("wb") as out:
        for path in gathered.volumes:
            with path.open("rb") as data:
                while piece := data.read(PIECE):
                    out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)


def describe(package: PackageRef, volume_bytes: int, held: int = 0) -> Manifest:
    """Hashes slices and whole in one pass; the first `held` bytes are a volume of their own, whatever their size.

    Raises `PackageAltered`, `PackageUnreadable`.
    """
    whole, volumes = hashlib.sha256(), []
    starts = [*([0] if held else []), *range(held, package.size, volume_bytes)]
    for offset, end in pairwise([*starts, package.size]):
        size, piece_hash = end - offset, hashlib.sha256()
        for piece in _slice(package, offset, size):
            whole.update(piece)
            piece_hash.update(piece)
        volumes.append(Volume(size, piece_hash.hexdigest()))
    if whole.hexdigest() != package.sha256:
        raise PackageAltered(file=package.path.name)
    name = package.path.name
    return Manifest(package.id, package.sha256, package.sm3, package.size, package.station, name, tuple(volumes))


def to_json(manifest: Manifest) -> bytes:
    """As `gather` reads it."""
    return _MANIFEST.dump_json(manifest)


def _slice(package: PackageRef, offset: int, size: int) -> Iterator[bytes]:
    with reading(package.path) as file:
        file.seek(offset)
        while size > 0:
            piece = file.read(min(PIECE, size))
            if not piece:
                raise PackageAltered(file=package.path.name)
            size -= len(piece)
            yield piece


def _write(path: Path, pieces: Iterator[bytes] | list[bytes]) -> None:
    """A file the device can take at any moment: it never sees half of one."""
    part = path.with_name(path.name + ".part")
    with _folder_faults(path.parent):
        with part.open("wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` permanent. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _folder_faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FerryFolderFull(folder=folder) from error
        raise FerryFolderGone(folder=folder, detail=error.strerror or type(error).__name__) from error


def _read_manifest(path: Path) -> Manifest | None:
    """None for anything else; the device may have called it as it likes."""
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            return None
        manifest = _MANIFEST.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    volumes = manifest.volumes
    good = (
        _ID.fullmatch(manifest.package_id)
        and _SHA.fullmatch(manifest.sha256)
        and _SHA.fullmatch(manifest.sm3)
        and 0 < len(volumes) <= MOST_VOLUMES
        and all(volume.size > 0 for volume in volumes)
        and sum(volume.size for volume in volumes) == manifest.size
    )
    return manifest if good else None


def _by_content(files: list[Path], wanted: set[Volume]) -> dict[Volume, list[Path]]:
    sizes = {volume.size for volume in wanted}
    found: dict[Volume, list[Path]] = {}
    for path in files:
        try:
            if (size := path.stat().st_size) in sizes:
                with path.open("rb") as data:
                    volume = Volume(size, hashlib.file_digest(data, "sha256").hexdigest())
                if volume in wanted:
                    found.setdefault(volume, []).append(path)
        except OSError:  # the device moved it under our hands: it counts as not there yet
            continue
    return found


def _gathered(manifest: Manifest, paths: list[Path], found: dict[Volume, list[Path]]) -> Gathered:
    missing = tuple(number for number, volume in enumerate(manifest.volumes, start=1) if volume not in found)
    volumes = tuple(found[volume][0] for volume in manifest.volumes if volume in found)
    copies = {path for volume in manifest.volumes for path in found.get(volume, ())}
    return Gathered(manifest, missing, volumes, tuple(sorted({*paths, *copies})))
