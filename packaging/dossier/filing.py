"""Filing: documents out of pages, volumes out of documents, all by the profile. Pure: the same in, the same out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from dossier.binding import bind, position
from dossier.corrections import NO_DATE, Facts, Placed, reorder
from dossier.model import CaptureOrigin, Case, Document, Dossier, Face, Volume
from dossier.profile import DocumentKind, Profile, Submission
from dossier.profile.profile import FRAME, LOOSE
from ocr.reading.types import CopyKind, DocumentProposal


def documents_from(
    proposals: Sequence[DocumentProposal], faces: Sequence[Face], profile: Profile
) -> tuple[Document, ...]:
    """Make documents of what reading proposed; `faces` is the sequence whose indices the proposals hold."""
    return tuple(_document(proposal, tuple(faces[page] for page in proposal.pages), profile) for proposal in proposals)


def assemble(
    case: Case, documents: Sequence[Document], submission: str, profile: Profile, placed: Sequence[Placed] = ()
) -> Dossier:
    """Put the documents of a case, in scanning order, together for one submission (base, arrest, prosecute, ...).

    Frame pages are left out, as the station makes them; so are documents of volumes the submission does not take,
    above all those that never leave the house. Unknown kinds come back as unfiled. `placed`: where a clerk put some by
    hand in this submission. Raises `KeyError` for a submission the profile does not know.
    """
    wanted = profile.submission(submission)
    kinds = [(document, _kind(document, profile)) for document in documents]
    known = [(document, kind) for document, kind in kinds if kind is not None]
    volumes: list[Volume] = []
    for code in profile.rules.series_order:
        taken = [pair for pair in known if volume_of(*pair) == code and _takes(wanted, *pair)]
        of_kind = profile.volume(code)
        taken.sort(key=lambda pair: position(case, pair, of_kind))
        volumes += bind(case, reorder(taken, placed), of_kind, len(volumes), profile)
    loose = tuple(document for document, kind in known if volume_of(document, kind) == LOOSE)
    unfiled = tuple(document for document, kind in kinds if kind is None)
    bound = [entry.document for volume in volumes for entry in volume.entries]
    return Dossier(
        case=case,
        submission=wanted.id,
        submission_title=wanted.title,
        volumes=tuple(volumes),
        loose=loose,
        unfiled=unfiled,
        frames=tuple(document for document, kind in known if volume_of(document, kind) == FRAME),
        training=any(_is_training(face) for document in (*bound, *loose, *unfiled) for face in document.faces),
    )


def tell(document: Document, facts: Facts, profile: Profile) -> Document:
    """The document as a clerk says it is. A kind told is sure, and gives the title unless that is told too."""
    told = facts.told()
    changes: dict[str, object] = {**told, "told": frozenset(told)}
    if facts.date is not None:
        changes["date"] = None if facts.date == NO_DATE else dt.date.fromisoformat(facts.date)
    for name in ("number", "ordinal"):
        if name in told:
            changes[name] = told[name] or None
    if facts.kind is not None:
        changes["confidence"] = 1.0
    stands = replace(document, **changes)  # type: ignore[arg-type]
    if facts.title is not None or (facts.kind is None and facts.ordinal is None):
        return stands
    return replace(stands, title=catalogue_title(stands.kind, document.title, stands.ordinal, profile))


def volume_of(document: Document, kind: DocumentKind) -> str:
    """The code of the volume kind a document belongs into: where a clerk put it, else its kind's own."""
    return document.volume or kind.volume


def catalogue_title(kind: str | None, written: str, ordinal: int | None, profile: Profile) -> str:
    """A document's title: as the paper says where the profile knows the kind under that name, else the profile's."""
    if kind is None or not profile.knows(kind):
        return written
    titles = profile.titles(kind)
    title = written if written in titles else titles[0]
    return f"{title}（第{ordinal}次）" if ordinal else title


def _document(proposal: DocumentProposal, faces: tuple[Face, ...], profile: Profile) -> Document:
    code = proposal.kind.code if proposal.kind else None
    return Document(
        id=faces[0].id,
        kind=code,
        title=catalogue_title(code, proposal.title, proposal.ordinal, profile),
        number=proposal.number.value if proposal.number else None,
        date=dt.date.fromisoformat(proposal.date.value) if proposal.date else None,
        persons=tuple(person.value for person in proposal.persons),
        ordinal=proposal.ordinal,
        confidence=proposal.confidence,
        faces=faces,
        copy=CopyKind(proposal.copy.value) if proposal.copy else None,
    )


def _kind(document: Document, profile: Profile) -> DocumentKind | None:
    return profile.kind(document.kind) if document.kind is not None and profile.knows(document.kind) else None


def _takes(submission: Submission, document: Document, kind: DocumentKind) -> bool:
    return any(
        part.volume == volume_of(document, kind) and (part.kinds is None or kind.code in part.kinds)
        for part in submission.include
    )


def _is_training(face: Face) -> bool:
    return face.origin in (CaptureOrigin.REPLAY, CaptureOrigin.SIMULATOR)
