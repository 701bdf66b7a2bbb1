"""The other engine: Tesseract with simplified Chinese. Cheap in memory, far weaker on marked or noisy pages.

It reads pages where the default engine's models are missing, and gives a second opinion on single lines.

The resolution is always given: without it the engine guesses, and loses two thirds of its accuracy on a clean page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import cv2
import pytesseract

from ocr.engines.types import Line, PageText, Quad
from ocr.errors import EngineFailed, EngineMissing, EngineTooSlow
from ocr.imaging.types import Picture

ENGINE = "tesseract"
LANGUAGE = "chi_sim"
DATA_FOLDERS = "/usr/share/tesseract-ocr"
SECONDS = 120  # a page takes 2 to 5
ONE_BLOCK = "--psm 6"  # lines one below the other, no columns looked for


@dataclass(frozen=True)
class Word:
    """One word as Tesseract reports it; box in pixels, confidence 0 to 1."""

    line: tuple[int, int, int]  # block, paragraph, line
    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


class Tesseract:
    """Reads pages with the `tesseract` program. Raises `EngineMissing` when it or its data is not there.

    Lines carry no characters: where Tesseract sees a single character is often wrong by several of them. `layout` goes
    to the program as it is; `trust` (0 to 1) is the most a line is believed. The program runs one thread when the
    environment says OMP_THREAD_LIMIT=1.
    """

    def __init__(
        self, language: str = LANGUAGE, seconds: float = SECONDS, *, layout: str = "", trust: float = 1.0
    ) -> None:
        try:
            self._version = str(pytesseract.get_tesseract_version())
        except pytesseract.TesseractNotFoundError as missing:
            raise EngineMissing(engine=ENGINE) from missing
        data = next(Path(DATA_FOLDERS).glob(f"*/tessdata/{language}.traineddata"), None)
        if data is None:
            raise EngineMissing(engine=f"{ENGINE} {language}")
        with data.open("rb") as file:
            self._models = {language: hashlib.file_digest(file, "sha256").hexdigest()}
        self._language = language
        self._seconds = seconds
        self._layout = layout
        self._trust = trust

    def read(self, picture: Picture, dpi: int) -> PageText:
        """Read one upright picture. Raises `EngineTooSlow`, `EngineFailed`."""
        gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        try:
            table = pytesseract.image_to_data(
                gray,
                lang=self._language,
                config=f"--dpi {dpi} {self._layout}",  # lost otherwise: the picture goes over without its resolution
                timeout=self._seconds,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError as fault:
            raise EngineFailed(engine=ENGINE, detail=fault.message) from fault
        except RuntimeError as late:  # what pytesseract raises when the time is up
            raise EngineTooSlow(engine=ENGINE, seconds=self._seconds) from late
        return PageText(ENGINE, self._version, self._models, self._lines(table))

    def _lines(self, table: dict[str, list[object]]) -> tuple[Line, ...]:
        lines = lines_of(words_of(table))
        return tuple(replace(line, confidence=min(line.confidence, self._trust)) for line in lines)


def words_of(table: dict[str, list[object]]) -> list[Word]:
    """The words of Tesseract's result table, in its order."""
    words = []
    for row in range(len(table["text"])):
        block, paragraph, line, left, top, width, height = (
            int(str(table[column][row]))
            for column in ("block_num", "par_num", "line_num", "left", "top", "width", "height")
        )
        text, confidence = str(table["text"][row]).strip(), float(str(table["conf"][row])) / 100
        if text and confidence >= 0:
            words.append(
                Word((block, paragraph, line), text, confidence, left, top, left + width, top + height),
            )
    return words


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words joined to lines; a line's confidence is the mean over its characters."""
    lines = []
    for _, group in groupby(words, key=lambda word: word.line):
        members = list(group)
        length = sum(len(word.text) for word in members)
        confidence = sum(word.confidence * len(word.text) for word in members) / length
        lines.append(Line(_joined([word.text for word in members]), confidence, _around(members)))
    return tuple(lines)


def _joined(words: Sequence[str]) -> str:
    """Chinese has no spaces between words; Latin words and numbers keep theirs."""
    text = ""
    for word in words:
        latin = text[-1:].isascii() and text[-1:].isalnum() and word[0].isascii() and word[0].isalnum()
        text += f" {word}" if latin else word
    return text


def _around(words: Sequence[Word]) -> Quad:
    left, top = float(min(word.left for word in words)), float(min(word.top for word in words))
    right, bottom = float(max(word.right for word in words)), float(max(word.bottom for word in words))
    return (left, top), (right, top), (right, bottom), (left, bottom)
