"""Comparing what was read with what stands there."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"})


def comparable(text: str) -> str:
    """Text for comparing: NFKC, quotes and dashes folded, without white space. Never for storing."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return "".join(folded.split())


def edit_distance(reference: Sequence[str], read: Sequence[str]) -> int:
    """Least number of characters put in, left out or exchanged (Levenshtein)."""
    previous = list(range(len(read) + 1))
    for row, wanted in enumerate(reference, 1):
        current = [row]
        for column, got in enumerate(read, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (wanted != got)))
        previous = current
    return previous[-1]


def character_error_rate(reference: str, read: str) -> float:
    """Edit distance over the length of the reference (CER), both made comparable; 0 is perfect, can exceed 1."""
    wanted = comparable(reference)
    if not wanted:
        raise ValueError("a character error rate needs a reference text")
    return edit_distance(wanted, comparable(read)) / len(wanted)
