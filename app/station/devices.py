"""The scanners a clerk can choose from."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.scanners import list_devices


@dataclass(frozen=True)
class ScannerView:
    """`id`: the SANE device name. `origin`: hardware, replay or simulator."""

    id: str
    name: str
    origin: str


def scanner_views() -> list[ScannerView]:
    """Ask every backend; takes seconds where network scanners are looked for. Raises `DiscoveryFailed`."""
    return [ScannerView(found.id, f"{found.vendor} {found.model}", found.origin.value) for found in list_devices()]
