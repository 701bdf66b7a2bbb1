"""How far a case is, in one look."""

from __future__ import annotations

from dataclasses import dataclass

from app.station.station import Station
from app.store.records import CaseRecord
from transfer.types import SendState


@dataclass(frozen=True)
class CaseOverview:
    """`state`: empty, scanned, read, or the send state of its newest package."""

    case_no: str
    name: str
    charge: str
    profile: str
    pages: int
    processed: int
    failed: int
    documents: int
    state: str
    packages: tuple[str, ...]


def overview(station: Station, record: CaseRecord) -> CaseOverview:
    """Summarise one case."""
    pages = station.store.pages.of_case(record.id)
    outgoing = station.store.outbox.of_case(record.id)
    processed = sum(page.processed for page in pages)
    if outgoing:
        state = outgoing[-1].state.value
    elif not pages:
        state = "empty"
    else:
        state = "read" if processed == len(pages) else "scanned"
    return CaseOverview(
        case_no=record.case.case_no,
        name=record.case.name,
        charge=record.case.charge,
        profile=station.standard_label(record.case),
        pages=len(pages),
        processed=processed,
        failed=sum(page.failure is not None for page in pages),
        documents=len(station.store.cases.documents(record.id)),
        state=state,
        packages=tuple(item.package.id for item in outgoing),
    )


def has_arrived(station: Station, record: CaseRecord) -> bool:
    """Arrived: the platform's signed receipt over the whole package is in."""
    return any(item.state is SendState.ARRIVED for item in station.store.outbox.of_case(record.id))
