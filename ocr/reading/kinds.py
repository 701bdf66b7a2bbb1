"""Which document kind a page is, by its title and its words.

Points: title 8 times its sureness, strong key 3, number word 3, weak key 1 (at most 5), negative key -4. A guess is
taken from 6 points with a distance of 3 to the runner-up; below, its confidence says that it has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ocr.reading.numbers import FoundNumber
from ocr.reading.text import Fold, Page, flatten
from ocr.reading.titles import Title
from ocr.reading.types import Hint, KindEntry, KindGuess

TITLE, STRONG, NUMBER_WORD, WEAK, NEGATIVE = 8.0, 3.0, 3.0, 1.0, -4.0
WEAK_LIMIT = 5
ACCEPT, MARGIN = 6.0, 3.0
ASK_BELOW = 0.85
# Of a kind under a title that no kind goes by; at 0.88 papers of kinds left out were taken for others.
WORDS_ALONE = 0.9
LEAST = 0.1


@dataclass(frozen=True)
class _Words:
    """A page's text for key search: as read, folded, and by row."""

    flat: str
    folded: str
    rows: tuple[str, ...]
    cells: frozenset[str]


def guess_kind(
    page: Page, title: Title | None, number: FoundNumber | None, kinds: Sequence[KindEntry], fold: Fold, *, opens: bool
) -> KindGuess | None:
    """Return the best kind of a page; None when not one word speaks for any.

    On a page that does not open a document only words that begin a row count: running text names other papers.
    """
    words = _words(page, fold)
    alike = _alike(kinds, fold)
    by_words = {kind.code: total(_hints(kind, words, fold, alike, opens)) + _number(kind, number) for kind in kinds}
    points = by_words
    if title is not None and title.codes:
        points = {code: points[code] + TITLE * title.sure for code in title.codes} | {
            code: value for code, value in points.items() if code not in title.codes
        }
    guess = best_of(points)
    if guess is None:
        return None
    assorted = next(kind.assorted for kind in kinds if kind.code == guess.code)
    if title is None or guess.code not in title.codes:
        return replace(guess, assorted=assorted, confirmed=guess.confidence >= WORDS_ALONE)
    alone = best_of(by_words)
    confirmed = alone is not None and alone.code == guess.code and alone.confidence >= ASK_BELOW
    return replace(guess, assorted=assorted, confirmed=confirmed, rivals=title.codes if len(title.codes) > 1 else ())


def best_of(points: Mapping[str, float]) -> KindGuess | None:
    """The kind with most points; None where none has any."""
    ranked = sorted(points.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] <= 0:
        return None
    best, score = ranked[0]
    margin = score - max(ranked[1][1] if len(ranked) > 1 else 0.0, 0.0)
    return KindGuess(best, _confidence(score, margin), margin)


def find_hints(page: Page, kinds: Sequence[KindEntry], fold: Fold) -> tuple[Hint, ...]:
    """The keys of `kinds` anywhere on a page."""
    words, alike = _words(page, fold), _alike(kinds, fold)
    return tuple(hint for kind in kinds for hint in _hints(kind, words, fold, alike, True))


def total(hints: Iterable[Hint]) -> float:
    """The points of one kind's keys, those of weak ones up to their limit."""
    points = [hint.points for hint in hints]
    weak = sum(one for one in points if one == WEAK)
    return sum(one for one in points if one != WEAK) + min(WEAK_LIMIT * WEAK, weak)


def _confidence(score: float, margin: float) -> float:
    """Map points to 0..1 so that exactly the accepted guesses reach 0.85."""
    if score >= ACCEPT and margin >= MARGIN:
        return min(0.99, ASK_BELOW + 0.014 * min(score - ACCEPT, margin - MARGIN + 2))
    return max(LEAST, 0.84 * min(score / ACCEPT, 1.0) * min(max(margin, 0.5) / MARGIN, 1.0))


@lru_cache(maxsize=4096)
def _flat(key: str) -> str:
    """A key without blanks; the same few thousand are looked for on every page."""
    return flatten(key)[0]


def _words(page: Page, fold: Fold) -> _Words:
    rows = tuple(fold(row.flat) for row in page.rows)
    cells = frozenset(row.rstrip(":") for row in rows)
    return _Words(page.flat, "".join(rows), rows, cells)


def _number(kind: KindEntry, number: FoundNumber | None) -> float:
    return NUMBER_WORD if number is not None and number.word and number.word in kind.number_words else 0.0


def _alike(kinds: Sequence[KindEntry], fold: Fold) -> dict[str, frozenset[str]]:
    """The different keys that are folded to the same characters: 讯问地点 and 询问地点."""
    found: dict[str, set[str]] = {}
    for key in {key for kind in kinds for key in (*kind.strong, *kind.negative)}:
        flat = _flat(key)
        found.setdefault(fold(flat), set()).add(flat)
    return {folded: frozenset(keys) for folded, keys in found.items() if len(keys) > 1}


def _hints(
    kind: KindEntry, words: _Words, fold: Fold, alike: Mapping[str, frozenset[str]], anywhere: bool
) -> list[Hint]:
    def found(key: str) -> bool:
        flat = _flat(key)
        folded = fold(flat)
        if any(other in words.flat for other in alike.get(folded, ())) and flat not in words.flat:
            return False  # another kind's key stands there, read well
        if flat.endswith(":") or not anywhere:
            return any(row.startswith(folded) for row in words.rows)
        if len(folded) <= 2:  # 编号 is a part of 案件编号: short words count as whole cells only
            return folded in words.cells
        if "_" in key:
            pattern = ".{0,12}".join(re.escape(fold(part)) for part in key.split("_"))
            return re.search(pattern, words.folded) is not None
        return folded in words.folded

    worth = [(key, STRONG) for key in kind.strong] + [(key, WEAK) for key in kind.weak]
    worth += [(key, NEGATIVE) for key in kind.negative]
    return [Hint(kind.code, key, points) for key, points in worth if found(key)]
