"""The default reading engine: PP-OCRv6 small on onnxruntime.

Where the tiny model of the same family is given too, it reads each line first and the small one only the doubtful ones
and those with names and numbers. Without it the small one reads each line somewhat narrowed, which saves a quarter of
the work, and at full width those it is torn about; `read_again` reads names and numbers at full width.

Lines are never turned over: the usual line classifier turns upright lines, so orientation is decided for the page
(ocr.imaging) and pictures come in upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ocr.engines.cells import find_cells
from ocr.engines.detect import Corners, Region, find_regions
from ocr.engines.model_end import without_softmax
from ocr.engines.models import DETECTION, RECOGNITION, Model, locate
from ocr.engines.network import OnnxNetwork
from ocr.engines.order import is_column, reading_order
from ocr.engines.recognise import Reading, Recogniser, crop_line
from ocr.engines.script import Script, script_of
from ocr.engines.spans import character_spans, ink_rows, without_rules
from ocr.engines.types import Char, Line, PageText, Quad
from ocr.imaging.types import Picture

ENGINE = "pp-ocrv6-small"
VERSION = "5"  # of what is done around the networks
FIRST_PASS_SURE = 0.9  # of every character of a line; one in a hundred of its wrong characters is surer
NARROWED = 0.7  # of its width at which a line is read first
TORN = 0.5  # a character less sure than this has its line read at full width
SURE = 0.9  # below this a column is also tried as a row
SHORT_COLUMN = 3.0  # times taller than wide; a lone digit looks like a column too


@dataclass(frozen=True, eq=False)
class Sight:
    """A rectangle of the page as it was read; `frame` are its corners from the top-left of the turned text on."""

    reading: Reading
    crop: Picture
    frame: Corners
    corners: Corners

    def line(self, script: Script | None) -> Line | None:
        """As a line of a page in this script; None when nothing was read."""
        reading = self.reading.written_in(script)
        chars = _chars(reading, self.crop, self.frame)
        text = "".join(char.text for char in chars)
        return Line(text, reading.confidence, quad(self.corners), chars) if text.strip() else None


class PpOcr:
    """Reads pages in one thread. `first_pass`: a smaller model and its checked file (`find_extra`), or none.

    Raises `ModelMissing`, `ModelAltered`, `ModelUnsuitable` when made.
    """

    def __init__(
        self,
        detection: Model = DETECTION,
        recognition: Model = RECOGNITION,
        first_pass: tuple[Model, Path] | None = None,
    ) -> None:
        self._detect = OnnxNetwork(locate(detection))
        self._best = _recogniser(locate(recognition))
        self._first = _recogniser(first_pass[1]) if first_pass else None
        used = (detection, recognition, *([first_pass[0]] if first_pass else []))
        self._models = {model.name: model.sha256 for model in used}

    def read(self, picture: Picture, dpi: int) -> PageText:
        """Read one upright picture, (H, W, 3) in B, G, R order or (H, W) gray."""
        colour = _three_channels(picture)
        regions = reading_order(find_regions(self._detect, colour, dpi), find_cells(colour, dpi))
        seen = [self._see(colour, region) for region in regions]
        script = script_of("".join(sight.reading.text for sight in seen))
        lines = [sight.line(script) for sight in seen]
        version = f"{VERSION} on onnxruntime {onnxruntime.__version__}"
        return PageText(ENGINE, version, self._models, tuple(line for line in lines if line is not None))

    def read_again(self, picture: Picture, line: Line, page: PageText) -> Line | None:
        """Read one line of a page, or a part of one, with the best model at full width. None when it sees nothing."""
        corners = np.asarray(line.box, np.float32)
        frame = np.roll(corners, -1, axis=0) if is_column(Region(corners, line.confidence)) else corners
        crop = crop_line(_three_channels(picture), frame)
        script = script_of("".join(line.text for line in page.lines))
        return Sight(self._best(crop), crop, frame, corners).line(script)

    def _see(self, picture: Picture, region: Region) -> Sight:
        row = region.corners
        if not is_column(region):
            return self._read(picture, row, row)
        column = self._read(picture, np.roll(row, -1, axis=0), row)
        if region.height > SHORT_COLUMN * region.width or column.reading.confidence >= SURE:
            return column
        return max(self._read(picture, row, row), column, key=lambda sight: sight.reading.confidence)

    def _read(self, picture: Picture, frame: Corners, corners: Corners) -> Sight:
        crop = crop_line(picture, frame)
        reading = self._glance(crop, level=frame is corners) or self._best(crop)
        return Sight(reading, crop, frame, corners)

    def _glance(self, crop: Picture, *, level: bool) -> Reading | None:
        """What a cheaper look says, if it is sure enough. Columns, which lie on their side, bear no narrowing."""
        if self._first is not None:
            reading, enough = self._first(crop), FIRST_PASS_SURE
        elif level:
            reading, enough = self._best(crop, NARROWED), TORN
        else:
            return None
        return reading if reading.weakest >= enough else None


def _recogniser(model: Path) -> Recogniser:
    return Recogniser(OnnxNetwork(without_softmax(model.read_bytes())))


def _three_channels(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8) if picture.ndim == 2 else picture


def quad(corners: NDArray[np.floating]) -> Quad:
    """Four corner points as plain numbers, to a tenth of a pixel."""
    a, b, c, d = corners.astype(np.float64).round(1).tolist()
    return (a[0], a[1]), (b[0], b[1]), (c[0], c[1]), (d[0], d[1])


def _chars(reading: Reading, crop: Picture, frame: Corners) -> tuple[Char, ...]:
    """Characters with the boxes of their ink on the page; spaces at the ends of the line are left out."""
    height, width = crop.shape[:2]
    centres = [(glyph.start + glyph.end) / 2 * width for glyph in reading.glyphs]
    gray = without_rules(crop)
    spans = character_spans(centres, gray)
    boxes = [
        ((left, top), (right, top), (right, bottom), (left, bottom))
        for (left, right), (top, bottom) in zip(spans, ink_rows(gray, spans), strict=True)
    ]
    axes = np.stack(((frame[1] - frame[0]) / width, (frame[3] - frame[0]) / height)).astype(np.float64)
    corners = np.array(boxes).reshape(-1, 4, 2) @ axes + frame[0]
    chars = [Char(glyph.text, glyph.confidence, quad(box)) for glyph, box in zip(reading.glyphs, corners, strict=True)]
    while chars and not chars[0].text.strip():
        chars.pop(0)
    while chars and not chars[-1].text.strip():
        chars.pop()
    return tuple(chars)
