"""Numbers (文号) and articles (条) that papers cite: serial against date, quoted against there, edition against day."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from dossier.checks.facts import Fact, amount
from dossier.checks.findings import defect
from dossier.checks.subject import Placed, Subject
from dossier.model import Finding
from ocr.reading.numbers import FoundNumber, find_number, normalise

QUOTING = ("GS01", "ZA02", "QZ07", "ZJ05")
PER_ADDRESSEE = ("ZC15", "QZ04", "QZ14", "LA04")  # one number may go to several addressees
_QUOTED = re.compile(r"(?P<word>[一-龥]{1,8})字[〔(\[【](?P<year>\d{4})[〕)\]】]第?(?P<serial>\d{1,6})号")
_ARTICLE = re.compile(r"刑事诉讼法》?第(?P<article>[\d一二三四五六七八九十百]+)条")


def one_number_for_two(subject: Subject) -> Iterator[Finding]:
    """DF09: two papers of one kind about different persons do not share a number."""
    first: dict[tuple[str | None, str], Placed] = {}
    for placed in subject.placed:
        number = parsed(subject, placed.document.number)
        if number is None or placed.document.kind in PER_ADDRESSEE:
            continue
        other = first.setdefault((placed.document.kind, number.value), placed)
        ours, theirs = set(placed.document.persons), set(other.document.persons)
        if other is not placed and ours and theirs and not ours & theirs:
            fact = number_fact(placed)
            yield defect(
                subject, "DF09", "defect.number-shared", placed, *fact,
                said=number.value, other=other.where(), person="、".join(sorted(ours)),
            )  # fmt: skip


def serials_rise(subject: Subject) -> Iterator[Finding]:
    """DF11: within one word, year and unit the serial rises with the date."""
    series: defaultdict[tuple[str, str, int], list[tuple[dt.date, int, Placed]]] = defaultdict(list)
    for placed in subject.placed:
        number, date = parsed(subject, placed.document.number), placed.document.date
        if number is None or date is None:
            continue
        head, _, serial = number.value.rpartition("〕")
        digits = re.sub(r"\D", "", serial)
        if digits:
            series[(head, number.word, number.year)].append((date, int(digits), placed))
    for entries in series.values():
        ordered = sorted(entries, key=lambda entry: (entry[0], entry[1]))
        for (_, before, earlier), (_, after, later) in pairwise(ordered):
            if after < before:
                yield defect(
                    subject, "DF11", "defect.serial", later, *number_fact(later),
                    said=later.document.number or "", other=earlier.where(), wanted=earlier.document.number or "",
                )  # fmt: skip


def quoted_numbers(subject: Subject) -> Iterator[Finding]:
    """DF40: a number that a record quotes is the number of the paper in the dossier."""
    there: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for placed in subject.placed:
        number = parsed(subject, placed.document.number)
        match = _QUOTED.search(number.value) if number else None
        if match:
            there[_word(match)].add(int(match["serial"]))
    for placed in subject.of_kind(*QUOTING):
        own = (placed.document.number or "").replace(" ", "")
        for text in placed.texts:
            for match in _QUOTED.finditer(text.flat):
                known = there.get(_word(match), set())
                if known and int(match["serial"]) not in known and match[0] not in normalise(own)[0]:
                    said = text.said(match.start(), match.end(), match[0])
                    wanted = "、".join(map(str, sorted(known)))
                    yield defect(subject, "DF40", "defect.quoted", placed, said, said=match[0], wanted=wanted)


def law_articles(subject: Subject) -> Iterator[Finding]:
    """DF42: an article of the procedure law has the number it bore on the day of the paper."""
    edition = subject.profile.acceptance.law_edition
    for articles in edition.articles if edition else ():
        for placed in subject.of_kind(*articles.kinds):
            date = placed.document.date
            cited = list(_cited(placed))
            if edition is None or date is None or not cited:
                continue
            right, wrong = articles.before, articles.since
            if date >= edition.since:
                right, wrong = wrong, right
            if any(fact.value in right for fact in cited):
                continue
            old = next((fact for fact in cited if fact.value in wrong), None)
            if old is not None:
                yield defect(subject, "DF42", "defect.article", placed, old, said=old.value, wanted="、".join(right))


def parsed(subject: Subject, number: str | None) -> FoundNumber | None:
    """The parts of a number in any bracket style; None when it has none of the profile's forms."""
    if number is None:
        return None
    flat = unicodedata.normalize("NFKC", "".join(number.split()))
    return find_number(flat, subject.profile.words.number_patterns)


def number_fact(placed: Placed) -> tuple[Fact, ...]:
    """Where the paper's own number stands and how sure it was read; nothing where it was typed."""
    sought = normalise("".join((placed.document.number or "").split()))[0]
    for text in placed.texts:
        for row, start in text.placed_rows():
            flat = normalise(row.flat)[0]
            at = flat.find(sought)
            if sought and at >= 0 and len(flat) == len(row.flat):
                return (text.said(start + at, start + at + len(sought), sought),)
    return ()


def _word(match: re.Match[str]) -> tuple[str, int]:
    return match["word"][-2:], int(match["year"])


def _cited(placed: Placed) -> Iterator[Fact]:
    for text in placed.texts:
        for match in _ARTICLE.finditer(text.flat):
            number = amount(match["article"])
            if number is not None:
                yield text.said(match.start("article"), match.end("article"), f"{number:g}")
