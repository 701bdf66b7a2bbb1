"""Pages of drawn cases through the engines of the station; their lines are kept, so that other rules can be judged."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from casebook import Case, Face, Style
from casebook_pictures import picture_of
from reading_pages import cleaned_page

from ocr.engines.types import Char, Line, PageText
from ocr.pipeline import page_tools, read_and_understand
from ocr.reading import Lexicon, PageReading, read_page


def sampled(case: Case, pages: int) -> Case:
    """The case with papers of at most so many pages together: one of each form first, drawn by lot, then more."""
    lots = list(enumerate(case.papers))
    random.Random(f"sample/{case.kind}/{case.style}/{case.seed}").shuffle(lots)
    before: Counter[str] = Counter()
    ranked = []
    for place, paper in lots:
        ranked.append((before[paper.form], len(ranked), place))
        before[paper.form] += 1
    taken, room = [], pages
    for _, _, place in sorted(ranked):
        if len(case.papers[place].faces) <= room:
            taken.append(place)
            room -= len(case.papers[place].faces)
    return case.reordered(tuple(case.papers[place] for place in sorted(taken)))


def read_drawn(case: Case, style: Style, lexicon: Lexicon, keep: Path | None) -> list[PageReading | None]:
    """Every face drawn, scanned askew, cleaned as the station does and read by its engines; None for a blank one.

    `keep`: folder of lines read before, and for those read now. Which lines are looked at twice was up to the rules of
    that time.
    """
    readings: list[PageReading | None] = []
    for paper in case.papers:
        for number, face in enumerate(paper.faces):
            if face.blank:
                readings.append(None)
                continue
            seed = f"{case.kind}/{case.seed}/{style.fonts}/{paper.id}/{number}"
            kept = keep / f"{hashlib.sha256(f'{seed}/{face!r}'.encode()).hexdigest()[:24]}.json" if keep else None
            if kept is None:
                page = _read(face, style, seed, lexicon)
            elif kept.exists():
                page = _loaded(json.loads(kept.read_text(encoding="utf-8")))
            else:
                page = _read(face, style, seed, lexicon)
                _store(kept, page)
            readings.append(read_page(*page, lexicon))
    return readings


Read = tuple[PageText, int, int, int]  # width, height, dpi


def _read(face: Face, style: Style, seed: str, lexicon: Lexicon) -> Read:
    lot = random.Random(seed)
    drawn = picture_of(face, style.fonts, lot.randrange(1 << 31), skew_deg=lot.choice((-0.8, -0.4, 0.0, 0.4, 0.8)))
    picture, dpi = cleaned_page(drawn.picture, drawn.dpi)
    text, _ = read_and_understand(picture, dpi, lexicon, page_tools())
    return text, picture.shape[1], picture.shape[0], dpi


def _store(path: Path, page: Read) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps([asdict(page[0]), *page[1:]], ensure_ascii=False), encoding="utf-8")
    part.replace(path)


def _loaded(kept: list[dict]) -> Read:
    text, width, height, dpi = kept
    lines = tuple(
        Line(**{**line, "chars": tuple(Char(**char) for char in line["chars"])}) for line in text.pop("lines")
    )
    return PageText(**text, lines=lines), width, height, dpi
