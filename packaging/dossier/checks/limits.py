"""The time limits (期限) of a case: when each began, ends, was kept or exceeded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from dossier.checks.facts import Fact, Moment
from dossier.checks.findings import finding, raised
from dossier.checks.subject import CASE, Placed, Subject
from dossier.deadlines import Level, due_after, level_of
from dossier.model import Finding, Severity
from dossier.profile.acceptance import Deadline, Event, Span

Happened = tuple[Placed, Fact, Moment]


@dataclass(frozen=True)
class Limit:
    """One limit at work. `due`: the first moment after it, local time; `level`: of one that was kept, green."""

    rule: Deadline
    person: str
    started: Happened
    ended: Happened | None
    due: dt.datetime
    level: Level

    @property
    def late(self) -> bool:
        """Certainly kept too late; a date without a time may be any moment of its day."""
        return self.ended is not None and self.ended[2].earliest >= self.due

    @property
    def running(self) -> bool:
        return self.ended is None


def case_limits(subject: Subject) -> Iterator[Limit]:
    """Every limit that a paper of the case has set going, by the rules in force on that day."""
    for rule in subject.profile.deadlines:
        if subject.of_kind(*rule.unless):
            continue
        for person, started, ended in _runs(subject, rule):
            if rule.valid_from <= started[2].latest.date() <= (rule.valid_to or dt.date.max):
                yield _limit(subject, rule, person, started, ended)


def deadlines(subject: Subject) -> Iterator[Finding]:
    """A-07: limits that were exceeded, or will be within the days the profile names; limits set going too often."""
    for rule in subject.profile.deadlines:
        starts = sorted(_happened(subject, rule.starts), key=_when) if rule.times is not None else []
        for placed, fact, _ in starts[rule.times :]:
            yield raised(
                subject, rule.id, "deadline.times", Severity(rule.severity), placed, fact,
                rule=rule.title, most=rule.times, said=len(starts),
            )  # fmt: skip
    for limit in case_limits(subject):
        severity = Severity(limit.rule.severity)
        if limit.late and limit.ended is not None:
            yield _said(subject, limit, "deadline.late", severity, *limit.ended[:2])
        elif limit.running and limit.level is Level.RED:
            yield _said(subject, limit, "deadline.overdue", severity, *limit.started[:2])
        elif limit.running and limit.level is Level.ORANGE:
            yield _said(subject, limit, "deadline.soon", Severity.INFO, *limit.started[:2])


def holidays_known(subject: Subject) -> Iterator[Finding]:
    """The table of holidays has the years in which limits end that roll over holidays."""
    years = {limit.due.year for limit in case_limits(subject) if not limit.rule.custody} - subject.calendar.years
    if years:
        yield finding(
            "A-07", "deadline.calendar", Severity.WARN, CASE, years="、".join(str(year) for year in sorted(years))
        )


def shown(due: dt.datetime) -> str:
    """Midnight is the end of the day before it."""
    if due.time() == dt.time.min:
        return f"{due - dt.timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{due:%Y-%m-%d %H:%M}"


def _runs(subject: Subject, rule: Deadline) -> Iterator[tuple[str, Happened, Happened | None]]:
    """Who, start and end of each time the limit ran. A paper that holds both is compared with itself alone."""
    starts, ends = _happened(subject, rule.starts), _happened(subject, rule.ends)
    if rule.starts.kinds == rule.ends.kinds:
        for start in starts:
            end = next((each for each in ends if each[0] is start[0]), None)
            if end is not None:
                yield "、".join(sorted(subject.names_of(start[0]))), start, end
        return
    if rule.times is not None:
        runs = sorted(starts, key=_when)
        for start, following in zip_longest(runs, runs[1:]):
            yield "", start, _first_after(start, ends, following)
        return
    if rule.of == "case":
        if starts:
            yield "", min(starts, key=_when), _first_after(min(starts, key=_when), ends)
        return
    for name in sorted({name for start in starts for name in subject.names_of(start[0])}):
        first = min((start for start in starts if name in subject.names_of(start[0])), key=_when)
        theirs = [end for end in ends if name in subject.names_of(end[0])]
        yield name, first, _first_after(first, theirs)


def _happened(subject: Subject, event: Event) -> list[Happened]:
    found = []
    for placed in subject.of_kind(*event.kinds):
        fact = placed.fact(event.fact) or (None if event.fact.endswith("ed_at") else placed.fact("date"))
        if fact is not None and fact.moment is not None:
            found.append((placed, fact, fact.moment))
    return found


def _first_after(start: Happened, ends: list[Happened], following: Happened | None = None) -> Happened | None:
    """The first end after a start, and before the limit was set going again."""
    after = (end for end in ends if end[2].latest >= start[2].earliest)
    found = min(after, key=_when, default=None)
    return None if found and following and found[2].earliest > following[2].latest else found


def _when(happened: Happened) -> dt.datetime:
    return happened[2].earliest


def _limit(subject: Subject, rule: Deadline, person: str, started: Happened, ended: Happened | None) -> Limit:
    span = _span(subject, rule, person)
    due = due_after(started[2].latest, span, subject.calendar, custody=rule.custody)
    now = subject.now.replace(tzinfo=None)
    by_hours = span.hours is not None
    level = level_of(started[2].earliest, due, now, subject.profile.limits.levels, by_hours=by_hours)
    if ended is not None:
        level = Level.RED if ended[2].earliest >= due else Level.GREEN
    return Limit(rule, person, started, ended, due, level)


def _span(subject: Subject, rule: Deadline, person: str) -> Span:
    """The limit, lengthened by papers about the person and by facts of the case: the last that applies."""
    span = rule.limit
    for longer in rule.longer:
        papers = subject.of_kind(*longer.kinds)
        about = any(not person or person in subject.names_of(paper) for paper in papers)
        if about or subject.dossier.case.tags & set(longer.tags):
            span = longer.limit
    return span


def _said(subject: Subject, limit: Limit, key: str, severity: Severity, placed: Placed, fact: Fact) -> Finding:
    start_placed, start, moment = limit.started
    name = f"{limit.rule.title}({limit.person})" if limit.person else limit.rule.title
    others = [start] if fact is not start else _ends_before(subject, limit)
    return raised(
        subject, limit.rule.id, key, severity, placed, fact, *others,
        rule=name, start=moment, other=start_placed.where(start.face), due=shown(limit.due), said=fact.value,
    )  # fmt: skip


def _ends_before(subject: Subject, limit: Limit) -> list[Fact]:
    """What the papers that would end a running limit say, where they say a moment of their own and it is before the
    start: the limit runs because of that."""
    ends = limit.rule.ends
    if ends.fact == "date":
        return []
    papers = [
        paper for paper in subject.of_kind(*ends.kinds) if not limit.person or limit.person in subject.names_of(paper)
    ]
    return [fact for paper in papers if (fact := paper.fact(ends.fact)) is not None]
