"""Strike-outs (更正) without a fingerprint: how many are found, and what is taken for one and is none.

    python bench/strike_outs.py [--set ninth|later|tuning] [--seed N] [--struck N] [--clean N] --folder DIR [--misses]

Records drawn by `casebook_pictures.py`; on each struck page one stroke by a pen, two, a printed one and a scribble,
about half with a print beside it; on all pages dashes and figures of one stroke, and underlines, ruled paper,
diagonals, fax lines, seals and prints over words; the first clean page of each style is written by hand. Pages are kept
in DIR with what the engine read; about 5 s of CPU a new one.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pageset.corrections import Stroke
from strike_pages import SETS, RecordPage, StruckOut, record_pages

from ocr.imaging.strike_outs import NEAR_MM, SURE, find_strike_outs
from ocr.imaging.types import Box, StrikeOut, Verdict

SLACK_MM = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Strike-outs found in drawn records.")
    parser.add_argument("--set", choices=SETS, default="ninth", help="the others: looked at while the cuts were set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--struck", type=int, default=4, help="pages of each style with strike-outs")
    parser.add_argument("--clean", type=int, default=10, help="pages of each style without")
    parser.add_argument("--folder", type=Path, required=True, help="where the pages are kept")
    parser.add_argument("--misses", action="store_true", help="tell what was not right")
    options = parser.parse_args()
    tally, cpu = Counter[str](), Counter[str]()
    for count, struck in ((options.struck, True), (options.clean, False)):
        for page in record_pages(options.folder, SETS[options.set], options.seed, count, struck=struck):
            started = time.process_time()
            found = find_strike_outs(page.picture, page.dpi, page.lines, page.marks)
            pages = "struck pages" if struck else "clean pages"
            cpu[pages] += time.process_time() - started
            tally[pages] += 1
            for event in judged(page, found):
                tally[event.partition(":")[0]] += 1
                if options.misses and not event.startswith(("found", "print right")):
                    print(page.name, event)
    for event, count in sorted(tally.items()):
        print(f"{event:40} {count:5}")
    for pages, seconds in cpu.items():
        print(f"{f'CPU of each of the {pages}, ms':40} {1000 * seconds / tally[pages]:5.1f}")


def judged(page: RecordPage, found: Iterable[StrikeOut]) -> Iterable[str]:
    """What happened to each strike-out drawn, and to each one found that was not."""
    left = list(found)
    for drawn in page.struck:
        hits = [each for each in left if _meet(each.box, drawn.box)]
        left = [each for each in left if each not in hits]
        sure = any(each.sure >= SURE for each in hits)
        yield f"{'found' if sure else 'doubted' if hits else 'missed'} {drawn.how}: {drawn.box}"
        if hits and drawn.how is not Stroke.SCRIBBLE:
            yield from judged_print(drawn, {each.fingerprint for each in hits})
    for each in left:
        yield f"none, {'taken for sure' if each.sure >= SURE else 'doubted'}: {each.box}"


def judged_print(drawn: StruckOut, seen: set[Verdict]) -> Iterable[str]:
    """Whether the print was seen; one that lies about 15 mm off is not judged."""
    if abs(drawn.to_print - NEAR_MM) >= SLACK_MM:
        right = Verdict.FILLED if drawn.to_print < NEAR_MM else Verdict.BLANK
        how = "right" if seen == {right} else "asked" if Verdict.ASK in seen else "WRONG"
        yield f"print {how}: {drawn.box} {drawn.to_print:.0f} mm {seen}"


def _meet(one: Box, other: Box) -> bool:
    return all(one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2] for axis in (0, 1))


if __name__ == "__main__":
    main()
