"""A pile of paper as the clerk lays it in: on which device, how, how many sheets, and what is waited for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from drivers.scanners.types import ScanSettings


@dataclass(frozen=True)
class Waits:
    """Hands free: seconds an empty feeder is watched for more paper, seconds between the pages of a series on the
    glass, and whether the scanner's button starts each."""

    wait_for_paper_s: float = 0.0
    page_interval_s: float = 0.0
    on_button: bool = False


@dataclass(frozen=True)
class Pile:
    """What the clerk wants scanned: by which device, how, and how many sheets lie in the feeder."""

    device: str
    settings: ScanSettings
    sheets: int | None = None
    waits: Waits = Waits()


def pile_sha256(settings: ScanSettings) -> str | None:
    """What identifies a fed pile of picture files: their names and contents. None for real paper."""
    if not settings.feed:
        return None
    digest = hashlib.sha256()
    for path in settings.feed:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
