"""Feeding a pile: a scanner's pages become pages of the case, each recorded before it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from app.station.station import Station, exclusive
from app.store.records import Batch, CaseRecord, NewPage, Page
from app.store.store import to_json
from drivers.scanners import open_session, recover
from drivers.scanners.reconcile import Reconciliation, reconcile
from drivers.scanners.types import CaptureRecord, End, EndReason, Event, Fault, PageDone, ScanSettings, Source


@dataclass(frozen=True)
class Pile:
    """What the clerk wants scanned: by which device, how, and how many sheets lie in the feeder."""

    device: str
    settings: ScanSettings
    sheets: int | None = None


@dataclass(frozen=True)
class Scanned:
    """What came of it. `pages` includes those recovered from an interrupted run of the same pile.

    `sheets`: the sheets that went in against the faces that came out; a batch they do not fit is not complete.
    """

    batch: Batch
    pages: int
    fault: Fault | None
    sheets: Reconciliation


# Why a pile that ran through is not complete: sheets and faces do not fit (张数不符).
UNRECONCILED = "unreconciled"
_CAPTURE: TypeAdapter[CaptureRecord] = TypeAdapter(CaptureRecord)

OnPage = Callable[[Page], None]
OnEvent = Callable[[Event], None]


def scan(
    station: Station,
    case_no: str,
    pile: Pile,
    *,
    on_page: OnPage = lambda _: None,
    on_event: OnEvent = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Scanned:
    """Scan one pile into a case; a pile that was interrupted goes on where it stopped.

    Raises:
        CaseUnknown, CaseInUse, DiskFull: nothing was scanned.
        DriverError: the device could not be opened at all.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        station.home.require_space()
        recover_batches(station, record, on_page)
        batch = _interrupted(station, record, pile) or _open_batch(station, record, pile)
        return _feed(station, record, batch, pile, on_page, on_event, cancelled)


def recover_batches(station: Station, record: CaseRecord, on_page: OnPage = lambda _: None) -> int:
    """Take in pages that reached the disk but not the library, because power or process died between the two."""
    adopted = 0
    for batch in station.store.pages.batches(record.id):
        if batch.kind != "scan" or batch.state == "complete":
            continue
        known = {page.sequence for page in station.store.pages.of_batch(batch.id)}
        for done in recover(station.home.batch(record.case.case_no, batch.number)):
            if done.record.sequence not in known:
                on_page(_take_in(station, record, batch, done))
                adopted += 1
    return adopted


def pile_sha256(settings: ScanSettings) -> str | None:
    """What identifies a fed pile of picture files: their names and contents. None for real paper."""
    if not settings.feed:
        return None
    digest = hashlib.sha256()
    for path in settings.feed:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _interrupted(station: Station, record: CaseRecord, pile: Pile) -> Batch | None:
    wanted = pile_sha256(pile.settings)
    for batch in station.store.pages.batches(record.id):
        if batch.kind != "scan" or batch.state == "complete":
            continue
        if wanted is not None and batch.feed_sha256 == wanted:
            return batch
        if batch.state == "open":
            _close(station, record, batch, "stopped", "interrupted")
    return None


def _open_batch(station: Station, record: CaseRecord, pile: Pile) -> Batch:
    settings = to_json(_settings_json(pile.settings))
    case_no = record.case.case_no
    with station.store.change("batch.opened", case_no, device=pile.device, sheets=pile.sheets) as change:
        batch = station.store.pages.open_batch(
            record.id,
            kind="scan",
            device=pile.device,
            settings=settings,
            feed_sha256=pile_sha256(pile.settings),
            expected_sheets=pile.sheets,
            at=station.stamp(),
        )
        change.detail["batch"] = batch.number
    return batch


def _feed(
    station: Station,
    record: CaseRecord,
    batch: Batch,
    pile: Pile,
    on_page: OnPage,
    on_event: OnEvent,
    cancelled: Callable[[], bool],
) -> Scanned:
    taken = station.store.pages.of_batch(batch.id)
    first = max((page.sequence for page in taken), default=0) + 1
    spool = station.home.batch(record.case.case_no, batch.number)
    spool.mkdir(parents=True, exist_ok=True)
    settings = replace(pile.settings, feed=pile.settings.feed[first - 1 :])
    fault: Fault | None = None
    reason = EndReason.FEEDER_EMPTY
    if pile.settings.feed and not settings.feed:
        return _finish(station, record, batch, pile, None, reason)
    first_sheet = station.store.pages.next_sheet(record.id)
    with open_session(pile.device, settings, spool, first_sequence=first, first_sheet=first_sheet) as session:
        for event in session:
            if isinstance(event, PageDone):
                on_page(_take_in(station, record, batch, event))
            elif isinstance(event, Fault):
                fault = event
            elif isinstance(event, End):
                reason = event.reason
            on_event(event)
            if cancelled():
                session.cancel()
    return _finish(station, record, batch, pile, fault, reason)


def _finish(
    station: Station, record: CaseRecord, batch: Batch, pile: Pile, fault: Fault | None, reason: EndReason
) -> Scanned:
    captures = [_CAPTURE.validate_json(text) for text in station.store.pages.captures(batch.id)]
    sheets = reconcile(captures, pile.sheets, pile.settings.source is Source.ADF_DUPLEX)
    if fault is not None:
        why: str | None = fault.code.value
    elif reason not in (EndReason.FEEDER_EMPTY, EndReason.PAGE_LIMIT):
        why = reason.value
    else:
        why = None if sheets.reconciled else UNRECONCILED
    _close(station, record, batch, "stopped" if why else "complete", why, sheets)
    return Scanned(station.store.pages.batch(batch.id), len(captures), fault, sheets)


def _close(
    station: Station,
    record: CaseRecord,
    batch: Batch,
    state: str,
    reason: str | None,
    sheets: Reconciliation | None = None,
) -> None:
    with station.store.change("batch.closed", record.case.case_no, batch=batch.number, state=state) as change:
        change.detail["reason"] = reason
        if sheets is not None:
            change.detail.update(sheets=sheets.sheets, expected=sheets.expected_sheets, missing=list(sheets.missing))
        station.store.pages.set_batch_state(batch.id, state, reason, station.stamp())


def _take_in(station: Station, record: CaseRecord, batch: Batch, done: PageDone) -> Page:
    capture = done.record
    with station.store.change("page.arrived", record.case.case_no, batch=batch.number) as change:
        page = station.store.pages.add(batch, _new_page(capture, done.path))
        change.detail.update(page=page.number, origin=capture.origin.value, device=capture.device)
        change.detail["sha256"] = capture.sha256
    return page


def _new_page(capture: CaptureRecord, path: Path) -> NewPage:
    return NewPage(
        sequence=capture.sequence,
        sheet=capture.sheet,
        side=capture.side.value,
        file=path,
        sha256=capture.sha256,
        bytes=capture.bytes,
        dpi=capture.dpi or None,  # a camera knows none
        origin=capture.origin.value,
        captured_at=capture.captured_at,
        capture=to_json(asdict(capture)),
    )


def _settings_json(settings: ScanSettings) -> dict[str, object]:
    named = {**vars(settings), "feed": [path.name for path in settings.feed], "extras": dict(settings.extras)}
    return {name: value for name, value in named.items() if value is not None}
