"""Opening cases: typed in, or taken from a case system's export."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from app.station.errors import CaseFieldMissing, CaseFileBroken, CaseNumberInvalid
from app.station.station import Station
from app.store.errors import CaseExists
from app.store.records import CaseRecord
from dossier.model import Case, Person

LARGEST_LIST = 16 * 1024**2
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
    with station.store.change("case.opened", new.case_no, profile=f"{profile.id} {profile.version}") as change:
        change.detail["sha256"] = profile.sha256
        station.store.cases.add(case)
    return station.store.cases.get(new.case_no)


def import_cases(station: Station, file: Path) -> tuple[list[CaseRecord], list[str]]:
    """Open every case of an export that is not open yet; the numbers of those that were are told apart.

    Raises `CaseFileBroken`, and the errors of `open_case`; the cases before the bad one are open.
    """
    opened: list[CaseRecord] = []
    known: list[str] = []
    for new in read_cases(file):
        try:
            opened.append(open_case(station, new))
        except CaseExists:
            known.append(new.case_no)
    return opened, known


def read_cases(file: Path) -> list[NewCase]:
    """JSON (list of objects), CSV (one line a case) or XML (`<案件 编号= 名称= 案由= ...><人员 姓名= .../></案件>`).

    Raises `CaseFileBroken`.
    """
    if file.stat().st_size > LARGEST_LIST:
        raise CaseFileBroken(file=file.name, detail=f"larger than {LARGEST_LIST // 1024**2} MB")
    readers = {".json": _from_json, ".csv": _from_csv, ".xml": _from_xml}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise CaseFileBroken(file=file.name, detail="its name ends neither in .json nor .csv nor .xml")
    try:
        return reader(file.read_text("utf-8-sig"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ParseError) as error:
        raise CaseFileBroken(file=file.name, detail=f"{type(error).__name__}: {error}") from error


def _from_json(text: str) -> list[NewCase]:
    data = json.loads(text)
    return [_new_case(item, item.get("persons", ()), item.get("tags", ())) for item in _as_list(data)]


def _as_list(data: object) -> list[dict[str, object]]:
    items = data if isinstance(data, list) else [data]
    cases = [item for item in items if isinstance(item, dict)]
    if len(cases) != len(items):
        raise ValueError("a case is an object")
    return cases


def _from_csv(text: str) -> list[NewCase]:
    """Persons as `name/role/id;name/role/id`, tags as `drunk;bail`."""
    cases = []
    for row in csv.DictReader(io.StringIO(text)):
        persons = [dict(zip(("name", "role", "id_number"), p.split("/"), strict=False)) for p in _parts(row["persons"])]
        cases.append(_new_case(row, persons, _parts(row.get("tags") or "")))
    return cases


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _from_xml(text: str) -> list[NewCase]:
    root = fromstring(text, forbid_dtd=True)
    names = {"编号": "case_no", "名称": "name", "案由": "charge", "办案单位代码": "unit_code", "办案单位": "unit_name"}
    cases = []
    for element in [root] if root.tag == "案件" else root.iter("案件"):
        fields = {names[key]: value for key, value in element.attrib.items() if key in names}
        persons = [
            {"name": p.attrib["姓名"], "role": p.attrib.get("诉讼地位", SUSPECT), "id_number": p.attrib.get("证件号码")}
            for p in element.iter("人员")
        ]
        cases.append(_new_case(fields, persons, _parts(element.attrib.get("标签", ""))))
    return cases


def _new_case(
    fields: Mapping[str, object], persons: Sequence[Mapping[str, object]] | object, tags: Sequence[str] | object
) -> NewCase:
    if not isinstance(persons, list | tuple) or not isinstance(tags, list | tuple):
        raise ValueError("persons and tags are lists")
    return NewCase(
        case_no=str(fields["case_no"]),
        name=str(fields["name"]),
        charge=str(fields["charge"]),
        unit_code=str(fields.get("unit_code") or ""),
        unit_name=str(fields.get("unit_name") or ""),
        persons=tuple(_person(order, person) for order, person in enumerate(persons, start=1)),
        tags=frozenset(str(tag) for tag in tags),
    )


def _person(order: int, fields: Mapping[str, object]) -> Person:
    id_number = fields.get("id_number")
    return Person(order, str(fields["name"]), str(fields.get("role") or SUSPECT), str(id_number) if id_number else None)
