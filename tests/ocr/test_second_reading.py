"""Dates read again: the best model has the word; the second engine counts where it is sure and sees another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.engines.types import Char, Line, PageText, Quad
from ocr.imaging.types import Picture
from ocr.pipeline import PageTools
from ocr.second_reading import DatesJob, DateSpan, dates_in_figures, read_dates

WORDS = "于2026年3月8日14时20分到案"
DATE = DateSpan(0, 1, 16)


def box(left: float, right: float) -> Quad:
    return (left, 20), (right, 20), (right, 60), (left, 60)


def line(words: str) -> Line:
    chars = tuple(Char(char, 0.99, box(40 * place, 40 * place + 40)) for place, char in enumerate(words))
    return Line(words, 0.99, box(0, 40 * len(words)), chars)


@dataclass(frozen=True)
class Says:
    """An engine that sees one thing wherever it looks: what a real one misreads cannot be ordered."""

    words: str
    sure: float = 0.99

    def read(self, picture: Picture, dpi: int) -> PageText:
        height = picture.shape[0]
        seen = Line(self.words, self.sure, ((0, 0), (9, 0), (9, height), (0, height)))
        return PageText("says", "1", {}, (seen,))

    def read_again(self, picture: Picture, line: Line, page: PageText) -> Line | None:
        return replace(line, text=self.words) if self.words else None


@pytest.mark.parametrize(
    ("best", "second", "agrees"),
    [
        ("于2026年3月8日14时20分到", Says("于2026年3月8日14时20分到"), True),
        ("2026年3月8日14时20分", Says("于2026仁纪月8日14时20分到"), True),  # no date: says nothing
        ("2026年3月8日14时20分", Says("2026年3月9日14时20分", 0.6), True),  # not sure
        ("2026年3月8日14时20分", Says("2026年3月9日14时20分"), False),
        ("2026年3月3日14时20分", Says(""), False),
        ("2026年3月8日14时26分", Says(""), False),
        ("", Says(""), False),
    ],
)
def test_who_counts(tmp_path: Path, best: str, second: Says, agrees: bool) -> None:
    picture = tmp_path / "page.png"
    Image.fromarray(np.full((100, 800, 3), 255, np.uint8)).save(picture)
    job = DatesJob(picture, 300, (line(WORDS),), (), (DATE,))
    (reading,) = read_dates(job, PageTools(Says(best), lambda _: None, second))  # type: ignore[arg-type]
    assert reading.agrees is agrees
    assert reading.best == best


def test_dates_in_figures_are_found_in_the_lines_of_a_page() -> None:
    lines = (line("二〇二六年三月八日"), line(WORDS), line("2026.03.09 印"), Line("2026年3月8日", 0.9, box(0, 400)))
    assert list(dates_in_figures(lines)) == [replace(DATE, line=1), DateSpan(2, 0, 10)]
