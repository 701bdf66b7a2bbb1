"""A drawn case (casebook) as the station would hold it: the papers read by the drawn engine, filed by their truth."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from casebook import Case as DrawnCase
from casebook import Face as DrawnFace
from casebook import Laid, Paper, Stamp, read_by_engine
from casebook.noise import CLEAN, PAGE, PX, Rates

from dossier.filing import assemble
from dossier.model import CaptureOrigin, Case, Document, Dossier, Face, Intervention, Person, Zone
from dossier.profile import Profile
from ocr.engines.types import PageText
from ocr.imaging.types import Box, Mark, MarkKind, Verdict, ZoneInk
from ocr.reading.text import Fold, Row, make_page
from ocr.reading.types import Lexicon
from ocr.reading.zones import find_zones

ZONE = dt.timezone(dt.timedelta(hours=8))
NEVER_WRONG = Rates(0, 0, 0, 0, 0, 0)
TAGS = {
    "drunk_driving": {"drunk", "bail", "appraisal"},
    "theft": {"detained", "arrest", "victim", "theft"},
    "injury": {"detained", "arrest", "victim", "minor", "appraisal"},
    "fraud": {"detained", "arrest"},
}


def sealed_on(case: DrawnCase) -> dt.datetime:
    """The day after the opinion was written: when its dossier is checked."""
    return case.paper("ZJ05").values["at"].at.replace(tzinfo=ZONE) + dt.timedelta(days=1)


Read = Callable[[DrawnCase, Paper], tuple[Face, ...]]


@dataclass
class PaperReader:
    """The faces of a paper as the drawn engine reads them. Each paper is read once: what a defect does not change is
    not read again. `rates`: how often the engine errs."""

    profile: Profile
    rates: Rates = CLEAN
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _kept: dict[int, tuple[Laid, tuple[Face, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lexicon = self.profile.lexicon()

    def __call__(self, case: DrawnCase, paper: Paper) -> tuple[Face, ...]:
        kept = self._kept.get(id(paper.laid))
        if kept is None:
            seed = f"{case.kind}/{case.seed}/{paper.id}"
            faces = tuple(self._read(face, f"{seed}/{index}") for index, face in enumerate(paper.faces))
            kept = self._kept[id(paper.laid)] = (paper.laid, faces)  # holding what is laid keeps its id its own
        return kept[1]

    def _read(self, face: DrawnFace, seed: str) -> Face:
        text = read_by_engine(face, seed, self.rates)
        marks = tuple(
            Mark(MarkKind(stamp.kind), _px(stamp.left, stamp.top, stamp.width, stamp.height), 0.9)
            for stamp in face.stamps
        )
        bare = bare_face(face, next(self._numbers), seed)
        return replace(bare, lines=text.lines, marks=marks, zones=_zones(face, text, self._lexicon))


def unread(case: DrawnCase, paper: Paper) -> tuple[Face, ...]:
    """The faces of a paper before anything is read on them."""
    first = 1000 * (1 + next(number for number, each in enumerate(case.papers) if each is paper))
    return tuple(bare_face(face, first + index, f"{paper.id}/{index}") for index, face in enumerate(paper.faces))


def dossier_of(case: DrawnCase, profile: Profile, read: Read, *, submission: str = "prosecute") -> Dossier:
    """The case assembled."""
    documents = [_document(paper, read(case, paper), number) for number, paper in enumerate(case.papers, start=1)]
    put_together = assemble(_case(case, profile), documents, submission, profile)
    return replace(put_together, interventions=(Intervention("", "李文", sealed_on(case)),))


def bare_face(face: DrawnFace, number: int, seed: str) -> Face:
    return Face(
        id=f"{number:06d}",
        sheet=number,
        side="front",
        blank=face.blank,
        original_sha256=hashlib.sha256(seed.encode()).hexdigest(),
        original_name=f"{number:06d}.png",
        origin=CaptureOrigin.SIMULATOR,
        captured_at=dt.datetime(2026, 6, 1, tzinfo=ZONE),
        picture=Path(f"{number:06d}.jpg"),
        width_px=PAGE[0],
        height_px=PAGE[1],
        dpi=300,
        lines=(),
        marks=(),
        zones=(),
        engine="drawn",
        models=(),
    )


def _zones(face: DrawnFace, text: PageText, lexicon: Lexicon) -> tuple[Zone, ...]:
    """The places for a hand that reading finds, filled where the middle of a stamp lies inside."""
    page = make_page(text, *PAGE, 300)
    labels = find_zones(page, lexicon.zone_labels, Fold(lexicon.confusions))
    zones = []
    for label in labels:
        kinds = {stamp.kind for stamp in face.stamps if _inside(label.box, stamp)}
        beside = any(_typed(row, label.label, label.box) for row in page.rows)
        signed = Verdict.FILLED if "signature" in kinds or beside else Verdict.BLANK
        printed = Verdict.FILLED if "fingerprint" in kinds else Verdict.BLANK
        zones.append(Zone(label, ZoneInk(label.box, 0.0, signed, printed)))
    return tuple(zones)


def _document(paper: Paper, faces: tuple[Face, ...], number: int) -> Document:
    truth = paper.truth
    return Document(
        id=f"{number:04d}",
        kind=truth.kind,
        title=truth.title,
        number=truth.number,
        date=dt.date.fromisoformat(truth.date) if truth.date else None,
        persons=truth.persons,
        ordinal=truth.ordinal if truth.kind == "GS01" else None,
        confidence=0.97,
        faces=faces,
    )


def _case(case: DrawnCase, profile: Profile) -> Case:
    return Case(
        case_no=case.case_no,
        name=case.name,
        charge=case.charge,
        unit_code=case.case_no[1:13],
        unit_name="清禾市公安局望陵分局",
        persons=tuple(Person(n, each.name, each.role, each.id) for n, each in enumerate(case.persons, start=1)),
        profile_id=profile.id,
        profile_version=profile.version,
        profile_sha256=profile.sha256,
        tags=frozenset(TAGS[case.kind]),
        opened_at=dt.datetime(2026, 1, 1, tzinfo=ZONE),
    )


def _typed(row: Row, label: str, box: Box) -> bool:
    """Whether a typed name stands in the place, or behind the label on its row: ink too."""
    level = box[1] <= row.middle < box[1] + box[3] or row.top < box[1] + box[3] / 2 < row.bottom
    inside = box[0] <= row.left < box[0] + box[2] and re.fullmatch(r"[一-龥]{2,4}", row.flat)
    behind = re.search(rf"{re.escape(label[-2:])}\)?:?[一-龥]{{2,4}}", row.flat)
    return level and bool(inside or behind)


def _px(left: float, top: float, width: float, height: float) -> Box:
    return round(left * PX), round(top * PX), round(width * PX), round(height * PX)


def _inside(box: Box, stamp: Stamp) -> bool:
    x, y = (stamp.left + stamp.width / 2) * PX, (stamp.top + stamp.height / 2) * PX
    return box[0] < x < box[0] + box[2] and box[1] < y < box[1] + box[3]
