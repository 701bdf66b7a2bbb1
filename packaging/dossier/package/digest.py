"""Both digests and the zip checksum of a file in one pass."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes

CHUNK = 1 << 20


@dataclass(frozen=True)
class Digests:
    """Hexadecimal SHA-256 and SM3 (GB/T 32905), CRC-32 and size in bytes."""

    sha256: str
    sm3: str
    crc32: int
    size: int


class Digester:
    """Takes bytes as they pass by."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = hashes.Hash(hashes.SM3())
        self._crc32 = 0
        self._size = 0

    def update(self, data: bytes) -> None:
        self._sha256.update(data)
        self._sm3.update(data)
        self._crc32 = zlib.crc32(data, self._crc32)
        self._size += len(data)

    def digests(self) -> Digests:
        """The result; nothing can be added afterwards."""
        return Digests(self._sha256.hexdigest(), self._sm3.finalize().hex(), self._crc32, self._size)


def digest_stream(stream: BinaryIO, also: Callable[[bytes], object] | None = None) -> Digests:
    """Read `stream` to its end in pieces; `also` sees each piece."""
    digester = Digester()
    while piece := stream.read(CHUNK):
        digester.update(piece)
        if also is not None:
            also(piece)
    return digester.digests()


def digest_file(path: Path) -> Digests:
    with path.open("rb") as stream:
        return digest_stream(stream)


def digest_bytes(data: bytes) -> Digests:
    digester = Digester()
    digester.update(data)
    return digester.digests()
