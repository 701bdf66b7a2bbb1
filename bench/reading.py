"""Reading: our engine beside RapidOCR and Tesseract on the same pages, page by page in turn, one thread each.

    bench/setup && bench/.venv/bin/python bench/reading.py [--seeds N] [--first-seed N] [--engine NAME]... [--raw]
                                                           [--pages FOLDER] [--set fresh|seen]

Pages of every kind and twelve kinds of damage, in styles that judge (`fresh`) or in those that judged before (`seen`).
Each engine reads the picture our clean-up gives; with --raw the peers read it as scanned. Errors are counted line by
line, wherever a line was read, so no engine loses by its reading order: the least edit distance (NFKC, quotes and
dashes folded, no blanks) between a line of the truth and any part of the text read, over all characters of the lines.
What was read besides is told as `extra`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pageset.reading_styles import SETS
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
    parser.add_argument("--set", choices=list(SETS), default="fresh", help="the styles (default: fresh)")
    parser.add_argument("--seeds", type=int, default=1, help="pages of each kind and damage")
    parser.add_argument("--first-seed", type=int, default=0, help="begin with pages nobody has looked at yet")
    parser.add_argument("--engine", action="append", choices=list(ENGINES), help="only these (default: all)")
    parser.add_argument("--raw", action="store_true", help="the peers read the pages as scanned")
    parser.add_argument("--pages", type=Path, help="keep the drawn pages here for further runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(options.first_seed, options.first_seed + options.seeds)
        bench = pages(options.pages or Path(folder), SETS[options.set], seeds)
        outcomes = read_in_turn(options.engine or list(ENGINES), bench, raw=options.raw)
    print_tables(outcomes)
    cleaning = sum(page.cleaning_s for page in bench) / len(bench)
    print(f"\nOur clean-up (analysis and rendering) takes {cleaning:.2f} s a page besides.")


def read_in_turn(engines: Sequence[str], bench: Sequence[BenchPage], *, raw: bool) -> dict[str, list[Outcome]]:
    """Each page by every engine before the next page, so that what else the machine does hits them alike."""
    outcomes: dict[str, list[Outcome]] = {engine: [] for engine in engines}
    with ExitStack() as running:
        workers = {engine: running.enter_context(_worker(engine)) for engine in engines}
        for page in bench:
            for engine, worker in workers.items():
                scanned = raw and not engine.startswith(OURS)
                answer = _asked(
                    worker, page.raw if scanned else page.cleaned, page.raw_dpi if scanned else page.cleaned_dpi
                )
                outcomes[engine].append(scored(page, **answer))
            told = ", ".join(
                f"{engine} {read[-1].errors} ({read[-1].cpu_s:.2f} s)" for engine, read in outcomes.items()
            )
            print(f"{page.name}: {told}", file=sys.stderr, flush=True)
    return outcomes


def _worker(engine: str) -> subprocess.Popen[str]:
    command = [sys.executable, HERE / "reading_engines.py", engine]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


def _asked(worker: subprocess.Popen[str], picture: Path, dpi: int) -> dict[str, Any]:
    if worker.stdin is None or worker.stdout is None:
        raise BrokenPipeError
    print(json.dumps({"picture": str(picture), "dpi": dpi}), file=worker.stdin)
    return dict(json.loads(worker.stdout.readline()))


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
    peers = [engine for engine in outcomes if not engine.startswith(OURS)]
    ratios = [f"CPU of {peer}'s" for peer in peers]
    print(
        f"| {' | '.join(['engine', 'errors, clean', 'errors, damaged', 'CPU s a page', *ratios, 'peak memory MB'])} |"
    )
    print(f"|{'---|' * (5 + len(peers))}")
    for engine, pages_read in outcomes.items():
        clean = [one for one in pages_read if one.page.damage == CLEAN]
        damaged = [one for one in pages_read if one.page.damage != CLEAN]
        shares = [f"{cpu(pages_read) / cpu(outcomes[peer]):.2f}" for peer in peers]
        memory = f"{max(one.rss_mb for one in pages_read):.0f}"
        columns = [engine, rate(clean), rate(damaged), f"{cpu(pages_read):.2f}", *shares, memory]
        print(f"| {' | '.join(columns)} |")
    print(f"\n| page | {' | '.join(outcomes)} |\n|---|{'---|' * len(outcomes)}")
    subjects = list(dict.fromkeys(one.page.subject for one in next(iter(outcomes.values()))))
    for subject in subjects:
        rows = [[one for one in read if one.page.subject == subject] for read in outcomes.values()]
        print(f"| {subject} | {' | '.join(map(rate, rows))} |")


def cpu(outcomes: Sequence[Outcome]) -> float:
    return sum(one.cpu_s for one in outcomes) / len(outcomes)


def rate(outcomes: Sequence[Outcome]) -> str:
    """Errors in percent and of how many characters, and the characters read besides."""
    length = sum(one.length for one in outcomes)
    if not length:
        return "-"
    errors, extra = sum(one.errors for one in outcomes), sum(one.extra for one in outcomes)
    return f"{100 * errors / length:.2f} % ({errors}/{length}" + (f" +{extra})" if extra else ")")


if __name__ == "__main__":
    main()
