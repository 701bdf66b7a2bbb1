"""Reader threads that end at safe places only: every loaded backend loses its asynchronous cancel.

libsane's backends start their reader threads through sanei_thread.c, which makes them cancellable asynchronously, that
is at any machine instruction, inside `malloc` and `free` too. Such a thread dies with the allocator locked and the
batch hangs for ever (docs/adr/0010). Here the call that asks for it is led to one that does nothing, in the table of
outside functions of each loaded library (the ELF global offset table). The threads then stay as POSIX creates them:
cancelled only where they wait (`write`, `read`, `poll`, `usleep`), holding no lock of the allocator.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import struct
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint32, c_void_p
from itertools import count

_UNWANTED = b"pthread_setcanceltype"
_HARMLESS = "pthread_getconcurrency"  # changes nothing and answers 0, as a successful pthread_setcanceltype does
_RTLD_DI_LINKMAP = 2
# ELF-64 Object File Format 1.5: tags of the dynamic array, symbols (their name comes first), relocations with addend
_STRTAB, _SYMTAB, _STRSZ, _RELA, _RELASZ, _JMPREL, _PLTRELSZ = 5, 6, 10, 7, 8, 23, 2
_SYMBOL_BYTES = 24
_RELOCATION = struct.Struct("=QQq")


class _Dynamic(ctypes.Structure):
    _fields_ = [("tag", ctypes.c_int64), ("value", ctypes.c_uint64)]


class _LinkMap(ctypes.Structure):
    """A loaded library, as <link.h> describes it: where, its file, its dynamic array, the next one."""


_LinkMap._fields_ = [
    ("base", c_size_t),
    ("name", c_char_p),
    ("dynamic", POINTER(_Dynamic)),
    ("next", POINTER(_LinkMap)),
]


def defer_cancellation() -> None:
    """Keep all threads that the loaded libraries will start from being cancelled asynchronously. To be called once a
    backend is loaded, before it starts a thread. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    harmless = ctypes.cast(getattr(libc, _HARMLESS), c_void_p).value
    for library in _loaded(libc):
        for slot in library.slots_of(_UNWANTED):
            _make_writable(libc, slot)
            c_void_p.from_address(slot).value = harmless


class _Library:
    """The dynamic tables of one loaded library."""

    def __init__(self, link: _LinkMap) -> None:
        self._base: int = link.base
        self._entries: dict[int, int] = {entry.tag: entry.value for entry in _until_null(link.dynamic)}

    def slots_of(self, function: bytes) -> Iterator[int]:
        """Addresses of the pointers through which this library calls that function of another one."""
        names = self._bytes(_STRTAB, _STRSZ)
        if function + b"\0" not in names:
            return
        for table, size in ((_RELA, _RELASZ), (_JMPREL, _PLTRELSZ)):
            for offset, info, _ in _RELOCATION.iter_unpack(self._bytes(table, size)):
                symbol = info >> 32
                if symbol and names.startswith(function + b"\0", self._name_of(symbol)):
                    yield self._base + offset

    def _name_of(self, symbol: int) -> int:
        """Where its name begins in the table of names."""
        return int(c_uint32.from_address(self._address(_SYMTAB) + symbol * _SYMBOL_BYTES).value)

    def _bytes(self, table: int, size: int) -> bytes:
        return ctypes.string_at(self._address(table), self._entries[size]) if table in self._entries else b""

    def _address(self, table: int) -> int:
        """Where a table lies. The loader puts that there itself, but leaves offsets in the kernel's own library."""
        value = self._entries[table]
        return value if value >= self._base else self._base + value


def _loaded(libc: ctypes.CDLL) -> Iterator[_Library]:
    libc.dlinfo.argtypes = [c_void_p, c_int, c_void_p]
    link = POINTER(_LinkMap)()
    if libc.dlinfo(libc._handle, _RTLD_DI_LINKMAP, byref(link)):
        raise OSError("dlinfo: no list of loaded libraries")
    while link:
        yield _Library(link.contents)
        link = link.contents.next


def _until_null(entries: ctypes._Pointer[_Dynamic]) -> Iterator[_Dynamic]:
    for index in count():
        if entries[index].tag == 0:
            return
        yield entries[index]


def _make_writable(libc: ctypes.CDLL, address: int) -> None:
    """The table is write-protected once a library is loaded (full RELRO)."""
    libc.mprotect.argtypes = [c_void_p, c_size_t, c_int]
    page = address // mmap.PAGESIZE * mmap.PAGESIZE
    if libc.mprotect(page, mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_WRITE):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
