"""Skew: our estimator beside its peers on the same held-out pages, in one run.

    bench/setup && bench/.venv/bin/python bench/skew.py [--first SEED] [--seeds N] [--straight N] [--only NAME]

Turned pages: every held-out style but the photograph, 300 dpi, seeds of their own, five of eight turned within 2
degrees, two within 5, one within 12. Straight pages: 150 dpi (the estimator looks at no more), all styles in turn, each
drawn page in five variations (enlarged a little, moved by parts of a pixel, noise of its own).
Prints the tables of docs/benchmarks.md and every page on which ours was wrong or did not answer.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from drawn import kept, load
from pageset.page import Picture, stream
from pageset.style import Style
from pageset.styles import HELDOUT, TUNING
from pageset.truth import PageKind
from skew_methods import METHODS, Method, timed

REACHES_DEG = (2.0, 2.0, 5.0, 12.0, 2.0, 2.0, 5.0, 2.0)
RIGHT_DEG = 0.1
STRAIGHT_DPI = 150
MADE_CROOKED_DEG = 0.15
STRAIGHT_SEED = 1000  # straight pages have seeds from here on
VARIATIONS = 5


@dataclass
class Score:
    """What one method did. `errors` in degrees, of the angles it gave."""

    errors: list[float] = field(default_factory=list)
    abstained: int = 0
    cpu_ms: list[float] = field(default_factory=list)
    straight: int = 0
    made_crooked: int = 0

    def row(self, name: str) -> str:
        pages = len(self.errors) + self.abstained
        right = sum(error <= RIGHT_DEG for error in self.errors)
        worst = f"{max(self.errors):.2f}°" if self.errors else "-"
        cpu = f"{statistics.median(self.cpu_ms):.0f}" if self.cpu_ms else "-"
        return (
            f"| {name} | {pages} | {share(right, len(self.errors))} | {share(right, pages)} | {worst} |"
            f" {share(self.abstained, pages)} | {self.made_crooked} of {self.straight} | {cpu} |"
        )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description="Skew: our estimator beside its peers.")
    parser.add_argument("--first", type=int, default=0, help="seed of the first page of each style")
    parser.add_argument("--seeds", type=int, default=8, help="turned pages of each style")
    parser.add_argument("--straight", type=int, default=500, help="straight pages")
    parser.add_argument("--only", default="", help="methods whose name begins so")
    parser.add_argument("--tuning", action="store_true", help="the tuning styles instead of the held-out ones")
    parser.add_argument("--pages", type=Path, help="keep the drawn pages here for further runs")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    methods = [method for method in METHODS if method.name.startswith(options.only)]
    styles = [style for style in (TUNING if options.tuning else HELDOUT) if style.kind is not PageKind.PHOTO]
    scores = {method.name: Score() for method in methods}
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(options.first, options.first + options.seeds)
        turned_pages(styles, seeds, options.pages or Path(folder), methods, scores)
        first = STRAIGHT_SEED + options.first
        straight_pages(styles, first, options.straight, options.pages or Path(folder), methods, scores)
    print("\n| method | pages | within 0.1° of applied | of all | worst applied | abstains | made crooked | CPU ms |")
    print("|---|---|---|---|---|---|---|---|")
    for name, score in scores.items():
        print(score.row(name))


def turned_pages(
    styles: list[Style], seeds: range, folder: Path, methods: list[Method], scores: dict[str, Score]
) -> None:
    """Measure every style turned by an angle for each seed."""
    pages = [(style, seed) for seed in seeds for style in styles]
    for number, (style, seed) in enumerate(pages):
        true_deg = angle(style, seed)
        path = kept(folder, style, seed, skew_deg=true_deg)
        picture = load(path)
        for method in methods:
            if number % method.every:
                continue
            deg, seconds = timed(method, picture, 300, path)
            score = scores[method.name]
            score.cpu_ms.append(1000 * seconds)
            if deg is None:
                score.abstained += 1
            else:
                score.errors.append(abs(deg - true_deg))
            if method.name == "ours" and (deg is None or abs(deg - true_deg) > RIGHT_DEG):
                said = "nothing" if deg is None else f"{deg:.3f}"
                print(f"turned {style.name} seed {seed}: {true_deg:.3f}, ours says {said}", flush=True)


def straight_pages(
    styles: list[Style], first: int, count: int, folder: Path, methods: list[Method], scores: dict[str, Score]
) -> None:
    """Count the straight pages, seeds from `first` on, that a method would turn by more than 0.15 degrees."""
    for number in range(count):
        drawn, variation = divmod(number, VARIATIONS)
        style, seed = styles[drawn % len(styles)], first + drawn // len(styles)
        path = kept(folder, style, seed, dpi=STRAIGHT_DPI)
        picture = varied(load(path), stream(style.name, seed, "variation", variation)) if variation else load(path)
        for method in methods:
            if drawn % method.every or (variation and method.every > 1):
                continue
            deg, _ = timed(method, picture, STRAIGHT_DPI, path)
            score = scores[method.name]
            score.straight += 1
            if deg is not None and abs(deg) > MADE_CROOKED_DEG:
                score.made_crooked += 1
                if method.name == "ours":
                    print(f"straight {style.name} seed {seed} variation {variation}: ours says {deg:.3f}", flush=True)


def varied(picture: Picture, rng: np.random.Generator) -> Picture:
    """The same straight page from another scan: up to 2 % larger or smaller, moved by up to 3 pixels, noisier."""
    zoom, shift = rng.uniform(0.98, 1.02), rng.uniform(-3, 3, 2)
    height, width = picture.shape[:2]
    matrix = np.array([[zoom, 0, shift[0]], [0, zoom, shift[1]]])
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    noise = rng.standard_normal((height, width, 1), np.float32) * np.float32(rng.uniform(0, 4))
    return np.asarray(np.clip(moved + noise, 0, 255), np.uint8)


def angle(style: Style, seed: int) -> float:
    """By how much this page is turned, in degrees."""
    reach = REACHES_DEG[seed % len(REACHES_DEG)]
    return round(float(stream(style.name, seed, "angle").uniform(-reach, reach)), 3)


if __name__ == "__main__":
    main()
