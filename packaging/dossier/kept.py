"""Volumes kept from one sealing to the next, so that only those that changed are built again.

A volume is known by the hash of all that goes into its files but the time: documents, pictures, page numbers, case,
rules and the code that builds. One kept says when it was made; what a package is signed with and when is its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dossier import volumes
from dossier.model import Case, Dossier, Face, Volume
from dossier.volumes import BuiltVolume, Making
from dossier.volumes.leaves import originals
from dossier.volumes.sheets import cover_values

_FACE: TypeAdapter[Face] = TypeAdapter(Face)
_CASE: TypeAdapter[Case] = TypeAdapter(Case)
_MAKING: TypeAdapter[Making] = TypeAdapter(Making)


@dataclass(frozen=True)
class _Kept:
    """What is known of a kept file."""

    sha256: str
    size: int
    physical_pages: int
    numbered_pages: int
    codec: dict[str, str | bool]


_KEPT: TypeAdapter[_Kept] = TypeAdapter(_Kept)


class KeptVolumes:
    """Volumes in `folder`, which may be emptied at any time. `reused`, `built`: sequence numbers, of this sealing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._keys: dict[int, str] = {}  # by sequence number
        self.reused: list[int] = []
        self.built: list[int] = []

    def write(
        self, volume: Volume, dossier: Dossier, made: Making, form: str, out: Path, build: Callable[[], BuiltVolume]
    ) -> BuiltVolume:
        """Put the volume in one of its forms at `out`: the one kept, if it is whole, else as `build` makes it there."""
        key = f"{self._key(volume, dossier, made)}-{form}"
        self._used.add(key)
        kept = self._find(key)
        if kept is not None:
            shutil.copyfile(self._file(key), out)
            _note(self.reused, volume.sequence)
            return BuiltVolume(out, kept.sha256, kept.size, kept.physical_pages, kept.numbered_pages, kept.codec)
        built = build()
        self._keep(key, built)
        _note(self.built, volume.sequence)
        return built

    def forget_others(self) -> None:
        """Remove what this sealing had no use for."""
        for file in self._folder.glob("*"):
            if file.stem not in self._used:
                file.unlink()

    def _key(self, volume: Volume, dossier: Dossier, made: Making) -> str:
        """The hash of a volume's pictures is taken once for all its forms."""
        if volume.sequence not in self._keys:
            self._keys[volume.sequence] = volume_key(volume, dossier, made)
        return self._keys[volume.sequence]

    def _find(self, key: str) -> _Kept | None:
        try:
            kept = _KEPT.validate_json(self._told(key).read_bytes())
            with self._file(key).open("rb") as stream:
                whole = hashlib.file_digest(stream, "sha256").hexdigest() == kept.sha256
        except (FileNotFoundError, ValidationError):
            return None
        return kept if whole else None

    def _keep(self, key: str, built: BuiltVolume) -> None:
        """The volume first: without its description it is nothing yet, and cut off it is not what that says."""
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built.path, self._file(key))
        kept = _Kept(built.sha256, built.size, built.physical_pages, built.numbered_pages, dict(built.codec))
        self._told(key).write_bytes(_KEPT.dump_json(kept))

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.volume"

    def _told(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _note(sequences: list[int], sequence: int) -> None:
    if sequence not in sequences:
        sequences.append(sequence)


def volume_key(volume: Volume, dossier: Dossier, made: Making) -> str:
    """SHA-256 over all that goes into a volume's files but the time."""
    digest = hashlib.sha256()
    for part in _parts(volume, dossier, made):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _parts(volume: Volume, dossier: Dossier, made: Making) -> Iterator[bytes]:
    yield _builder()
    yield _CASE.dump_json(replace(dossier.case, tags=frozenset()))
    yield _text(dossier.submission, dossier.submission_title, dossier.training)
    yield _text(sorted(cover_values(volume, dossier, made).items()))
    # A set or mapping comes in no certain order.
    yield _MAKING.dump_json(replace(made, now=dossier.case.opened_at, responsible={}, signatures_found={}))
    yield _text(sorted(made.responsible.items()))
    own = originals(entry.document for entry in volume.entries)
    yield _text([made.signatures_found.get(page.sha256, "") for page in own])
    yield _text(volume.kind, volume.code, volume.title, volume.sequence, volume.page_numbers, volume.pages)
    for entry in volume.entries:
        each = entry.document
        yield _text(entry.order, entry.first_page, entry.last_page, each.kind, each.title, each.number, str(each.date))
        yield _text(each.persons, each.ordinal)
        for face in each.faces:
            yield _FACE.dump_json(replace(face, picture=Path(), analysis=None))
            with face.picture.open("rb") as stream:
                yield hashlib.file_digest(stream, "sha256").digest()


def _text(*values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


@cache
def _builder() -> bytes:
    """Hash of the code and templates that build volumes: another station version builds anew."""
    folder = Path(volumes.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()
