"""Corners of sheets in drawn camera pictures, held-out tables and faces.

    bench/setup && bench/.venv/bin/python bench/camera.py [--pages N] [--first SEED] [--set NAME] [--keep FOLDER]

Sets of tables: `tuning`; `seen`, `desks`, `harder` and `third`, those that were held out before, on which single
failures were looked at; `heldout`, drawn up before any of its pictures was made.

Right: all four corners within 1.5 mm (by the length of the sheet's sides in the picture). A page on which no sheet is
found counts as an abstention. Of curled sheets that were found it also tells how far lines of text bend and places lie
off when the sheet is made flat by its corners alone, and with its curl taken out (`bend.py`). Prints the tables of
docs/benchmarks.md; --keep writes the pictures that went wrong.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset import camera, camera_courts, camera_desks, camera_desks_fresh, camera_tables, styles
from pageset.camera import PLACES_MM, CameraPage, CameraStyle, photograph
from pageset.page import Picture, draw
from pageset.scan import OFFICE_SCANNER

from ocr.imaging.bend import bend_of
from ocr.imaging.geometry import map_points
from ocr.imaging.perspective import dewarp, flatten, perspective
from ocr.imaging.quad import SheetQuad, find_quad

RIGHT_MM = 1.5
SHEET_DPI = 200
INVERSIONS = 20
FACES = 8  # different faces laid under the camera
SETS = {
    "tuning": (*camera.TUNING, *camera_tables.TUNING, *camera_desks.TUNING, *camera_courts.TUNING),
    "seen": (*camera.HELDOUT, *camera_tables.SEEN),
    "desks": camera_desks.SEEN,
    "harder": camera_desks_fresh.SEEN,
    "third": camera_desks_fresh.THIRD,
    "heldout": camera_courts.HELDOUT,
}


@dataclass
class Flatness:
    """Of curled sheets, in mm: how far the most bent line of text bends, how far off 95 % of all places lie at most."""

    lines: list[tuple[float, float]] = field(default_factory=list)  # by the corners alone, with the curl taken out
    places: list[tuple[float, float]] = field(default_factory=list)
    left_alone: int = 0  # not sure of the curl, or too little of it

    def row(self) -> str:
        cells = [
            f"{np.median(pairs, axis=0)[after]:.2f} / {np.max(pairs, axis=0)[after]:.2f}"
            for pairs in (self.lines, self.places)
            for after in (0, 1)
        ]
        return f"| {len(self.lines)} | {self.left_alone} | {' | '.join(cells)} |"


@dataclass
class Score:
    """Worst corner of each page in mm, where corners were given."""

    errors: list[float] = field(default_factory=list)
    abstained: int = 0
    cpu_ms: list[float] = field(default_factory=list)
    flatness: Flatness = field(default_factory=Flatness)

    def add(self, other: Score) -> None:
        self.errors += other.errors
        self.abstained += other.abstained
        self.cpu_ms += other.cpu_ms
        self.flatness.lines += other.flatness.lines
        self.flatness.places += other.flatness.places
        self.flatness.left_alone += other.flatness.left_alone

    def row(self, name: str) -> str:
        pages = len(self.errors) + self.abstained
        right = sum(error <= RIGHT_MM for error in self.errors)
        median, worst = (np.median(self.errors), max(self.errors)) if self.errors else (np.nan, np.nan)
        return (
            f"| {name} | {pages} | {100 * right / pages:.1f} % | {len(self.errors) - right} | {self.abstained} |"
            f" {median:.2f} | {worst:.1f} | {np.median(self.cpu_ms):.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Corners of sheets in camera pictures.")
    parser.add_argument("--pages", type=int, default=30, help="pictures of each table")
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    parser.add_argument("--set", choices=SETS, default="heldout", help="which tables")
    parser.add_argument("--keep", type=Path, help="write what went wrong here")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    total = Score()
    print("| table | pages | right within 1.5 mm | wrong | no answer | median mm | worst mm | CPU ms |")
    print("|---|---|---|---|---|---|---|---|")
    seeds = range(options.first, options.first + options.pages)
    for style in SETS[options.set]:
        score = judged(style, seeds, tuning=options.set == "tuning", keep=options.keep)
        total.add(score)
        print(score.row(style.name), flush=True)
    print(total.row("all"))
    if total.flatness.lines:
        print(
            "\n| curled sheets | left alone | line of text bends: median / worst | dewarped | places off | dewarped |"
        )
        print("|---|---|---|---|---|---|")
        print(total.flatness.row())


def judged(style: CameraStyle, seeds: range, *, tuning: bool, keep: Path | None) -> Score:
    score = Score()
    for seed in seeds:
        page = photograph(style, face(seed // FACES * FACES, seed % FACES, tuning), seed)
        started = time.process_time()
        found = find_quad(page.picture)
        score.cpu_ms.append(1000 * (time.process_time() - started))
        corners = None if found is None else np.array(found.corners)
        error = np.inf if corners is None else worst_mm(page.corners, corners)
        if found is None or corners is None:
            score.abstained += 1
        else:
            score.errors.append(error)
            if style.curl and error <= RIGHT_MM:
                judge_flatness(score.flatness, page, found)
        if keep is not None and error > RIGHT_MM:
            write(keep / f"{style.name}-{seed}.jpg", page, corners)
    return score


def judge_flatness(flatness: Flatness, page: CameraPage, found: SheetQuad) -> None:
    """Enter one curled sheet, with and without its curl taken out; one that is left alone counts as it is."""
    op = perspective(found, (page.picture.shape[1], page.picture.shape[0]))
    width, height = op.values[8:]
    flat = flatten(op)
    seen = (map_points(flat.matrix, page.places.reshape(-1, 2)) + 0.5) * (np.array([width, height]) / flat.size)
    curl = dewarp(found, op)
    straight = seen
    if curl is None:
        flatness.left_alone += 1
    else:
        bend = bend_of(curl.values, width, height)
        for _ in range(INVERSIONS):  # where a place is drawn that is seen there: the bend is small, so this converges
            straight = straight + seen - np.stack(bend.moved(straight[:, 0], straight[:, 1]), axis=-1)
    off = [places.reshape(PLACES_MM.shape) - PLACES_MM for places in (seen, straight)]
    flatness.lines.append((most_bent(off[0]), most_bent(off[1])))
    flatness.places.append((far_off(off[0]), far_off(off[1])))


def most_bent(off: NDArray[np.float64]) -> float:
    """The farthest that a row of places runs up or down of the straight line nearest to it, mm."""
    across = np.linspace(-1, 1, off.shape[1])
    down = off[..., 1].T
    straight = np.polynomial.polynomial.polyfit(across, down, 1)
    return float(np.abs(down - np.polynomial.polynomial.polyval(across, straight).T).max())


def far_off(off: NDArray[np.float64]) -> float:
    return float(np.quantile(np.linalg.norm(off, axis=2), 0.95))


@cache
def face(first: int, number: int, tuning: bool) -> Picture:
    """One of FACES faces; `first` makes those of other seeds."""
    known = [style for style in (styles.TUNING if tuning else styles.HELDOUT) if "fax" not in style.name]
    return draw(replace(known[number * 2 % len(known)], scanner=OFFICE_SCANNER), first + number, dpi=SHEET_DPI).picture


def worst_mm(wanted: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """The farthest corner, measured by the mean scale of the two sides that meet there. Any corner may be the first."""
    sides = np.linalg.norm(np.roll(wanted, -1, axis=0) - wanted, axis=1)
    scales = sides / np.array([210, 297, 210, 297])
    a_mm = (scales + np.roll(scales, 1)) / 2
    return float(min((np.linalg.norm(np.roll(found, turn, axis=0) - wanted, axis=1) / a_mm).max() for turn in range(4)))


def write(path: Path, page: CameraPage, found: NDArray[np.float64] | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = page.picture.copy()
    for corners, colour in ((page.corners, (0, 200, 0)), (found, (0, 0, 255))):
        if corners is not None:
            cv2.polylines(shown, [corners.round().astype(np.int32)], True, colour, 4)
    cv2.imwrite(str(path), cv2.resize(shown, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA))


if __name__ == "__main__":
    main()
