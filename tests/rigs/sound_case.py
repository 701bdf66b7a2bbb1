"""A drawn case put in order: its papers agree with each other, as those of a careful unit would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from casebook import Case, Laid, Moment, Paper, Print
from casefile_of import dossier_of, unread

from dossier.profile import load_profile

ROOM = "望陵分局办案区讯问室2"
SOURCED = "此件与原件核对无异"
TOLD = {"QZ04": "QZ03", "QZ14": "QZ13"}  # the family is told after the warrant was announced
HEARING = {"minutes": 75}


def sound(case: Case) -> Case:
    """The case with times, places, numbers and counts that agree. The same case gives the same one."""
    case = _with_hearing_after_arrest(case)
    papers = [_sourced(paper.altered(**_values(case, paper))) for paper in case.papers]
    return _with_true_frames(_with_true_counts(replace(case, papers=tuple(papers))))


def hearings(case: Case, person: str) -> list[Paper]:
    """The interrogation records of one suspect, in order."""
    records = [paper for paper in case.papers if paper.form == "GS01" and paper.values["p"].name == person]
    return sorted(records, key=lambda paper: int(paper.values["ordinal"]))


def warrant(case: Case, form: str, person: str) -> Paper | None:
    return next((p for p in case.papers if p.form == form and p.values["p"].name == person), None)


def _with_hearing_after_arrest(case: Case) -> Case:
    """Somebody detained and arrested is heard three times at least: summoned, detained, arrested."""
    papers = list(case.papers)
    for paper in case.papers:
        records = hearings(case, paper.values["p"].name) if paper.form == "QZ13" else []
        if records and len(records) < 3:
            extra = replace(records[-1], id=f"{records[-1].id}-more").altered(ordinal=3)
            papers.insert(papers.index(records[-1]) + 1, extra)
    return replace(case, papers=tuple(papers))


def _values(case: Case, paper: Paper) -> dict[str, Any]:
    if paper.form == "GS01":
        return _hearing(case, paper)
    if paper.form in TOLD:
        announced = warrant(case, TOLD[paper.form], paper.values["p"].name)
        return {"at": announced.values["t0"].later(hours=1)} if announced else {}
    if paper.form in ("ZC01", "ZC04"):
        first = _hearing(case, hearings(case, paper.values["p"].name)[0])["t0"]
        return {"at": first.later(minutes=-20)}
    if paper.form == "QZ01":
        records = hearings(case, paper.values["p"].name)
        begun = _hearing(case, records[0])["t0"]
        return {"at": begun.later(hours=-3), "t0": begun.later(hours=-3)} | {
            "t1": begun.later(hours=-1), "t2": begun.later(hours=2)
        }  # fmt: skip
    if paper.form == "ZC19":
        begun = _hearing(case, hearings(case, paper.values["p"].name)[0])["t0"]
        return {"t0": begun.later(hours=-1), "t1": begun, "t2": begun.later(hours=2)}
    if paper.form == "ZC18":
        later = [_hearing(case, record)["t0"] for record in hearings(case, paper.values["p"].name)[1:3]]
        return {"t1": later[0], "t3": later[-1]}
    if paper.form in ("BR01", "BR02"):
        filed: Moment = paper.values["filed"]
        return {"t0": filed.later(days=12), "t1": filed.later(days=12, minutes=40), "at": filed.later(days=12)}
    if paper.form == "BH01" and paper.values["p"].birth.year > 2008:
        return {"place": f"望陵分局未成年人询问室,法定代理人{paper.values['g']}到场"}
    return {"length": 0} if paper.form in ("ZJ05", "QZ07") else {}


def _hearing(case: Case, record: Paper) -> dict[str, Any]:
    """When and where: the first in the station before the detention, the others in the jail."""
    person = record.values["p"].name
    number = int(record.values["ordinal"])
    detained, arrested = warrant(case, "QZ03", person), warrant(case, "QZ13", person)
    if detained is None or number == 1:
        begun = detained.values["t0"].later(hours=-4) if detained else record.values["t0"]
        return {"t0": begun, "t1": begun.later(**HEARING), "at": begun, "place": ROOM}
    begun = detained.values["t1"].later(minutes=90)
    if number > 2 and arrested is not None:
        begun = _at_eight(arrested.values["t0"].later(days=1)).later(minutes=85 * (number - 3))
    other = case.kind == "theft" and person != case.persons[0].name
    second = {"o1": record.values["o3"]} if other else {}
    told = {"ref_custody": detained.truth.number} if number > 1 else {}
    return {"t0": begun, "t1": begun.later(**HEARING), "at": begun, "place": record.values["jail"], **second, **told}


def _at_eight(moment: Moment) -> Moment:
    return replace(moment, at=moment.at.replace(hour=8, minute=0))


def _with_true_counts(case: Case) -> Case:
    """The opinion declares the volumes and pages there are."""
    opinion = case.paper("ZJ05")
    counts = dict(_counts(case))
    return case.altered(opinion, volumes=counts["volumes"], volumes_words=counts["volumes"], pages=counts["pages"])


def _counts(case: Case) -> Iterator[tuple[str, int]]:
    volumes = dossier_of(case, load_profile(), unread).volumes
    yield "volumes", len(volumes)
    yield "pages", sum(volume.pages for volume in volumes)


def _sourced(paper: Paper) -> Paper:
    """Copies of others' papers say where they are from."""
    if paper.kind != "SZ01":
        return paper

    def lay(own: Paper) -> Laid:
        laid = paper.lay(own)
        first = laid.faces[0]
        said = Print(SOURCED, 30.0, 270.0, 4.4)
        return replace(laid, faces=(replace(first, prints=(*first.prints, said)), *laid.faces[1:]))

    return replace(paper, lay=lay)


def _with_true_frames(case: Case) -> Case:
    """Cover, catalogue and remarks sheet of each volume tell what lies between them."""
    papers = list(case.papers)
    covers = [number for number, paper in enumerate(papers) if paper.form == "FM01"]
    for start in covers:
        end = next(number for number in range(start, len(papers)) if papers[number].form == "FM08")
        inside = [paper for paper in papers[start:end] if not paper.kind.startswith("FM")]
        entries, page = [], 1
        for paper in inside:
            entries.append((paper.truth.title, page))
            page += sum(not face.blank for face in paper.faces)
        for number in range(start, end + 1):
            if papers[number].kind.startswith("FM"):
                told = {"volumes": len(covers), "pages": page - 1, "entries": entries}
                papers[number] = papers[number].altered(**told)
    return replace(case, papers=tuple(papers))
