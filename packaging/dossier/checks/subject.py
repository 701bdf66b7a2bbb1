"""What a check looks at, and how it names a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dossier.model import Document, Dossier, Face, Finding, Severity, Volume
from dossier.profile import DocumentKind, Profile

CASE = "case"


@dataclass(frozen=True)
class Placed:
    """A document with the volume it is bound into; loose and unfiled documents have none."""

    document: Document
    volume: Volume | None
    kind: DocumentKind | None

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

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every document: bound in order, then loose, then unfiled."""
        bound = [(entry.document, volume) for volume in self.dossier.volumes for entry in volume.entries]
        apart = [(document, None) for document in (*self.dossier.loose, *self.dossier.unfiled)]
        return tuple(Placed(document, volume, self._kind(document)) for document, volume in [*bound, *apart])

    def faces(self) -> Iterator[tuple[Placed, Face]]:
        return ((placed, face) for placed in self.placed for face in placed.document.faces)

    def _kind(self, document: Document) -> DocumentKind | None:
        if document.kind is None or not self.profile.knows(document.kind):
            return None
        return self.profile.kind(document.kind)


def finding(
    check: str,
    key: str,
    severity: Severity,
    where: str,
    *,
    face: Face | None = None,
    sure: float = 1.0,
    cut: float = 0.0,
    **params: object,
) -> Finding:
    """A finding that rests on something read with confidence `sure` (0 to 1).

    Below `cut` it is asked, not raised: a slip of the reading is not a defect.
    """
    words = {name: str(value) for name, value in params.items()}
    if sure < cut:
        severity = min(severity, Severity.WARN, key=_weight)
        words["doubt"] = f"{sure:.0%}"
    return Finding(check, key, severity, where, tuple(sorted(words.items())), face.id if face else None)


def _weight(severity: Severity) -> int:
    return [Severity.INFO, Severity.WARN, Severity.BLOCK].index(severity)
