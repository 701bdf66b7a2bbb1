"""Writing and opening the one file a package travels as."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from dossier.package.digest import CHUNK, Digester, Digests
from dossier.package.errors import ContainerBroken, PackageTooLarge
from dossier.package.layout import (
    END64_SIZE,
    END_SIZE,
    Entry,
    central_record,
    end_records,
    local_header,
    needs_end64,
    parse_central,
    parse_end,
)
from dossier.package.names import check_paths

MAX_ENTRIES = 20_000
MAX_DIRECTORY_BYTES = 32 << 20


def write_container(folder: Path, root: str, files: Mapping[str, Digests], out: BinaryIO) -> Digests:
    """Write the `files` of `folder` (path -> digests measured before) below `root`; return the container's digests.

    Raises `ContainerBroken` when a file is no longer what was measured.
    """
    digester = Digester()

    def put(data: bytes) -> None:
        out.write(data)
        digester.update(data)

    directory: list[bytes] = []
    offset = 0
    for name in sorted(files):
        entry = Entry(f"{root}/{name}", files[name].size, files[name].crc32)
        directory.append(central_record(entry, offset))
        header = local_header(entry)
        put(header)
        written = 0
        with (folder / name).open("rb") as stream:
            while piece := stream.read(CHUNK):
                put(piece)
                written += len(piece)
        if written != entry.size:
            raise ContainerBroken(place=name, reason="it changed while it was packed")
        offset += len(header) + written
    records = b"".join(directory)
    put(records)
    put(end_records(len(files), len(records), offset))
    return digester.digests()


class Container:
    """A container opened for reading. Opening checks every byte that is not a file's content, CRC fields excepted.

    Those are in `entries` and are compared by whoever reads the contents.
    """

    def __init__(self, path: Path) -> None:
        """Raises `ContainerBroken`, `NameUnsafe`, `PackageTooLarge`, `OSError`."""
        self._stream = path.open("rb")
        try:
            self._offsets = _open(self._stream)
        except BaseException:
            self._stream.close()
            raise
        self.entries = tuple(self._offsets)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def open(self, entry: Entry) -> BinaryIO:
        """The content of one entry; reads share the file, so read one after the other."""
        return io.BufferedReader(_Part(self._stream, self._offsets[entry], entry.size))


class _Part(io.RawIOBase):
    """`size` bytes of `stream` from `start` on."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        self._stream = stream
        self._at = start
        self._end = start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._stream.seek(self._at)
        data = self._stream.read(min(len(buffer), self._end - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _open(stream: BinaryIO) -> dict[Entry, int]:
    """Entry -> where its content starts. Everything is compared with what `write_container` would have written."""
    file_size = stream.seek(0, io.SEEK_END)
    directory, count, start = _read_directory(stream, file_size)
    offsets: dict[Entry, int] = {}
    at = offset = 0
    while at < len(directory):
        place = f"directory record {len(offsets) + 1}"
        try:
            entry, following = parse_central(directory, at)
        except (ValueError, UnicodeDecodeError) as fault:
            raise ContainerBroken(place=place, reason="unreadable record") from fault
        if directory[at:following] != central_record(entry, offset):
            raise ContainerBroken(place=f"{place} ({entry.name})", reason="record not canonical")
        header = local_header(entry)
        if offset + len(header) + entry.size > start:
            raise ContainerBroken(place=f"{place} ({entry.name})", reason="it reaches beyond the contents")
        stream.seek(offset)
        if stream.read(len(header)) != header:
            raise ContainerBroken(place=f"header of {entry.name}", reason="header and directory differ")
        offsets[entry] = offset + len(header)
        offset += len(header) + entry.size
        at = following
    if offset != start or len(offsets) != count:
        raise ContainerBroken(place="end of the contents", reason="bytes that belong to no file")
    names = [entry.name for entry in offsets]
    check_paths(names)
    if names != sorted(names):
        raise ContainerBroken(place="directory", reason="files out of order")
    return offsets


def _read_directory(stream: BinaryIO, file_size: int) -> tuple[bytes, int, int]:
    """The directory's bytes, the number of its records and where it starts."""
    stream.seek(max(0, file_size - END_SIZE - END64_SIZE))
    tail = stream.read()
    try:
        count, size, start = parse_end(tail)
    except ValueError as fault:
        raise ContainerBroken(place="end of the file", reason=str(fault)) from fault
    if count > MAX_ENTRIES:
        raise PackageTooLarge(name="The list of files", size=count, limit=MAX_ENTRIES, unit="files")
    if size > MAX_DIRECTORY_BYTES:
        raise PackageTooLarge(name="The list of files", size=size, limit=MAX_DIRECTORY_BYTES, unit="bytes")
    end = END_SIZE + (END64_SIZE if needs_end64(count, size, start) else 0)
    if start + size + end != file_size or not tail.endswith(end_records(count, size, start)):
        raise ContainerBroken(place="end of the file", reason="end record not canonical")
    stream.seek(start)
    return stream.read(size), count, start
