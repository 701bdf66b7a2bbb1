"""Reading: our engine beside RapidOCR and Tesseract on the same pages, in one run, one thread each.

    bench/setup && bench/.venv/bin/python bench/reading.py [--seeds N] [--first-seed N] [--engine NAME]... [--raw]
                                                           [--jobs N] [--pages FOLDER]

Pages of held-out styles of every kind, and twelve kinds of damage. Each engine reads the picture our clean-up gives;
with --raw the peers read it as scanned. Errors are counted line by line, wherever a line was read, so no engine loses
by its reading order: the least edit distance (NFKC, quotes and dashes folded, no blanks) between a line of the truth
and any part of the text read, over all characters of the lines. What was read besides is told as `extra`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from reading_engines import ENGINES
from reading_pages import CLEAN, BenchPage, pages

from ocr.text import comparable

HERE = Path(__file__).parent
OURS = "juanzong"


@dataclass(frozen=True)
class Outcome:
    """What one engine made of one page. `errors` of `length` characters; `extra` characters read besides."""

    page: BenchPage
    errors: int
    length: int
    extra: int
    cpu_s: float
    rss_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Reading: our engine beside its peers.")
    parser.add_argument("--seeds", type=int, default=1, help="pages of each kind and damage")
    parser.add_argument("--first-seed", type=int, default=0, help="begin with pages nobody has looked at yet")
    parser.add_argument("--engine", action="append", choices=list(ENGINES), help="only these (default: all)")
    parser.add_argument("--raw", action="store_true", help="the peers read the pages as scanned")
    parser.add_argument("--pages", type=Path, help="keep the drawn pages here for further runs")
    parser.add_argument("--jobs", type=int, default=1, help="engines at work side by side")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(options.first_seed, options.first_seed + options.seeds)
        bench = pages(options.pages or Path(folder), seeds)
        engines = options.engine or list(ENGINES)
        with ThreadPoolExecutor(options.jobs) as hands:
            reads = hands.map(lambda one: run(one, bench, raw=options.raw and not one.startswith(OURS)), engines)
            outcomes = dict(zip(engines, reads, strict=True))
    print_tables(outcomes)
    cleaning = sum(page.cleaning_s for page in bench) / len(bench)
    print(f"\nOur clean-up (analysis and rendering) takes {cleaning:.2f} s a page besides.")


def run(engine: str, bench: Sequence[BenchPage], *, raw: bool) -> list[Outcome]:
    jobs = [
        {"picture": str(page.raw if raw else page.cleaned), "dpi": page.raw_dpi if raw else page.cleaned_dpi}
        for page in bench
    ]
    answers = subprocess.run(
        [sys.executable, HERE / "reading_engines.py", engine],
        input="\n".join(map(json.dumps, jobs)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [scored(page, **json.loads(answer)) for page, answer in zip(bench, answers, strict=True)]


def scored(page: BenchPage, text: Sequence[str], cpu_s: float, rss_mb: float) -> Outcome:
    read = comparable("".join(text))
    lines = [wanted for line in page.lines if (wanted := comparable(line))]
    errors, length = sum(best_part(line, read) for line in lines), sum(map(len, lines))
    return Outcome(page, errors, length, max(0, len(read) - length), cpu_s, rss_mb)


def best_part(line: str, read: str) -> int:
    """Least edit distance between a line and any part of the text (Sellers 1980), at most the line's length."""
    text = np.array([ord(char) for char in read], np.int32)
    places = np.arange(len(text) + 1)
    costs = np.zeros(len(text) + 1, np.int32)
    for wanted in line:
        replaced = np.concatenate(([costs[0] + 1], costs[:-1] + (text != ord(wanted))))
        below = np.minimum(replaced, costs + 1)
        costs = np.minimum.accumulate(below - places) + places  # characters put in, one after the other
    return int(costs.min())


def print_tables(outcomes: dict[str, list[Outcome]]) -> None:
    print("| engine | errors, clean | errors, damaged | CPU s a page | of the first peer | peak memory MB |")
    print("|---|---|---|---|---|---|")
    peer = next((engine for engine in outcomes if not engine.startswith(OURS)), OURS)
    for engine, pages_read in outcomes.items():
        clean = [one for one in pages_read if one.page.damage == CLEAN]
        damaged = [one for one in pages_read if one.page.damage != CLEAN]
        ratio = cpu(pages_read) / cpu(outcomes[peer])
        memory = max(one.rss_mb for one in pages_read)
        print(f"| {engine} | {rate(clean)} | {rate(damaged)} | {cpu(pages_read):.2f} | {ratio:.2f} | {memory:.0f} |")
    print(f"\n| page | {' | '.join(outcomes)} |\n|---|{'---|' * len(outcomes)}")
    subjects = list(dict.fromkeys(one.page.subject for one in next(iter(outcomes.values()))))
    for subject in subjects:
        rows = [[one for one in read if one.page.subject == subject] for read in outcomes.values()]
        print(f"| {subject} | {' | '.join(map(rate, rows))} |")


def cpu(outcomes: Sequence[Outcome]) -> float:
    return sum(one.cpu_s for one in outcomes) / len(outcomes)


def rate(outcomes: Sequence[Outcome]) -> str:
    """Errors in percent, and the characters read besides."""
    length = sum(one.length for one in outcomes)
    if not length:
        return "-"
    errors, extra = sum(one.errors for one in outcomes), sum(one.extra for one in outcomes)
    return f"{100 * errors / length:.2f} %" + (f" (+{extra})" if extra else "")


if __name__ == "__main__":
    main()
