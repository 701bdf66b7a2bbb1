"""Scanners: `list_devices`, `open_session` and `rescan_sheet` (iterate them for events), `recover`.

>>> with open_session("test:0", ScanSettings(dpi=75), Path("spool")) as session:
...     for event in session:
...         print(event)
"""

from drivers.scanners.device_cache import cached_devices
from drivers.scanners.discovery import list_devices
from drivers.scanners.faults import error_for
from drivers.scanners.reconcile import reconcile
from drivers.scanners.session import ScanSession, open_session, rescan_sheet
from drivers.scanners.spool import recover
from drivers.scanners.types import ScanSettings

__all__ = [
    "ScanSession",
    "ScanSettings",
    "cached_devices",
    "error_for",
    "list_devices",
    "open_session",
    "reconcile",
    "recover",
    "rescan_sheet",
]
