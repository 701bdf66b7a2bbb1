"""A PDF written in one pass: objects go out as they come, memory holds only their offsets (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import BinaryIO

CHUNK = 256 * 1024
Entries = Mapping[str, bytes]


def ref(number: int) -> bytes:
    """Return an indirect reference."""
    return b"%d 0 R" % number


def number(value: float) -> bytes:
    """Return a real number with at most four decimals and no exponent."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode()


def array(values: list[bytes]) -> bytes:
    """Return an array of serialised values."""
    return b"[" + b" ".join(values) + b"]"


def dictionary(entries: Entries) -> bytes:
    """Return a dictionary; keys without the slash, values serialised."""
    return b"<<" + b" ".join(b"/%s %s" % (key.encode(), value) for key, value in entries.items()) + b">>"


def text_string(text: str) -> bytes:
    """Return a text string object: UTF-16BE with its mark, in hexadecimal (ISO 32000-1, 7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


class PdfWriter:
    """Writes objects to a binary stream and hashes what it writes.

    Classic cross-reference table, no object streams. The file identifier is taken from the hash of all
    that stands before the trailer, so the same input gives the same bytes.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self._offsets: list[int | None] = [None]  # object 0 is the head of the free list
        self.size = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def sha256(self) -> str:
        """Hash of all bytes written so far."""
        return self._hash.hexdigest()

    def reserve(self) -> int:
        """Return a number for an object that is written later."""
        self._offsets.append(None)
        return len(self._offsets) - 1

    def put(self, body: bytes, at: int | None = None) -> int:
        """Write an object, under a reserved number or a new one; return the number."""
        index = self._begin(at)
        self._write(body + b"\nendobj\n")
        return index

    def put_stream(self, entries: Entries, data: bytes, *, at: int | None = None, compress: bool = True) -> int:
        """Write a stream, deflated unless told otherwise; `entries` without Length and Filter."""
        own: dict[str, bytes] = {}
        if compress:
            data = zlib.compress(data)
            own["Filter"] = b"/FlateDecode"
        index = self._begin(at)
        self._write(dictionary({**entries, **own, "Length": b"%d" % len(data)}) + b"\nstream\n")
        self._write(data)
        self._write(b"\nendstream\nendobj\n")
        return index

    def copy_stream(self, entries: Entries, source: BinaryIO, length: int) -> int:
        """Write a stream of `length` bytes of `source` in pieces, untouched. Raises `EOFError` when it is shorter."""
        index = self._begin(None)
        self._write(dictionary({**entries, "Length": b"%d" % length}) + b"\nstream\n")
        left = length
        while left:
            piece = source.read(min(CHUNK, left))
            if not piece:
                raise EOFError
            self._write(piece)
            left -= len(piece)
        self._write(b"\nendstream\nendobj\n")
        return index

    def finish(self, root: int, info: int) -> None:
        """Write the cross-reference table and the trailer. The file ends with a line feed, as later signatures need."""
        start = self.size
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets)]
        for index, offset in enumerate(self._offsets[1:], 1):
            if offset is None:
                raise ValueError(f"object {index} was reserved and never written")
            rows.append(b"%010d 00000 n \n" % offset)
        identifier = b"<" + self.sha256[:32].upper().encode() + b">"
        trailer = {
            "Size": b"%d" % len(self._offsets),
            "Root": ref(root),
            "Info": ref(info),
            "ID": array([identifier, identifier]),
        }
        self._write(b"".join(rows) + b"trailer\n" + dictionary(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _begin(self, at: int | None) -> int:
        index = self.reserve() if at is None else at
        if self._offsets[index] is not None:
            raise ValueError(f"object {index} is already written")
        self._offsets[index] = self.size
        self._write(b"%d 0 obj\n" % index)
        return index

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self.size += len(data)
