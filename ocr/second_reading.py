"""Dates in figures are read a second time, each by itself at full resolution, before a finding rests on them.

The best model reads the place once more at full width, and the second engine reads it too. That one misreads every
sixth character of a marked page, so what it sees counts only where it is sure and sees another day or hour.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from ocr.careful import stacked, sure_words
from ocr.engines.types import Line, PageText
from ocr.full_width import LineReader, part_of
from ocr.imaging.load import load_picture
from ocr.imaging.types import Mark, Verdict
from ocr.pipeline import PageTools, page_tools, without_marks
from ocr.reading.dates import FoundDate, find_dates

CPU_SECONDS = 60


@dataclass(frozen=True)
class DateSpan:
    """The characters from `start` to `end` of one line of a page."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class DatesJob:
    """Dates of one page to be read again. `lines` and `marks`: of the page, in pixels of its picture."""

    picture: Path
    dpi: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    dates: tuple[DateSpan, ...]


@dataclass(frozen=True)
class SecondReading:
    """What stands around one date by the best model and by the second engine; empty: nothing it is sure of."""

    best: str
    second: str
    agrees: bool


def read_dates(job: DatesJob, tools: PageTools | None = None) -> tuple[SecondReading, ...]:
    """Each date of the job once more. Raises `OcrError`."""
    tools = tools or page_tools()
    parts = [part_of(job.lines[date.line], date.start, date.end) for date in job.dates]
    sure = [mark for mark in job.marks if mark.verdict is Verdict.FILLED]
    picture = without_marks(load_picture(job.picture).picture, sure)
    best = [""] * len(parts)
    if isinstance(tools.engine, LineReader):
        page = PageText("", "", {}, job.lines)
        best = [line.text if (line := tools.engine.read_again(picture, part, page)) else "" for part in parts]
    second = [""] * len(parts)
    if tools.second is not None:
        strips, rows = stacked([part.box for part in parts], picture)
        seen = tools.second.read(strips, job.dpi).lines
        second = [sure_words(seen, top, bottom) for top, bottom in rows]
    first = [job.lines[date.line].text[date.start : date.end] for date in job.dates]
    return tuple(SecondReading(*each[1:], _agree(*each)) for each in zip(first, best, second, strict=True))


def read_dates_bounded(job: DatesJob) -> tuple[SecondReading, ...]:
    """The same in a worker process with nothing else to do, which ends when it hangs. Raises `OcrError`."""
    cv2.setNumThreads(1)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # of Tesseract
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # the default action ends the process
    try:
        return read_dates(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def dates_in_figures(lines: Sequence[Line]) -> Iterator[DateSpan]:
    """The dates in figures of a page, in the lines whose characters are known."""
    for index, line in enumerate(lines):
        if len(line.chars) != len(line.text):
            continue
        places = [place for place, char in enumerate(line.text) if char.strip()]
        for date in find_dates("".join(line.text[place] for place in places)):
            if not date.numerals:
                yield DateSpan(index, places[date.start], places[date.end - 1] + 1)


def _agree(first: str, best: str, second: str) -> bool:
    wanted, again, other = _moments(first), _moments(best), _moments(second)
    return bool(wanted & again) and (not other or bool(wanted & other))


def _moments(text: str) -> set[tuple[object, object]]:
    return {_moment(date) for date in find_dates("".join(text.split()))}


def _moment(date: FoundDate) -> tuple[object, object]:
    return date.date, date.time
