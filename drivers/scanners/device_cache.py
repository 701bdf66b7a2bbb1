"""The list of scanners kept on the disk, as asking all backends takes seconds; made anew when a cable was plugged."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from drivers.scanners.discovery import list_devices
from drivers.scanners.types import DeviceInfo

USB_DEVICES = Path("/sys/bus/usb/devices")
MAX_AGE_S = 600.0  # network scanners come and go unseen
_TOLD = ("idVendor", "idProduct", "serial", "devnum")  # devnum: another one each time a device is plugged in
_MAX_BYTES = 1 << 20


@dataclass(frozen=True)
class _Kept:
    plugged: str  # what hung on the USB then
    at: float  # seconds since 1970
    devices: list[DeviceInfo]


_KEPT = TypeAdapter(_Kept)


def cached_devices(
    home: Path,
    *,
    now: Callable[[], float],
    ask: Callable[[], list[DeviceInfo]] = list_devices,
    usb: Path = USB_DEVICES,
    refresh: bool = False,
) -> list[DeviceInfo]:
    """The scanners, from `home`/scanners.json as long as the same devices hang on the USB and it is younger than
    MAX_AGE_S by `now` (seconds since 1970); else, or with `refresh`, asked by `ask` and kept.

    A list for choosing from: a capture's origin is told by the worker that makes it, never by this file. Raises what
    `ask` raises, and OSError when `home` cannot be written.
    """
    plugged = plugged_in(usb)
    path = home / "scanners.json"
    kept = None if refresh else _read(path)
    if kept is not None and kept.plugged == plugged and 0 <= now() - kept.at < MAX_AGE_S:
        return kept.devices
    devices = ask()
    _write(path, _Kept(plugged, now(), devices))
    return devices


def plugged_in(usb: Path = USB_DEVICES) -> str:
    """A digest of the devices on the USB, another one after each plugging in or out; cheap enough to ask each second.
    A machine without USB has one too."""
    digest = hashlib.sha256()
    for device in sorted(usb.iterdir()) if usb.is_dir() else ():
        digest.update(os.fsencode(device.name) + b"\0")
        for name in _TOLD:
            with contextlib.suppress(OSError):  # interfaces have none of these, and a device may go as we look
                digest.update((device / name).read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> _Kept | None:
    if not path.is_file() or path.stat().st_size > _MAX_BYTES:
        return None
    try:
        return _KEPT.validate_json(path.read_bytes())
    except ValidationError:
        return None


def _write(path: Path, kept: _Kept) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".scanners-", delete=False) as draft:
        draft.write(_KEPT.dump_json(kept, indent=1))
    Path(draft.name).rename(path)
