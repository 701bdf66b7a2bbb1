"""From pages to documents to a dossier: what is stored becomes what the dossier package works on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.station.electronic import electronic_pages, runs
from app.station.errors import BatchUnfinished, ImportUnfinished, NoPages, PagesFailed, PagesPending, SubmissionUnknown
from app.station.interventions import interventions
from app.station.malware import kept
from app.station.results import load
from app.station.second_look import doubted, outcomes
from app.station.separating import guided, put_into, require_own_separators, separator_pages, separators, stretches
from app.station.station import Station
from app.store.audit import Step as Taken
from app.store.records import AimKind, Batch, CaseRecord, DocumentRecord, Page
from dossier.alike import learn
from dossier.corrections import regroup, standing_for
from dossier.filing import assemble, documents_from, tell
from dossier.model import CaptureOrigin, Document, Dossier, ElectronicPage, Face, Step, Zone
from ocr.pipeline import PageResult
from ocr.reading import group_pages
from ocr.reading.types import DocumentProposal, PageReading


def file_pages(station: Station, record: CaseRecord) -> None:
    """Propose the documents of a case from its read pages, let the clerk's corrections win, and store the result."""
    pages = [page for page in station.store.pages.of_case(record.id) if page.processed]
    # Each was understood when it was read: a correction shall not wait for the text of the whole case.
    results = [page_result(station, record, page, lines=False) for page in pages]
    electronic = electronic_pages(station, record, pages)
    originals = [electronic.get(page.id) for page in pages]
    found = separators(station, record)
    profile = station.profile_of(record.case)
    proposals: list[DocumentProposal] = []
    readings: dict[int, PageReading | None] = {}
    volumes: dict[int, str | None] = {}
    for stretch in stretches(pages, found, record.case.case_no):
        told = guided([results[page].reading for page in stretch.pages], stretch, profile)
        readings |= zip(stretch.pages, told, strict=True)
        volumes |= dict.fromkeys(stretch.pages, put_into(stretch.label, profile))
        for own, one_document in runs(stretch.pages, originals):
            if one_document:
                proposals.append(_as_one(own, readings))
                continue
            grouped = group_pages([readings[page] for page in own])
            proposals += [replace(each, pages=tuple(own[page] for page in each.pages)) for each in grouped]
    faces = [_face(*each) for each in zip(pages, results, originals, strict=True)]
    documents = _corrected(station, record, proposals, _Pages(faces, readings, volumes))
    ids = {face.id: page.id for face, page in zip(faces, pages, strict=True)}
    stored = [_stored(document, ids) for document in documents]
    with station.store.change("case.filed", record.case.case_no, documents=len(documents), pages=len(pages)) as change:
        apart = separator_pages(pages, found)
        change.detail["separators"] = [page.number for page in pages if page.id in apart]
        station.store.cases.file_documents(record.id, stored)


@dataclass(frozen=True)
class _Pages:
    """All read pages of a case in order. By their place: what each says, and the volume a separator puts it into."""

    faces: Sequence[Face]
    readings: Mapping[int, PageReading | None]
    volumes: Mapping[int, str | None]


def _corrected(
    station: Station, record: CaseRecord, proposals: Sequence[DocumentProposal], pages: _Pages
) -> list[Document]:
    """The documents as the clerk wants them; those nobody touched are as proposed."""
    place = {face.id: index for index, face in enumerate(pages.faces)}
    proposed = {proposal.pages: proposal for proposal in proposals}
    newer = _replaced(station, record)
    corrections = [standing_for(each, newer) for each in station.store.corrections.of_papers(record.id)]
    groups = regroup([[pages.faces[page].id for page in proposal.pages] for proposal in proposals], corrections)
    wanted = [tuple(place[face] for face in group.faces) for group in groups]
    settled: Sequence[DocumentProposal] = [proposed.get(own) or _as_one(own, pages.readings) for own in wanted]
    profile = station.profile_of(record.case)
    settled = learn(settled, [group.facts for group in groups])
    documents = documents_from(settled, pages.faces, profile)
    return [
        tell(replace(document, volume=pages.volumes[own[0]]), group.facts, profile)
        for document, own, group in zip(documents, wanted, groups, strict=True)
    ]


def _as_one(pages: tuple[int, ...], readings: Mapping[int, PageReading | None]) -> DocumentProposal:
    """What reading says of pages of which a clerk says that they are one document."""
    own: list[PageReading | None] = []
    for reading in (readings[page] for page in pages):
        if reading is None:
            own.append(None)
        elif any(own):
            own.append(replace(reading, kind=None, starts_document=False, start_confidence=1.0))
        else:
            own.append(replace(reading, starts_document=True, start_confidence=1.0))
    (proposal,) = group_pages(own)
    return replace(proposal, pages=pages)


def _replaced(station: Station, record: CaseRecord) -> dict[str, str]:
    """Face -> the face that stands for it now, of those that were scanned again or replaced."""
    pages = {page.id: page for page in station.store.pages.all_of_case(record.id)}
    newer: dict[str, str] = {}
    for page in pages.values():
        last = page
        while last.aside is not None and last.aside.superseded_by is not None:
            last = pages[last.aside.superseded_by]
        if last is not page:
            newer[page.stem] = last.stem
    return newer


def load_documents(station: Station, record: CaseRecord) -> list[Document]:
    """The documents of a case in the order of the paper, with all that is known of each face."""
    pages = {page.id: page for page in station.store.pages.of_case(record.id)}
    electronic = electronic_pages(station, record, list(pages.values()))
    faces = {
        page.id: _face(page, page_result(station, record, page), electronic.get(page.id))
        for page in pages.values()
        if page.processed
    }
    return [
        Document(
            id=f"{position:04d}",
            kind=document.kind,
            title=document.title,
            number=document.number,
            date=document.date,
            persons=document.persons,
            ordinal=document.ordinal,
            confidence=document.confidence,
            faces=tuple(faces[page_id] for page_id in document.page_ids),
            copy=document.copy,
            volume=document.volume,
            told=document.told,
        )
        for position, document in enumerate(station.store.cases.documents(record.id), start=1)
    ]


def build_dossier(station: Station, case_no: str, submission: str) -> Dossier:
    """The case assembled for one submission, in the order that holds for it.

    Raises:
        CaseUnknown, SubmissionUnknown, NoPages, PagesPending, PagesFailed, BatchUnfinished, ForeignSeparator.
    """
    record = station.store.cases.get(case_no)
    require_submission(station, record, submission)
    require_complete(station, record)
    return arranged(station, record, submission)


def arranged(station: Station, record: CaseRecord, submission: str) -> Dossier:
    """The case as far as it has been read, assembled for one submission that the standard knows."""
    version = station.store.arrangements.active_version(record.id, submission)
    newer = _replaced(station, record)
    placed = [
        standing_for(each, newer) for each in station.store.corrections.of_arrangement(record.id, submission, version)
    ]
    case_no = record.case.case_no
    trail = list(station.store.audit.newest_first(case_no))
    known = outcomes(trail)
    documents = [doubted(document, known) for document in load_documents(station, record)]
    dossier = assemble(record.case, documents, submission, station.profile_of(record.case), placed)
    return replace(dossier, interventions=interventions(station, case_no), steps=_steps(trail))


def _steps(trail: Iterable[Taken]) -> tuple[Step, ...]:
    """What the case's trail says was done, the last first; of captures with what they gave."""
    return tuple(
        Step(
            step.event,
            step.actor,
            dt.datetime.fromisoformat(step.at),
            str(step.detail.get("sha256", "")),
            None if (role := step.detail.get("role")) is None else str(role),
            kept(step.detail.get("malware")),
        )
        for step in trail
    )


def require_submission(station: Station, record: CaseRecord, submission: str) -> None:
    """Raise `SubmissionUnknown` for one the standard of the case does not name."""
    known = [known.id for known in station.profile_of(record.case).rules.submissions]
    if submission not in known:
        raise SubmissionUnknown(submission=submission, known=", ".join(known))


def require_complete(station: Station, record: CaseRecord) -> None:
    """Raise unless every page that arrived has been read, the last pile and the last import went through whole, and no
    separator sheet is another case's."""
    case_no = record.case.case_no
    pages = station.store.pages.of_case(record.id)
    if not pages:
        raise NoPages(case_no=case_no)
    failed = [page for page in pages if page.failure]
    if failed:
        raise PagesFailed(count=len(failed), case_no=case_no, page=failed[0].number, detail=failed[0].failure)
    pending = sum(not page.processed for page in pages)
    if pending:
        raise PagesPending(count=pending, case_no=case_no)
    for batch in unfinished_batches(station, record, pages):
        unfinished = ImportUnfinished if batch.kind == "import" else BatchUnfinished
        raise unfinished(batch=batch.number, case_no=case_no, reason=batch.reason or "interrupted")
    require_own_separators(station, record, pages)


def unfinished_batches(station: Station, record: CaseRecord, pages: Sequence[Page]) -> list[Batch]:
    """The batches that are not whole: every pile some page of which counts, the last pile and the last import. Where a
    page was to be replaced and no other came, the old one still stands and nothing is missing."""
    batches = station.store.pages.batches(record.id)
    last = {batch.kind: batch.id for batch in batches if batch.aim.kind is not AimKind.REPLACE}.values()
    scanned = {page.batch_id for page in pages} & {batch.id for batch in batches if batch.kind == "scan"}
    return [batch for batch in batches if batch.state != "complete" and batch.id in {*last, *scanned}]


def page_result(station: Station, record: CaseRecord, page: Page, *, lines: bool = True) -> PageResult:
    """What was found on a page that has been read; without `lines` as if no text stood on it."""
    stored = station.store.pages.result(page.id, lines=lines)
    if stored is None:
        raise LookupError(f"page {page.number} of {record.case.case_no} has not been read")
    return load(stored, station.home.derived(record.case.case_no))


def _face(page: Page, result: PageResult, electronic: ElectronicPage | None) -> Face:
    return Face(
        id=page.stem,
        sheet=page.sheet,
        side=page.side,
        blank=result.analysis.blank,
        original_sha256=page.sha256,
        original_name=page.file.name,
        origin=CaptureOrigin(page.origin),
        captured_at=dt.datetime.fromisoformat(page.captured_at),
        picture=result.evidence,
        width_px=result.width,
        height_px=result.height,
        dpi=result.dpi,
        lines=result.text.lines,
        marks=result.marks,
        zones=tuple(Zone(label, ink) for label, ink in result.zones),
        engine=f"{result.text.engine} {result.text.version}",
        models=tuple(sorted(result.text.models.items())),
        straight=result.analysis.blank or result.analysis.skew_deg is not None,
        analysis=result.analysis,
        electronic=electronic,
        strike_outs=result.strike_outs,
    )


def _stored(document: Document, page_ids: dict[str, int]) -> DocumentRecord:
    return DocumentRecord(
        kind=document.kind,
        title=document.title,
        number=document.number,
        date=document.date,
        persons=document.persons,
        ordinal=document.ordinal,
        confidence=document.confidence,
        page_ids=tuple(page_ids[face.id] for face in document.faces),
        copy=document.copy,
        volume=document.volume,
        told=document.told,
    )
