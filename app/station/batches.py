"""Batches (批次): opened, gone on with, compared with the paper, closed. Each step is on the disk before the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from pydantic import TypeAdapter

from app.station.errors import ImportNotCounted
from app.station.pile import Pile, pile_sha256
from app.station.placing import place
from app.station.station import Station, exclusive
from app.store.records import Aim, AimKind, Batch, CaseRecord, NewPage, Page
from app.store.store import to_json
from drivers.scanners import reconcile, recover
from drivers.scanners.reconcile import Reconciliation
from drivers.scanners.types import CaptureRecord, PageDone, ScanSettings, Source

# Why a pile that ran through is not complete: sheets and faces do not fit (张数不符).
UNRECONCILED = "unreconciled"
INTERRUPTED = "interrupted"
_CAPTURE: TypeAdapter[CaptureRecord] = TypeAdapter(CaptureRecord)

OnPage = Callable[[Page], None]


def open_batch(station: Station, record: CaseRecord, pile: Pile, aim: Aim) -> Batch:
    """Record that a pile goes in, before the device is touched."""
    case_no = record.case.case_no
    with station.store.change("batch.opened", case_no, device=pile.device, sheets=pile.sheets) as change:
        batch = station.store.pages.open_batch(
            record.id,
            kind="scan",
            device=pile.device,
            settings=to_json(_settings_json(pile.settings)),
            feed_sha256=pile_sha256(pile.settings),
            expected_sheets=pile.sheets,
            at=station.stamp(),
            aim=aim,
        )
        change.detail["batch"] = batch.number
        if aim.kind is not AimKind.APPEND:
            change.detail.update(aim=aim.kind.value, target=aim.target)
    return batch


def recover_batches(station: Station, record: CaseRecord, on_page: OnPage = lambda _: None) -> int:
    """Take in pages that reached the disk but not the library, because power or process died between the two."""
    adopted = 0
    for batch in station.store.pages.batches(record.id):
        folder = station.home.batch(record.case.case_no, batch.number)
        if batch.kind != "scan" or not folder.is_dir():
            continue
        last = max((page.sequence for page in station.store.pages.of_batch(batch.id)), default=0)
        for done in recover(folder, from_sequence=last + 1):
            on_page(take_in(station, record, batch, done))
            adopted += 1
    return adopted


def to_go_on_with(station: Station, record: CaseRecord, pile: Pile, aim: Aim) -> Batch | None:
    """The batch that this pile is the rest of: the same pictures fed again, or what comes after the newest batch of
    the same aim if that is not whole. A batch that died and is not gone on with is closed."""
    wanted = pile_sha256(pile.settings)
    batches = [batch for batch in station.store.pages.batches(record.id) if batch.kind == "scan"]
    for batch in batches:
        if batch.state == "complete":
            continue
        same_aim = (batch.aim.kind, batch.aim.target) == (aim.kind, aim.target)
        rest = batch is batches[-1] and is_duplex(batch) == (pile.settings.source is Source.ADF_DUPLEX)
        if same_aim and batch.feed_sha256 == wanted and (wanted is not None or rest):
            return batch
        if batch.state == "open":
            close(station, record, batch, INTERRUPTED)
    return None


def resume(station: Station, record: CaseRecord, batch: Batch, sheet: int, expected: int | None = None) -> Batch:
    """Record that a batch goes on from `sheet`, as its device counts; `expected`: sheets of the whole batch."""
    with station.store.change("batch.resumed", record.case.case_no, batch=batch.number, sheet=sheet) as change:
        if expected is not None:
            change.detail["expected"] = expected
            station.store.pages.set_expected_sheets(batch.id, expected)
        station.store.pages.set_batch_state(batch.id, "open", None, None)
    return station.store.pages.batch(batch.id)


def compare(station: Station, batch: Batch) -> Reconciliation:
    """The sheets that went in against the faces that came out of the device."""
    captures = [_CAPTURE.validate_json(text) for text in station.store.pages.captures(batch.id)]
    return reconcile(captures, batch.expected_sheets, is_duplex(batch))


def close(
    station: Station, record: CaseRecord, batch: Batch, reason: str | None, sheets: Reconciliation | None = None
) -> Batch:
    """End a batch: complete without a `reason`, else stopped for it."""
    state = "stopped" if reason else "complete"
    with station.store.change("batch.closed", record.case.case_no, batch=batch.number, state=state) as change:
        change.detail["reason"] = reason
        if sheets is not None:
            change.detail.update(sheets=sheets.sheets, expected=sheets.expected_sheets, missing=list(sheets.missing))
        station.store.pages.set_batch_state(batch.id, state, reason, station.stamp())
    return station.store.pages.batch(batch.id)


def recount(station: Station, case_no: str, number: int, sheets: int) -> Reconciliation:
    """The clerk counted the paper of a batch once more: `sheets` went in. Where they fit the faces, it is complete.

    Raises:
        CaseUnknown, CaseInUse, BatchUnknown, ImportNotCounted: nothing was changed.
        ValueError: below 0.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        batch = replace(station.store.pages.batch_numbered(record.id, number), expected_sheets=sheets)
        if batch.kind == "import":
            raise ImportNotCounted(batch=number)
        told = compare(station, batch)
        with station.store.change("batch.recounted", case_no, batch=number, sheets=sheets):
            station.store.pages.set_expected_sheets(batch.id, sheets)
        if told.reconciled or batch.state == "complete":
            close(station, record, batch, None if told.reconciled else UNRECONCILED, told)
    return told


def take_in(station: Station, record: CaseRecord, batch: Batch, done: PageDone) -> Page:
    """Record a whole page at its place together with what it stands for; only then may it be shown."""
    capture = done.record
    with station.store.change("page.arrived", record.case.case_no, batch=batch.number) as change:
        placed = place(station, batch, _new_page(capture, done.path))
        change.detail.update(page=placed.page.number, origin=capture.origin.value, device=capture.device)
        change.detail.update(serial=capture.serial, driver=f"{capture.driver} {capture.driver_version}".strip())
        change.detail["sha256"] = capture.sha256
        if placed.superseded:
            change.detail["supersedes"] = list(placed.superseded)
    return placed.page


def is_duplex(batch: Batch) -> bool:
    """Whether the device took both sides of each sheet."""
    return bool(_SOURCE.validate_json(batch.settings).get("source") == Source.ADF_DUPLEX)


_SOURCE: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])


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
