"""The records (笔录) of a case beside each other and beside the custody papers: times, places, persons, photos."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from dossier.checks.facts import CURTAILED, FaceText, Fact, amount
from dossier.checks.findings import defect
from dossier.checks.subject import Placed, Subject
from dossier.model import Finding

INTERROGATION = "GS01"
RECORDS = ("GS01", "BH01", "ZR01")
ACTS = ("BR01", "BR02", "BR03", "BR04", "BR06", "WZ01")  # acts with a witness (见证人)
RELEASES = ("QZ21", "QZ30", "QZ33", "QZ34")
JAIL = "看守所"
FASTEST_CHARACTERS_A_MINUTE = 120
LEAST_PHOTOS, LEAST_PERSONS = 10, 7
ACTS_OF_ONE_WITNESS_A_DAY = 2
_COUNT = r"([\d一二三四五六七八九十]{1,3})"
_PHOTOS = re.compile(rf"{_COUNT}张[^,。;]{{0,12}}?照片|照片[^,。;]{{0,4}}?{_COUNT}张")
_IN_PERSON = re.compile(rf"{_COUNT}名(?:不同)?[男女](?:性|子|青年)")


def outside_the_jail(subject: Subject) -> Iterator[Finding]:
    """DF01: delivered to the jail, and interrogated in the station afterwards, with no release between."""
    for warrant in subject.of_kind("QZ03", "QZ13"):
        delivered = warrant.fact("delivered_at")
        for record in _of_same(subject, warrant, INTERROGATION):
            start, place = record.fact("start"), record.fact("place")
            if not (delivered and delivered.moment and start and start.moment and place):
                continue
            if JAIL in place.value or start.moment.earliest <= delivered.moment.latest:
                continue
            if not _released(subject, warrant, start.moment.latest):
                yield defect(
                    subject, "DF01", "defect.outside-jail", record, start, place, delivered,
                    said=start.value, place=place.value, wanted=delivered.value,
                )  # fmt: skip


def two_rooms_at_once(subject: Subject) -> Iterator[Finding]:
    """DF02: one officer keeps two records at the same time in different places."""
    spans = [(record, *span) for record in subject.of_kind(*RECORDS) if (span := _span(record))]
    for (one, start, end), (other, start_2, end_2) in combinations(spans, 2):
        if not (_overlap(start, end, start_2, end_2) and _elsewhere(one, other)):
            continue
        for mine in _officers(one):
            theirs = next((each for each in _officers(other) if each.value == mine.value), None)
            if theirs is not None:
                yield defect(
                    subject, "DF02", "defect.two-rooms", other, theirs, mine, start, end, start_2, end_2,
                    person=mine.value, said=start_2.value, other=one.where(mine.face), wanted=start.value,
                )  # fmt: skip


def rights_in_first_record(subject: Subject) -> Iterator[Finding]:
    """DF04: the first record of a suspect mentions that the rights were read (权利义务告知书)."""
    for record in subject.of_kind(INTERROGATION):
        if record.document.ordinal == 1 and record.texts and "权利义务" not in record.flat:
            yield defect(subject, "DF04", "defect.no-rights", record)


def outside_the_summons(subject: Subject) -> Iterator[Finding]:
    """DF16: a record on the day of the summons, or of the stay in the handling area, lies inside of it."""
    bounds = (("QZ01", "arrived_at", "ended_at"), ("QZ02", "arrived_at", "ended_at"), ("ZC19", "in_at", "out_at"))
    for kind, first, last in bounds:
        for stay in subject.of_kind(kind):
            opened, closed = stay.fact(first), stay.fact(last)
            for record in _of_same(subject, stay, INTERROGATION):
                span = _span(record)
                place = record.fact("place")
                if place and JAIL in place.value:
                    continue
                if span and opened and closed and _reaches_out(span, opened, closed):
                    yield defect(
                        subject, "DF16", "defect.outside-stay", record, *span, opened, closed,
                        said=f"{span[0].value} – {span[1].value}", other=stay.where(opened.face),
                        wanted=f"{opened.value} – {closed.value}",
                    )  # fmt: skip


def too_fast(subject: Subject) -> Iterator[Finding]:
    """DF18: nobody writes down more than 120 characters a minute."""
    for record in subject.of_kind(*RECORDS):
        span = _span(record)
        if span is None or span[0].moment is None or span[1].moment is None:
            continue
        minutes = (span[1].moment.latest - span[0].moment.earliest) / dt.timedelta(minutes=1)
        if minutes > 0 and len(record.flat) / minutes > FASTEST_CHARACTERS_A_MINUTE:
            yield defect(
                subject, "DF18", "defect.too-fast", record, span[1], span[0],
                minutes=round(minutes), characters=len(record.flat),
            )  # fmt: skip


def visits_to_the_jail(subject: Subject) -> Iterator[Finding]:
    """DF19: every interrogation in the jail has its line on the visit card (提讯提解证), where there is a card."""
    for record in subject.of_kind(INTERROGATION):
        start, place = record.fact("start"), record.fact("place")
        cards = _of_same(subject, record, "ZC18")
        if not (start and start.moment and place and JAIL in place.value and cards):
            continue
        day = start.moment.earliest.date()
        visits = [visit for card in cards for visit in card.facts("visit")]
        if not any(visit.moment and visit.moment.earliest.date() == day for visit in visits):
            yield defect(subject, "DF19", "defect.no-visit", record, start, other=cards[0].where(), said=start.value)


def witnesses(subject: Subject) -> Iterator[Finding]:
    """DF31: the witness (见证人) of an act is no officer of the case, and not the same in more than two acts a day."""
    officers = {fact.value for record in subject.of_kind(*RECORDS, *ACTS) for fact in _officers(record)}
    acts: defaultdict[tuple[str, object], list[tuple[Placed, Fact]]] = defaultdict(list)
    for act in subject.of_kind(*ACTS):
        for witness in act.facts("witness")[:1]:
            if witness.value in officers:
                yield defect(subject, "DF31", "defect.witness-officer", act, witness, person=witness.value)
            acts[(witness.value, act.document.date)].append((act, witness))
    for (name, _), found in acts.items():
        if len(found) > ACTS_OF_ONE_WITNESS_A_DAY:
            act, witness = found[-1]
            yield defect(subject, "DF31", "defect.witness-again", act, witness, person=name, times=len(found))


def identification_choices(subject: Subject) -> Iterator[Finding]:
    """DF32: an identification shows at least ten photographs, or seven persons."""
    for act in subject.of_kind("BR01"):
        for pattern, least in ((_PHOTOS, LEAST_PHOTOS), (_IN_PERSON, LEAST_PERSONS)):
            counts = [fact for text in act.texts for fact in _counts(text, pattern)]
            few = next((fact for fact in counts if 1 < float(fact.value) < least), None)
            if few is not None:
                others = any(fact.value != few.value for fact in counts)  # told twice, and not alike: a slip of one
                few = replace(few, sure=min(few.sure, CURTAILED)) if others else few
                yield defect(subject, "DF32", "defect.too-few-choices", act, few, said=few.value, wanted=least)


def _counts(text: FaceText, pattern: re.Pattern[str]) -> Iterator[Fact]:
    for match in pattern.finditer(text.flat):
        count = amount(next(group for group in match.groups() if group))
        if count is not None:
            yield text.said(match.start(), match.end(), f"{count:g}")


def _of_same(subject: Subject, placed: Placed, *kinds: str) -> list[Placed]:
    """Papers of these kinds about a person this one is about too."""
    names = subject.names_of(placed)
    return [other for other in subject.of_kind(*kinds) if names & subject.names_of(other)]


def _released(subject: Subject, warrant: Placed, before: dt.datetime) -> bool:
    papers = _of_same(subject, warrant, *RELEASES)
    return any(paper.document.date and paper.document.date <= before.date() for paper in papers)


def _span(record: Placed) -> tuple[Fact, Fact] | None:
    start, end = record.fact("start"), record.fact("end")
    return (start, end) if start and end and start.moment and end.moment else None


def _overlap(start: Fact, end: Fact, start_2: Fact, end_2: Fact) -> bool:
    moments = [fact.moment for fact in (start, end, start_2, end_2)]
    first, last, first_2, last_2 = (moment for moment in moments if moment is not None)
    return first.latest < last_2.earliest and first_2.latest < last.earliest


def _elsewhere(one: Placed, other: Placed) -> bool:
    here, there = one.fact("place"), other.fact("place")
    return here is not None and there is not None and here.value != there.value


def _officers(record: Placed) -> tuple[Fact, ...]:
    return (*record.facts("officer"), *record.facts("recorder"))


def _reaches_out(span: tuple[Fact, Fact], opened: Fact, closed: Fact) -> bool:
    """On one of the days of the stay, and certainly before or after it."""
    start, end, first, last = (fact.moment for fact in (*span, opened, closed))
    if not (start and end and first and last):
        return False
    if not first.earliest.date() <= start.earliest.date() <= last.latest.date():
        return False
    return start.latest < first.earliest or end.earliest > last.latest
