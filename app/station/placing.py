"""Where a face goes that has just arrived, and which face it stands for: told by its batch's aim and its own sheet."""

from __future__ import annotations

from dataclasses import dataclass

from app.station.station import Station
from app.store.records import AimKind, Aside, Batch, NewPage, Page, Spot

# Why a face does not count although nobody decided so face by face: another one stands for it (以新换旧).
SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Placed:
    """A face as it was recorded, and the numbers of those it stands for from now on."""

    page: Page
    superseded: tuple[int, ...]


def place(station: Station, batch: Batch, new: NewPage) -> Placed:
    """Record a face at its place, inside the caller's transaction.

    A face of a sheet and side that a face of the case shows already stands for that one, at its place. Any other goes
    behind the faces of its batch up to its sheet; the first of a batch where the batch aims.
    """
    pages, order = station.store.pages, station.store.order
    sheet, side = _sheet_and_side(station, batch, new)
    older = [page for page in pages.of_sheet(batch.case_id, sheet) if page.side == side]
    if older:
        spot = Spot(older[-1].place, sheet, side)
    else:
        spot = Spot(_place(station, batch, new.sheet), sheet, side)
        order.make_room(batch.case_id, spot.place)
    page = pages.add(batch, new, spot)
    for old in older:
        order.set_aside(old.id, Aside(SUPERSEDED, station.who.actor, station.stamp(), page.id))
    return Placed(page, tuple(old.number for old in older))


def _sheet_and_side(station: Station, batch: Batch, new: NewPage) -> tuple[int, str]:
    """The device counts sheets by batches, and cannot know which side of a sheet lies on its glass."""
    if batch.aim.kind is AimKind.REPLACE:
        target = station.store.pages.numbered(batch.case_id, batch.aim.target or 0)
        return target.sheet, target.side
    known = station.store.order.sheet_of(batch.id, new.sheet)
    if known is not None:
        return known, new.side
    taken = station.store.order.is_taken(batch.case_id, new.sheet)
    return (station.store.pages.next_sheet(batch.case_id) if taken else new.sheet), new.side


def _place(station: Station, batch: Batch, fed_sheet: int) -> int:
    order, aim = station.store.order, batch.aim
    before = order.last_up_to(batch.id, fed_sheet)
    if before is not None:
        return before + 1
    first = order.first(batch.id)
    if first is not None:
        return first
    if aim.kind in (AimKind.INSERT_BEFORE, AimKind.INSERT_AFTER):
        anchor = station.store.pages.numbered(batch.case_id, aim.target or 0).place
        return anchor if aim.kind is AimKind.INSERT_BEFORE else anchor + 1
    return order.end(batch.case_id) + 1
