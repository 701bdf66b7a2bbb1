"""Blank pages: our verdict beside the rule of NAPS2 on the same held-out sheets.

    bench/setup && bench/.venv/bin/python bench/blank.py [--first SEED] [--seeds N] [--set NAME] [--pages FOLDER]

Sheets with one faint thing (seal, fingerprint, signature, page number) must never be called blank; bare sheets (with
holes, show-through, dust, old paper, dark lids) should be. Prints the table of docs/benchmarks.md and every sheet that
ours takes for the other thing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
from drawn import kept, load
from numpy.typing import NDArray
from pageset.styles import EMPTY_HELDOUT, EMPTY_SPOTTED, EMPTY_TUNING, KEPT_HELDOUT, KEPT_SPOTTED, KEPT_TUNING

from ocr.imaging.analyse import analyse

Picture = NDArray[np.uint8]
NAPS2_WHITE = 1 + 0.70 * 254  # its default white threshold of 70
NAPS2_COVERAGE = 0.15 * 0.01  # its default coverage threshold of 15
NAPS2_MARGIN = 0.01
SKEW_DEG = 1.2
SETS = {
    "tuning": (EMPTY_TUNING, KEPT_TUNING),
    "heldout": (EMPTY_HELDOUT, KEPT_HELDOUT),
    "spotted": (EMPTY_SPOTTED, KEPT_SPOTTED),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Blank pages: ours beside the rule of NAPS2.")
    parser.add_argument("--first", type=int, default=0, help="seed of the first sheet of each style")
    parser.add_argument("--seeds", type=int, default=8, help="sheets of each style")
    parser.add_argument(
        "--set", choices=SETS, default="heldout", help="which styles; spotted: brown-spotted paper alone"
    )
    parser.add_argument("--pages", type=Path, help="keep the drawn pages here for further runs")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    empty, keep = SETS[options.set]
    called: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for style in (*empty, *keep):
            for seed in range(options.first, options.first + options.seeds):
                path = kept(options.pages or Path(folder), style, seed, skew_deg=SKEW_DEG * (seed % 3 - 1))
                picture = load(path)
                blank = analyse(picture, 300).blank
                called[style.name, "ours"] += blank
                called[style.name, "NAPS2"] += naps2_blank(picture)
                if blank != (style in empty):
                    print(f"{style.name} seed {seed}: ours says {'blank' if blank else 'not blank'}", flush=True)
    print("\n| sheets | of | ours: called blank | NAPS2's rule: called blank |")
    print("|---|---|---|---|")
    for title, styles in (("**all bare**", empty), ("**all to be kept**", keep)):
        for style in styles:
            print(f"| {style.name} | {options.seeds} | {called[style.name, 'ours']} | {called[style.name, 'NAPS2']} |")
        sums = (sum(called[style.name, who] for style in styles) for who in ("ours", "NAPS2"))
        print(f"| {title} | {options.seeds * len(styles)} | {' | '.join(map(str, sums))} |")


def naps2_blank(picture: Picture) -> bool:
    """NAPS2's rule at its defaults: at most 0.15 % of the pixels inside the margin darker than 179 in luma."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    top, left = (round(NAPS2_MARGIN * side) for side in gray.shape)
    inner = gray[top : gray.shape[0] - top, left : gray.shape[1] - left]
    return float(np.mean(inner < NAPS2_WHITE)) <= NAPS2_COVERAGE


if __name__ == "__main__":
    main()
