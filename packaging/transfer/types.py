"""Packages on their way, and the platform's answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True)
class PackageRef:
    """A sealed package on this disk. `id` is derived from its content, so a second sending is recognised."""

    id: str
    path: Path
    size: int
    sha256: str
    sm3: str
    station: str


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Receipt:
    """The platform's signed answer over the whole package's hash (回执)."""

    package_id: str
    sha256: str
    sm3: str
    size: int
    platform: str
    platform_sequence: int
    received_at: dt.datetime
    verdict: Verdict
    reason_code: str | None
    reasons: tuple[str, ...]


class SendState(StrEnum):
    """One package's way to one destination."""

    QUEUED = "queued"
    SENDING = "sending"
    AWAITING_RECEIPT = "awaiting-receipt"
    ARRIVED = "arrived"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    PAUSED = "paused"  # by a person, until that person goes on
    CANCELLED = "cancelled"  # by a person; it stays on the disk and may be queued again
