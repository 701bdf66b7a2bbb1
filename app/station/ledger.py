"""Comparing ledgers (台账比对): the cases of this station against a list exported elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.station.case_lists import ListedCase
from app.station.station import Station
from app.store.records import CaseRecord

OPENING = "LA03"  # 立案决定书: its date is the day the case was opened


class Difference(StrEnum):
    MISSING_HERE = "missing-here"
    MISSING_THERE = "missing-there"
    DOUBLED = "doubled"
    NAME = "name"
    CHARGE = "charge"
    DATE = "date"
    PERSONS = "persons"


@dataclass(frozen=True)
class LedgerFinding:
    """`here`, `there`: what each of the two says."""

    case_no: str
    difference: Difference
    here: str = ""
    there: str = ""


def compare_ledger(station: Station, listed: Sequence[ListedCase]) -> list[LedgerFinding]:
    """How a list differs from the station's cases, by case number.

    The date compared is that of the decision to open the case among its papers (立案决定书); where one of the two says
    nothing, nothing is compared.
    """
    here = {_key(record.case.case_no): record for record in station.store.cases.all()}
    there = {_key(each.case.case_no): each for each in reversed(listed)}
    times = Counter(_key(each.case.case_no) for each in listed)
    findings = [LedgerFinding(number, Difference.DOUBLED, there=str(n)) for number, n in times.items() if n > 1]
    findings += [
        LedgerFinding(number, Difference.MISSING_HERE, there=each.case.name)
        for number, each in there.items()
        if number not in here
    ]
    findings += [
        LedgerFinding(number, Difference.MISSING_THERE, here=record.case.name)
        for number, record in here.items()
        if number not in there
    ]
    for number in here.keys() & there.keys():
        findings += _differences(number, _here(station, here[number]), _there(there[number]))
    return sorted(findings, key=lambda finding: (finding.case_no, list(Difference).index(finding.difference)))


def _differences(
    number: str, here: Mapping[Difference, str], there: Mapping[Difference, str]
) -> Iterable[LedgerFinding]:
    for difference, ours in here.items():
        theirs = there[difference]
        if ours and theirs and ours != theirs:
            yield LedgerFinding(number, difference, ours, theirs)


def _here(station: Station, record: CaseRecord) -> dict[Difference, str]:
    dates = [each.date for each in station.store.cases.documents(record.id) if each.kind == OPENING and each.date]
    case = record.case
    return _facts(case.name, case.charge, min(dates, default=None), [person.name for person in case.persons])


def _there(listed: ListedCase) -> dict[Difference, str]:
    case = listed.case
    return _facts(case.name, case.charge, listed.date, [person.name for person in case.persons])


def _facts(name: str, charge: str, date: dt.date | None, persons: Iterable[str]) -> dict[Difference, str]:
    return {
        Difference.NAME: name.strip(),
        Difference.CHARGE: charge.strip(),
        Difference.DATE: date.isoformat() if date else "",
        Difference.PERSONS: "、".join(sorted(persons)),
    }


def _key(case_no: str) -> str:
    return case_no.strip().upper()
