"""The default reading engine: PP-OCRv6 small on onnxruntime.

Where the tiny model of the same family is given too, it reads each line first and the small one only the doubtful ones
and those with names and numbers. Lines are never narrowed: that saves a quarter of their work and costs handwriting.

Lines are never turned over: the usual line classifier turns upright lines, so orientation is decided for the page
(ocr.imaging) and pictures come in upright.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from ocr.engines.cells import find_cells
from ocr.engines.detect import Corners, Region, find_regions
from ocr.engines.models import DETECTION, RECOGNITION, Model, locate
from ocr.engines.network import OnnxNetwork
from ocr.engines.order import is_column, reading_order
from ocr.engines.recognise import Reading, Recogniser, crop_line
from ocr.engines.spans import character_spans, ink_rows, without_rules
from ocr.engines.types import Char, Line, PageText, Quad
from ocr.imaging.types import Picture

ENGINE = "pp-ocrv6-small"
VERSION = "3"  # of what is done around the networks
FIRST_PASS_SURE = 0.9  # of every character of a line; one in a hundred of its wrong characters is surer
SURE = 0.9  # below this a column is also tried as a row
SHORT_COLUMN = 3.0  # times taller than wide; a lone digit looks like a column too


class PpOcr:
    """Reads pages in one thread. `first_pass`: a smaller model and its checked file (`find_extra`), or none.

    Raises `ModelMissing`, `ModelAltered` when made.
    """

    def __init__(
        self,
        detection: Model = DETECTION,
        recognition: Model = RECOGNITION,
        first_pass: tuple[Model, Path] | None = None,
    ) -> None:
        self._detect = OnnxNetwork(locate(detection))
        self._best = Recogniser(OnnxNetwork(locate(recognition)))
        self._first = Recogniser(OnnxNetwork(first_pass[1])) if first_pass else None
        used = (detection, recognition, *([first_pass[0]] if first_pass else []))
        self._models = {model.name: model.sha256 for model in used}

    def read(self, picture: Picture, dpi: int) -> PageText:
        """Read one upright picture, (H, W, 3) in B, G, R order or (H, W) gray."""
        colour = _three_channels(picture)
        regions = reading_order(find_regions(self._detect, colour, dpi), find_cells(colour, dpi))
        lines = [self._line(colour, region) for region in regions]
        version = f"{VERSION} on onnxruntime {onnxruntime.__version__}"
        return PageText(ENGINE, version, self._models, tuple(line for line in lines if line is not None))

    def read_again(self, picture: Picture, line: Line) -> Line | None:
        """Read one line with the best model: for names and numbers. None when it sees nothing.

        Without a first pass that model has read it already, and the line comes back as it is.
        """
        if self._first is None:
            return line
        corners = np.asarray(line.box, np.float32)
        region = Region(corners, line.confidence)
        frame = np.roll(corners, -1, axis=0) if is_column(region) else corners
        crop = crop_line(_three_channels(picture), frame)
        return _as_line(self._best(crop), crop, frame, corners)

    def _line(self, picture: Picture, region: Region) -> Line | None:
        if not is_column(region):
            return self._read(picture, region.corners, region.corners)
        column = self._read(picture, np.roll(region.corners, -1, axis=0), region.corners)
        if region.height > SHORT_COLUMN * region.width or (column is not None and column.confidence >= SURE):
            return column
        row = self._read(picture, region.corners, region.corners)
        return max((line for line in (row, column) if line is not None), key=lambda line: line.confidence, default=None)

    def _read(self, picture: Picture, frame: Corners, corners: Corners) -> Line | None:
        """Read the rectangle `corners`; `frame` are the same points, from the top-left of the turned text on."""
        crop = crop_line(picture, frame)
        reading = self._first(crop) if self._first else None
        if reading is None or reading.weakest < FIRST_PASS_SURE:
            reading = self._best(crop)
        return _as_line(reading, crop, frame, corners)


def _three_channels(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8) if picture.ndim == 2 else picture


def _as_line(reading: Reading, crop: Picture, frame: Corners, corners: Corners) -> Line | None:
    chars = _chars(reading, crop, frame)
    text = "".join(char.text for char in chars)
    return Line(text, reading.confidence, quad(corners), chars) if text.strip() else None


def quad(corners: Corners) -> Quad:
    """Four corner points as plain numbers, to a tenth of a pixel."""
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in corners)
    return a, b, c, d


def _chars(reading: Reading, crop: Picture, frame: Corners) -> tuple[Char, ...]:
    """Characters with the boxes of their ink on the page; spaces at the ends of the line are left out."""
    height, width = crop.shape[:2]
    centres = [(glyph.start + glyph.end) / 2 * width for glyph in reading.glyphs]
    gray = without_rules(crop)
    spans = character_spans(centres, gray)
    along, down = (frame[1] - frame[0]) / width, (frame[3] - frame[0]) / height
    chars = []
    for glyph, (start, end), (top, bottom) in zip(reading.glyphs, spans, ink_rows(gray, spans), strict=True):
        box = ((start, top), (end, top), (end, bottom), (start, bottom))
        corners = np.stack([frame[0] + x * along + y * down for x, y in box])
        chars.append(Char(glyph.text, glyph.confidence, quad(corners)))
    while chars and not chars[0].text.strip():
        chars.pop(0)
    while chars and not chars[-1].text.strip():
        chars.pop()
    return tuple(chars)
