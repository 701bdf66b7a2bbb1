"""What a criminal case file is made of. Frozen data; the store fills it, the functions of this package read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

from ocr.engines.types import Line
from ocr.imaging.types import Box, Mark, PageAnalysis, StrikeOut, ZoneInk
from ocr.reading.types import CopyKind, LabelledZone


class CaptureOrigin(StrEnum):
    """Origin of a face. FILE: brought in as a file; nobody here saw the paper being captured."""

    HARDWARE = "hardware"
    REPLAY = "replay"
    SIMULATOR = "simulator"
    FILE = "file"


@dataclass(frozen=True)
class Person:
    """Somebody in the case (涉案人员). `order`: 1 is the first suspect."""

    order: int
    name: str
    role: str  # 嫌疑人, 被害人, 证人, ...
    id_number: str | None = None


@dataclass(frozen=True)
class Case:
    """One case (案件), pinned to a profile version."""

    case_no: str
    name: str
    charge: str
    unit_code: str
    unit_name: str
    persons: tuple[Person, ...]
    profile_id: str
    profile_version: str
    profile_sha256: str
    tags: frozenset[str]  # facts that decide which kinds are required: drunk, bail, ...
    opened_at: dt.datetime
    security: str = "内部"


@dataclass(frozen=True)
class Zone:
    """A signature place and what was measured in it."""

    label: LabelledZone
    ink: ZoneInk


@dataclass(frozen=True)
class ElectronicPage:
    """A page of a born-digital file (电子原件). The file goes along byte for byte; a reading copy is bound in.

    `form`: pdf or ofd. `not_drawn`: in words, what the reading copy does not show as the original would.
    """

    name: str  # as its sender called it
    file: Path
    sha256: str  # of the whole file
    page: int  # from 1
    pages: int  # of the whole file
    form: str = "pdf"
    not_drawn: str = ""


@dataclass(frozen=True)
class Face:
    """One side of a sheet as it goes into the dossier (面)."""

    id: str  # stable in the station: case folder number, e.g. "000017"
    sheet: int
    side: str  # front | back
    blank: bool
    original_sha256: str
    original_name: str
    origin: CaptureOrigin
    captured_at: dt.datetime
    picture: Path  # evidence JPEG, upright and straight
    width_px: int
    height_px: int
    dpi: int
    lines: tuple[Line, ...]  # in pixels of `picture`
    marks: tuple[Mark, ...]  # in pixels of `picture`
    zones: tuple[Zone, ...]  # in pixels of `picture`
    engine: str
    models: tuple[tuple[str, str], ...]
    straight: bool = True  # False: its skew could not be decided and nobody has looked yet
    analysis: PageAnalysis | None = None  # of the original; None: not measured
    electronic: ElectronicPage | None = None  # what the face is a reading copy of; None: of paper
    strike_outs: tuple[StrikeOut, ...] = ()  # in pixels of `picture`; packages do not carry them


@dataclass(frozen=True)
class Document:
    """One document (文书): consecutive faces that belong together.

    `copy`: None while nobody knows, and for papers of which there is one. `volume`: the code of the volume somebody put
    it into; None: its kind's own. `told`: the names of what a clerk said, which wins over what was read.
    """

    id: str
    kind: str | None  # profile code; None while nobody knows
    title: str
    number: str | None
    date: dt.date | None
    persons: tuple[str, ...]
    ordinal: int | None
    confidence: float
    faces: tuple[Face, ...]
    copy: CopyKind | None = None
    volume: str | None = None
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One line of a volume's catalogue (卷内目录)."""

    order: int
    document: Document
    first_page: int | None  # None: every face is blank
    last_page: int | None


@dataclass(frozen=True)
class Volume:
    """One volume (卷): its documents in order with their page numbers."""

    kind: str  # profile volume kind, e.g. litigation_docs
    code: str  # W, Z, ...
    title: str  # 诉讼文书卷
    sequence: int  # 1, 2, 3... in the submission
    entries: tuple[Entry, ...]
    page_numbers: tuple[tuple[str, int], ...]  # face id -> page number; blank faces are absent
    pages: int
    part: str = ""  # of a volume parted by persons: whose documents it holds; the title names it too


@dataclass(frozen=True)
class Intervention:
    """One entry of the record of interventions (三个规定). `content`: who asked and how; empty: nobody."""

    content: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class MalwareScan:
    """What a search for malware (恶意代码检测) in one file gave. `scanner`: with its version; empty: the file was not
    searched. `signatures`: the day they were made; None: nobody knows. `found`: the malware's name; empty: none."""

    scanner: str
    signatures: dt.date | None
    found: str = ""


@dataclass(frozen=True)
class Step:
    """Something done in the case, as its trail has it (操作日志). `about`: SHA-256 of the capture or file, empty for
    others. `role`: the operator's then; empty: none; None: the station had no list of operators. `scan`: of a file."""

    event: str
    by: str
    at: dt.datetime
    about: str = ""
    role: str | None = None
    scan: MalwareScan | None = None


@dataclass(frozen=True)
class Dossier:
    """A case assembled for one submission (报送), ready to check and to build.

    `frames`: old covers, catalogues and remarks sheets in the pile: checked, not bound in. `steps`: what the trail says
    was done; None: nobody told.
    """

    case: Case
    submission: str  # base, arrest, prosecute, ...
    submission_title: str
    volumes: tuple[Volume, ...]
    loose: tuple[Document, ...]  # accompany, are not bound in (起诉意见书)
    unfiled: tuple[Document, ...]  # kind not known: block sealing
    training: bool
    interventions: tuple[Intervention, ...] = ()
    frames: tuple[Document, ...] = ()
    steps: tuple[Step, ...] | None = None

    @property
    def documents(self) -> Iterator[Document]:
        """All of them: bound in order, then loose, unfiled, and frames of the pile."""
        bound = (entry.document for volume in self.volumes for entry in volume.entries)
        return chain(bound, self.loose, self.unfiled, self.frames)


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """A part of a page that a finding rests on. `box`: pixels of the face's picture; None: the page as a whole.
    `words`: as read there, without blanks; empty where nothing was read."""

    where: str  # 1/W p.3 GS01
    face: str
    box: Box | None
    words: str = ""


@dataclass(frozen=True)
class Finding:
    """Something a check has to say. Its words stand in `dossier/checks/texts.toml` and `defects.toml` under `key`.

    `box`: where on the face, in pixels of its picture. `item`: what it answers of DA/T 70. `waivable`: whether a named
    person's reason lets it stand. `rests_on`: all the places it was drawn from, what it points at first.
    """

    id: str  # check id, e.g. C-09
    key: str
    severity: Severity
    where: str  # 1/W p.3 GS01, or a file of the package
    params: tuple[tuple[str, str], ...] = ()
    face: str | None = None
    box: Box | None = None
    item: str = ""
    waivable: bool = True
    rests_on: tuple[Place, ...] = ()

    @property
    def asks(self) -> bool:
        """It rests on something hard to read: a person looks, nobody is accused."""
        return any(name == "doubt" for name, _ in self.params)
