"""Undo (撤销): the newest step on a case's pages that still stands is taken back, by what the trail says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import cast

from app.station.correcting import CORRECTED, withdraw
from app.station.errors import NothingToUndo
from app.station.page_acts import restore
from app.station.station import Station
from app.store.audit import Step
from app.store.records import AimKind, CaseRecord

_ARRIVALS = ("page.arrived", "file.imported")
_SETTLED = ("pages.set-aside", "pages.taken-back")
_BEGINNINGS = ("batch.opened", "batch.resumed", "sheet.fed-again")  # what arrives after one of them came in at once


@dataclass(frozen=True)
class Undone:
    """What was taken back: the pages that count again, and those that no longer do; or a correction of the filing."""

    back: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    correction: bool = False


def undo(station: Station, case_no: str) -> Undone:
    """Take back the newest step that set pages aside, took them back, replaced or inserted some, or corrected the
    filing. Steps can be undone one after the other, after a restart too; the trail keeps both.

    Raises:
        NothingToUndo: no such step is left, or a pile came in since: its pages are set aside instead.
        CaseUnknown, CaseInUse, CaseSealed: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    steps = _standing(station.store.audit.newest_first(case_no))
    newest = next((step for step in steps if step.event not in _BEGINNINGS), None)
    if newest is None:
        raise NothingToUndo(case_no=case_no)
    if newest.event == CORRECTED:
        withdraw(station, case_no, cast(int, newest.detail["correction"]), [newest.seq])
        return Undone(correction=True)
    undone, seqs = _settled(newest) if newest.event in _SETTLED else _arrived(station, record, newest, steps)
    restore(station, case_no, back=undone.back, aside=undone.aside, undoes=seqs)
    return undone


def _standing(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps on pages or their filing that were not undone yet, and the beginnings of piles, newest first."""
    gone: set[int] = set()
    for step in steps:
        gone.update(_numbers(step, "undoes"))
        if step.seq not in gone and step.event in (*_ARRIVALS, *_SETTLED, *_BEGINNINGS, CORRECTED):
            yield step


def _settled(step: Step) -> tuple[Undone, list[int]]:
    pages = _numbers(step, "pages")
    if step.event == "pages.set-aside":
        return Undone(pages, ()), [step.seq]
    return Undone(_numbers(step, "supersedes"), pages), [step.seq]


def _arrived(station: Station, record: CaseRecord, newest: Step, older: Iterable[Step]) -> tuple[Undone, list[int]]:
    """The faces that came in at once with this one, if they came to stand somewhere else than behind all others."""
    number = cast(int, newest.detail["batch"])
    batch = station.store.pages.batch_numbered(record.id, number)
    alike = takewhile(lambda step: step.event in _ARRIVALS and step.detail["batch"] == number, older)
    group = [newest, *alike]
    placed = batch.aim.kind in (AimKind.INSERT_BEFORE, AimKind.INSERT_AFTER)
    coming = group if placed else [step for step in group if "supersedes" in step.detail]
    if not coming:
        raise NothingToUndo(case_no=record.case.case_no)
    back = tuple(face for step in coming for face in _numbers(step, "supersedes"))
    if newest.event == "file.imported":
        aside = tuple(page.number for page in station.store.pages.of_batch(batch.id))
    else:
        aside = tuple(cast(int, step.detail["page"]) for step in coming)
    return Undone(back, aside), [step.seq for step in coming]


def _numbers(step: Step, name: str) -> tuple[int, ...]:
    found = step.detail.get(name, ())
    return tuple(cast(list[int], found)) if isinstance(found, list) else ()
