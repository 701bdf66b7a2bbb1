"""Dates in figures read a second time: how many right ones are doubted, how many wrong ones are noticed.

    bench/setup && bench/.venv/bin/python bench/second_reading.py [--kind KIND] [--set SET] [--style NAME] [--seed N]
        [--pages N] [--damage KIND[+KIND...]]...

Pages of a drawn case with dates in figures, each damaged as asked, cleaned as the station does and read by its engines
(some 4 s of CPU a page). A date read is right when the page has it, to the minute.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "rigs"))

from casebook import BLIND, KINDS, SEEN, TUNING, Face, draw_case
from casebook_pictures import picture_of
from pageset.damage import DAMAGES, damaged
from reading_pages import cleaned_page

from dossier.profile import load_profile
from ocr.imaging.load import encode_jpeg
from ocr.pipeline import page_tools, read_and_understand
from ocr.reading.dates import find_dates
from ocr.second_reading import DatesJob, dates_in_figures, read_dates

SETS = {"tuning": TUNING, "seen": SEEN, "blind": BLIND}
NONE = "none"
SURE = 0.85  # the profile's `review_below`


@dataclass(frozen=True)
class Outcome:
    """One date as read. `asked`: already for the first reading alone."""

    right: bool
    asked: bool
    agrees: bool


def main() -> None:
    parser = argparse.ArgumentParser(description="Dates in figures read a second time.")
    parser.add_argument("--kind", choices=KINDS, default="injury")
    parser.add_argument("--set", choices=SETS, default="blind")
    parser.add_argument("--style", help="of the set (default: its first)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--damage", action="append", help=f"{NONE} (default), or {', '.join(DAMAGES)}, joined by +")
    options = parser.parse_args()
    style = next((each for each in SETS[options.set] if options.style in (None, each.name)), None)
    if style is None:
        parser.error(f"no style {options.style} in the set {options.set}")
    case = draw_case(options.kind, options.seed, style)
    faces = [face for paper in case.papers for face in paper.faces if printed_dates(face)][: options.pages]
    print("| damage | dates | read right | of these doubted | read wrong | of these asked at once | or doubted | s |")
    print("|---|---|---|---|---|---|---|---|")
    for damage in options.damage or [NONE]:
        started = time.process_time()
        found = [
            outcome
            for number, face in enumerate(faces)
            for outcome in outcomes(face, style.fonts, 1000 * options.seed + number, damage)
        ]
        right, wrong = ([each for each in found if each.right is wanted] for wanted in (True, False))
        told = [len(found), len(right), sum(not each.agrees for each in right), len(wrong)]
        told += [sum(each.asked for each in wrong), sum(each.asked or not each.agrees for each in wrong)]
        print(f"| {damage} | {' | '.join(map(str, told))} | {time.process_time() - started:.0f} |")


def outcomes(face: Face, fonts: str, seed: int, damage: str) -> Iterator[Outcome]:
    page = picture_of(face, fonts, seed, skew_deg=0.3 * (seed % 5 - 2))
    for kind in damage.split("+") if damage != NONE else ():
        page = damaged(page, kind, seed)
    picture, dpi = cleaned_page(page.picture, page.dpi)
    text, _ = read_and_understand(picture, dpi, load_profile().lexicon(), page_tools())
    dates = tuple(dates_in_figures(text.lines))
    if not dates:
        return
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(encode_jpeg(picture, 95, dpi=dpi))
        file.flush()
        readings = read_dates(DatesJob(Path(file.name), dpi, text.lines, (), dates))
    printed = printed_dates(face)
    for date, reading in zip(dates, readings, strict=True):
        line = text.lines[date.line]
        chars = line.chars[date.start : date.end]
        right = moments(line.text[date.start : date.end]) <= printed
        yield Outcome(right, min(char.confidence for char in chars) < SURE, reading.agrees)


def printed_dates(face: Face) -> set[tuple[object, object]]:
    return {moment for piece in face.prints for moment in moments(piece.text)} | moments(face.text)


def moments(text: str) -> set[tuple[object, object]]:
    """Days and times in figures."""
    return {(date.date, date.time) for date in find_dates("".join(text.split())) if not date.numerals}


if __name__ == "__main__":
    main()
