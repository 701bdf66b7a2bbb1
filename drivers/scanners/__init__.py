"""Scanners: `list_devices`, `open_session` (iterate it for events), `recover` after a crash.

>>> with open_session("test:0", ScanSettings(dpi=75), Path("spool")) as session:
...     for event in session:
...         print(event)
"""

from drivers.scanners.discovery import list_devices
from drivers.scanners.faults import error_for
from drivers.scanners.session import ScanSession, open_session
from drivers.scanners.spool import recover
from drivers.scanners.types import ScanSettings

__all__ = ["ScanSession", "ScanSettings", "error_for", "list_devices", "open_session", "recover"]
