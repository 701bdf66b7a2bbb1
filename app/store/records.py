"""Rows of the library as frozen data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from dossier.model import Case
from transfer.types import SendState


@dataclass(frozen=True)
class CaseRecord:
    id: int
    case: Case


@dataclass(frozen=True)
class Batch:
    """One pile fed at once, or one import (批次)."""

    id: int
    case_id: int
    number: int
    kind: str  # scan | import
    device: str
    settings: str  # JSON
    feed_sha256: str | None
    expected_sheets: int | None
    state: str  # open | complete | stopped
    reason: str | None


@dataclass(frozen=True)
class NewPage:
    """A face that has safely arrived on the disk."""

    sequence: int
    sheet: int
    side: str
    file: Path
    sha256: str
    bytes: int
    dpi: int | None
    origin: str
    captured_at: str
    capture: str  # JSON


@dataclass(frozen=True)
class Page:
    """One face in a case (面)."""

    id: int
    case_id: int
    number: int
    batch_id: int
    sequence: int
    sheet: int
    side: str
    file: Path
    sha256: str
    dpi: int | None
    origin: str
    captured_at: str
    processed: bool
    blank: bool
    evidence: str | None  # name of the rendered picture in the case's derived folder
    thumbnail: str | None
    failure: str | None

    @property
    def stem(self) -> str:
        """The face's name in the case, e.g. 000017."""
        return f"{self.number:06d}"


@dataclass(frozen=True)
class DocumentRecord:
    """One document as filed: what it is and which faces it has."""

    kind: str | None
    title: str
    number: str | None
    date: dt.date | None
    persons: tuple[str, ...]
    ordinal: int | None
    confidence: float
    page_ids: tuple[int, ...]


@dataclass(frozen=True)
class Package:
    """A sealed package on this disk."""

    id: str
    case_id: int
    case_no: str
    submission: str
    version: int
    file: Path
    sha256: str
    sm3: str
    size: int
    level: str
    training: bool
    sealed_at: str


@dataclass(frozen=True)
class Outgoing:
    """One package's way to its destination."""

    package: Package
    destination: str
    state: SendState
    attempts: int
    next_at: str | None
    upload_url: str | None
    sent: int
    reason: str | None
    receipt: str | None
