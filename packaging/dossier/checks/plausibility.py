"""Do the papers contradict each other? Dates, numbers, doubles, identity numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from dossier.checks.facts import Fact
from dossier.checks.findings import finding, raised
from dossier.checks.numbers import number_fact, parsed
from dossier.checks.reading import squeezed, sureness
from dossier.checks.subject import CASE, Placed, Subject
from dossier.model import Finding, Severity
from ocr.reading.id_number import check_digit_ok

RECEIVED, OPENED = "LA01", "LA03"  # 受案登记表, 立案决定书
MEASURES = "qiangzhi"  # group of the compulsory measures (强制措施)
_NEW_YEAR_GRACE_DAYS = 10
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_SIMILAR_DIGITS = 2


def future_dates(subject: Subject) -> Iterator[Finding]:
    """A-07: no document is dated after the day of the check."""
    for placed in subject.placed:
        date = placed.document.date
        if date and date > subject.now.date():
            dated = placed.facts("date")[:1]
            yield raised(subject, "A-07", "check.date-future", Severity.BLOCK, placed, *dated, date=date)


def date_order(subject: Subject) -> Iterator[Finding]:
    """A-07: received (受案) not after opened (立案), opened not after the first compulsory measure (DF48)."""
    steps = [_dated(subject, RECEIVED), _dated(subject, OPENED), _measures(subject)]
    for earlier_step, later_step in ((steps[0], steps[1]), (steps[1], steps[2])):
        if earlier_step and later_step:
            yield from _in_order(subject, earlier_step[0], later_step[0])


def case_number(subject: Subject) -> Iterator[Finding]:
    """A-09: the case number (案件编号) has the profile's form."""
    pattern = subject.profile.rules.metadata["case_no"].pattern
    case_no = subject.dossier.case.case_no
    if pattern and not re.fullmatch(pattern, case_no):
        yield finding("A-09", "check.case-no", Severity.BLOCK, CASE, case_no=case_no)


def document_numbers(subject: Subject) -> Iterator[Finding]:
    """A-09: the number (文号) of a police document has one of the profile's forms."""
    for placed in subject.placed:
        number = placed.document.number
        if number is None or placed.kind is None or placed.kind.maker != "police":
            continue
        if parsed(subject, number) is None:
            sure = sureness(placed.document, number)
            yield raised(
                subject, "A-09", "check.doc-no", Severity.BLOCK, placed, *number_fact(placed), sure=sure, number=number
            )


def number_year(subject: Subject) -> Iterator[Finding]:
    """DF10: the year in a number is that of the date; in the first days of January the year before may still stand."""
    for placed in subject.placed:
        number, date = placed.document.number, placed.document.date
        parts = parsed(subject, number) if number else None
        if number is None or date is None or parts is None:
            continue
        late = date.month == 1 and date.day <= _NEW_YEAR_GRACE_DAYS and parts.year == date.year - 1
        if parts.year != date.year and not late:
            sure = sureness(placed.document, number)
            facts = (*number_fact(placed), *placed.facts("date")[:1])
            yield raised(
                subject, "DF10", "check.number-year", Severity.WARN, placed, *facts, sure=sure, number=number, date=date
            )


def doubles(subject: Subject) -> Iterator[Finding]:
    """A-10: the same number on two papers of one kind, or the same captured picture twice."""
    numbers: dict[tuple[str | None, str], Placed] = {}
    for placed in subject.placed:
        number = placed.document.number
        if number is None:
            continue
        parts = parsed(subject, number)
        first = numbers.setdefault((placed.document.kind, parts.value if parts else squeezed(number)), placed)
        if first is not placed:
            facts = (*number_fact(placed), *number_fact(first))
            yield raised(
                subject, "A-10", "check.number-twice", Severity.WARN, placed, *facts,
                number=number, other=first.where(),
            )  # fmt: skip
    pictures: dict[str, str] = {}
    for placed, face in subject.faces():
        other = pictures.setdefault(face.original_sha256, placed.where(face))
        if other != placed.where(face):
            yield finding("A-10", "check.picture-twice", Severity.WARN, placed.where(face), face=face, other=other)


def id_numbers(subject: Subject) -> Iterator[Finding]:
    """A-17: identity numbers (公民身份号码) have a valid check digit (GB 11643) and agree with the persons of the case.

    A number that differs from a person's in one or two digits is taken for that person's, misread or miswritten (DF22).
    """
    known = {person.id_number: person.name for person in subject.dossier.case.persons if person.id_number}
    for id_number, name in known.items():
        if not check_digit_ok(id_number):
            yield finding("A-17", "check.id-invalid", Severity.WARN, CASE, id_number=id_number, person=name)
    for placed, fact in _numbers_read(subject):
        number = fact.value
        if number in known:
            continue
        near = [name for id_number, name in known.items() if _differing(number, id_number) <= _SIMILAR_DIGITS]
        if near or not check_digit_ok(number):
            key = "check.id-differs" if near else "check.id-invalid"
            person = near[0] if near else ""
            yield raised(subject, "A-17", key, Severity.WARN, placed, fact, id_number=number, person=person)


def _numbers_read(subject: Subject) -> Iterator[tuple[Placed, Fact]]:
    """Each 18-digit number that stands in a line, once a page, the surest of its readings there."""
    for placed in subject.placed:
        for text in placed.texts:
            found: dict[str, Fact] = {}
            for row, start in text.placed_rows():
                for match in _ID_NUMBER.finditer(row.flat):
                    fact = text.said(start + match.start(), start + match.end(), match[0].upper())
                    found[fact.value] = max(found.get(fact.value, fact), fact, key=lambda each: each.sure)
            yield from ((placed, fact) for fact in found.values())


def _differing(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))


def _dated(subject: Subject, code: str) -> list[tuple[dt.date, Placed]]:
    """Documents of a kind that carry a date, the earliest first."""
    return _sorted(placed for placed in subject.placed if placed.document.kind == code)


def _measures(subject: Subject) -> list[tuple[dt.date, Placed]]:
    return _sorted(placed for placed in subject.placed if placed.kind is not None and placed.kind.group == MEASURES)


def _sorted(documents: Iterator[Placed]) -> list[tuple[dt.date, Placed]]:
    dated = [(placed.document.date, placed) for placed in documents if placed.document.date is not None]
    return sorted(dated, key=lambda pair: pair[0])


def _in_order(subject: Subject, earlier: tuple[dt.date, Placed], later: tuple[dt.date, Placed]) -> Iterator[Finding]:
    if earlier[0] <= later[0]:
        return
    facts = [fact for _, placed in (later, earlier) for fact in placed.facts("date")[:1]]
    yield raised(
        subject, "A-07", "check.date-order", Severity.BLOCK, later[1], *facts,
        date=later[0], title=later[1].document.title, other_date=earlier[0], other=earlier[1].document.title,
    )  # fmt: skip
