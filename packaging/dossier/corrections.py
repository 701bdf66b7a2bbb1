"""What a clerk corrects in the filing (编目更正), and what comes of it. Pure.

Corrections are kept apart from what reading proposes and applied to it anew each time, in the order they were made, so
they win over any later reading.

A correction names the faces it was about when it was made. Faces that no longer count are passed over: the first that
still does stands for them. Whatever is corrected in whatever order, each face stays in exactly one document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from dossier.model import Document
from dossier.profile import DocumentKind
from ocr.reading.types import CopyKind

NO_DATE = "none"

Kinded = tuple[Document, DocumentKind]


@dataclass(frozen=True)
class Facts:
    """What a clerk says a document is. None is left as read; empty says there is none (`ordinal` 0, `date` "none").

    `kind`, `volume`: codes of the profile. `date` in ISO form.
    """

    kind: str | None = None
    title: str | None = None
    number: str | None = None
    date: str | None = None
    persons: tuple[str, ...] | None = None
    ordinal: int | None = None
    copy: CopyKind | None = None
    volume: str | None = None

    def over(self, older: Facts) -> Facts:
        """These facts, and of the `older` ones those these say nothing of."""
        return replace(older, **self.told())  # type: ignore[arg-type]

    def told(self) -> dict[str, object]:
        """The facts that are given, by name."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}


@dataclass(frozen=True)
class Opens:
    """Split (拆分): a document begins with these faces; what stands behind them in their document goes with them."""

    faces: tuple[str, ...]


@dataclass(frozen=True)
class Joins:
    """Join (合并): these faces, and what stands behind them in their document, go to the end of the anchor's."""

    faces: tuple[str, ...]
    anchor: tuple[str, ...]


@dataclass(frozen=True)
class Moves:
    """Move pages (移页): these faces alone go in front of or behind the anchor, into its document."""

    faces: tuple[str, ...]
    anchor: tuple[str, ...]
    before: bool = False


@dataclass(frozen=True)
class Told:
    """The document of these faces is what the clerk says (更正著录)."""

    faces: tuple[str, ...]
    facts: Facts


@dataclass(frozen=True)
class Placed:
    """The document of these faces stands in front of or behind the anchor's in its volume (调整次序)."""

    faces: tuple[str, ...]
    anchor: tuple[str, ...]
    before: bool = False


Correction = Opens | Joins | Moves | Told | Placed
AnyCorrection = TypeVar("AnyCorrection", bound=Correction)


@dataclass(frozen=True)
class Grouping:
    """The faces of one document in order, and what a clerk said of it."""

    faces: tuple[str, ...]
    facts: Facts = Facts()


def regroup(groups: Iterable[Sequence[str]], corrections: Iterable[Correction]) -> tuple[Grouping, ...]:
    """Apply corrections to the documents reading proposes, given as the ids of their faces in order."""
    documents = [Grouping(tuple(group)) for group in groups if group]
    for correction in corrections:
        if isinstance(correction, Placed):
            continue
        lead = _first_there(documents, correction.faces)
        if lead is None:
            continue
        if isinstance(correction, Told):
            place = _place(documents, lead)
            documents[place] = replace(documents[place], facts=correction.facts.over(documents[place].facts))
        elif isinstance(correction, Opens):
            documents = _split(documents, correction, lead)
        else:
            documents = _put(documents, correction, lead)
    return tuple(documents)


def reorder(documents: Iterable[Kinded], placed: Iterable[Placed]) -> list[Kinded]:
    """Move documents of one volume next to others of it; what is not in this volume moves nothing."""
    order = list(documents)
    for move in placed:
        document, anchor = _holder(order, move.faces), _holder(order, move.anchor)
        if document is None or anchor is None or document is anchor:
            continue
        order.remove(document)
        order.insert(order.index(anchor) + (not move.before), document)
    return order


def standing_for(correction: AnyCorrection, newer: Mapping[str, str]) -> AnyCorrection:
    """The correction with each face that another one replaced named by that one (`newer`: old id -> new id)."""

    def named(faces: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(newer.get(face, face) for face in faces))

    if isinstance(correction, Opens | Told):
        return replace(correction, faces=named(correction.faces))
    return replace(correction, faces=named(correction.faces), anchor=named(correction.anchor))


def _split(documents: Sequence[Grouping], correction: Opens, lead: str) -> list[Grouping]:
    """The new document stands behind the one it came from."""
    home = _place(documents, lead)
    opened = _and_behind(documents, correction.faces, lead)
    if documents[home].faces[0] == lead:
        whole = documents[home]
        rest = _without(documents, [face for face in opened if face not in whole.faces])
        home = _place(rest, lead)
        return [*rest[:home], replace(whole, faces=opened), *rest[home + 1 :]]
    rest = _without(documents, opened)
    first = _place(rest, documents[home].faces[0])
    return [*rest[: first + 1], Grouping(opened), *rest[first + 1 :]]


def _put(documents: Sequence[Grouping], correction: Joins | Moves, lead: str) -> list[Grouping]:
    """Nothing moves where the anchor counts no longer, or is among what is to move."""
    joins = isinstance(correction, Joins)
    named = _and_behind(documents, correction.faces, lead) if joins else _there(documents, correction.faces)
    anchor = _first_there(documents, [face for face in correction.anchor if joins or face not in named])
    if anchor is None:
        return list(documents)
    held = documents[_place(documents, anchor)].faces
    moving = tuple(face for face in named if face not in held) if joins else named
    rest = _without(documents, moving)
    home = _place(rest, anchor)
    target = rest[home].faces
    at = len(target) if isinstance(correction, Joins) else target.index(anchor) + (not correction.before)
    rest[home] = replace(rest[home], faces=(*target[:at], *moving, *target[at:]))
    return rest


def _and_behind(documents: Sequence[Grouping], faces: Sequence[str], lead: str) -> tuple[str, ...]:
    """`lead` and all behind it in its document, then the other faces named, wherever reading puts them by now."""
    whole = documents[_place(documents, lead)].faces
    behind = whole[whole.index(lead) :]
    return (*behind, *(face for face in _there(documents, faces) if face not in whole))


def _without(documents: Iterable[Grouping], faces: Sequence[str]) -> list[Grouping]:
    left = [replace(each, faces=tuple(face for face in each.faces if face not in faces)) for each in documents]
    return [each for each in left if each.faces]


def _there(documents: Iterable[Grouping], faces: Iterable[str]) -> tuple[str, ...]:
    """Those of `faces` that count, each once."""
    held = {face for each in documents for face in each.faces}
    return tuple(face for face in dict.fromkeys(faces) if face in held)


def _first_there(documents: Iterable[Grouping], faces: Iterable[str]) -> str | None:
    return next(iter(_there(documents, faces)), None)


def _place(documents: Sequence[Grouping], face: str) -> int:
    return next(place for place, each in enumerate(documents) if face in each.faces)


def _holder(documents: Iterable[Kinded], faces: Iterable[str]) -> Kinded | None:
    """The document that has the first of `faces` that any of them has."""
    holders = {face.id: pair for pair in documents for face in pair[0].faces}
    return next((holders[face] for face in faces if face in holders), None)
