"""What a check looks at, and how it names a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dossier.checks.facts import FaceText, Fact, day_moment, facts_of
from dossier.checks.reading import date_sureness
from dossier.deadlines import Calendar, built_in_calendar
from dossier.model import Document, Dossier, Face, Place, Volume
from dossier.profile import DocumentKind, Profile
from dossier.profile.acceptance import FactRule
from ocr.reading.dates import find_dates

CASE = "case"
SUSPECT = "嫌疑人"


@dataclass(frozen=True)
class Placed:
    """A document with the volume it is bound into; loose and unfiled documents have none."""

    document: Document
    volume: Volume | None
    kind: DocumentKind | None
    rules: Mapping[str, FactRule] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def texts(self) -> tuple[FaceText, ...]:
        return tuple(FaceText(face) for face in self.document.faces if face.lines)

    @cached_property
    def flat(self) -> str:
        """All it says, without blanks."""
        return "".join(text.flat for text in self.texts)

    def facts(self, name: str) -> tuple[Fact, ...]:
        """What it says of one thing, e.g. `announced_at`; `date` is its own date, the last place it stands first."""
        return self._dated if name == "date" else self._facts.get(name, ())

    def fact(self, name: str) -> Fact | None:
        """The first it says of one thing."""
        return next(iter(self.facts(name)), None)

    @cached_property
    def _facts(self) -> dict[str, tuple[Fact, ...]]:
        return facts_of(self.texts, self.rules)

    @cached_property
    def _dated(self) -> tuple[Fact, ...]:
        date = self.document.date
        if date is None:
            return ()
        moment, sure = day_moment(date), date_sureness(self.document, date)
        places = tuple(
            replace(text.said(found.start, found.end, str(moment)), sure=sure, moment=moment)
            for text in reversed(self.texts)
            for found in reversed(find_dates(text.flat))
            if found.date == date
        )
        return places or (Fact(str(moment), sure, next(iter(self.document.faces), None), None, moment),)

    def where(self, face: Face | None = None) -> str:
        """Such as "1/W p.3 GS01": volume, page, kind. The page is that of `face`, else the first with a number."""
        name = self.document.kind or self.document.title
        if self.volume is None:
            return f"- {name}"
        numbers = dict(self.volume.page_numbers)
        faces = (face,) if face else self.document.faces
        page = next((numbers[each.id] for each in faces if each.id in numbers), None)
        number = "" if page is None else f"p.{page} "
        return f"{self.volume.sequence}/{self.volume.code} {number}{name}"


@dataclass(frozen=True)
class Subject:
    """A dossier, its standard and the time of the check (aware)."""

    dossier: Dossier
    profile: Profile
    now: dt.datetime
    calendar: Calendar = field(default_factory=built_in_calendar)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every document: bound in order, then loose, then unfiled."""
        bound = [(entry.document, volume) for volume in self.dossier.volumes for entry in volume.entries]
        apart = [(document, None) for document in (*self.dossier.loose, *self.dossier.unfiled)]
        return tuple(self._placed(document, volume) for document, volume in [*bound, *apart])

    @cached_property
    def frames(self) -> tuple[Placed, ...]:
        """Old covers, catalogues and remarks sheets of the pile."""
        return tuple(self._placed(document, None) for document in self.dossier.frames)

    def of_kind(self, *kinds: str) -> tuple[Placed, ...]:
        """The documents of some kinds, in order."""
        return tuple(placed for placed in self.placed if placed.document.kind in kinds)

    @cached_property
    def suspects(self) -> tuple[str, ...]:
        return tuple(person.name for person in self.dossier.case.persons if person.role == SUSPECT)

    def names_of(self, placed: Placed) -> frozenset[str]:
        """Whom a paper is about; one that names nobody is about the only suspect."""
        if placed.document.persons:
            return frozenset(placed.document.persons)
        return frozenset(self.suspects if len(self.suspects) == 1 else ())

    @cached_property
    def cut(self) -> float:
        """What is read with less confidence than this is asked, not raised."""
        return self.profile.rules.reading.review_below

    @cached_property
    def _rules(self) -> dict[str, dict[str, FactRule]]:
        rules: dict[str, dict[str, FactRule]] = {}
        for group in self.profile.acceptance.facts:
            for kind in group.kinds:
                rules.setdefault(kind, {}).update(group.facts)
        return rules

    @cached_property
    def _holders(self) -> dict[str, Placed]:
        everything = (*self.placed, *self.frames)
        return {face.id: placed for placed in everything for face in placed.document.faces}

    def place(self, fact: Fact) -> Place | None:
        """Where a fact stands; None: it was not read on a page."""
        if fact.face is None or fact.face.id not in self._holders:
            return None
        return Place(self._holders[fact.face.id].where(fact.face), fact.face.id, fact.box, fact.words)

    def faces(self) -> Iterator[tuple[Placed, Face]]:
        return ((placed, face) for placed in self.placed for face in placed.document.faces)

    def _placed(self, document: Document, volume: Volume | None) -> Placed:
        return Placed(document, volume, self._kind(document), self._rules.get(document.kind or "", {}))

    def _kind(self, document: Document) -> DocumentKind | None:
        if document.kind is None or not self.profile.knows(document.kind):
            return None
        return self.profile.kind(document.kind)
