"""Rows of the library as frozen data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dossier.model import Case
from ocr.reading.types import CopyKind
from transfer.types import SendState


@dataclass(frozen=True)
class CaseRecord:
    id: int
    case: Case


class AimKind(StrEnum):
    """APPEND: behind what is there. REPLACE: one page for another. BACKS: the other sides of a pile of fronts."""

    APPEND = "append"
    INSERT_BEFORE = "insert-before"
    INSERT_AFTER = "insert-after"
    REPLACE = "replace"
    BACKS = "backs"


@dataclass(frozen=True)
class Aim:
    """Where the pages of a batch go. `target`: the number of a page, for BACKS that of the batch of fronts.

    `reverse` (BACKS): the pile was turned over as a whole, so the last sheet's back comes first.
    """

    kind: AimKind = AimKind.APPEND
    target: int | None = None
    reverse: bool = False


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
    aim: Aim = Aim()


@dataclass(frozen=True)
class NewPage:
    """A face that has safely arrived on the disk. `sheet`, `side`: as the device counted them."""

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
class Spot:
    """A face's place in its case: behind the faces of lower `place`, on that side of that sheet."""

    place: int
    sheet: int
    side: str


@dataclass(frozen=True)
class Aside:
    """Why a face does not count (不计入), and who said so. `superseded_by`: the id of the face that stands for it."""

    reason: str
    by: str
    at: str
    superseded_by: int | None = None


@dataclass(frozen=True)
class Page:
    """One face in a case (面). `number`: in order of arrival, its name for good; `place`: its order in the case."""

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
    place: int = 0
    fed_sheet: int = 0
    aside: Aside | None = None

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
    copy: CopyKind | None = None
    volume: str | None = None
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrangement:
    """One version of the order of the papers for a submission (整理次序). `active`: it holds."""

    submission: str
    version: int
    active: bool
    reason: str
    by: str
    at: str


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
    arrangement: int = 1  # version of the order it was made from


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
