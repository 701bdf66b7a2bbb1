"""Is everything there, once and in order? Pages, records, kinds, sheets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from dossier.checks.facts import FaceText, Fact
from dossier.checks.findings import finding, raised
from dossier.checks.subject import CASE, Placed, Subject
from dossier.model import Face, Finding, Severity

_PAGE_OF = re.compile(r"第(\d{1,3})页[,,、/]?共(\d{1,3})页")
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十]{1,3}次")
_INTERROGATION = "GS01"


def page_numbers(subject: Subject) -> Iterator[Finding]:
    """C-05: the pages of each volume are numbered without gap or double."""
    start = subject.profile.rules.page_numbers.start
    for volume in subject.dossier.volumes:
        numbers = sorted(number for _, number in volume.page_numbers)
        if numbers != list(range(start, start + volume.pages)):
            yield finding("C-05", "check.numbers", Severity.BLOCK, f"{volume.sequence}/{volume.code}")


def printed_page_numbers(subject: Subject) -> Iterator[Finding]:
    """C-05: where pages say 第n页 共m页, none is missing, doubled or out of order (DF38)."""
    for placed in subject.placed:
        filled = [face for face in placed.document.faces if not face.blank]
        texts = {text.face.id: text for text in placed.texts}
        said = [
            (index, *printed)
            for index, face in enumerate(filled)
            if face.id in texts and (printed := _page_of(texts[face.id]))
        ]
        for index, page, total, fact in said:
            expected = index - said[0][0] + said[0][1]
            if page == expected and total == said[0][2] and page <= total:
                continue
            yield raised(
                subject, "C-05", "check.page-order", Severity.BLOCK, placed, fact,
                said=page, expected=expected, total=total,
            )  # fmt: skip
            break
        else:
            yield from _ends_missing(subject, placed, said, len(filled))


def interrogation_ordinals(subject: Subject) -> Iterator[Finding]:
    """C-05: each suspect's interrogation records (讯问笔录) count 1, 2, 3... with rising dates (DF39)."""
    records: defaultdict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for placed in subject.placed:
        if placed.document.kind == _INTERROGATION and placed.document.ordinal is not None:
            records[placed.document.persons[:1]].append(placed)
    for persons, theirs in records.items():
        for expected, placed in enumerate(theirs, start=1):
            ordinal = placed.document.ordinal
            if ordinal != expected:
                yield raised(
                    subject, "C-05", "check.ordinal", Severity.BLOCK, placed, *_ordinal(placed),
                    sure=placed.document.confidence, person="、".join(persons), said=ordinal, expected=expected,
                )  # fmt: skip
                break
        for earlier, later in pairwise(theirs):
            if earlier.document.date and later.document.date and earlier.document.date > later.document.date:
                dates = [fact for placed in (later, earlier) for fact in placed.facts("date")[:1]]
                said = later.document.ordinal or ""
                yield raised(subject, "C-05", "check.ordinal-date", Severity.WARN, later, *dates, said=said)


def every_face_once(subject: Subject) -> Iterator[Finding]:
    """C-06: every page belongs to one document, and every document has its place in the catalogue."""
    for placed in subject.placed:
        if not placed.document.faces:
            yield finding("C-06", "check.empty-document", Severity.BLOCK, placed.where())
    for document in subject.dossier.unfiled:
        first = document.faces[0] if document.faces else None
        yield finding("C-06", "check.unfiled", Severity.BLOCK, f"- {document.title}", face=first, title=document.title)
    counted = Counter(face.id for _, face in subject.faces())
    for placed, face in subject.faces():
        if counted[face.id] > 1:
            yield finding("C-06", "check.face-twice", Severity.BLOCK, placed.where(face), face=face)


def required_kinds(subject: Subject) -> Iterator[Finding]:
    """C-08: the kinds of document that the facts of the case ask for are there."""
    dossier, profile = subject.dossier, subject.profile
    present = {placed.document.kind for placed in subject.placed}
    for code in profile.required_kinds(dossier.case.tags, dossier.submission):
        if code not in present:
            yield finding("C-08", "check.kind-missing", Severity.BLOCK, code, title=profile.kind(code).title)


def sheets_and_faces(subject: Subject) -> Iterator[Finding]:
    """C-10: every scanned back has its front, both in one document, the front first."""
    sheets: defaultdict[int, list[tuple[Placed, Face]]] = defaultdict(list)
    for placed, face in subject.faces():
        sheets[face.sheet].append((placed, face))
    for sheet, found in sheets.items():
        placed, face = found[0]
        sides = [each.side for _, each in found]
        if sides in (["front"], ["front", "back"]):
            if len({each.document.id for each, _ in found}) == 1:
                continue
            key = "check.sheet-divided"
        else:
            key = "check.sheet-order" if len(set(sides)) == len(sides) > 1 else "check.sheet-faces"
        yield finding("C-10", key, Severity.BLOCK, placed.where(face), face=face, sheet=sheet)


def case_has_documents(subject: Subject) -> Iterator[Finding]:
    """C-06: a submission without any document is no dossier."""
    if not subject.placed:
        yield finding("C-06", "check.nothing-filed", Severity.BLOCK, CASE)


def _page_of(text: FaceText) -> tuple[int, int, Fact] | None:
    """Page, number of pages, and where they stand."""
    for row, start in text.placed_rows():
        match = _PAGE_OF.search(row.flat)
        if match:
            return int(match[1]), int(match[2]), text.said(start + match.start(), start + match.end(), match[1])
    return None


def _ordinal(placed: Placed) -> list[Fact]:
    """Where the record's head says which one it is (第n次)."""
    for text in placed.texts:
        match = _ORDINAL.search(text.flat)
        if match:
            return [text.said(match.start(), match.end(), match[0])]
    return []


def _ends_missing(
    subject: Subject, placed: Placed, said: list[tuple[int, int, int, Fact]], count: int
) -> Iterator[Finding]:
    """The pages that are there follow one another; does the first or the last one lack?

    Pages without a readable number are given the benefit of the doubt.
    """
    if not said:
        return
    index, page, total, fact = said[0]
    before = page - index
    after = said[-1][1] + count - 1 - said[-1][0]
    if before > 1 or after < total:
        yield raised(
            subject, "C-05", "check.page-count", Severity.BLOCK, placed, fact, first=before, last=after, total=total
        )
