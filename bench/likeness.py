"""Likeness: a second scan of the same sheet told from another filling of the same form, on 30 pairs each.

    bench/setup && bench/.venv/bin/python bench/likeness.py [--pairs N]

Each pair is a drawn form signed and dated by hand: scanned twice (turned, other noise), and filled by somebody else.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from pageset import world
from pageset.hand import sign
from pageset.page import DrawnPage, draw, stream
from pageset.plate import Plate
from pageset.styles import style_named

from ocr.imaging.likeness import compare_pages

FORMS = ("registration", "old-form", "warrant", "pink-warrant", "red-head", "bureau-letter")
DPI = 150  # the comparison looks at less


def filled(form: str, seed: int, hand: str) -> Callable[[float], DrawnPage]:
    """Scans of one form filled by one hand, each turned by so many degrees."""
    style = style_named(form)

    def add(plate: Plate, _rng: np.random.Generator) -> None:
        rng = stream("likeness", form, seed, hand)
        for y in (248.0, 262.0):
            sign(plate, 110, y, world.person(rng), rng, face=style.look.hand)

    return lambda skew_deg: draw(style, seed, dpi=DPI, skew_deg=skew_deg, add=add)


def noisy(page: DrawnPage, rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The page through another pass of the scanner."""
    grain = rng.normal(0, 2, page.picture.shape)
    return np.clip(page.picture * rng.uniform(0.96, 1.0) + grain, 0, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=30)
    pairs = parser.parse_args().pairs
    verdicts: dict[str, Counter[str]] = {"second scan": Counter(), "other filling": Counter()}
    cpu = 0.0
    for seed in range(pairs):
        form, rng = FORMS[seed % len(FORMS)], stream("likeness", seed)
        first, other = filled(form, seed, "first"), filled(form, seed, "other")
        page = noisy(first(0.0), rng)
        for case, scan in (("second scan", first), ("other filling", other)):
            again = noisy(scan(float(rng.uniform(-1.5, 1.5))), rng)
            started = time.process_time()
            found = compare_pages(page, DPI, again, DPI)
            cpu += time.process_time() - started
            verdicts[case][found.likeness.value] += 1
    print("| pair | same | other | ask |\n|---|---|---|---|")
    for case, counts in verdicts.items():
        print(f"| {case} | {counts['same']} | {counts['other']} | {counts['ask']} |")
    print(f"\nCPU a comparison: {1000 * cpu / (2 * pairs):.0f} ms")


if __name__ == "__main__":
    main()
