"""What a clerk does to pages that are in the case: set aside (剔除), take back (恢复). Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence

from app.station.errors import CaseSealed, PageAside, PageCounts
from app.station.filing import file_pages
from app.station.placing import SUPERSEDED
from app.station.station import Station, exclusive
from app.store.records import Aim, AimKind, Aside, CaseRecord, Package, Page
from transfer.types import SendState

# Why a face does not count: the step that brought it, or took another one back, was undone (撤销).
UNDONE = "undone"


def set_aside(station: Station, case_no: str, numbers: Sequence[int], reason: str) -> list[Page]:
    """Let pages count no longer, for a reason that goes into the trail with the operator's name.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, PageUnknown, PageAside: nothing was changed.
        ValueError: the reason is empty.
    """
    if not reason.strip():
        raise ValueError("a reason is needed")
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        pages = [_counting(station, record, number) for number in numbers]
        with station.store.change("pages.set-aside", case_no, pages=list(numbers), reason=reason):
            for page in pages:
                station.store.order.set_aside(page.id, Aside(reason, station.who.actor, station.stamp()))
        file_pages(station, record)
    return [station.store.pages.numbered(record.id, number) for number in numbers]


def take_back(station: Station, case_no: str, numbers: Sequence[int]) -> list[Page]:
    """Undo: let pages count again. A face that stands for such a page is set aside in its turn.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, PageUnknown, PageCounts: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        pages = [station.store.pages.numbered(record.id, number) for number in numbers]
        for page in pages:
            if page.aside is None:
                raise PageCounts(page=page.number)
        with station.store.change("pages.taken-back", case_no, pages=list(numbers)) as change:
            change.detail["supersedes"] = [number for page in pages for number in _take_back(station, page)]
            station.store.cases.unfile(record.id)
        file_pages(station, record)
    return [station.store.pages.numbered(record.id, number) for number in numbers]


def restore(
    station: Station, case_no: str, *, back: Sequence[int], aside: Sequence[int], undoes: Sequence[int]
) -> None:
    """Undo: let the pages `back` count again and set those of `aside` that still count aside, in one transaction.

    `undoes`: the steps of the trail that are undone by it.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, PageUnknown: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        with station.store.change("pages.undone", case_no, back=list(back), aside=list(aside), undoes=list(undoes)):
            for number in back:
                page = station.store.pages.numbered(record.id, number)
                if page.aside is not None:
                    _take_back(station, page)
            for number in aside:
                page = station.store.pages.numbered(record.id, number)
                if page.aside is None:
                    station.store.order.set_aside(page.id, Aside(UNDONE, station.who.actor, station.stamp()))
            station.store.cases.unfile(record.id)
        file_pages(station, record)


def require_changeable(station: Station, record: CaseRecord, aim: Aim = Aim()) -> None:  # noqa: B008 - frozen
    """Raise `CaseSealed` while a package of the submission being worked on stands that its platform has not returned;
    `PageUnknown` or `PageAside` for an aim at a page that does not count."""
    package = standing_package(station, record)
    if package is not None:
        raise CaseSealed(case_no=record.case.case_no, package=package.id)
    if aim.kind in (AimKind.INSERT_BEFORE, AimKind.INSERT_AFTER, AimKind.REPLACE):
        _counting(station, record, aim.target or 0)


def standing_package(station: Station, record: CaseRecord) -> Package | None:
    """The newest package made from the arrangement being worked on, unless the platform has returned it."""
    current = station.store.arrangements.current(record.id)
    version = station.store.arrangements.active_version(record.id, current) if current else None
    outgoing = [
        each
        for each in station.store.outbox.of_case(record.id)
        if current is None or (each.package.submission, each.package.arrangement) == (current, version)
    ]
    return outgoing[-1].package if outgoing and outgoing[-1].state is not SendState.REJECTED else None


def _counting(station: Station, record: CaseRecord, number: int) -> Page:
    page = station.store.pages.numbered(record.id, number)
    if page.aside is not None:
        raise PageAside(page=number)
    return page


def _take_back(station: Station, page: Page) -> list[int]:
    """The numbers of the faces that no longer count because this one does."""
    older = station.store.pages.of_sheet(page.case_id, page.sheet)
    standing = [other for other in older if other.side == page.side]
    for other in standing:
        station.store.order.set_aside(other.id, Aside(SUPERSEDED, station.who.actor, station.stamp(), page.id))
    station.store.order.take_back(page.id)
    return [other.number for other in standing]
