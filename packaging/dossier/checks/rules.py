"""The profile's rules over what papers say: what comes first, and what has to agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from dossier.checks.facts import CURTAILED, Fact, Moment
from dossier.checks.findings import defect
from dossier.checks.subject import Placed, Subject
from dossier.model import Finding
from dossier.profile.acceptance import AgreementRule, OrderRule

Said = tuple[Placed, Fact]


def orders(subject: Subject) -> Iterator[Finding]:
    """A-07 and its defects: nothing is dated before what has to come first (profile `orders`)."""
    for rule in subject.profile.acceptance.orders:
        found = (
            _out_of_order(subject, rule, _first(earlier), _first(later))
            for earlier, later in _groups(subject, rule.earlier, rule.later, rule.within)
        )
        yield from dict.fromkeys(finding for finding in found if finding is not None)


def agreements(subject: Subject) -> Iterator[Finding]:
    """A-18 and its defects: what one paper says stands in the other as well (profile `agreements`)."""
    for rule in subject.profile.acceptance.agreements:
        found = (
            _differs(subject, rule, said, right)
            for left, right in _groups(subject, rule.left, rule.right, rule.within)
            for said in left
            if not _agrees(rule, said[1], right)
        )
        yield from dict.fromkeys(found)


def _differs(subject: Subject, rule: AgreementRule, left: Said, right: list[Said]) -> Finding:
    (placed, fact), (other, nearest) = left, right[0]
    if any(each.value.endswith(fact.value) or fact.value.endswith(each.value) for _, each in right):
        fact = replace(fact, sure=min(fact.sure, CURTAILED))
    wanted = "、".join(dict.fromkeys(each.value for _, each in right))
    return defect(
        subject, rule.defect, "defect.differs", placed, fact, nearest,
        said=fact.value, other=other.where(nearest.face), wanted=wanted,
    )  # fmt: skip


def _groups(subject: Subject, left: str, right: str, within: str) -> Iterator[tuple[list[Said], list[Said]]]:
    """What is to be compared, both sides said: of one document, of one person, or of the whole case."""
    ours, theirs = _said(subject, left), _said(subject, right)
    if within == "case":
        groups = [(ours, theirs)]
    elif within == "document":
        groups = [([one], [other for other in theirs if other[0] is one[0]]) for one in ours]
    else:
        names = sorted({name for placed, _ in ours for name in subject.names_of(placed)})
        groups = [(_of(subject, name, ours), _of(subject, name, theirs)) for name in names]
    yield from ((one, other) for one, other in groups if one and other)


def _said(subject: Subject, name: str) -> list[Said]:
    kind, fact = name.split(".")
    return [(placed, each) for placed in subject.of_kind(kind) for each in placed.facts(fact)]


def _of(subject: Subject, name: str, said: list[Said]) -> list[Said]:
    return [each for each in said if name in subject.names_of(each[0])]


def _first(said: list[Said]) -> Said:
    """The earliest; of each paper only what it says first, which is its head, not the talk below it."""
    heads: dict[str, Said] = {}
    for each in said:
        heads.setdefault(each[0].document.id, each)
    return min(heads.values(), key=lambda each: _moment(each[1]).earliest)


def _moment(fact: Fact) -> Moment:
    return fact.moment or Moment(dt.datetime.max, dt.datetime.max)


def _out_of_order(subject: Subject, rule: OrderRule, earlier: Said, later: Said) -> Finding | None:
    """Only what is certain: a date without a time may be any moment of its day."""
    before, after = _moment(earlier[1]), _moment(later[1])
    if rule.at_most_days is not None:
        if after.earliest - before.latest <= dt.timedelta(days=rule.at_most_days):
            return None
        key = "defect.too-late"
    else:
        if before.earliest <= after.latest:
            return None
        key = "defect.order"
    return defect(
        subject, rule.defect, key, later[0], later[1], earlier[1],
        said=later[1].value, other=earlier[0].where(earlier[1].face), wanted=earlier[1].value,
    )  # fmt: skip


def _agrees(rule: AgreementRule, fact: Fact, right: list[Said]) -> bool:
    values = [each.value for _, each in right]
    if rule.by == "part":
        return any(value in fact.value or fact.value in value for value in values)
    if fact.moment is not None:
        return any(_same_day(fact.moment, each.moment) for _, each in right)
    if rule.by == "sum" and abs(float(fact.value) - sum(map(float, set(values)))) < 0.01:
        return True
    return fact.value in values


def _same_day(one: Moment, other: Moment | None) -> bool:
    return other is not None and one.earliest.date() == other.earliest.date()
