"""Where the paper of a case lies and who has it (纸卷保管). The trail is the only record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from app.station.errors import BarcodeTaken, PaperNotOut, PaperNowhere, PaperOut
from app.station.station import Station
from app.store.audit import Step


class PaperAct(StrEnum):
    """STORED: put on its shelf, or on another. TAKEN: handed to somebody. RETURNED: back from them."""

    STORED = "stored"
    TAKEN = "taken"
    RETURNED = "returned"


@dataclass(frozen=True)
class Place:
    """Where paper lies: shelf (架), box (盒), and the label on it (条码)."""

    shelf: str
    box: str
    barcode: str


@dataclass(frozen=True)
class PaperStep:
    """One step of the chain of custody. `person`: who has it, or who brought it back. `place`: the last one known."""

    act: PaperAct
    at: str
    by: str
    place: Place
    person: str
    reason: str


def paper_chain(station: Station, case_no: str) -> list[PaperStep]:
    """All steps of a case's paper, the oldest first. Raises `CaseUnknown`."""
    station.store.cases.get(case_no)
    return _chain(step for step in _steps(station) if step.chain == case_no)


def store_paper(station: Station, case_no: str, place: Place) -> PaperStep:
    """Record where the paper lies. Raises `CaseUnknown`, `PaperOut`, `BarcodeTaken`."""
    with station.store.change("paper.stored", case_no, **asdict(place)):
        _require_in(paper_chain(station, case_no), case_no)
        labels = {step.chain: step.detail["barcode"] for step in _steps(station) if "barcode" in step.detail}
        for other, barcode in labels.items():
            if place.barcode and other != case_no and barcode == place.barcode:
                raise BarcodeTaken(barcode=barcode, other=other)
    return paper_chain(station, case_no)[-1]


def take_paper(station: Station, case_no: str, person: str, reason: str) -> PaperStep:
    """Record that the paper was handed to somebody, and what for. Raises `CaseUnknown`, `PaperNowhere`, `PaperOut`."""
    with station.store.change("paper.taken", case_no, person=person, reason=reason):
        chain = paper_chain(station, case_no)
        if not chain:
            raise PaperNowhere(case_no=case_no)
        _require_in(chain, case_no)
    return paper_chain(station, case_no)[-1]


def return_paper(station: Station, case_no: str) -> PaperStep:
    """Record that the paper is back at its place. Raises `CaseUnknown`, `PaperNotOut`."""
    with station.store.change("paper.returned", case_no) as change:
        chain = paper_chain(station, case_no)
        if not chain or chain[-1].act is not PaperAct.TAKEN:
            raise PaperNotOut(case_no=case_no)
        change.detail["person"] = chain[-1].person
    return paper_chain(station, case_no)[-1]


def _require_in(chain: Sequence[PaperStep], case_no: str) -> None:
    if chain and chain[-1].act is PaperAct.TAKEN:
        raise PaperOut(case_no=case_no, person=chain[-1].person)


def _steps(station: Station) -> list[Step]:
    return station.store.audit.of_kind("paper")


def _chain(steps: Iterable[Step]) -> list[PaperStep]:
    place = Place("", "", "")
    chain = []
    for step in steps:
        told = {name: str(value) for name, value in step.detail.items()}
        if "shelf" in told:
            place = Place(told["shelf"], told["box"], told["barcode"])
        act = PaperAct(step.event.removeprefix("paper."))
        chain.append(PaperStep(act, step.at, step.actor, place, told.get("person", ""), told.get("reason", "")))
    return chain
