"""What whitening keeps of red and what it saves: the reading picture beside the evidence picture of drawn pages.

    bench/setup && bench/.venv/bin/python bench/whitening.py [--seeds N] [--first SEED] [--only STYLE ...] [--tuning]

Red is counted in pixels: those of a seal or a red fingerprint that are red (a* of CIE Lab over 6 once the page's own
paper is balanced to neutral, so that black on greenish paper is not red) both in the scan and in the same page without
a scanner's noise and JPEG; kept are those still red after whitening.
Marks at the limit of what can be seen have most pixels near that cut, so the ratio of the sums of a* is given too.
Sizes of both: JPEG quality 85, 4:4:4, gray where there is no colour. Prints the table of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset.page import DrawnPage, draw
from pageset.styles import HELDOUT, KEPT_HELDOUT, KEPT_TUNING, TUNING, Style

from ocr.imaging.load import encode_jpeg
from ocr.imaging.paper import whiten

RED_OVER = 6
RED_MARKS = ("seal", "fingerprint")


@dataclass(frozen=True)
class Measured:
    red: int  # pixels
    kept: int
    red_before: float  # sum of a*
    red_after: float
    evidence: int  # bytes
    reading: int


def main() -> None:
    parser = argparse.ArgumentParser(description="What whitening keeps of red and what it saves.")
    parser.add_argument("--seeds", type=int, default=2, help="pages of each style")
    parser.add_argument("--first", type=int, default=0, help="seed of the first; other seeds are other pages")
    parser.add_argument("--tuning", action="store_true", help="the tuning styles instead of the held-out ones")
    parser.add_argument("--only", nargs="+", metavar="STYLE", help="these styles alone")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    styles = (*TUNING, *KEPT_TUNING) if options.tuning else (*HELDOUT, *KEPT_HELDOUT)
    styles = tuple(style for style in styles if not options.only or style.name in options.only)
    if not styles or options.seeds < 1:
        parser.error("there is no page to look at")
    measured: dict[str, list[Measured]] = defaultdict(list)
    for style in styles:
        for seed in range(options.first, options.first + options.seeds):
            measured[style.name].append(measure(style, seed))
        print(row(style.name, measured[style.name]), flush=True)
    print(row("all", [one for several in measured.values() for one in several]))


def measure(style: Style, seed: int) -> Measured:
    page = draw(style, seed)
    white = whiten(page.picture)
    red = np.zeros(page.picture.shape[:2], np.bool_)
    if any(mark.kind in RED_MARKS for mark in page.marks):
        quiet = replace(style, scanner=replace(style.scanner, noise=0.0, jpeg_quality=None))
        red = red_ink(page.picture) & red_ink(draw(quiet, seed).picture) & on_marks(page)
    kept = red & (redness(white) > RED_OVER)
    sums = (float(redness(picture)[red].clip(0).sum()) for picture in (balanced(page.picture), white))
    sizes = (len(encode_jpeg(picture, 85)) for picture in (page.picture, white))
    return Measured(int(red.sum()), int(kept.sum()), *sums, *sizes)


def redness(picture: NDArray[np.uint8]) -> NDArray[np.int16]:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2LAB)[:, :, 1].astype(np.int16) - 128


def balanced(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """As bright as before in the channel that the paper throws back most, the paper without a colour."""
    paper = np.median(picture[::4, ::4].reshape(-1, 3), axis=0)
    return np.clip(picture * (paper.max() / paper), 0, 255).astype(np.uint8)


def red_ink(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return redness(balanced(picture)) > RED_OVER


def on_marks(page: DrawnPage) -> NDArray[np.bool_]:
    mask = np.zeros(page.picture.shape[:2], np.uint8)
    for mark in page.marks:
        if mark.kind in RED_MARKS:
            cv2.fillPoly(mask, [np.round(np.array(mark.quad)).astype(np.int32)], 1)
    return mask > 0


def row(name: str, pages: Sequence[Measured]) -> str:
    red, kept = sum(page.red for page in pages), sum(page.kept for page in pages)
    before, after = sum(page.evidence for page in pages), sum(page.reading for page in pages)
    share = f"{100 * kept / red:.2f} %" if red else "-"
    total = f"{sum(page.red_after for page in pages) / sum(page.red_before for page in pages):.2f}" if red else "-"
    sizes = f"{before // len(pages) // 1000} | {after // len(pages) // 1000} | {after / before:.2f}"
    return f"| {name} | {share} | {total} | {sizes} |"


if __name__ == "__main__":
    main()
