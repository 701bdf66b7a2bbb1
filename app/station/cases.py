"""Opening cases (收案)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.station.errors import CaseFieldMissing, CaseNumberInvalid
from app.station.standards import keep
from app.station.station import Station
from app.store.records import CaseRecord
from dossier.model import Case, Person

SUSPECT = "嫌疑人"


@dataclass(frozen=True)
class NewCase:
    """What a clerk or a case system gives."""

    case_no: str
    name: str
    charge: str
    unit_code: str = ""
    unit_name: str = ""
    persons: tuple[Person, ...] = ()
    tags: frozenset[str] = frozenset()


def open_case(station: Station, new: NewCase) -> CaseRecord:
    """Open a case under the profile in force, pinned to its version.

    Raises:
        CaseNumberInvalid, CaseFieldMissing: nothing was opened.
        CaseExists: it is open already.
    """
    pattern = station.profile.rules.metadata["case_no"].pattern
    if pattern is not None and not re.fullmatch(pattern, new.case_no):
        raise CaseNumberInvalid(case_no=new.case_no)
    for field, value in (("name", new.name), ("charge", new.charge)):
        if not value.strip():
            raise CaseFieldMissing(field=field)
    profile = station.profile
    case = Case(
        case_no=new.case_no,
        name=new.name,
        charge=new.charge,
        unit_code=new.unit_code or new.case_no[1:13],
        unit_name=new.unit_name,
        persons=new.persons,
        profile_id=profile.id,
        profile_version=profile.version,
        profile_sha256=profile.sha256,
        tags=new.tags,
        opened_at=station.clock.now(),
    )
    keep(station.home, profile)
    with station.store.change("case.opened", new.case_no, profile=profile.label) as change:
        change.detail["sha256"] = profile.sha256
        station.store.cases.add(case)
    return station.store.cases.get(new.case_no)
