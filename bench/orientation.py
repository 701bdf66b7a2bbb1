"""Orientation: our decision beside Tesseract's OSD on the same held-out pages, all four ways round.

    bench/setup && bench/.venv/bin/python bench/orientation.py [--first SEED] [--seeds N] [--wordless] [--pages FOLDER]

Pages of running text must be answered and right; photographs and blank sheets must not be answered at all. Tables (of
figures, or empty forms), sparse and handwritten pages are told apart: right or silent is fine. With --wordless pages
without a word are asked about instead, empty tables among them: none of them may be answered. Prints the table of
docs/benchmarks.md and every page on which ours was wrong or failed to answer. Drawing takes most of the time: a run
that was broken off goes on with the pages it has kept in FOLDER.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from drawn import kept, load
from numpy.typing import NDArray
from pageset.styles import EMPTY_HELDOUT, EMPTY_TUNING, HELDOUT, TUNING
from pageset.truth import PageKind
from wordless import WORDLESS

from ocr.engines.models import ORIENTATION, locate
from ocr.imaging.orientation import RapidOrienter, decide_orientation
from ocr.imaging.scale import reduce_to

Picture = NDArray[np.uint8]
GROUPS = {
    "running text": (PageKind.TEXT,),
    "sparse or by hand": (PageKind.SPARSE, PageKind.HAND),
    "tables": (PageKind.TABLE,),
    "photo, blank": (PageKind.PHOTO, PageKind.BLANK),
}
OCRMYPDF_CONFIDENCE = 14.0  # below it `ocrmypdf --rotate-pages` leaves a page as it is
SKEW_DEG = 0.8
LOOK_DPI = 75  # what `analyse` hands to the orientation
OSD = re.compile(r"Rotate: (\d+)\nOrientation confidence: ([\d.]+)")


@dataclass
class Tally:
    """Answers by group: right, wrong, silent."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    cpu_ms: list[float] = field(default_factory=list)

    def enter(self, group: str, answer: int | None, truth: int, seconds: float) -> str:
        outcome = "silent" if answer is None else "right" if answer == truth else "wrong"
        self.counts[group, outcome] += 1
        self.cpu_ms.append(1000 * seconds)
        return outcome

    def row(self, name: str) -> str:
        cells = (
            " / ".join(str(self.counts[group, outcome]) for outcome in ("right", "silent", "wrong")) for group in GROUPS
        )
        cpu = f"{np.median(self.cpu_ms):.0f}" if self.cpu_ms else "-"
        return f"| {name} | {' | '.join(cells)} | {cpu} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Orientation: ours beside Tesseract's.")
    parser.add_argument("--first", type=int, default=0, help="seed of the first page of each style")
    parser.add_argument("--seeds", type=int, default=4, help="pages of each style, each seen in four turns")
    parser.add_argument("--tuning", action="store_true", help="the tuning styles instead of the held-out ones")
    parser.add_argument("--wordless", action="store_true", help="pages without a word instead")
    parser.add_argument("--only", choices=GROUPS, help="styles of this group alone")
    parser.add_argument("--dpi", type=int, default=300, help="of the pages drawn")
    parser.add_argument("--osd-every", type=int, default=1, help="Tesseract looks at every so many seeds, 0: none")
    parser.add_argument("--pages", type=Path, help="keep the drawn pages here for further runs")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    styles = (*TUNING, *EMPTY_TUNING) if options.tuning else (*HELDOUT, *EMPTY_HELDOUT)
    styles = WORDLESS if options.wordless else styles
    orienter = RapidOrienter(locate(ORIENTATION))
    ours, osd, careful = Tally(), Tally(), Tally()
    with tempfile.TemporaryDirectory() as folder:
        for style in styles:
            group = next(name for name, kinds in GROUPS.items() if style.kind in kinds)
            if options.only not in (None, group):
                continue
            for seed in range(options.first, options.first + options.seeds):
                skew_deg = SKEW_DEG * (seed % 3 - 1)
                page = kept(options.pages or Path(folder), style, seed, dpi=options.dpi, skew_deg=skew_deg)
                upright = load(page)
                for turn in (0, 90, 180, 270):
                    picture, truth = np.ascontiguousarray(np.rot90(upright, -turn // 90)), (360 - turn) % 360
                    answer, seconds = our_answer(picture, options.dpi, orienter)
                    outcome = ours.enter(group, answer, truth, seconds)
                    answered = options.wordless and outcome != "silent"
                    if answered or outcome == "wrong" or (style.kind is PageKind.TEXT and outcome == "silent"):
                        print(f"{style.name} seed {seed}, turned {turn}: ours {outcome} ({answer})", flush=True)
                    if not options.osd_every or (seed - options.first) % options.osd_every:
                        continue
                    rotate, confidence, seconds = tesseract_osd(picture, options.dpi, Path(folder))
                    osd.enter(group, rotate, truth, seconds)
                    careful.enter(group, rotate if confidence >= OCRMYPDF_CONFIDENCE else None, truth, seconds)
    print(f"\n| method | {' | '.join(f'{group}: right / silent / wrong' for group in GROUPS)} | CPU ms |")
    print("|---|" + "---|" * (len(GROUPS) + 1))
    for name, tally in (("ours", ours), ("Tesseract OSD", osd), ("OSD as OCRmyPDF heeds it (14)", careful)):
        print(tally.row(name))


def our_answer(picture: Picture, dpi: int, orienter: RapidOrienter) -> tuple[int | None, float]:
    """The turn that brings the page upright, and the CPU seconds."""
    before = time.process_time()
    small, small_dpi = reduce_to(picture, dpi, LOOK_DPI)
    answer, _ = decide_orientation(small, small_dpi, orienter)
    return answer, time.process_time() - before


def tesseract_osd(picture: Picture, dpi: int, folder: Path) -> tuple[int | None, float, float]:
    """Its turn and confidence (0 without an answer), and the CPU seconds."""
    page = folder / "osd.png"
    cv2.imwrite(str(page), picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["tesseract", str(page), "-", "--dpi", str(dpi), "--psm", "0", "-l", "osd"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    found = OSD.search(done.stdout)
    return (int(found[1]), float(found[2]), seconds) if found else (None, 0.0, seconds)


if __name__ == "__main__":
    main()
