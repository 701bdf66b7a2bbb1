"""How well seals, fingerprints and signature places are found.

    bench/setup && bench/.venv/bin/python bench/marks.py [--set tuning|seen|heldout] [--pages N] [--first SEED]
        [--only PART] [--failures]

Draws every case in the styles of a set and prints recall, precision, share of questions and CPU time. A question counts
neither as right nor as wrong in the precision; a mark that is only asked about is not found.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field

import cv2
import numpy as np
import pageset.mark_pages as drawn
from pageset import mark_styles_prefecture
from pageset.mark_page import Case, DrawnMark
from pageset.mark_style import MarkStyle
from pageset.mark_styles import SEEN, TUNING
from pageset.mark_styles_estuary import HELDOUT
from pageset.unmarked import OTHERS

from ocr.imaging.marks import find_marks
from ocr.imaging.types import Box, Mark, Verdict
from ocr.imaging.zones import inspect_zone

DPI = 300
SAME = 0.4  # intersection over union from which two boxes are the same place
SETS = {"tuning": TUNING, "seen": (*SEEN, *mark_styles_prefecture.SEEN), "heldout": HELDOUT}
GROUPS: dict[str, dict[str, Case]] = {
    "seals, colour": drawn.SEALS,
    "seals, gray": drawn.GRAY_SEALS,
    "fingerprints, red": drawn.PRINTS,
    "fingerprints, black": drawn.BLACK_PRINTS,
}
PARTS = (*GROUPS, "no mark", "zones")


@dataclass
class Tally:
    """What became of the marks of one class, and what was called one without being it."""

    drawn: int = 0
    found: int = 0
    asked: int = 0
    false: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.drawn + other.drawn, self.found + other.found, self.asked + other.asked, self.false + other.false
        )

    def row(self, name: str) -> str:
        claimed = self.found + self.false
        precision = f"{self.found / claimed:.1%}" if claimed else "-"
        share = (f"{part / self.drawn:.1%}" if self.drawn else "-" for part in (self.found, self.asked))
        return f"| {name} | {self.drawn} | {' | '.join(share)} | {self.false} | {precision} |"


@dataclass
class Run:
    """Which pages are judged, by whom, and what was noted on the way."""

    pool: Executor
    styles: tuple[MarkStyle, ...]
    seeds: range
    cpu_ms: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, style: str, case: str, seed: int, kind: str, outcome: str) -> None:
        self.failures.append(f"{kind}: {case}, {style}, {seed}: {outcome}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=4, help="pages of each case in each style")
    parser.add_argument("--first", type=int, default=0, help="seed of the first; other seeds are other pages")
    parser.add_argument("--set", choices=tuple(SETS), default="heldout")
    parser.add_argument("--only", choices=PARTS, help="one part of the table")
    parser.add_argument(
        "--failures", action="store_true", help="name the pages with a miss, a question or a false mark"
    )
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    with ProcessPoolExecutor(arguments.processes, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        run = Run(pool, SETS[arguments.set], range(arguments.first, arguments.first + arguments.pages))
        print(f"{arguments.set}: {', '.join(style.name for style in run.styles)}\n")
        for line in report(run, arguments.only):
            print(line, flush=True)
        if arguments.failures:
            print("", *run.failures, sep="\n")


def report(run: Run, part: str | None) -> Iterator[str]:
    """The whole table, or one part of it."""
    yield "| class | drawn | found | asked | false | precision |\n|---|---|---|---|---|---|"
    for group, cases in GROUPS.items():
        if part in (None, group):
            yield from group_rows(run, group, cases)
    for gray, name in ((False, "no mark"), (True, "no mark, gray")):
        if part in (None, "no mark"):
            pages, total = len(run.styles) * len(run.seeds), Tally()
            for case, tally in page_tallies(run, name, OTHERS, gray=gray).items():
                total += tally
                yield f"| {name}: {case} | {pages} pages | | {tally.asked} | {tally.false} | |"
            yield f"| **{name}** | {pages * len(OTHERS)} pages | | {total.asked} | {total.false} | |"
    if part in (None, "zones"):
        yield from zone_rows(run)
    if run.cpu_ms:
        middle, most = np.quantile(run.cpu_ms, (0.5, 0.95))
        yield f"\nCPU a page for all marks: median {middle:.0f} ms, 95 % under {most:.0f} ms."


def group_rows(run: Run, group: str, cases: Iterable[str]) -> Iterator[str]:
    tallies = page_tallies(run, group, cases, gray="gray" in group)
    smudges = tallies.pop("smudge", None)
    for case, tally in tallies.items():
        yield tally.row(case)
    yield sum(tallies.values(), Tally()).row(f"**{group}**")
    if smudges:
        asked = smudges.asked / smudges.drawn
        yield f"| smudges | {smudges.drawn} | called readable: {smudges.found} | {asked:.1%} | {smudges.false} | |"


def page_tallies(run: Run, group: str, cases: Iterable[str], gray: bool = False) -> dict[str, Tally]:
    """By case. Marks of a gray scan are looked for in its gray copy."""
    tallies = defaultdict[str, Tally](Tally)
    jobs = [(style, case, seed, gray) for case in cases for style in run.styles for seed in run.seeds]
    for (style, case, seed, _), (tally, ms) in zip(jobs, run.pool.map(judged_page, jobs), strict=True):
        tallies[case] += tally
        run.cpu_ms.append(ms)
        if tally.found < tally.drawn or tally.asked or tally.false:
            counts = f"drawn {tally.drawn}, found {tally.found}, asked {tally.asked}, false {tally.false}"
            run.note(style.name, case, seed, group, counts)
    return tallies


def judged_page(job: tuple[MarkStyle, str, int, bool]) -> tuple[Tally, float]:
    """The tally of one drawn page and the CPU milliseconds its marks took."""
    style, case, seed, gray = job
    picture, page = drawn.draw_marks(style, case, seed)
    if gray:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    started = time.process_time()
    found = find_marks(picture, DPI)
    return compare(page.marks, found), 1000 * (time.process_time() - started)


def compare(truth: list[DrawnMark], found: Iterable[Mark]) -> Tally:
    """A mark counts once; a claim at no mark of its kind is false, a question there is counted as asked."""
    tally, left = Tally(drawn=len(truth)), list(truth)
    for mark in sorted(found, key=lambda mark: mark.verdict is Verdict.ASK):
        sure = mark.verdict is Verdict.FILLED
        at = next((t for t in left if overlap(t.box, mark.box) >= SAME and (t.kind == mark.kind or not sure)), None)
        if at:
            left.remove(at)
        tally.found += bool(at and sure)
        tally.asked += bool(not sure and (at or not truth))
        tally.false += bool(not at and sure)
    return tally


def zone_rows(run: Run) -> Iterator[str]:
    """Signature zones: right, asked, wrong."""
    yield "\n| zone | places | signature right | asked | wrong | print right | asked | wrong |"
    yield "|---|---|---|---|---|---|---|---|"
    total = np.zeros(7, int)
    for case in drawn.ZONES:
        jobs = [(style, case, seed) for style in run.styles for seed in run.seeds]
        judged = list(run.pool.map(judged_zone, jobs))
        for (style, _, seed), (_, signed, *_, pressed, _, _) in zip(jobs, judged, strict=True):
            if not (signed and pressed):
                run.note(style.name, case, seed, "zone", "signature" if not signed else "fingerprint")
        counts = np.sum(judged, axis=0)
        total += counts
        yield f"| {case} | {' | '.join(map(str, counts))} |"
    yield f"| **all** | {total[0]} | " + " | ".join(f"{count / total[0]:.1%}" for count in total[1:]) + " |"


def judged_zone(job: tuple[MarkStyle, str, int]) -> list[int]:
    """1, then right, asked, wrong of the signature and of the fingerprint."""
    picture, page = drawn.draw_marks(*job)
    (zone,) = page.zones
    found = inspect_zone(picture, zone.box, DPI, zone.printed)
    counts = [1]
    for verdict, there in ((found.verdict, zone.signed), (found.fingerprint, zone.pressed)):
        right = verdict is (Verdict.FILLED if there else Verdict.BLANK)
        asked = verdict is Verdict.ASK
        counts += [int(right), int(asked), int(not right and not asked)]
    return counts


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0, wide) * max(0, high)
    return both / max(1, one[2] * one[3] + other[2] * other[3] - both)


if __name__ == "__main__":
    main()
