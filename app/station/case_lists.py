"""Reading what a case system exports, JSON, CSV or XML, by a mapping file. Bounded: what is foreign is no trouble."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from app.station.case_map import OWN_FORMATS, CaseMap, PersonFields
from app.station.cases import SUSPECT, NewCase
from app.station.errors import CaseFileBroken
from dossier.model import Person

LARGEST_LIST = 16 * 1024**2
MOST_CASES = 50_000
LONGEST_FIELD = 2_000
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)")
_DECLARED = re.compile(rb"""<\?xml[^>]{1,80}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_TAGS = re.compile(r"[;；,，、\s]+")


@dataclass(frozen=True)
class ListedCase:
    """One case of an export. `date`: of the decision to open it (立案日期), where it is told."""

    case: NewCase
    date: dt.date | None = None


class Item(Protocol):
    """A case or a person in whatever format."""

    def text(self, path: str) -> str:
        """What stands at `path`; empty where nothing does."""
        ...

    def items(self, path: str) -> Sequence[Item]:
        """What stands at `path`, one for each."""
        ...


def read_cases(file: Path, mapping: CaseMap | None = None) -> list[ListedCase]:
    """The cases of an export in their order; lines of one case number in a row are one case with several persons.

    Without a mapping the file is read as the station's own format of its ending. Raises `CaseFileBroken`.
    """
    suffix = file.suffix.lower()
    if file.stat().st_size > LARGEST_LIST:
        raise CaseFileBroken(file=file.name, detail=f"larger than {LARGEST_LIST // 1024**2} MB")
    if suffix not in OWN_FORMATS:
        raise CaseFileBroken(file=file.name, detail="its name ends neither in .json nor .csv nor .xml")
    by = mapping or OWN_FORMATS[suffix]
    try:
        items = _items(file, suffix, by)
        if len(items) > MOST_CASES:
            raise ValueError(f"more than {MOST_CASES} cases")
        return _joined(_listed(item, by) for item in items)
    except (ValueError, LookupError, TypeError, RecursionError, csv.Error, ParseError) as error:
        raise CaseFileBroken(file=file.name, detail=f"{type(error).__name__}: {error}") from error


def _items(file: Path, suffix: str, by: CaseMap) -> Sequence[Item]:
    content = file.read_bytes()
    if suffix == ".xml":
        declared = _DECLARED.match(content)  # expat itself knows no GB 18030
        text = content.decode(declared[1].decode() if declared else by.encoding)
        root = _Node(fromstring(text, forbid_dtd=True))
        return [root] if root.is_at(by.cases) else root.items(by.cases)
    text = content.decode(by.encoding)
    if suffix == ".csv":
        return [_Row(row) for row in csv.DictReader(io.StringIO(text), delimiter=by.delimiter, strict=True)]
    return _Value(json.loads(text)).items(by.cases)


def _listed(item: Item, by: CaseMap) -> ListedCase:
    told = {name: _meaning(by, name, item.text(path)) for name, path in by.fields if path}
    for name in ("case_no", "name", "charge"):
        if not told[name]:
            raise ValueError(f"a case without {name} ({getattr(by.fields, name)})")
    tags = {tag for tag in _TAGS.split(told.get("tags", "")) if tag}
    tags |= {tag for tag, rule in by.tags.items() if item.text(rule.field) in rule.is_}
    case = NewCase(
        case_no=told["case_no"],
        name=told["name"],
        charge=told["charge"],
        unit_code=told.get("unit_code", ""),
        unit_name=told.get("unit_name", ""),
        persons=_numbered(_persons(item, by)),
        tags=frozenset(tags),
    )
    return ListedCase(case, _date(told.get("date", "")))


def _persons(item: Item, by: CaseMap) -> list[Person]:
    fields = by.persons
    if fields is None:
        return []
    found: Sequence[Item] = item.items(fields.each) if fields.each and not fields.split else [item]
    if fields.split:
        found = _cells(item.text(fields.each), fields)
    persons = [
        Person(
            0,
            each.text(fields.name),
            _meaning(by, "role", each.text(fields.role)) or SUSPECT,
            each.text(fields.id_number) or None,
        )
        for each in found
    ]
    return [person for person in persons if person.name]


def _cells(text: str, fields: PersonFields) -> list[Item]:
    people = [person.strip() for person in text.split(fields.split) if person.strip()]
    parts = [person.split(fields.parts) if fields.parts else [person] for person in people]
    return [_Row({str(place): part for place, part in enumerate(each)}) for each in parts]


def _joined(cases: Iterable[ListedCase]) -> list[ListedCase]:
    """Lines of one case that follow each other and say the same but for the persons are one case."""
    joined: list[ListedCase] = []
    for listed in cases:
        before = joined[-1] if joined else None
        bare = replace(listed, case=replace(listed.case, persons=()))
        new = listed.case.persons
        if before and new and bare == replace(before, case=replace(before.case, persons=())):
            persons = _numbered([*before.case.persons, *new])
            joined[-1] = replace(before, case=replace(before.case, persons=persons))
        else:
            joined.append(listed)
    return joined


def _numbered(persons: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(replace(person, order=order) for order, person in enumerate(persons, start=1))


def _meaning(by: CaseMap, field: str, text: str) -> str:
    return by.values.get(field, {}).get(text, text)


def _date(text: str) -> dt.date | None:
    """2026-03-05, 2026/3/5, 20260305 or 2026年3月5日, a time behind it or not. Raises `ValueError`."""
    if not text:
        return None
    found = _DATE.match(text)
    if found is None:
        raise ValueError(f"{text} is no date")
    return dt.date(*(int(part) for part in found.groups()))


def _bounded(text: str) -> str:
    if len(text) > LONGEST_FIELD:
        raise ValueError(f"a field of {len(text)} characters")
    return text.strip()


@dataclass(frozen=True)
class _Value:
    """JSON; a path goes by keys parted by /."""

    value: object

    def text(self, path: str) -> str:
        found = self._at(path)
        if isinstance(found, list):
            return ";".join(_bounded(str(each)) for each in found)
        return "" if found is None or isinstance(found, dict) else _bounded(str(found))

    def items(self, path: str) -> Sequence[_Value]:
        found = self._at(path)
        values = found if isinstance(found, list) else [] if found is None else [found]
        if not all(isinstance(value, dict) for value in values):
            raise ValueError(f"at {path or 'the root'} stand no objects")
        return [_Value(value) for value in values]

    def _at(self, path: str) -> object:
        found = self.value
        for key in path.split("/") if path else ():
            found = found.get(key) if isinstance(found, Mapping) else None
        return found


@dataclass(frozen=True)
class _Row:
    """A line of a CSV file; a path is a column."""

    columns: Mapping[str | None, str | list[str] | None]

    def text(self, path: str) -> str:
        found = self.columns.get(path)
        return _bounded(found) if isinstance(found, str) else ""

    def items(self, path: str) -> Sequence[Item]:
        raise ValueError(f"a line has nothing below it ({path})")


@dataclass(frozen=True)
class _Node:
    """XML; a path goes by element names parted by /, whatever their namespace, to a text or an @attribute."""

    element: Element

    def text(self, path: str) -> str:
        above, _, attribute = path.partition("@")
        found = self.items(above.rstrip("/")) if above else [self]
        if not path or not found:
            return ""
        element = found[0].element
        return _bounded((element.get(attribute) if attribute else element.text) or "")

    def items(self, path: str) -> Sequence[_Node]:
        found = [self.element]
        for name in path.split("/"):
            found = [child for element in found for child in element if _local(child) == name]
        return [_Node(element) for element in found]

    def is_at(self, path: str) -> bool:
        """Whether a file of one case begins with it."""
        return _local(self.element) == path


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
