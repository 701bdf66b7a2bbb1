"""The pages of the reading benchmark: drawn, damaged, cleaned as the station does, and kept with their text."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from pageset.damage import DAMAGES, damaged
from pageset.page import DrawnPage, draw
from pageset.reading_styles import ReadingSet
from pageset.style import Style

from ocr.engines.models import ORIENTATION, locate
from ocr.imaging.analyse import analyse
from ocr.imaging.geometry import map_box
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Picture, Verdict
from ocr.pipeline import without_marks

CLEAN = "none"


@dataclass(frozen=True)
class BenchPage:
    """One page on the disk: as scanned (`raw`) and as the station gives it to its engine (`cleaned`)."""

    name: str
    subject: str  # what is hard about it
    damage: str
    raw: Path
    cleaned: Path
    raw_dpi: int
    cleaned_dpi: int
    cleaning_s: float  # CPU time of analysis and rendering
    lines: tuple[str, ...]


def pages(folder: Path, styles: ReadingSet, seeds: range) -> list[BenchPage]:
    """Clean pages of all kinds, then every damage on some of them; made where they are not there yet."""
    wanted = [(subject, style, CLEAN, seed) for seed in seeds for subject, style in styles.clean.items()]
    for seed in seeds:
        for number, damage in enumerate(DAMAGES):
            style = styles.damaged[(seed + number) % len(styles.damaged)]
            wanted.append((damage, style, damage, seed))
    return [page(folder, *one) for one in wanted]


def page(folder: Path, subject: str, style: Style, damage: str, seed: int) -> BenchPage:
    name = f"{style.name}-{damage}-{seed}"
    note = folder / f"{name}.json"
    if not note.exists():
        drawn = draw(style, seed)
        if damage != CLEAN:
            drawn = damaged(drawn, damage, seed)
        note.write_text(json.dumps(_prepared(folder, name, drawn), ensure_ascii=False), encoding="utf-8")
    kept = json.loads(note.read_text(encoding="utf-8"))
    return BenchPage(
        name,
        subject,
        damage,
        folder / f"{name}.raw.png",
        folder / f"{name}.cleaned.png",
        kept["raw_dpi"],
        kept["cleaned_dpi"],
        kept["cleaning_s"],
        tuple(kept["lines"]),
    )


def _prepared(folder: Path, name: str, drawn: DrawnPage) -> dict[str, object]:
    folder.mkdir(parents=True, exist_ok=True)
    started = time.process_time()
    cleaned, dpi = cleaned_page(drawn.picture, drawn.dpi)
    seconds = time.process_time() - started
    fast = [cv2.IMWRITE_PNG_COMPRESSION, 1]
    cv2.imwrite(str(folder / f"{name}.raw.png"), drawn.picture, fast)
    cv2.imwrite(str(folder / f"{name}.cleaned.png"), cleaned, fast)
    lines = [line.text for line in drawn.lines]
    return {"raw_dpi": drawn.dpi, "cleaned_dpi": dpi, "cleaning_s": seconds, "lines": lines}


def cleaned_page(picture: Picture, dpi: int) -> tuple[Picture, int]:
    """The picture the station's engine sees: straightened, red taken out of seals and prints it is sure of."""
    analysis = analyse(picture, dpi, RapidOrienter(locate(ORIENTATION)))
    evidence = render(picture, dpi, propose(analysis), Derivative.EVIDENCE)
    marks = [
        replace(mark, box=map_box(evidence.matrix, mark.box))
        for mark in analysis.marks
        if mark.verdict is Verdict.FILLED
    ]
    return np.ascontiguousarray(without_marks(evidence.picture, marks)), evidence.dpi
