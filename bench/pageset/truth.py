"""What stands on a drawn page and where, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Quad = tuple[tuple[float, float], ...]  # four corners x, y: top left, top right, bottom right, bottom left as read
Matrix = NDArray[np.float64]  # 3 x 3


class PageKind(StrEnum):
    TEXT = "text"  # enough upright printed text to say which way up
    HAND = "hand"  # handwriting alone
    SPARSE = "sparse"  # a few short lines
    TABLE = "table"  # rules and figures, hardly a word
    PHOTO = "photo"
    BLANK = "blank"


@dataclass(frozen=True)
class CharBox:
    text: str
    quad: Quad  # around its ink


@dataclass(frozen=True)
class TextLine:
    """One line as read; blanks between characters are in `text` and not in `chars`."""

    text: str
    quad: Quad  # around the ink of all its characters
    chars: tuple[CharBox, ...]
    em: float  # nominal side of one Chinese character
    hand: bool = False  # written by hand
    vertical: bool = False

    def moved(self, matrix: Matrix) -> TextLine:
        chars = tuple(CharBox(char.text, moved_quad(char.quad, matrix)) for char in self.chars)
        quad = moved_quad(self.quad, matrix)
        return TextLine(self.text, quad, chars, self.em * scale_of(matrix), self.hand, self.vertical)


@dataclass(frozen=True)
class DrawnMark:
    kind: str  # seal, fingerprint, signature
    quad: Quad  # around its ink

    def moved(self, matrix: Matrix) -> DrawnMark:
        return DrawnMark(self.kind, moved_quad(self.quad, matrix))


def box_quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def around(quads: list[Quad]) -> Quad:
    """The upright box around some quads."""
    corners = np.array(quads, np.float64).reshape(-1, 2)
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return box_quad(float(left), float(top), float(right), float(bottom))


def moved_quad(quad: Quad, matrix: Matrix) -> Quad:
    corners = np.c_[np.array(quad, np.float64), np.ones(4)] @ matrix.T
    return tuple((float(x / w), float(y / w)) for x, y, w in corners)


def scale_of(matrix: Matrix) -> float:
    """By how much an affine matrix enlarges lengths (the same in all directions here)."""
    return float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
