"""Filing: how many pages of whole drawn cases find their place without a person, and how many fields are right.

    python bench/filing.py [--set unseen|blind|seen|tuning] [--style NAME]... [--seed N] [--kind KIND]...
        [--common-words] [--poor] [--forms] [--drawn N [--keep DIR]] [--misses]

Twelve cases: drunk driving, theft with two suspects, injury with a minor victim, fraud with 600 pages, each in three
styles (fonts, layouts and wordings) that no rule was tuned on; --set: others, whose misses were looked at. The lines
of a page are those the drawn reading gives (`tests/rigs/casebook/noise.py`); --poor: of faded and creased paper.
--common-words: other fonts and layouts alone, titles and labels worded as the standard's forms have them.
--drawn takes papers of at most N pages of each case, draws them and reads them with the station's engines (bench/setup
for the typefaces; some 3 s of CPU a page); --keep DIR: what was read stays there, so that a run broken off goes on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "rigs"))

from casebook import BLIND, EIGHTH, KINDS, NINTH, SEEN, SEVENTH, TUNING, UNSEEN, draw_case, draw_forms
from casebook.noise import CLEAN, POOR
from casebook.score import Score, read_case, score_case

from dossier.profile import load_profile

SETS = {"blind": (*BLIND, *SEVENTH, *EIGHTH, *NINTH), "unseen": UNSEEN, "seen": SEEN, "tuning": TUNING}


def main() -> None:
    parser = argparse.ArgumentParser(description="Pages filed and fields read in whole drawn cases.")
    parser.add_argument("--set", choices=SETS, default="unseen", help="unseen, later: nobody looked at")
    parser.add_argument("--style", action="append", help="of the set, these only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--common-words", action="store_true", help="without the styles' own wordings")
    parser.add_argument("--forms", action="store_true", help="one paper of every form instead of the cases")
    parser.add_argument("--poor", action="store_true", help="faded and creased paper")
    parser.add_argument("--drawn", type=int, metavar="N", help="draw N pages of each case and read them by the engine")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="of --drawn: where the lines read are kept")
    parser.add_argument("--misses", action="store_true", help="tell what was not right")
    options = parser.parse_args()
    styles = [style for style in SETS[options.set] if not options.style or style.name in options.style]
    if unknown := set(options.style or ()) - {style.name for style in styles}:
        parser.error(f"no style of set {options.set}: {', '.join(sorted(unknown))}")
    if not styles:
        parser.error(f"set {options.set} has no styles now")
    if options.common_words:
        styles = [replace(style, words=()) for style in styles]
    lexicon, started = load_profile().lexicon(), time.process_time()
    scores: dict[str, list[Score]] = {}
    for kind in ["every form"] if options.forms else options.kind or KINDS:
        for style in styles:
            case = draw_forms(options.seed, style) if options.forms else draw_case(kind, options.seed, style)
            if options.drawn:
                from casebook_readings import read_drawn, sampled  # text alone needs neither typefaces nor models

                case = sampled(case, options.drawn)
                readings = read_drawn(case, style, lexicon, options.keep)
            else:
                readings = read_case(case, lexicon, POOR if options.poor else CLEAN)
            scores.setdefault(kind, []).append(score_case(case, readings))
    print_tables(scores)
    if options.misses:
        for miss in (miss for group in scores.values() for score in group for miss in score.misses):
            print(f"{'asked' if miss.asked else 'WRONG'} {miss.paper}: {miss.what}: {miss.wanted} <- {miss.got}")
    print(f"\n{time.process_time() - started:.0f} s of CPU, drawing included")


def print_tables(scores: dict[str, list[Score]]) -> None:
    print("| cases | pages | filed right alone | asked | answers | right or asked | wrong |")
    print("|---" * 7 + "|")
    every = [score for group in scores.values() for score in group]
    for name, group in {**scores, "all": every}.items():
        pages, right, asked, answers, wrong = (
            sum(score.pages for score in group),
            sum(score.right for score in group),
            sum(score.asked for score in group),
            sum(score.answers for score in group),
            sum(score.wrong for score in group),
        )
        share, fine = 100 * right / pages, 100 * (right + asked) / pages
        print(f"| {name} ({len(group)}) | {pages} | {share:.2f} % | {asked} | {answers} | {fine:.2f} % | {wrong} |")
    print("\n| field | printed | right | asked | wrong |\n|---|---|---|---|---|")
    names = list(dict.fromkeys(name for score in every for name in score.fields))
    rows = {name: _sums([score.fields[name] for score in every if name in score.fields]) for name in names}
    for name, (right, asked, wrong) in {**rows, "all": _sums(list(rows.values()))}.items():
        total = right + asked + wrong
        print(f"| {name} | {total} | {100 * right / total:.2f} % | {asked} | {wrong} |")


def _sums(tallies: Sequence[tuple[int, int, int]]) -> tuple[int, int, int]:
    return sum(one[0] for one in tallies), sum(one[1] for one in tallies), sum(one[2] for one in tallies)


if __name__ == "__main__":
    main()
