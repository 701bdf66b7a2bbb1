"""How near the boxes of read characters are to their ink: what redaction may rely on.

    bench/setup && bench/.venv/bin/python bench/reading_boxes.py [--seeds N]

Straight pages of held-out styles, 300 dpi, read as scanned. Of each character read right, the edge of its box that is
farthest from the drawn ink, as a share of the character's height (its em); `outside`: how far ink reaches beyond the
box, so by how much a box must be widened to cover it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset.page import DrawnPage, draw
from pageset.styles import style_named
from pageset.truth import Quad, TextLine

from ocr.engines.ppocr import PpOcr
from ocr.engines.types import Char

STYLES = ("bureau-letter", "old-record", "laboratory", "petition", "columns", "old-form", "statement-of-account")
SLACK = 0.3  # of the em around a drawn line in which its characters are looked for
Edges = NDArray[np.float64]  # left, top, right, bottom in pixels


def main() -> None:
    parser = argparse.ArgumentParser(description="Position errors of character boxes.")
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    engine = PpOcr()
    print("| style | characters | median | 95 % within | 99 % within | outside: 99 % within |")
    print("|---|---|---|---|---|---|")
    total = []
    for style in STYLES:
        found = [
            np.concatenate(list(_errors(engine, draw(style_named(style), seed))) or [np.empty((0, 4))])
            for seed in range(options.seeds)
        ]
        total.append(np.concatenate(found))
        _row(style, total[-1])
    _row("all", np.concatenate(total))


def _errors(engine: PpOcr, page: DrawnPage) -> Iterator[Edges]:
    """For each line (n, 4): how far each edge of a box lies inside the drawn ink, in em; negative is outside."""
    chars = [char for line in engine.read(page.picture, page.dpi).lines for char in line.chars if char.text.strip()]
    for line in page.lines:
        read = _within(line, chars)
        matcher = SequenceMatcher(None, [c.text for c in line.chars], [c.text for c in read], autojunk=False)
        for block in matcher.get_matching_blocks():
            drawn = line.chars[block.a : block.a + block.size]
            boxes = read[block.b : block.b + block.size]
            if block.size:
                away = np.array([_edges(b.box) - _edges(d.quad) for b, d in zip(boxes, drawn, strict=True)])
                yield away * (1, 1, -1, -1) / line.em


def _within(line: TextLine, chars: Sequence[Char]) -> list[Char]:
    left, top, right, bottom = _edges(line.quad) + np.array((-1, -1, 1, 1)) * SLACK * line.em
    centres = {id(char): np.mean(char.box, axis=0) for char in chars}
    inside = [c for c in chars if left < centres[id(c)][0] < right and top < centres[id(c)][1] < bottom]
    return sorted(inside, key=lambda char: float(centres[id(char)][1 if line.vertical else 0]))


def _edges(quad: Quad) -> Edges:
    corners = np.array(quad, np.float64)
    return np.concatenate((corners.min(axis=0), corners.max(axis=0)))


def _row(name: str, errors: Edges) -> None:
    farthest, outside = np.abs(errors).max(axis=1), errors.max(axis=1)
    shares = [np.median(farthest), *np.percentile(farthest, (95, 99)), np.percentile(outside, 99)]
    print(f"| {name} | {len(errors)} | {' | '.join(f'{100 * share:.1f} %' for share in shares)} |", flush=True)


if __name__ == "__main__":
    main()
