"""Manual duplex (手动双面): a pile of fronts, then the backs of the same sheets, joined sheet by sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.station.batches import close, is_duplex
from app.station.errors import BatchUnfinished, NoFronts
from app.station.filing import file_pages
from app.station.page_acts import require_changeable
from app.station.station import Station, exclusive
from app.store.records import AimKind, Batch, CaseRecord, Page, Spot
from drivers.scanners.interleave import interleave
from drivers.scanners.reconcile import Reconciliation
from drivers.scanners.types import Side

# Why a pile of backs is not complete: it was taken from its fronts again.
PARTED = "parted"


@dataclass(frozen=True)
class Fronts:
    """A batch of fronts, and its faces that count, in page order."""

    batch: Batch
    pages: tuple[Page, ...]


def backs_of(station: Station, record: CaseRecord, number: int | None = None) -> Fronts:
    """The fronts that a pile of backs belongs to: of batch `number`, else of the newest one still without backs.

    Raises `NoFronts`, `BatchUnknown`; `BatchUnfinished` while fronts may be missing.
    """
    pages = station.store.pages
    if number is not None:
        found = _fronts(station, pages.batch_numbered(record.id, number))
    else:
        candidates = (_fronts(station, batch) for batch in reversed(pages.batches(record.id)))
        found = next((fronts for fronts in candidates if fronts and not _has_backs(station, fronts)), None)
    if found is None:
        raise NoFronts(case_no=record.case.case_no)
    if found.batch.state != "complete":
        reason = found.batch.reason or "interrupted"
        raise BatchUnfinished(batch=found.batch.number, case_no=record.case.case_no, reason=reason)
    return found


def join_sides(station: Station, record: CaseRecord, backs: Batch) -> None:
    """Put each back behind its front, on the same sheet, as the batch of backs tells: in one transaction.

    Raises `PassesDiffer`, `NoFronts`, `BatchUnfinished`; nothing was moved.
    """
    fronts = backs_of(station, record, backs.aim.target)
    own = _in_feed_order(station, backs)
    faces = interleave(fronts.pages, own, reverse=backs.aim.reverse)
    back_of = {front.page.id: back.page for front, back in zip(faces[::2], faces[1::2], strict=True)}
    sheet_of = {front.page.id: front.page.sheet for front in faces[::2]}
    moved = {page.id for page in own}
    ids: list[int] = []
    for page in station.store.pages.all_of_case(record.id):
        ids += [page.id] if page.id not in moved else []
        ids += [back_of[page.id].id] if page.id in back_of else []
    case_no = record.case.case_no
    with station.store.change("sides.joined", case_no, batch=backs.number, fronts=fronts.batch.number) as change:
        change.detail.update(reverse=backs.aim.reverse, sheets=len(own))
        for front_id, back in back_of.items():
            station.store.order.put(back.id, Spot(back.place, sheet_of[front_id], Side.BACK.value))
        station.store.order.arrange(ids)
        station.store.pages.set_reverse(backs.id, backs.aim.reverse)
        station.store.cases.unfile(record.id)


def join_again(station: Station, case_no: str, number: int, *, reverse: bool) -> None:
    """Join the backs of batch `number` to their fronts, in the direction that is right after all.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, BatchUnknown, NoFronts, PassesDiffer: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        backs = _backs(station, record, number)
        backs = replace(backs, aim=replace(backs.aim, reverse=reverse))
        join_sides(station, record, backs)
        close(station, record, backs, None)
        file_pages(station, record)


def turn_backs(station: Station, case_no: str) -> None:
    """Join the newest pile of backs the other way round. Raises what `join_again` raises."""
    record = station.store.cases.get(case_no)
    batches = [batch for batch in station.store.pages.batches(record.id) if batch.aim.kind is AimKind.BACKS]
    if not batches:
        raise NoFronts(case_no=case_no)
    join_again(station, case_no, batches[-1].number, reverse=not batches[-1].aim.reverse)


def part_sides(station: Station, case_no: str, number: int) -> None:
    """Take the backs of batch `number` from their fronts again: they go to the end, as sheets of their own, and the
    case cannot be sealed until they are joined or set aside.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, BatchUnknown, NoFronts: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        require_changeable(station, record)
        backs = _backs(station, record, number)
        with station.store.change("sides.parted", case_no, batch=number):
            for page in station.store.pages.of_batch(backs.id):
                sheet = station.store.pages.next_sheet(record.id)
                spot = Spot(station.store.order.end(record.id) + 1, sheet, Side.FRONT.value)
                station.store.order.put(page.id, spot)
            station.store.cases.unfile(record.id)
            station.store.pages.set_batch_state(backs.id, "stopped", PARTED, station.stamp())
        file_pages(station, record)


def name_sheets(station: Station, record: CaseRecord, backs: Batch, told: Reconciliation) -> Reconciliation:
    """The comparison of a pile of backs in the sheet numbers of its fronts, as the clerk sees them.

    Which back is missing inside the pile nobody can tell: the sheets named are those that the pass did not reach.
    """
    sheets = [page.sheet for page in backs_of(station, record, backs.aim.target).pages]
    reached = len(sheets) - len(told.missing)
    in_order = sheets[::-1] if backs.aim.reverse else sheets
    return replace(told, missing=tuple(sorted(in_order[reached:])) if told.missing else ())


def _fronts(station: Station, batch: Batch) -> Fronts | None:
    if batch.kind != "scan" or batch.aim.kind is AimKind.BACKS or is_duplex(batch):
        return None
    pages = [page for page in _in_feed_order(station, batch) if page.side == Side.FRONT]
    return Fronts(batch, tuple(sorted(pages, key=lambda page: page.place))) if pages else None


def _has_backs(station: Station, fronts: Fronts) -> bool:
    sheets = {page.sheet for page in fronts.pages}
    counting = station.store.pages.of_case(fronts.batch.case_id)
    return any(page.sheet in sheets and page.side == Side.BACK for page in counting)


def _backs(station: Station, record: CaseRecord, number: int) -> Batch:
    backs = station.store.pages.batch_numbered(record.id, number)
    if backs.aim.kind is not AimKind.BACKS:
        raise NoFronts(case_no=record.case.case_no)
    return backs


def _in_feed_order(station: Station, batch: Batch) -> list[Page]:
    """The faces of a batch that count, as the device took the sheets."""
    pages = [page for page in station.store.pages.of_batch(batch.id) if page.aside is None]
    return sorted(pages, key=lambda page: (page.fed_sheet, page.sequence))
