"""How sure the reading is of something a check relies on."""

from __future__ import annotations

import datetime as dt

from dossier.model import Document, Face
from ocr.engines.types import Line

_BRACKETS = str.maketrans("〔［[【（(〕］]】）)", "〔〔〔〔〔〔〕〕〕〕〕〕")
_DIGITS = "〇一二三四五六七八九"


def squeezed(text: str) -> str:
    """Without white space, brackets of one kind: how two spellings of the same words are compared."""
    return "".join(text.split()).translate(_BRACKETS)


def sureness(document: Document, words: str, on: Face | None = None) -> float:
    """Confidence, 0 to 1, that `words` stand in the document (or `on` one face of it): the best of their readings,
    each by its weakest character.

    Words that no line holds were typed or put together: then the document's own confidence stands for them.
    """
    sought = squeezed(words)
    faces = (on,) if on else document.faces
    found = [_in_line(line, sought) for face in faces for line in face.lines if sought in squeezed(line.text)]
    return max(found, default=document.confidence)


def date_sureness(document: Document, date: dt.date) -> float:
    """The same for a date, in digits or in Chinese numerals."""
    spelled = [date.isoformat(), f"{date.year}年{date.month}月{date.day}日", f"{date:%Y年%m月%d日}", _numerals(date)]
    sought = [squeezed(words) for words in spelled]
    text = [squeezed(line.text) for face in document.faces for line in face.lines]
    for words in sought:
        if any(words in line for line in text):
            return sureness(document, words)
    return document.confidence


def _in_line(line: Line, sought: str) -> float:
    chars = [char for char in line.chars if char.text.strip()]
    text = squeezed("".join(char.text for char in chars))
    start = text.find(sought)
    if start < 0 or len(text) != len(chars):
        return line.confidence
    return min((char.confidence for char in chars[start : start + len(sought)]), default=line.confidence)


def _numerals(date: dt.date) -> str:
    year = "".join(_DIGITS[int(digit)] for digit in str(date.year))
    return f"{year}年{_below_hundred(date.month)}月{_below_hundred(date.day)}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")
