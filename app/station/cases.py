"""Opening cases (收案), and putting right what was said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.station.errors import CaseFieldMissing, CaseNumberInvalid
from app.station.page_acts import require_changeable
from app.station.standards import keep
from app.station.station import Station, exclusive
from app.store.records import CaseRecord
from dossier.model import Case, Person
from signing.chain import Json

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
    _require_named(new.name, new.charge)
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


@dataclass(frozen=True)
class Amendment:
    """What is put right in a case; None stays. `persons` are all of them, in their order."""

    name: str | None = None
    charge: str | None = None
    persons: tuple[Person, ...] | None = None
    tags: frozenset[str] | None = None


def amend_case(station: Station, case_no: str, amendment: Amendment, reason: str) -> CaseRecord:
    """Put right what a case is called, its charge, persons and facts; its documents are then sorted by these.

    Raises:
        CaseUnknown, CaseInUse, CaseSealed, CaseFieldMissing: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    told = {name: value for name, value in vars(amendment).items() if value is not None}
    new = replace(record.case, **told)
    _require_named(new.name, new.charge)
    with exclusive(station, case_no):
        require_changeable(station, record)
        with station.store.change("case.amended", case_no, reason=reason) as change:
            change.detail.update(before=_shown(record.case, told), after=_shown(new, told))
            station.store.cases.amend(record.id, new)
    return station.store.cases.get(case_no)


def _require_named(name: str, charge: str) -> None:
    for field, value in (("name", name), ("charge", charge)):
        if not value.strip():
            raise CaseFieldMissing(field=field)


def _shown(case: Case, fields: Iterable[str]) -> dict[str, Json]:
    """Those fields of a case as the trail tells them."""
    shown: dict[str, Json] = {"name": case.name, "charge": case.charge, "tags": [*sorted(case.tags)]}
    shown["persons"] = [f"{person.order} {person.name} {person.role}" for person in case.persons]
    return {name: shown[name] for name in fields}
