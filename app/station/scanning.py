"""Feeding a pile: a scanner's pages become pages of the case, each recorded before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.station.batches import (
    UNRECONCILED,
    OnPage,
    close,
    compare,
    is_duplex,
    open_batch,
    recover_batches,
    resume,
    take_in,
    to_go_on_with,
)
from app.station.disk_budget import TO_READ_AND_SEAL, bytes_to_seal, room_to_keep
from app.station.errors import SheetUnknown
from app.station.manual_duplex import backs_of, join_sides, name_sheets
from app.station.page_acts import require_changeable
from app.station.pile import Pile, Waits, pile_sha256
from app.station.station import Station, exclusive
from app.store.records import Aim, AimKind, Batch, CaseRecord, Page
from app.store.room import free_bytes
from drivers.scanners import open_session
from drivers.scanners.reconcile import Reconciliation
from drivers.scanners.types import (
    End,
    EndReason,
    Event,
    Fault,
    FaultCode,
    Inexact,
    PageDone,
    Ready,
    ScanSettings,
    Source,
    Waiting,
)

__all__ = [
    "Aim",
    "AimKind",
    "OnEvent",
    "OnPage",
    "Page",
    "Pile",
    "Scanned",
    "Waits",
    "pile_sha256",
    "recover_batches",
    "rescan_sheet",
    "scan",
]


@dataclass(frozen=True)
class Scanned:
    """What came of it. `pages` includes those recovered from an interrupted run of the same pile.

    `sheets`: the sheets that went in against the faces that came out; a batch they do not fit is not complete.
    `arrived`: the faces that came in this run.
    `went_on_at`: the sheet of the pile, from 1, with which a stopped pile was gone on with, None for a new one.
    `lay_back_from`: of a pile that stopped, the sheet from which on it has to be laid in again.
    `inexact`: the settings that the device took otherwise than asked (a sheet cut, say).
    """

    batch: Batch
    pages: int
    fault: Fault | None
    sheets: Reconciliation
    arrived: int = 0
    went_on_at: int | None = None
    lay_back_from: int | None = None
    inexact: tuple[Inexact, ...] = ()


OnEvent = Callable[[Event], None]


@dataclass(frozen=True)
class _Run:
    """One session of a device for a batch, from which sheet on."""

    batch: Batch
    first_sheet: int
    settings: ScanSettings
    went_on_at: int | None = None


@dataclass(frozen=True)
class _Ended:
    """How a session ended, how many faces it brought, and which settings were not taken exactly."""

    reason: EndReason
    fault: Fault | None = None
    arrived: int = 0
    inexact: tuple[Inexact, ...] = ()

    @property
    def ran_through(self) -> bool:
        return self.fault is None and self.reason in (EndReason.FEEDER_EMPTY, EndReason.PAGE_LIMIT)


def scan(
    station: Station,
    case_no: str,
    pile: Pile,
    *,
    aim: Aim = Aim(),  # noqa: B008 - frozen
    from_sheet: int | None = None,
    new_pile: bool = False,
    on_page: OnPage = lambda _: None,
    on_event: OnEvent = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Scanned:
    """Scan one pile into a case; a pile that was interrupted goes on where it stopped.

    `aim`: where the pages go; behind all others unless told. `from_sheet`: go on from that sheet of the case, whose
    faces and those after it are then superseded as they come anew. `new_pile`: do not go on with a stopped pile.

    Raises:
        CaseUnknown, CaseInUse, DiskFull, PageUnknown, PageAside, SheetUnknown, NoFronts, CaseSealed: nothing was
            scanned.
        DriverError: the device could not be opened at all.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        station.home.require_space(keep=room_to_keep(bytes_to_seal(station, record)))
        recover_batches(station, record, on_page)
        aim, pile = _settle_aim(station, record, aim, pile)
        if from_sheet is not None:
            require_changeable(station, record)
            batch, sheet = _came_in(station, record, from_sheet, or_next=True)
            run = _Run(resume(station, record, batch, sheet), sheet, pile.settings)
        else:
            known = None if new_pile else to_go_on_with(station, record, pile, aim)
            run = _go_on(station, record, known, pile) if known else _begin(station, record, pile, aim)
        ended = _feed(station, record, run, pile, on_page, on_event, cancelled)
        return _finish(station, record, run, ended)


def rescan_sheet(
    station: Station,
    case_no: str,
    sheet: int,
    pile: Pile,
    *,
    on_page: OnPage = lambda _: None,
    on_event: OnEvent = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Scanned:
    """Scan one sheet of the case anew (重扫), put in alone: each face that comes stands for the earlier one, at its
    place. A fault leaves the earlier faces as they were.

    Raises:
        SheetUnknown: no face of that sheet was scanned here. Else what `scan` raises.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        station.home.require_space(keep=room_to_keep(bytes_to_seal(station, record)))
        require_changeable(station, record)
        recover_batches(station, record, on_page)
        batch, fed_sheet = _came_in(station, record, sheet)
        station.store.note("sheet.fed-again", case_no, batch=batch.number, sheet=sheet)
        one_sheet = replace(pile.settings, page_limit=2 if pile.settings.source is Source.ADF_DUPLEX else 1)
        run = _Run(batch, fed_sheet, one_sheet)
        ended = _feed(station, record, run, pile, on_page, on_event, cancelled)
        sheets = compare(station, run.batch)
        mended = run.batch.reason == UNRECONCILED or run.batch.expected_sheets is not None
        whole = sheets.reconciled and ended.ran_through
        if run.batch.state != "complete" and mended and whole:
            close(station, record, run.batch, None, sheets)
    pages = sheets.faces + len(sheets.superseded)
    batch = station.store.pages.batch(batch.id)
    return Scanned(batch, pages, ended.fault, sheets, ended.arrived, inexact=ended.inexact)


def _settle_aim(station: Station, record: CaseRecord, aim: Aim, pile: Pile) -> tuple[Aim, Pile]:
    """The aim made definite, and the pile that fits it: one face for a page, as many backs as there are fronts."""
    if aim.kind is AimKind.APPEND:
        return aim, pile
    require_changeable(station, record, aim)
    if aim.kind is AimKind.BACKS:
        fronts = backs_of(station, record, aim.target)
        return replace(aim, target=fronts.batch.number), replace(pile, sheets=len(fronts.pages))
    if aim.kind is AimKind.REPLACE:
        feeder = pile.settings.source is not Source.FLATBED
        one_face = replace(pile.settings, page_limit=1, source=Source.ADF if feeder else Source.FLATBED)
        return aim, replace(pile, settings=one_face)
    return aim, pile


def _begin(station: Station, record: CaseRecord, pile: Pile, aim: Aim) -> _Run:
    first_sheet = station.store.pages.next_sheet(record.id)
    return _Run(open_batch(station, record, pile, aim), first_sheet, pile.settings)


def _go_on(station: Station, record: CaseRecord, batch: Batch, pile: Pile) -> _Run:
    """Go on after the last whole sheet; of a sheet with one of its two faces both come anew."""
    first, sheet = _fed(station, batch)
    settings = replace(pile.settings, feed=pile.settings.feed[len(station.store.pages.of_batch(batch.id)) :])
    expected = batch.expected_sheets
    if expected is None and pile.sheets is not None:
        expected = sheet - first + pile.sheets
    return _Run(resume(station, record, batch, sheet, expected), sheet, settings, went_on_at=sheet - first + 1)


def _fed(station: Station, batch: Batch) -> tuple[int, int]:
    """The first sheet of a batch and the one to feed next, as the device counts."""
    faces = station.store.pages.of_batch(batch.id)
    if not faces:
        first = station.store.pages.next_sheet(batch.case_id)
        return first, first
    first, last = min(page.fed_sheet for page in faces), max(page.fed_sheet for page in faces)
    torn = is_duplex(batch) and len({page.side for page in faces if page.fed_sheet == last}) == 1
    return first, last if torn else last + 1


def _came_in(station: Station, record: CaseRecord, sheet: int, *, or_next: bool = False) -> tuple[Batch, int]:
    """The batch that a sheet of the case was scanned in, and which one it was as the device counted; `or_next`: also
    for the sheet that comes next in its batch. Raises `SheetUnknown`."""
    for back in (0, 1) if or_next else (0,):
        for page in station.store.pages.of_sheet(record.id, sheet - back):
            batch = station.store.pages.batch(page.batch_id)
            if batch.kind == "scan" and batch.aim.kind is not AimKind.REPLACE:
                return batch, page.fed_sheet + back
    raise SheetUnknown(sheet=sheet, case_no=record.case.case_no)


def _feed(
    station: Station,
    record: CaseRecord,
    run: _Run,
    pile: Pile,
    on_page: OnPage,
    on_event: OnEvent,
    cancelled: Callable[[], bool],
) -> _Ended:
    taken = station.store.pages.of_batch(run.batch.id)
    first = max((page.sequence for page in taken), default=0) + 1
    spool = station.home.batch(record.case.case_no, run.batch.number)
    spool.mkdir(parents=True, exist_ok=True)
    if pile.settings.feed and not run.settings.feed:
        return _Ended(EndReason.FEEDER_EMPTY)
    ended = _Ended(EndReason.FAULT)
    waiting = False
    to_seal = bytes_to_seal(station, record)
    full: Fault | None = None
    with open_session(
        pile.device,
        run.settings,
        spool,
        first_sequence=first,
        first_sheet=run.first_sheet,
        wait_for_paper_s=pile.waits.wait_for_paper_s,
        page_interval_s=pile.waits.page_interval_s,
        on_button=pile.waits.on_button,
        operator=station.who.actor,
    ) as session:
        for event in session:
            if isinstance(event, PageDone):
                on_page(take_in(station, record, run.batch, event))
                to_seal += TO_READ_AND_SEAL
                full = _no_room_for_more(station, room_to_keep(to_seal), event)
            elif isinstance(event, Ready):
                ended = replace(ended, inexact=event.inexact)
            elif isinstance(event, Fault):
                ended = replace(ended, fault=event)
            elif isinstance(event, End):
                # Stopped while it waited for more paper: no sheet was on its way, the pile is whole.
                whole = waiting and event.reason is EndReason.CANCELLED and full is None
                ended = replace(ended, reason=EndReason.FEEDER_EMPTY if whole else event.reason, arrived=event.pages)
            waiting = isinstance(event, Waiting)
            on_event(event)
            if cancelled() or full is not None:
                session.cancel()
    return ended if ended.ran_through else replace(ended, fault=ended.fault or full)


def _no_room_for_more(station: Station, keep: int, page: PageDone) -> Fault | None:
    """Where the next page would take the room that reading and sealing need: stop behind this one."""
    free = free_bytes(station.home.path)
    if free >= keep:
        return None
    kept = f"{free // 1024**2} MB free, {keep // 1024**2} MB are kept for reading and sealing"
    return Fault(FaultCode.DISK_FULL, page.record.sequence + 1, kept, retryable=True)


def _finish(station: Station, record: CaseRecord, run: _Run, ended: _Ended) -> Scanned:
    sheets = compare(station, run.batch)
    if ended.fault is not None:
        why: str | None = ended.fault.code.value
    elif not ended.ran_through:
        why = ended.reason.value
    else:
        why = None if sheets.reconciled else UNRECONCILED
    if run.batch.aim.kind is AimKind.BACKS:
        if why is None:
            join_sides(station, record, run.batch)
        else:
            sheets = name_sheets(station, record, run.batch, sheets)
    batch = close(station, record, run.batch, why, sheets)
    first, following = _fed(station, batch)
    pages = len(station.store.pages.of_batch(batch.id))
    lay_back_from = None if ended.ran_through else following - first + 1
    return Scanned(batch, pages, ended.fault, sheets, ended.arrived, run.went_on_at, lay_back_from, ended.inexact)
