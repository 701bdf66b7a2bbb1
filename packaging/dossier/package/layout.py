"""The bytes of the canonical container: a zip file (PKWARE APPNOTE 6.3) in which nothing is left to choice.

Stored, UTF-8 names, one fixed date (1980-01-01), one fixed mode (regular file, 0644), no comments, records in the order
of the paths; ZIP64 fields exactly where a number does not fit in 32 (entries: 16) bits. Same contents, same file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

FOUR_BYTES = 0xFFFFFFFF
TWO_BYTES = 0xFFFF
END_SIZE = 22
END64_SIZE = 56 + 20
_LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_END64 = struct.Struct("<IQHHIIQQQQ")
_LOCATOR64 = struct.Struct("<IIQI")
_FLAGS_UTF8 = 0x0800
_STORED = 0
_TIME, _DATE = 0, (1 << 5) | 1
_UNIX = 3 << 8
_MODE = 0o100644 << 16


@dataclass(frozen=True)
class Entry:
    """One file of the container: its full path, size in bytes and CRC-32."""

    name: str
    size: int
    crc32: int


def local_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    big = entry.size >= FOUR_BYTES
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if big else b""
    size = FOUR_BYTES if big else entry.size
    needed = 45 if big else 20
    head = _LOCAL.pack(
        0x04034B50, needed, _FLAGS_UTF8, _STORED, _TIME, _DATE, entry.crc32, size, size, len(name), len(extra)
    )
    return head + name + extra


def central_record(entry: Entry, offset: int) -> bytes:
    """The directory's line for an entry whose local header starts at `offset`."""
    name = entry.name.encode()
    wide = [entry.size, entry.size] if entry.size >= FOUR_BYTES else []
    wide += [offset] if offset >= FOUR_BYTES else []
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size = min(entry.size, FOUR_BYTES)
    needed = 45 if wide else 20
    head = CENTRAL.pack(
        0x02014B50, _UNIX | needed, needed, _FLAGS_UTF8, _STORED, _TIME, _DATE, entry.crc32, size, size,
        len(name), len(extra), 0, 0, 0, _MODE, min(offset, FOUR_BYTES),
    )  # fmt: skip
    return head + name + extra


def end_records(count: int, size: int, offset: int) -> bytes:
    """What follows a directory of `count` records in `size` bytes that starts at `offset`."""
    wide = b""
    if needs_end64(count, size, offset):
        wide = _END64.pack(0x06064B50, 44, _UNIX | 45, 45, 0, 0, count, count, size, offset)
        wide += _LOCATOR64.pack(0x07064B50, 0, offset + size, 1)
    short = min(count, TWO_BYTES)
    return wide + _END.pack(0x06054B50, 0, 0, short, short, min(size, FOUR_BYTES), min(offset, FOUR_BYTES), 0)


def needs_end64(count: int, size: int, offset: int) -> bool:
    return count >= TWO_BYTES or size >= FOUR_BYTES or offset >= FOUR_BYTES


def parse_end(tail: bytes) -> tuple[int, int, int]:
    """Count, size and offset of the directory, from the last `END_SIZE` bytes and the `END64_SIZE` before them.

    Raises `ValueError`. The numbers are claims: the caller compares with `end_records`.
    """
    if len(tail) < END_SIZE:
        raise ValueError("too short")
    signature, _, _, _, count, size, offset, _ = _END.unpack(tail[-END_SIZE:])
    if signature != 0x06054B50:
        raise ValueError("no end record")
    if needs_end64(count, size, offset) and len(tail) == END_SIZE + END64_SIZE:
        _, _, _, _, _, _, _, count, size, offset = _END64.unpack(tail[: _END64.size])
    return count, size, offset


def parse_central(data: bytes, at: int) -> tuple[Entry, int]:
    """The entry whose directory record starts at `at` in `data`, and where the next record starts.

    Raises `ValueError`. Only the claims are read: the caller compares with `central_record`.
    """
    if at + CENTRAL.size > len(data):
        raise ValueError("cut off")
    fields = CENTRAL.unpack_from(data, at)
    crc32, size, name_length, extra_length = fields[7], fields[9], fields[10], fields[11]
    name_at = at + CENTRAL.size
    extra_at = name_at + name_length
    following = extra_at + extra_length + fields[12]
    if fields[0] != 0x02014B50 or following > len(data):
        raise ValueError("not a directory record")
    if size == FOUR_BYTES:
        if extra_length < 12:
            raise ValueError("size missing")
        (size,) = struct.unpack_from("<Q", data, extra_at + 4)
    return Entry(data[name_at:extra_at].decode(), size, crc32), following
