"""A package opened for reading, whether it is still one file or has been unpacked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from dossier.package.container import MAX_ENTRIES, Container
from dossier.package.digest import CHUNK
from dossier.package.errors import ContainerBroken, NameUnsafe, PackageTooLarge, TagFileBroken
from dossier.package.layout import Entry
from dossier.package.names import check_paths
from dossier.package.parts import joined, listing_of

MAX_TAG_FILE_BYTES = 256 << 20


class Source(Protocol):
    """Files by path inside the package. `root` is the top folder a container holds; None for an unpacked folder."""

    @property
    def root(self) -> str | None: ...

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes of every file, by path."""
        ...

    def open(self, name: str) -> BinaryIO: ...

    def stored_crc32(self, name: str) -> int | None:
        """The checksum the container states; None where there is no container."""
        ...

    def local(self, name: str) -> tuple[Path, bool]:
        """A file on disk with this content, and whether it is a copy to be deleted."""
        ...


@contextmanager
def whole_package(path: Path) -> Iterator[Path]:
    """The package itself; where `path` is the folder or a list of its parts, these are put together for the time.

    Raises `PartsIncomplete`, `TagFileBroken`, `OSError`.
    """
    listing = listing_of(path)
    if listing is None:
        yield path
        return
    room = tempfile.TemporaryDirectory(prefix="juanzong-parts-")
    with room as folder, joined(listing, Path(folder, "whole.zip")) as whole:
        yield whole


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Raises `ContainerBroken`, `NameUnsafe`, `PackageTooLarge`, `OSError`."""
    if path.is_dir():
        yield _Folder(path)
    else:
        with Container(path) as container:
            yield _Zip(container)


@contextmanager
def local_file(source: Source, name: str) -> Iterator[Path]:
    """Lend a file on disk: the unpacked one, or a copy that is deleted afterwards."""
    path, copied = source.local(name)
    try:
        yield path
    finally:
        if copied:
            path.unlink()


def read_tag_file(source: Source, name: str, limit: int = MAX_TAG_FILE_BYTES) -> bytes:
    """Raises `TagFileBroken` when it is missing or larger than `limit` bytes."""
    if name not in source.sizes:
        raise TagFileBroken(name=name, reason="it is missing")
    if source.sizes[name] > limit:
        raise TagFileBroken(name=name, reason="too large")
    with source.open(name) as stream:
        return stream.read(limit)


class _Zip:
    def __init__(self, container: Container) -> None:
        roots = {entry.name.partition("/")[0] for entry in container.entries}
        if len(roots) != 1 or any("/" not in entry.name for entry in container.entries):
            raise ContainerBroken(place="directory", reason="a package has exactly one top folder")
        self.root: str | None = roots.pop()
        self._container = container
        self._entries: dict[str, Entry] = {entry.name.partition("/")[2]: entry for entry in container.entries}
        self.sizes = {name: entry.size for name, entry in self._entries.items()}

    def open(self, name: str) -> BinaryIO:
        return self._container.open(self._entries[name])

    def stored_crc32(self, name: str) -> int | None:
        return self._entries[name].crc32

    def local(self, name: str) -> tuple[Path, bool]:
        handle, path = tempfile.mkstemp(prefix="juanzong-verify-", suffix=Path(name).suffix)
        with os.fdopen(handle, "wb") as copy, self.open(name) as stream:
            while piece := stream.read(CHUNK):
                copy.write(piece)
        return Path(path), True


class _Folder:
    root: str | None = None

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes: dict[str, int] = {}
        for path in _walk(folder):
            self.sizes[path.relative_to(folder).as_posix()] = path.stat().st_size
            if len(self.sizes) > MAX_ENTRIES:
                raise PackageTooLarge(name="The folder", size=len(self.sizes), limit=MAX_ENTRIES, unit="files")
        check_paths(self.sizes)

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")

    def stored_crc32(self, name: str) -> int | None:  # noqa: ARG002 - a folder states none for any name
        return None

    def local(self, name: str) -> tuple[Path, bool]:
        return self._folder / name, False


def _walk(folder: Path) -> Iterator[Path]:
    """Regular files below `folder`; a link or a device is refused, not followed."""
    for top, folders, files in os.walk(folder, onerror=_raise):
        for name in [*folders, *files]:
            path = Path(top, name)
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise NameUnsafe(name=path.relative_to(folder).as_posix(), reason="a link or a device")
        for name in files:
            yield Path(top, name)


def _raise(fault: OSError) -> None:
    raise fault
