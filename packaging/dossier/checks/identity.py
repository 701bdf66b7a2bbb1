"""Who it is about: names, births, ages and charges across the papers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from dossier.checks.facts import FaceText, Fact
from dossier.checks.findings import defect, finding, raised
from dossier.checks.subject import CASE, SUSPECT, Placed, Subject
from dossier.model import Finding, Severity
from ocr.reading.id_number import birth_date, check_digit_ok

OF_THE_SUSPECT = (
    "GS01",
    "QZ01",
    "QZ03",
    "QZ06",
    "QZ07",
    "QZ13",
    "QZ21",
    "QZ22",
    "QZ30",
    "ZC01",
    "ZC04",
    "JT01",
    "JT02",
)
CHARGED = ("LA03", "QZ01", "QZ03", "QZ07", "QZ08", "QZ13", "QZ21", "ZJ05")  # papers that name the charge, in order
HEARD = ("GS01", "BH01", "ZR01")
OF_AGE = 18
SHORTEST_NAME = 3  # two-character names with one in common are no slip
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_GUARDIAN = re.compile(r"法定代理人|合适成年人|监护人")


def names(subject: Subject) -> Iterator[Finding]:
    """DF21: no paper of a suspect gives a name that differs from the suspect's in one character."""
    known = {person.name for person in subject.dossier.case.persons}
    for placed in subject.of_kind(*OF_THE_SUSPECT, "SZ02"):
        for fact in _names_said(placed):
            near = [name for name in subject.suspects if _one_off(name, fact.value)]
            if near and fact.value not in known and near[0] not in placed.document.persons:
                yield defect(subject, "DF21", "defect.name", placed, fact, said=fact.value, wanted=near[0])
                break


def charges(subject: Subject) -> Iterator[Finding]:
    """DF20: a change of charge is shown where it happened; it is lawful."""
    papers = sorted(subject.of_kind(*CHARGED), key=_in_time)
    before: tuple[Placed, Fact] | None = None
    for placed in papers:
        charge = _charge(subject, placed)
        if charge is None:
            continue
        if before is not None and charge.value != before[1].value:
            yield defect(
                subject, "DF20", "defect.charge-changed", placed, charge, before[1],
                said=charge.value, wanted=before[1].value, other=before[0].where(before[1].face),
            )  # fmt: skip
        before = (placed, charge)
    case = subject.dossier.case
    if before is not None and before[1].value not in case.charge and case.charge not in before[1].value:
        placed, charge = before
        said = charge.value
        yield raised(subject, "A-18", "check.charge", Severity.WARN, placed, charge, said=said, wanted=case.charge)


def suspects_named(subject: Subject) -> Iterator[Finding]:
    """A-18: every suspect of the case is named in its papers."""
    persons = {name for placed in subject.placed for name in placed.document.persons}
    for name in subject.suspects:
        if subject.placed and name not in persons and not any(name in placed.flat for placed in subject.placed):
            yield finding("A-18", "check.suspect-unnamed", Severity.WARN, CASE, person=name)


def births(subject: Subject) -> Iterator[Finding]:
    """DF22: the date of birth on a paper is that of the identity number beside it."""
    for placed in subject.of_kind("GS01", "BH01", "ZR01", "SZ02"):
        said = placed.fact("birth")
        numbers = [number for number in _id_facts(placed) if birth_date(number.value) is not None]
        if said is None or said.moment is None or len({number.value for number in numbers}) != 1:
            continue
        born = birth_date(numbers[0].value)
        if born != said.moment.earliest.date():
            yield defect(
                subject, "DF22", "defect.birth", placed, said, numbers[0],
                said=said.value, wanted=born, id_number=numbers[0].value,
            )  # fmt: skip


def minors(subject: Subject) -> Iterator[Finding]:
    """DF23: a minor is heard with a guardian (法定代理人、合适成年人) who was called by notice (ZC05)."""
    called = bool(subject.of_kind("ZC05"))
    for record in subject.of_kind(*HEARD):
        day = record.document.date
        heard = _heard_number(subject, record)
        born = birth_date(heard.value) if heard else None
        if heard is None or born is None or day is None or _age(born, day) >= OF_AGE:
            continue
        if not called or not _GUARDIAN.search(record.flat):
            yield defect(subject, "DF23", "defect.minor", record, heard, born=born, age=_age(born, day))


def ages(subject: Subject) -> Iterator[Finding]:
    """A-07: nobody of the case is born in the future or older than 110."""
    for person in subject.dossier.case.persons:
        born = birth_date(person.id_number) if person.id_number else None
        if born is not None and not 0 <= _age(born, subject.now.date()) <= 110:
            yield finding("A-07", "check.age", Severity.WARN, CASE, person=person.name, born=born)


def _in_time(placed: Placed) -> tuple[dt.date, int]:
    return placed.document.date or dt.date.max, CHARGED.index(placed.document.kind or "")


def _names_said(placed: Placed) -> Iterator[Fact]:
    facts = placed.facts("name")[:1] if placed.document.kind == "SZ02" else placed.facts("person")
    yield from facts
    told = {fact.value for fact in facts}
    if placed.document.kind == "SZ02":
        return
    for name in placed.document.persons:
        place = next((fact for text in placed.texts if (fact := _where(text, name))), None)
        if name not in told and place is not None:
            yield place


def _where(text: FaceText, words: str) -> Fact | None:
    start = text.flat.find(words)
    return text.said(start, start + len(words), words) if start >= 0 else None


def _one_off(name: str, other: str) -> bool:
    if len(name) != len(other) or len(name) < SHORTEST_NAME:
        return False
    return sum(a != b for a, b in zip(name, other, strict=True)) == 1


def _charge(subject: Subject, placed: Placed) -> Fact | None:
    """The first charge (罪名) of the profile's list that the paper names."""
    names = sorted(subject.profile.words.charges, key=len, reverse=True)
    pattern = re.compile(rf"(?P<name>{'|'.join(map(re.escape, names))})(?=罪|一案|案)")
    for text in placed.texts:
        match = pattern.search(text.flat)
        if match:
            return text.said(match.start(), match.end(), match["name"])
    return None


def _id_facts(placed: Placed) -> list[Fact]:
    return [
        text.said(match.start(), match.end(), match[0].upper())
        for text in placed.texts
        for match in _ID.finditer(text.flat)
        if check_digit_ok(match[0].upper())
    ]


def _heard_number(subject: Subject, record: Placed) -> Fact | None:
    """The identity number of who is heard: the first in the record's head, else the suspect's own."""
    head = _id_facts(record)
    if head:
        return head[0]
    for person in subject.dossier.case.persons:
        if person.role == SUSPECT and person.id_number and person.name in record.document.persons:
            return Fact(person.id_number, 1.0, next(iter(record.document.faces), None), None)
    return None


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
