"""Text of a single picture however it lies (单张图片): read flat, upright, straight; told where it is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ocr.engines.types import Char, Line, PageText, Quad
from ocr.imaging.analyse import analyse
from ocr.imaging.geometry import Frame, compose, to_original
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Picture, Recipe, Rendered, Verdict
from ocr.pipeline import PageTools, moved_marks, read_and_understand, without_marks
from ocr.reading.types import Lexicon

NO_KINDS = Lexicon(kinds=())


def read_upright(picture: Picture, dpi: int, view: Recipe, sheet: Rendered, tools: PageTools) -> PageText:
    """Read a picture as a page of a case is read; boxes are in pixels of `picture` as it is given.

    `view`: what makes the sheet in a camera's picture flat, nothing for a scan; `sheet`: the picture rendered by it.
    Raises `OcrError`.
    """
    analysis = analyse(sheet.picture, sheet.dpi, tools.orienter)
    recipe = Recipe((*view.ops, *propose(analysis).ops))
    page = render(picture, dpi, recipe, Derivative.EVIDENCE)
    sure = [mark for mark in moved_marks(analysis.marks, sheet.matrix, page.matrix) if mark.verdict is Verdict.FILLED]
    text, _ = read_and_understand(without_marks(page.picture, sure), page.dpi, NO_KINDS, tools)
    frame = compose(recipe, (picture.shape[1], picture.shape[0]), dpi)
    return replace(text, lines=tuple(_line(line, frame) for line in text.lines))


def _line(line: Line, frame: Frame) -> Line:
    chars = tuple(Char(char.text, char.confidence, _quad(char.box, frame)) for char in line.chars)
    return replace(line, box=_quad(line.box, frame), chars=chars)


def _quad(box: Quad, frame: Frame) -> Quad:
    first, second, third, fourth = to_original(frame, np.array(box, np.float64)).tolist()
    return _point(first), _point(second), _point(third), _point(fourth)


def _point(xy: list[float]) -> tuple[float, float]:
    return round(xy[0], 2), round(xy[1], 2)
