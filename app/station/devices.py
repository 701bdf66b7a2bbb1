"""The scanners a clerk can choose from."""

from __future__ import annotations

from dataclasses import dataclass

from app.station.errors import NoScanner, SeveralScanners
from app.station.station import Station
from drivers.scanners import cached_devices
from drivers.scanners.types import DeviceInfo

CAMERA = "camera"


@dataclass(frozen=True)
class ScannerView:
    """`id`: the SANE device name. `origin`: hardware, replay or simulator."""

    id: str
    name: str
    origin: str


def scanner_views(station: Station, *, refresh: bool = False) -> list[ScannerView]:
    """What `known_devices` knows, for a window. Raises `DiscoveryFailed`."""
    found = known_devices(station, refresh=refresh)
    return [ScannerView(device.id, f"{device.vendor} {device.model}", device.origin.value) for device in found]


def known_devices(station: Station, *, refresh: bool = False) -> list[DeviceInfo]:
    """Scanners and document cameras (高拍仪). The scanners come from the station's list, which is made anew when a
    cable was plugged, after some minutes, or with `refresh`. Raises `DiscoveryFailed`."""
    from drivers.scanners.camera import list_cameras  # OpenCV takes its time to load, which no window should wait for

    scanners = cached_devices(station.home.path, now=lambda: station.clock.now().timestamp(), refresh=refresh)
    return [*scanners, *list_cameras()]


def only_scanner(station: Station) -> str:
    """The id of the one scanner there is. Raises `NoScanner`, `SeveralScanners`, `DiscoveryFailed`."""
    for refresh in (False, True):  # one switched on since the list was made is still found
        found = [device for device in known_devices(station, refresh=refresh) if device.driver != CAMERA]
        if len(found) == 1:
            return found[0].id
        if found:
            raise SeveralScanners(devices=", ".join(device.id for device in found))
    raise NoScanner
