"""What a text line says: the PP-OCR recogniser (connectionist temporal classification, CTC)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ocr.engines.detect import Corners
from ocr.engines.network import Network, Tensor, normalise
from ocr.imaging.types import Picture

HEIGHT = 48  # px, fixed by the network
STEP = 8  # px of width a CTC step stands for
MIN_WIDTH = 64  # px; narrower crops are padded
MAX_WIDTH = 6400  # px; bounds the memory of one line


@dataclass(frozen=True)
class Glyph:
    """One character and the columns of the crop it was seen in, `start` to `end` as fractions (0 to 1)."""

    text: str
    confidence: float
    start: float
    end: float


@dataclass(frozen=True)
class Reading:
    """The characters of one line; `confidence` is the mean over them, 0 when nothing was read."""

    glyphs: tuple[Glyph, ...]

    @property
    def confidence(self) -> float:
        return sum(glyph.confidence for glyph in self.glyphs) / len(self.glyphs) if self.glyphs else 0.0

    @property
    def weakest(self) -> float:
        """Confidence of the least sure character, 0 when nothing was read."""
        return min((glyph.confidence for glyph in self.glyphs), default=0.0)


def alphabet(network: Network) -> tuple[str, ...]:
    """The characters behind the network's classes: blank first, the space last (its metadata holds the rest)."""
    return ("", *network.metadata["character"].split("\n"), " ")


def crop_line(picture: Picture, corners: Corners) -> Picture:
    """Cut a rectangle given clockwise from the top-left out of the full picture, turned level."""
    width = max(1, round(float(np.linalg.norm(corners[1] - corners[0]))))
    height = max(1, round(float(np.linalg.norm(corners[3] - corners[0]))))
    target = np.array(((0, 0), (width, 0), (0, height)), np.float32)
    matrix = cv2.getAffineTransform(corners[[0, 1, 3]], target)
    crop = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, np.uint8)


def read_line(network: Network, classes: tuple[str, ...], crop: Picture) -> Reading:
    """Read one level line."""
    height, width = crop.shape[:2]
    inked = min(MAX_WIDTH, max(1, round(width * HEIGHT / height)))
    scaled = np.asarray(cv2.resize(crop, (inked, HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
    padded = np.zeros((1, 3, HEIGHT, max(MIN_WIDTH, math.ceil(inked / STEP) * STEP)), np.float32)
    padded[0, :, :, :inked] = normalise(scaled)
    return decode(network(padded)[0], classes, inked / STEP)


class Recogniser:
    """A recognising network with its alphabet."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._classes = alphabet(network)

    def __call__(self, crop: Picture) -> Reading:
        return read_line(self._network, self._classes, crop)


def decode(likelihood: Tensor, classes: tuple[str, ...], steps_inked: float) -> Reading:
    """Greedy CTC decoding of a (steps, classes) table; the first `steps_inked` steps cover the crop."""
    best = likelihood.argmax(axis=1)
    certainty = likelihood[np.arange(len(best)), best]
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1), len(best)]
    runs = [(start, end) for start, end in pairwise(edges) if best[start] != 0]
    return Reading(
        tuple(
            Glyph(
                classes[best[start]],
                float(certainty[start:end].max()),
                min(1.0, start / steps_inked),
                min(1.0, end / steps_inked),
            )
            for start, end in runs
        )
    )
