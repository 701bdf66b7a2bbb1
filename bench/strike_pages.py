"""Pages of records with and without strike-outs (更正), drawn, read by the station's engine and kept on the disk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "rigs"))

import cv2
import numpy as np
from casebook import EIGHTH, KINDS, SEVENTH, TUNING, Face, Style, draw_case
from casebook.ninth_styles import NINTH
from casebook_pictures import picture_of
from numpy.random import Generator
from pageset.corrections import NO_STRIKE_OUTS, Stroke, strike_out
from pageset.page import stream
from pageset.plate import Plate
from pageset.truth import Quad

from ocr.imaging.marks import find_marks
from ocr.imaging.types import Box, Mark, MarkKind, Picture, Verdict
from ocr.pipeline import page_tools, without_marks

SETS: dict[str, Sequence[Style]] = {"tuning": TUNING, "later": (*SEVENTH, *EIGHTH), "ninth": NINTH}
RECORDS = ("GS01", "BH01", "ZR01")
BY_HAND = ("GS02",)  # one such page, with nothing struck out
LEAST_CHARS = 10
DASHES = ("——", "一二三", "一一", "—", "二〇一一")  # set into some lines: runs of ink that strike nothing out
FAR = 999.0
STEP = 7  # from one page to the next of those there are
MOST_SKEW = 0.15  # degrees; what straightening leaves


@dataclass(frozen=True)
class StruckOut:
    """What was drawn: how, its box in pixels of the picture, and mm from there to the nearest fingerprint."""

    how: Stroke
    box: Box
    to_print: float


@dataclass(frozen=True)
class RecordPage:
    name: str
    picture: Picture
    dpi: int
    lines: tuple[Box, ...]  # read
    marks: tuple[Mark, ...]  # found
    struck: tuple[StruckOut, ...]


def record_pages(folder: Path, styles: Sequence[Style], seed: int, count: int, *, struck: bool) -> Iterator[RecordPage]:
    """`count` pages of each style; made where they are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for style in styles:
        faces = faces_of(style, seed, RECORDS if struck else (*BY_HAND, *RECORDS))
        for number in range(count):
            name = f"{style.name}-{seed}-{number}-{'struck' if struck else 'clean'}"
            if not (folder / f"{name}.json").exists():
                _make(folder, name, faces[STEP * number % len(faces)], style, struck=struck)
            yield _kept(folder, name)


def faces_of(style: Style, seed: int, kinds: Sequence[str]) -> list[Face]:
    """Every face of the papers of these kinds in three cases, kind by kind."""
    cases = [draw_case(kind, seed, style) for kind in KINDS if kind != "fraud"]
    papers = [paper for kind in kinds for case in cases for paper in case.papers if paper.kind == kind]
    return [face for paper in papers for face in paper.faces]


def _make(folder: Path, name: str, face: Face, style: Style, *, struck: bool) -> None:
    rng = stream(name, "face")

    def add(plate: Plate, rng: Generator) -> None:
        lines = [line for line in plate.lines if not line.hand and len(line.chars) >= LEAST_CHARS]
        chosen = [lines[n] for n in rng.permutation(len(lines))[: len(Stroke) + 2]]
        if struck:
            for how in Stroke:
                strike_out(plate, chosen.pop(), how, rng, printed_finger=bool(rng.random() < 0.5))
        for line in chosen:
            NO_STRIKE_OUTS[int(rng.integers(len(NO_STRIKE_OUTS)))](plate, line, rng)

    skew = float(rng.uniform(-MOST_SKEW, MOST_SKEW))
    drawn = picture_of(_with_dashes(face, rng), style.fonts, int(rng.integers(2**31)), skew_deg=skew, add=add)
    marks = find_marks(drawn.picture, drawn.dpi)
    sure = [mark for mark in marks if mark.verdict is Verdict.FILLED]
    text = page_tools().engine.read(without_marks(drawn.picture, sure), drawn.dpi)
    strikes = [(mark.kind, box_of(mark.quad)) for mark in drawn.marks if mark.kind in list(Stroke)]
    fingers = [box_of(mark.quad) for mark in drawn.marks if mark.kind == "fingerprint"]
    kept = {
        "dpi": drawn.dpi,
        "lines": [box_of(line.box) for line in text.lines],
        "marks": [[mark.kind, mark.box, mark.confidence, mark.verdict] for mark in marks],
        "struck": [
            [how, box, min((gap_mm(box, finger, drawn.dpi) for finger in fingers), default=FAR)] for how, box in strikes
        ],
    }
    cv2.imwrite(str(folder / f"{name}.png"), drawn.picture)
    (folder / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")


def _with_dashes(face: Face, rng: Generator) -> Face:
    """The face with dashes and figures made of one stroke in three of its lines."""
    prints = list(face.prints)
    long = [n for n, piece in enumerate(prints) if not piece.hand and not piece.large and len(piece.text) > LEAST_CHARS]
    for place in rng.permutation(long)[:3]:
        piece, dash = prints[place], DASHES[int(rng.integers(len(DASHES)))]
        at = int(rng.integers(4, len(piece.text) - len(dash)))
        prints[place] = replace(piece, text=piece.text[:at] + dash + piece.text[at + len(dash) :])
    return replace(face, prints=tuple(prints))


def _kept(folder: Path, name: str) -> RecordPage:
    kept = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    picture = cv2.imread(str(folder / f"{name}.png"), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(folder / f"{name}.png")
    marks = tuple(
        Mark(MarkKind(kind), _box(box), sure, verdict=Verdict(verdict)) for kind, box, sure, verdict in kept["marks"]
    )
    return RecordPage(
        name,
        np.asarray(picture, np.uint8),
        kept["dpi"],
        tuple(_box(line) for line in kept["lines"]),
        marks,
        tuple(StruckOut(Stroke(how), _box(box), to_print) for how, box, to_print in kept["struck"]),
    )


def gap_mm(one: Box, other: Box, dpi: int) -> float:
    """Paper between two boxes."""
    gaps = [
        max(0, one[axis] - other[axis] - other[axis + 2], other[axis] - one[axis] - one[axis + 2]) for axis in (0, 1)
    ]
    return float(np.hypot(*gaps)) * 25.4 / dpi


def box_of(quad: Quad) -> Box:
    left, top = (round(min(corner[axis] for corner in quad)) for axis in (0, 1))
    right, bottom = (round(max(corner[axis] for corner in quad)) for axis in (0, 1))
    return left, top, right - left, bottom - top


def _box(kept: list[int]) -> Box:
    left, top, width, height = kept
    return left, top, width, height
