"""Filing: documents out of pages, volumes out of documents, all by the profile. Pure: the same in, the same out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dossier.model import CaptureOrigin, Case, Document, Dossier, Entry, Face, Volume
from dossier.profile import DocumentKind, Profile, Submission, VolumeKind
from dossier.profile.profile import LOOSE
from ocr.reading.types import DocumentProposal

LAST = 1_000_000  # sorts what is not known behind what is


def documents_from(
    proposals: Sequence[DocumentProposal], faces: Sequence[Face], profile: Profile
) -> tuple[Document, ...]:
    """Make documents of what reading proposed; `faces` is the sequence whose indices the proposals hold."""
    return tuple(_document(proposal, tuple(faces[page] for page in proposal.pages), profile) for proposal in proposals)


def assemble(case: Case, documents: Sequence[Document], submission: str, profile: Profile) -> Dossier:
    """Put the documents of a case, in scanning order, together for one submission (base, arrest, prosecute, ...).

    Frame pages are left out, as the station makes them; so are documents of volumes the submission does not take,
    above all those that never leave the house. Unknown kinds come back as unfiled. Raises `KeyError` for a
    submission the profile does not know.
    """
    wanted = profile.submission(submission)
    kinds = [(document, _kind(document, profile)) for document in documents]
    known = [(document, kind) for document, kind in kinds if kind is not None]
    volumes: list[Volume] = []
    for code in profile.rules.series_order:
        taken = [(document, kind) for document, kind in known if kind.volume == code and _takes(wanted, kind)]
        taken.sort(key=lambda pair: _position(case, *pair))
        volumes += _volumes([document for document, _ in taken], profile.volume(code), len(volumes), profile)
    loose = tuple(document for document, kind in known if kind.volume == LOOSE)
    unfiled = tuple(document for document, kind in kinds if kind is None)
    bound = [entry.document for volume in volumes for entry in volume.entries]
    return Dossier(
        case=case,
        submission=wanted.id,
        submission_title=wanted.title,
        volumes=tuple(volumes),
        loose=loose,
        unfiled=unfiled,
        training=any(_is_training(face) for document in (*bound, *loose, *unfiled) for face in document.faces),
    )


def _document(proposal: DocumentProposal, faces: tuple[Face, ...], profile: Profile) -> Document:
    code = proposal.kind.code if proposal.kind else None
    return Document(
        id=faces[0].id,
        kind=code,
        title=_title(proposal, profile),
        number=proposal.number.value if proposal.number else None,
        date=dt.date.fromisoformat(proposal.date.value) if proposal.date else None,
        persons=tuple(person.value for person in proposal.persons),
        ordinal=proposal.ordinal,
        confidence=proposal.confidence,
        faces=faces,
    )


def _title(proposal: DocumentProposal, profile: Profile) -> str:
    """The catalogue's title: as the paper says where the profile knows it under that name, else the profile's."""
    if proposal.kind is None:
        return proposal.title
    titles = profile.titles(proposal.kind.code)
    title = proposal.title if proposal.title in titles else titles[0]
    return f"{title}（第{proposal.ordinal}次）" if proposal.ordinal else title


def _kind(document: Document, profile: Profile) -> DocumentKind | None:
    return profile.kind(document.kind) if document.kind is not None and profile.knows(document.kind) else None


def _takes(submission: Submission, kind: DocumentKind) -> bool:
    return any(
        part.volume == kind.volume and (part.kinds is None or kind.code in part.kinds) for part in submission.include
    )


def _position(case: Case, document: Document, kind: DocumentKind) -> tuple[int, int, int, dt.date]:
    """Order inside a volume: the kind's place, the person's, the ordinal, the date; equal ones stay as scanned."""
    orders = [person.order for person in case.persons if person.name in document.persons]
    person = min(orders, default=LAST) if kind.about == "person" else 0
    return kind.order, person, document.ordinal or LAST, document.date or dt.date.max


def _volumes(documents: Sequence[Document], kind: VolumeKind, made: int, profile: Profile) -> list[Volume]:
    """Split at the boundary of a document before the page limit is passed; a longer document has its own volume."""
    parts: list[list[Document]] = []
    pages = 0
    for document in documents:
        more = sum(not face.blank for face in document.faces)
        if not parts or (pages > 0 and pages + more > kind.max_pages):
            parts.append([])
            pages = 0
        parts[-1].append(document)
        pages += more
    return [_volume(part, kind, made + number, profile) for number, part in enumerate(parts, start=1)]


def _volume(documents: Sequence[Document], kind: VolumeKind, sequence: int, profile: Profile) -> Volume:
    """Number the faces with something on them, from the profile's start."""
    start = profile.rules.page_numbers.start
    numbers: dict[str, int] = {}
    entries = []
    for order, document in enumerate(documents, start=1):
        own = [face.id for face in document.faces if not face.blank]
        numbers |= {face: start + len(numbers) + place for place, face in enumerate(own)}
        first, last = (numbers[own[0]], numbers[own[-1]]) if own else (None, None)
        entries.append(Entry(order, document, first, last))
    return Volume(kind.kind, kind.code, kind.title, sequence, tuple(entries), tuple(numbers.items()), len(numbers))


def _is_training(face: Face) -> bool:
    return face.origin in (CaptureOrigin.REPLAY, CaptureOrigin.SIMULATOR)
