"""Media on the other side: decrypted into volumes, gathered by content, put together when all are there."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage  # type: ignore[import-untyped]

from transfer.errors import MediumEmpty, MediumKeyWrong, OpenedDiffers, OpeningStuck
from transfer.ferry import MOST_FILES, Gathered, Manifest, gather, join
from transfer.media import ENCRYPTED
from transfer.media_keys import Identity

_OURS = re.compile(r"([A-Za-z0-9-]{8,64}?)(-[0-9]{4}\.vol|\.json)\.age")
_TARGET_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES})
_NOT_FOR_THIS_KEY = "No matching keys found"  # what the age library says; every other word of it means damage


@dataclass(frozen=True)
class Opened:
    """A package as far as its media were there. `file`: None while volumes are `missing` (numbers from 1)."""

    package_id: str
    file: Path | None
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Media:
    """What was found. `damaged`: files that do not decrypt; `foreign`: files for other keys; `unlisted`: packages, by
    id, whose manifest is on none of the media."""

    packages: tuple[Opened, ...]
    damaged: tuple[Path, ...]
    foreign: tuple[Path, ...]
    unlisted: tuple[str, ...]


def open_media(folders: Sequence[Path], into: Path, keys: Sequence[Identity]) -> Media:
    """Decrypt what lies on the media at `folders` into `into`, and join each package whose volumes are all there.

    Volumes stay in `into` until the package is whole, so media may come one after the other. Volumes that came
    through a gap device may lie there too, and the platform takes from there what it holds the rest of.

    Raises `MediumEmpty`, `MediumKeyWrong` when nothing is for this key, `OpenedDiffers`, `OpeningStuck`.
    """
    files = [path for folder in folders for path in _volumes_in(folder)]
    if not files:
        raise MediumEmpty(folders=", ".join(map(str, folders)))
    damaged: list[Path] = []
    foreign: list[Path] = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        for path in files:
            try:
                _decrypt(path, into / path.name.removesuffix(ENCRYPTED), keys)
            except pyrage.DecryptError as error:
                (foreign if str(error) == _NOT_FOR_THIS_KEY else damaged).append(path)
            except OSError as error:
                if error.errno in _TARGET_FAULTS:
                    raise
                damaged.append(path)  # torn, altered, or a medium that no longer gives it
        if len(foreign) == len(files):
            raise MediumKeyWrong(folder=", ".join(map(str, folders)))
        packages: dict[str, Opened] = {}
        for each in gather(into):
            packages.setdefault(each.manifest.package_id, _join(each, into))
    except OSError as error:
        raise OpeningStuck(folder=into, detail=error.strerror or type(error).__name__) from error
    unlisted = {_package_of(path) for path in files if path not in foreign} - packages.keys()
    return Media(tuple(packages.values()), tuple(damaged), tuple(foreign), tuple(sorted(unlisted)))


def _volumes_in(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())[:MOST_FILES]
    except OSError as error:
        raise MediumEmpty(folders=folder) from error
    return [path for path in found if _OURS.fullmatch(path.name) and path.is_file() and not path.is_symlink()]


def _package_of(path: Path) -> str:
    return _OURS.sub(r"\1", path.name)


def _decrypt(path: Path, target: Path, keys: Sequence[Identity]) -> None:
    """Never more bytes than the file has. Raises `pyrage.DecryptError`, `OSError`."""
    part = target.with_name(target.name + ".part")
    try:
        with path.open("rb") as data, part.open("wb") as out:
            pyrage.decrypt_io(data, out, keys)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _join(gathered: Gathered, into: Path) -> Opened:
    manifest = gathered.manifest
    file = into / f"{manifest.package_id}.zip"
    if not _is_whole(file, manifest):  # else it was joined before, and a medium was opened once more
        if gathered.missing:
            return Opened(manifest.package_id, None, gathered.missing)
        join(gathered, file)
        if not _is_whole(file, manifest):
            file.unlink()
            raise OpenedDiffers(package=manifest.package_id)
    for path in gathered.files:
        path.unlink(missing_ok=True)
    return Opened(manifest.package_id, file, ())


def _is_whole(file: Path, manifest: Manifest) -> bool:
    if not file.is_file() or file.stat().st_size != manifest.size:
        return False
    with file.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest() == manifest.sha256
