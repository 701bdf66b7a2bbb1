"""A drawn page: its picture and everything that is true about it. The same style and seed give the same page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pageset.plate import Plate
from pageset.scan import digitise, place
from pageset.style import Style
from pageset.truth import DrawnMark, Matrix, PageKind, TextLine

Picture = NDArray[np.uint8]  # (height, width, 3), B, G, R
Addition = Callable[[Plate, np.random.Generator], None]  # writes further things on the laid-out face


@dataclass(frozen=True)
class DrawnPage:
    """All boxes in pixels of `picture`, edges not centres; lines in reading order."""

    picture: Picture
    dpi: int
    lines: tuple[TextLine, ...]
    marks: tuple[DrawnMark, ...]
    skew_deg: float  # counter-clockwise turn of the content of the upright page
    orientation_deg: int  # clockwise turn (0, 90, 180, 270) that brings the page upright
    style: str
    kind: PageKind

    @property
    def text(self) -> str:
        """All lines as read, one below the other."""
        return "\n".join(line.text for line in self.lines)

    def moved(self, picture: Picture, matrix: Matrix) -> DrawnPage:
        """The page with another picture, of which `matrix` (3 x 3) maps the old pixels to the new ones."""
        lines = tuple(line.moved(matrix) for line in self.lines)
        return replace(self, picture=picture, lines=lines, marks=tuple(mark.moved(matrix) for mark in self.marks))


def draw(
    style: Style, seed: int, *, dpi: int = 300, skew_deg: float = 0.0, turn: int = 0, add: Addition | None = None
) -> DrawnPage:
    """Lay out, print and scan one page.

    `skew_deg` turns the sheet counter-clockwise in the scanner (-45 to 45); `turn` turns the finished picture clockwise
    (0, 90, 180, 270). `add` writes on the face before it is scanned. `dpi`: 72 to 600.
    Raises FontMissing when a Debian package with fonts is not installed.
    """
    plate, behind = style.faces(stream(style.name, seed, "face"))
    if add is not None:
        add(plate, stream(style.name, seed, "addition"))
    placed = place(plate, dpi, skew_deg, style.scanner.lid, style.scanner.gap_mm)
    picture = digitise(plate, style.paper, behind, style.scanner, placed, dpi, stream(style.name, seed, "scan"))
    lines = tuple(line.moved(placed.matrix) for line in plate.lines)
    marks = tuple(mark.moved(placed.matrix) for mark in plate.marks)
    page = DrawnPage(picture, dpi, lines, marks, skew_deg, 0, style.name, style.kind)
    return turned(page, turn) if turn else page


def turned(page: DrawnPage, turn: int) -> DrawnPage:
    """The page turned clockwise by 90, 180 or 270 degrees."""
    height, width = page.picture.shape[:2]
    matrices = {
        90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    }
    picture = np.ascontiguousarray(np.rot90(page.picture, -turn // 90))
    moved = page.moved(picture, np.array(matrices[turn], np.float64))
    return replace(moved, orientation_deg=(page.orientation_deg - turn) % 360)


def stream(*names: str | int) -> np.random.Generator:
    """A random stream of its own for each purpose, the same on every machine."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))
