"""What a clerk corrects in the filing of a case: split, join, move, say what it is. It wins over any later reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.station.errors import (
    AlreadyFirst,
    DateInvalid,
    KindUnknown,
    NothingBefore,
    OtherVolume,
    PageUnfiled,
    SameDocument,
    VolumeUnknown,
)
from app.station.filing import file_pages, require_submission
from app.station.page_acts import require_changeable
from app.station.station import Station, exclusive
from app.station.submissions import keep_arrangement
from app.store.corrections import Signed
from app.store.records import CaseRecord, DocumentRecord
from dossier.corrections import NO_DATE, Correction, Facts, Joins, Moves, Opens, Placed, Told
from dossier.profile import Profile
from signing.chain import Json

# The step of the trail that a correction is.
CORRECTED = "filing.corrected"
_FACTS = TypeAdapter(Facts)


def split(station: Station, case_no: str, page: int, reason: str) -> None:
    """Let a document begin with `page`, which stands in the middle of one.

    Raises:
        AlreadyFirst: a document begins with it.
        PageUnfiled, PageUnknown, CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
        ValueError: the reason is empty.
    """

    def correction(record: CaseRecord) -> Correction:
        faces = _faces_of(station, record, page)
        at = faces.index(_stem(page))
        if at == 0:
            raise AlreadyFirst(page=page)
        return Opens(faces[at:])

    _correct(station, case_no, correction, reason)


def join(station: Station, case_no: str, page: int, reason: str, *, to: int | None = None) -> None:
    """Put the document of `page` to the end of the document of the page `to`, or of the one before it in the paper.

    Raises:
        NothingBefore, SameDocument: there is nothing to join it to.
        PageUnfiled, PageUnknown, CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
        ValueError: the reason is empty.
    """

    def correction(record: CaseRecord) -> Correction:
        faces = _faces_of(station, record, page)
        documents = _filed(station, record)
        anchor = documents[documents.index(faces) - 1] if to is None else _faces_of(station, record, to)
        if to is None and documents[0] == faces:
            raise NothingBefore(page=page)
        if anchor == faces:
            raise SameDocument(page=page, other=to)
        return Joins(faces, anchor)

    _correct(station, case_no, correction, reason)


def move_pages(
    station: Station, case_no: str, pages: Sequence[int], anchor: int, reason: str, *, before: bool = False
) -> None:
    """Move single pages in front of or behind another page, into its document.

    Raises:
        SameDocument: the anchor is among the pages.
        PageUnfiled, PageUnknown, CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
        ValueError: the reason is empty.
    """

    def correction(record: CaseRecord) -> Correction:
        if anchor in pages:
            raise SameDocument(page=anchor, other=anchor)
        for page in pages:
            _faces_of(station, record, page)
        beside = _faces_of(station, record, anchor)
        first = _stem(anchor)
        return Moves(
            tuple(_stem(page) for page in pages), (first, *(face for face in beside if face != first)), before=before
        )

    _correct(station, case_no, correction, reason)


def tell(station: Station, case_no: str, page: int, facts: Facts, reason: str) -> None:
    """Say what the document of `page` is.

    Raises:
        KindUnknown, VolumeUnknown, DateInvalid: the standard or the calendar does not know what was said.
        PageUnfiled, PageUnknown, CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
        ValueError: the reason is empty.
    """

    def correction(record: CaseRecord) -> Correction:
        _require_known(station.profile_of(record.case), facts)
        return Told(_faces_of(station, record, page), facts)

    _correct(station, case_no, correction, reason)


def place_document(
    station: Station, case_no: str, page: int, anchor: int, submission: str, reason: str, *, before: bool = False
) -> None:
    """Put the document of `page` in front of or behind that of `anchor`, in the order that holds for a submission.

    Raises:
        SameDocument, OtherVolume: the two do not stand in one kind of volume.
        SubmissionUnknown, PageUnfiled, PageUnknown, CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
        ValueError: the reason is empty.
    """
    require_submission(station, station.store.cases.get(case_no), submission)

    def correction(record: CaseRecord) -> Correction:
        faces, beside = _faces_of(station, record, page), _faces_of(station, record, anchor)
        if faces == beside:
            raise SameDocument(page=page, other=anchor)
        if _volume_of(station, record, faces) != _volume_of(station, record, beside):
            raise OtherVolume(page=page, other=anchor)
        return Placed(faces, beside, before=before)

    _correct(station, case_no, correction, reason, submission)


def withdraw(station: Station, case_no: str, correction: int, undoes: Sequence[int]) -> None:
    """Undo a correction. `undoes`: the steps of the trail that are undone by it.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        with station.store.change("filing.undone", case_no, correction=correction, undoes=list(undoes)):
            station.store.corrections.withdraw(correction)
            station.store.cases.unfile(record.id)
        file_pages(station, record)


@dataclass(frozen=True)
class FiledDocument:
    """A document as it stands in the filing. `pages`: numbers of its pages, in order."""

    kind: str | None
    title: str
    pages: tuple[int, ...]


def document_of(station: Station, case_no: str, page: int) -> FiledDocument:
    """The document that has `page`. Raises `CaseUnknown`, `PageUnknown`, `PageUnfiled`."""
    record = station.store.cases.get(case_no)
    faces = _faces_of(station, record, page)
    document = _document(station, record, faces)
    return FiledDocument(document.kind, document.title, tuple(int(face) for face in faces))


def _correct(
    station: Station,
    case_no: str,
    made: Callable[[CaseRecord], Correction],
    reason: str,
    submission: str | None = None,
) -> None:
    """Keep a correction with its record in the trail, and file anew. `made` sees the case while nobody changes it."""
    if not reason.strip():
        raise ValueError("a reason is needed")
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        correction = made(record)
        signed = Signed(reason, station.who.actor, station.stamp())
        with station.store.change(CORRECTED, case_no, **_shown(correction), reason=reason) as change:
            of = keep_arrangement(station, record, submission) if submission else None
            if of is not None:
                change.detail.update(submission=of.submission, version=of.version)
            change.detail["correction"] = station.store.corrections.add(record.id, correction, signed, of)
            station.store.cases.unfile(record.id)
        file_pages(station, record)


def _shown(correction: Correction) -> dict[str, Json]:
    """A correction as the trail tells it: what was done, and the numbers of the pages it concerns."""
    told: dict[str, Json] = {
        "act": type(correction).__name__.lower(),
        "pages": [int(face) for face in correction.faces],
    }
    if isinstance(correction, Told):
        told["facts"] = _FACTS.dump_python(correction.facts, mode="json", exclude_none=True)
    elif not isinstance(correction, Opens):
        told["anchor"] = [int(face) for face in correction.anchor]
    if isinstance(correction, Moves | Placed):
        told["before"] = correction.before
    return told


def _require_known(profile: Profile, facts: Facts) -> None:
    if facts.kind is not None and not profile.knows(facts.kind):
        raise KindUnknown(kind=facts.kind)
    volumes = [volume.code for volume in profile.volumes]
    if facts.volume is not None and facts.volume not in volumes:
        raise VolumeUnknown(volume=facts.volume, known=", ".join(volumes))
    if facts.date is not None and facts.date != NO_DATE:
        try:
            dt.date.fromisoformat(facts.date)
        except ValueError as error:
            raise DateInvalid(date=facts.date) from error


def _faces_of(station: Station, record: CaseRecord, page: int) -> tuple[str, ...]:
    """The faces of the document that has `page`. Raises `PageUnfiled`, `PageUnknown`."""
    station.store.pages.numbered(record.id, page)
    for faces in _filed(station, record):
        if _stem(page) in faces:
            return faces
    raise PageUnfiled(page=page)


def _filed(station: Station, record: CaseRecord) -> list[tuple[str, ...]]:
    stems = {page.id: page.stem for page in station.store.pages.of_case(record.id)}
    return [tuple(stems[page] for page in document.page_ids) for document in station.store.cases.documents(record.id)]


def _volume_of(station: Station, record: CaseRecord, faces: tuple[str, ...]) -> str | None:
    """The volume kind of a filed document; None while its kind is not known."""
    document, profile = _document(station, record, faces), station.profile_of(record.case)
    if document.kind is None or not profile.knows(document.kind):
        return None
    return document.volume or profile.kind(document.kind).volume


def _document(station: Station, record: CaseRecord, faces: tuple[str, ...]) -> DocumentRecord:
    filed = zip(_filed(station, record), station.store.cases.documents(record.id), strict=True)
    return next(document for own, document in filed if own == faces)


def _stem(page: int) -> str:
    return f"{page:06d}"
