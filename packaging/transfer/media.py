"""Packages on removable media (移动介质): a ferry's volumes, each encrypted, and read back from the medium itself.

A package may need several media: each carries the manifest, so any of them tells what is missing. Nothing on a medium
but sizes and a number made from the content is readable without the key.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage  # type: ignore[import-untyped]

from transfer.errors import MediumAltersData, MediumGone, NextMediumWanted, PackageAltered
from transfer.ferry import VOLUME_BYTES, Manifest, Volume, describe, sync_folder, to_json
from transfer.media_keys import Lock
from transfer.package import reading
from transfer.types import PackageRef

ENCRYPTED = ".age"
_SLACK = 128 * 1024  # headers, manifest, key and folder entries
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class _Source(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def forget_cached(path: Path) -> None:
    """Let the system drop what it keeps of `path` in memory, as posix_fadvise(2) has it for pages already written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def write_medium(
    package: PackageRef,
    folder: Path,
    lock: Lock,
    *,
    start: int = 0,
    held: int = 0,
    volume_bytes: int = VOLUME_BYTES,
    on_written: Callable[[int, int], None] = lambda _number, _end: None,
    settle: Callable[[Path], None] = forget_cached,
) -> None:
    """Write what lies beyond byte `start` of the package onto the medium at `folder`, as far as it has room. The first
    `held` bytes the platform has by another way.

    `on_written` is told of each volume that was read back and is right: its number, from 1, and where it ends in the
    package, for `start` of the next call. `settle` makes the next reading come from the medium instead of from memory.

    Raises `NextMediumWanted`, `MediumGone`, `MediumAltersData`, `PackageAltered`, `PackageUnreadable`.
    """
    manifest = describe(package, volume_bytes, held)
    _clear_torn(folder, package.id)
    labelled, end = False, 0
    for number, volume in enumerate(manifest.volumes, start=1):
        begin, end = end, end + volume.size
        if begin < max(start, held):
            continue
        wanted = NextMediumWanted(folder=folder, package=package.id, volumes=f"{number}-{len(manifest.volumes)}")
        if _free(folder) < volume.size + volume.size // 1000 + _SLACK:
            raise wanted
        if not labelled:
            _label(folder, manifest, lock, settle, wanted)
            labelled = True
        _write_volume(
            package, folder / f"{package.id}-{number:04d}.vol{ENCRYPTED}", begin, volume, lock, settle, wanted
        )
        on_written(number, end)


class _Slice:
    """A volume's bytes of the package, hashed as they are read."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left, self.hash = file, size, hashlib.sha256()
        self.fault: OSError | None = None

    def read(self, size: int = -1, /) -> bytes:
        try:
            piece = self._file.read(self._left if size < 0 else min(size, self._left))
        except OSError as error:
            self.fault = error
            raise
        self._left -= len(piece)
        self.hash.update(piece)
        return piece


class _Sink:
    """Hashes what is written; keeps the system's word for what went wrong, which the encryption would blur."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hash = file, hashlib.sha256()
        self.fault: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            self._file.write(data)
        except OSError as error:
            self.fault = error
            raise
        self.hash.update(data)
        return len(data)

    def flush(self) -> None:
        """What is buffered goes out when the file is closed."""


def _label(
    folder: Path, manifest: Manifest, lock: Lock, settle: Callable[[Path], None], wanted: NextMediumWanted
) -> None:
    """What every medium carries: which volumes belong together, and the key if it goes with the passphrase."""
    if lock.wrapped is not None:
        name, key = lock.wrapped
        _write(folder / name, lambda out: out.write(key), settle, wanted)
    document = BytesIO(to_json(manifest))
    _write(folder / f"{manifest.package_id}.json{ENCRYPTED}", _encrypting(document, lock), settle, wanted)


def _write_volume(
    package: PackageRef,
    path: Path,
    begin: int,
    volume: Volume,
    lock: Lock,
    settle: Callable[[Path], None],
    wanted: NextMediumWanted,
) -> None:
    with reading(package.path) as file:
        file.seek(begin)
        source = _Slice(file, volume.size)
        try:
            _write(path, _encrypting(source, lock), settle, wanted)
        except MediumGone:
            if source.fault is not None:
                raise source.fault from None  # the station's own disk, not the medium
            raise
    if source.hash.hexdigest() != volume.sha256:
        path.unlink()
        raise PackageAltered(file=package.path.name)


def _encrypting(source: _Source, lock: Lock) -> Callable[[_Sink], object]:
    return lambda out: pyrage.encrypt_io(source, out, [lock.recipient])


def _write(
    path: Path, fill: Callable[[_Sink], object], settle: Callable[[Path], None], wanted: NextMediumWanted
) -> None:
    """Under its name a file is whole and was read back. Raises `wanted`, `MediumGone`, `MediumAltersData`."""
    part = path.with_name(path.name + ".part")
    with _medium_faults(path.parent, wanted):
        try:
            with part.open("wb") as out:
                sink = _Sink(out)
                try:
                    fill(sink)
                except pyrage.EncryptError as error:
                    raise sink.fault or OSError(errno.EIO, str(error)) from error
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
            sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)
        settle(path)
        with path.open("rb") as written:
            same = hashlib.file_digest(written, "sha256").digest() == sink.hash.digest()
        if not same:
            path.unlink()
            raise MediumAltersData(folder=path.parent, file=path.name)


@contextmanager
def _medium_faults(folder: Path, wanted: NextMediumWanted | None = None) -> Iterator[None]:
    """`wanted`: what a full medium means."""
    try:
        yield
    except OSError as error:
        if wanted is not None and error.errno in _FULL:
            raise wanted from error
        raise MediumGone(folder=folder, detail=error.strerror or type(error).__name__) from error


def _free(folder: Path) -> int:
    with _medium_faults(folder):
        return shutil.disk_usage(folder).free


def _clear_torn(folder: Path, package_id: str) -> None:
    """What a power cut left half written only takes room."""
    with _medium_faults(folder):
        for part in folder.glob(f"{package_id}*.part"):
            part.unlink(missing_ok=True)
