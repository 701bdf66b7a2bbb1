"""Kinds that share a title (询问笔录 of a victim or witness), told apart by all pages of a paper and by its person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ocr.reading.kinds import ASK_BELOW, TITLE, best_of, total
from ocr.reading.types import KindGuess, PageReading

SAME_PERSON = 0.9  # another record of the same person says what he is in the case
ASKED = ("被询问人", "被讯问人")


@dataclass(frozen=True)
class Paper:
    """The pages put together to one paper; `head` is the one that says what it is."""

    head: PageReading
    pages: tuple[PageReading, ...]


def kinds_of(papers: Sequence[Paper]) -> list[KindGuess | None]:
    """The kind of each paper: its head's; where that leaves open which of the kinds of one title it is, the one told by
    the keys on all its pages, each counted once, or by the sure records of the same person in this pile."""
    guesses = [_by_all_pages(paper) for paper in papers]
    known: dict[str, set[str]] = {}
    for paper, guess in zip(papers, guesses, strict=True):
        if guess is not None and guess.rivals and not _is_open(guess):
            for name in _asked(paper.pages):
                known.setdefault(name, set()).add(guess.code)
    return [_by_person(*pair, known) for pair in zip(papers, guesses, strict=True)]


def _is_open(guess: KindGuess) -> bool:
    return bool(guess.rivals) and guess.confidence < ASK_BELOW


def _by_all_pages(paper: Paper) -> KindGuess | None:
    guess = paper.head.kind
    if guess is None or not _is_open(guess):
        return guess
    hints = {(hint.code, hint.key): hint for page in paper.pages for hint in page.hints}.values()
    points = {code: TITLE + total(hint for hint in hints if hint.code == code) for code in guess.rivals}
    found = best_of(points)
    if found is None or found.confidence < ASK_BELOW:
        return guess
    return replace(found, assorted=guess.assorted, rivals=guess.rivals)


def _by_person(paper: Paper, guess: KindGuess | None, known: Mapping[str, set[str]]) -> KindGuess | None:
    names = _asked(paper.pages)
    if guess is None or not _is_open(guess) or len(names) != 1:
        return guess
    codes = known.get(names.pop(), set())
    if len(codes) != 1 or not codes <= set(guess.rivals):
        return guess
    return replace(guess, code=next(iter(codes)), confidence=SAME_PERSON)


def _asked(pages: Iterable[PageReading]) -> set[str]:
    """Names of those a record is taken of, by the surest place each page has."""
    return {
        person.value
        for page in pages
        for person in page.persons
        if person.role in ASKED and person.confidence >= ASK_BELOW
    }
