"""Document numbers (文号) such as 清公(望)立字〔2026〕12号, in any bracket style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.reading.dates import FIGURES

SURE = 1.0
READ_THROUGH = 0.8  # a bracket or a digit was read as its usual confusion

_OPEN, _CLOSE = "〔[【({〈<「『", "〕]】)}〉>」』"
_LIKE_OPEN, _LIKE_CLOSE = "LC", "J"  # what engines write for a bracket
_YEAR = re.compile(
    rf"[{re.escape(_OPEN + _LIKE_OPEN)}](?P<a>[12][09Oo][\dOo]{{2}})[{re.escape(_CLOSE + _LIKE_CLOSE)}]?"
    rf"|(?P<b>[12][09Oo][\dOo]{{2}})[{re.escape(_CLOSE + _LIKE_CLOSE)}]"
)
_LABEL = re.compile(r"^(?:文书文号|文书编号|文号|编号|案号|字号|勘查号|勘验号):?")
_END_MISREAD = re.compile(r"〔\d{4}〕第?\d{1,6}[^\d号]$")
_ROUND = str.maketrans("[]【】{}〔〕", "()()()()")


@dataclass(frozen=True)
class FoundNumber:
    """A number at `start` to `end` of the text searched, in its normal form. `word`: what kind of paper it counts."""

    value: str
    word: str
    year: int
    start: int
    end: int
    trust: float


def find_number(flat: str, patterns: Sequence[str]) -> FoundNumber | None:
    """Return the number that fills a text without blanks, at most led by a label; None when there is none.

    Numbers quoted inside a sentence are not taken: they belong to another paper.
    """
    label = _LABEL.match(flat)
    begin = label.end() if label else 0
    text, trust = normalise(flat[begin:])
    if _END_MISREAD.search(text):
        text, trust = f"{text[:-1]}号", READ_THROUGH
    before, bracket, serial = text.partition("〕")
    if serial != serial.translate(FIGURES):
        text, trust = before + bracket + serial.translate(FIGURES), READ_THROUGH
    for pattern in patterns:
        match = re.fullmatch(pattern, text)
        if match:
            value = text
            if value.startswith("〔"):  # court numbers keep round brackets by their own rule
                value = value.replace("〔", "（", 1).replace("〕", "）", 1)
            groups = match.groupdict()
            return FoundNumber(value, groups.get("word") or "", int(match["year"]), begin, len(flat), trust)
    return None


def normalise(text: str) -> tuple[str, float]:
    """Return the text with year brackets as 〔〕 and all others as (), and the trust left after repairs.

    Only brackets and the year are repaired.
    """
    trust = SURE
    match = _YEAR.search(text)
    if match is None:
        return text.translate(_ROUND), trust
    read = match["a"] or match["b"]
    year = re.sub("[Oo]", "0", read)
    if year != read or match[0][0] not in _OPEN or match[0][-1] not in _CLOSE:
        trust = READ_THROUGH
    head, tail = text[: match.start()].translate(_ROUND), text[match.end() :].translate(_ROUND)
    return f"{head}〔{year}〕{tail}", trust
