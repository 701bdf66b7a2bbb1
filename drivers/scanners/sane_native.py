"""libsane by ctypes: structures, calls, status codes. The only file that touches the library.

Layouts and meanings follow the SANE Standard 1.06 (chapter 4). Strings are passed as UTF-8. Callers run this in a
process of its own for each device, as backends may hang or crash.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_ubyte, c_void_p
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from types import TracebackType
from typing import Any, Self

from drivers.scanners.reader_threads import defer_cancellation

MAX_OPTIONS = 4096
MAX_OPTION_BYTES = 1 << 20


class Status(IntEnum):
    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11


class ValueType(IntEnum):
    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class Unit(IntEnum):
    NONE = 0
    PIXEL = 1
    BIT = 2
    MM = 3
    DPI = 4
    PERCENT = 5
    MICROSECOND = 6


class Capability(IntFlag):
    SOFT_SELECT = 1
    HARD_SELECT = 2
    SOFT_DETECT = 4
    EMULATED = 8
    AUTOMATIC = 16
    INACTIVE = 32
    ADVANCED = 64


class Frame(IntEnum):
    GRAY = 0
    RGB = 1
    RED = 2
    GREEN = 3
    BLUE = 4


class _CDevice(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p)]


class _CParameters(ctypes.Structure):
    _fields_ = [
        ("format", c_int),
        ("last_frame", c_int),
        ("bytes_per_line", c_int),
        ("pixels_per_line", c_int),
        ("lines", c_int),
        ("depth", c_int),
    ]


class _CRange(ctypes.Structure):
    _fields_ = [("min", c_int), ("max", c_int), ("quant", c_int)]


class _CConstraint(ctypes.Union):
    _fields_ = [("strings", POINTER(c_char_p)), ("words", POINTER(c_int)), ("range", POINTER(_CRange))]


class _COption(ctypes.Structure):
    _fields_ = [
        ("name", c_char_p),
        ("title", c_char_p),
        ("desc", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", _CConstraint),
    ]


_CONSTRAINT_RANGE, _CONSTRAINT_WORDS, _CONSTRAINT_STRINGS = 1, 2, 3
_GET, _SET = 0, 1
_STATUSES = frozenset(status.value for status in Status)
_FRAMES = frozenset(frame.value for frame in Frame)
_INFO_INEXACT = 1

Value = bool | int | float | str | tuple[int, ...] | tuple[float, ...]


class SaneError(Exception):
    """A libsane call answered with another status than GOOD. `call` and `text` say which and what."""

    def __init__(self, call: str, status: Status, text: str) -> None:
        self.call = call
        self.status = status
        super().__init__(f"{call}: {text} ({status.name})")


@dataclass(frozen=True)
class Entry:
    """One line of sane_get_devices."""

    name: str
    vendor: str
    model: str
    kind: str


@dataclass(frozen=True)
class Range:
    """Bounds of an option's value, in its unit; `quant` 0 means any step."""

    low: float
    high: float
    quant: float


@dataclass(frozen=True)
class Option:
    """One option as the device describes it at this moment (descriptors change when other options are set)."""

    index: int
    name: str
    type: ValueType
    unit: Unit
    size: int  # bytes
    capability: Capability
    constraint: Range | tuple[float, ...] | tuple[str, ...] | None

    @property
    def active(self) -> bool:
        return not self.capability & Capability.INACTIVE

    @property
    def settable(self) -> bool:
        return self.active and bool(self.capability & Capability.SOFT_SELECT)

    @property
    def readable(self) -> bool:
        return (
            self.active
            and bool(self.capability & Capability.SOFT_DETECT)
            and self.type not in (ValueType.BUTTON, ValueType.GROUP)
        )


@dataclass(frozen=True)
class Parameters:
    """sane_get_parameters: the frame being taken. `lines` is -1 where the device does not know it beforehand."""

    frame: Frame
    last_frame: bool
    bytes_per_line: int
    pixels_per_line: int
    lines: int
    depth: int  # bits per sample


class Library:
    """libsane, initialised. Use as a context manager; `close` ends every device still open."""

    def __init__(self) -> None:
        self._c = ctypes.CDLL("libsane.so.1")
        self._c.sane_strstatus.restype = c_char_p
        self._c.sane_get_option_descriptor.restype = POINTER(_COption)
        self._c.sane_get_option_descriptor.argtypes = [c_void_p, c_int]
        self._c.sane_open.argtypes = [c_char_p, POINTER(c_void_p)]
        self._c.sane_control_option.argtypes = [c_void_p, c_int, c_int, c_void_p, POINTER(c_int)]
        self._c.sane_get_parameters.argtypes = [c_void_p, POINTER(_CParameters)]
        self._c.sane_read.argtypes = [c_void_p, c_void_p, c_int, POINTER(c_int)]
        for name in ("sane_start", "sane_cancel", "sane_close"):
            getattr(self._c, name).argtypes = [c_void_p]
        for name in ("sane_cancel", "sane_close", "sane_exit"):
            getattr(self._c, name).restype = None
        version = c_int()
        self._check("sane_init", self._c.sane_init(byref(version), None))

    def devices(self) -> list[Entry]:
        """All scanners the configured backends find, network ones included. Raises SaneError."""
        found = POINTER(POINTER(_CDevice))()
        self._check("sane_get_devices", self._c.sane_get_devices(byref(found), 0))
        return [
            Entry(_text(d.name), _text(d.vendor), _text(d.model), _text(d.type))
            for d in (pointer.contents for pointer in _until_null(found))
        ]

    def open(self, name: str) -> Device:
        """Open the scanner of that SANE device name. Raises SaneError, OSError."""
        handle = c_void_p()
        self._check("sane_open", self._c.sane_open(name.encode(), byref(handle)))
        defer_cancellation()  # the backend is loaded now and has no thread yet
        return Device(self, self._c, handle)

    def close(self) -> None:
        self._c.sane_exit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check(self, call: str, code: int) -> None:
        if code == Status.GOOD:
            return
        if code not in _STATUSES:
            raise SaneError(call, Status.IO_ERROR, f"unknown status {code}")
        raise SaneError(call, Status(code), _text(self._c.sane_strstatus(code)))


class Device:
    """An open scanner. Calls are made from one thread only."""

    def __init__(self, library: Library, c: ctypes.CDLL, handle: c_void_p) -> None:
        self._check = library._check
        self._c = c
        self._handle = handle

    def options(self) -> list[Option]:
        """The options as they stand now; unnamed ones and groups are left out. Raises SaneError."""
        count = c_int()
        # `net` refuses any value, even the count, until descriptors are asked for again after a change of options
        self._c.sane_get_option_descriptor(self._handle, 0)
        self._check("sane_control_option", self._c.sane_control_option(self._handle, 0, _GET, byref(count), None))
        found = []
        for index in range(1, min(count.value, MAX_OPTIONS)):
            pointer = self._c.sane_get_option_descriptor(self._handle, index)
            if pointer and pointer.contents.name and pointer.contents.type != ValueType.GROUP:
                found.append(_option(index, pointer.contents))
        return found

    def get(self, option: Option) -> Value:
        """The option's value, mm and fixed-point ones as float. Raises SaneError."""
        if not 0 < option.size <= MAX_OPTION_BYTES:
            raise SaneError(f"get {option.name}", Status.UNSUPPORTED, f"option of {option.size} bytes")
        buffer = ctypes.create_string_buffer(option.size)
        code = self._c.sane_control_option(self._handle, option.index, _GET, buffer, None)
        self._check(f"get {option.name}", code)
        if option.type is ValueType.STRING:
            return buffer.value.decode("utf-8", "replace")
        words = (c_int * (option.size // 4)).from_buffer_copy(buffer)
        if option.type is ValueType.BOOL:
            return bool(words[0])
        if option.type is ValueType.FIXED:
            return words[0] / 65536 if len(words) == 1 else tuple(word / 65536 for word in words)
        return int(words[0]) if len(words) == 1 else tuple(words)

    def set(self, option: Option, value: Value) -> bool:
        """Set the option; True when the device took the value exactly. Raises SaneError, ValueError, TypeError."""
        info = c_int()
        code = self._c.sane_control_option(self._handle, option.index, _SET, _encode(option, value), byref(info))
        self._check(f"set {option.name} = {value}", code)
        return not info.value & _INFO_INEXACT

    def start(self) -> None:
        """Begin the next frame (feeders draw in the next face). Raises SaneError; NO_DOCS when the feeder is empty."""
        self._check("sane_start", self._c.sane_start(self._handle))

    def parameters(self) -> Parameters:
        """Shape of the frame; exact after `start`. Raises SaneError."""
        p = _CParameters()
        self._check("sane_get_parameters", self._c.sane_get_parameters(self._handle, byref(p)))
        if p.format not in _FRAMES:
            raise SaneError("sane_get_parameters", Status.UNSUPPORTED, f"frame format {p.format}")
        return Parameters(Frame(p.format), bool(p.last_frame), p.bytes_per_line, p.pixels_per_line, p.lines, p.depth)

    def read(self, buffer: ctypes.Array[c_ubyte]) -> int | None:
        """Fill the buffer from its start; the count of bytes, or None at the end of the frame. Raises SaneError."""
        count = c_int()
        code = self._c.sane_read(self._handle, buffer, len(buffer), byref(count))
        if code == Status.EOF:
            return None
        self._check("sane_read", code)
        if not 0 <= count.value <= len(buffer):
            raise SaneError("sane_read", Status.IO_ERROR, f"{count.value} bytes into a buffer of {len(buffer)}")
        return count.value

    def cancel(self) -> None:
        """End the batch. Between the faces of a feeder this throws away sheets already drawn in."""
        self._c.sane_cancel(self._handle)

    def close(self) -> None:
        self._c.sane_close(self._handle)


def _option(index: int, c: _COption) -> Option:
    return Option(
        index=index,
        name=_text(c.name),
        type=ValueType(c.type),
        unit=Unit(c.unit),
        size=c.size,
        capability=Capability(c.cap),
        constraint=_constraint(c),
    )


def _constraint(c: _COption) -> Range | tuple[float, ...] | tuple[str, ...] | None:
    scale = 65536 if c.type == ValueType.FIXED else 1
    if c.constraint_type == _CONSTRAINT_RANGE and c.constraint.range:
        r = c.constraint.range.contents
        return Range(r.min / scale, r.max / scale, r.quant / scale)
    if c.constraint_type == _CONSTRAINT_WORDS and c.constraint.words:
        count = min(c.constraint.words[0], MAX_OPTIONS)
        return tuple(c.constraint.words[i] / scale for i in range(1, count + 1))
    if c.constraint_type == _CONSTRAINT_STRINGS and c.constraint.strings:
        return tuple(_text(raw) for raw in _until_null(c.constraint.strings))
    return None


def _encode(option: Option, value: Value) -> ctypes.Array[c_int] | ctypes.Array[ctypes.c_char] | None:
    if option.type is ValueType.BUTTON:
        return None
    if option.type is ValueType.STRING:
        raw = str(value).encode()
        if len(raw) >= option.size:
            raise ValueError(f"{option.name}: at most {option.size - 1} bytes")
        return ctypes.create_string_buffer(raw, option.size)
    parts = value if isinstance(value, tuple) else (value,)
    if len(parts) != option.size // 4:
        raise ValueError(f"{option.name}: {option.size // 4} numbers are needed")
    scale = 65536 if option.type is ValueType.FIXED else 1
    words = [round(float(part) * scale) for part in parts]
    if any(not -(1 << 31) <= word < 1 << 31 for word in words):
        raise ValueError(f"{option.name}: number out of range")
    return (c_int * len(words))(*words)


def _until_null(array: Any) -> Iterator[Any]:
    for index in range(MAX_OPTIONS):
        item = array[index]
        if not item:
            return
        yield item


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")
