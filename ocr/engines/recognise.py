"""What a text line says: the PP-OCR recogniser (connectionist temporal classification, CTC)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from ocr.engines.detect import Corners
from ocr.engines.network import Network, Tensor, normalise
from ocr.engines.script import Script, counterparts, script_only_of
from ocr.imaging.types import Picture

HEIGHT = 48  # px, fixed by the network
STEP = 8  # px of width a CTC step stands for
MIN_WIDTH = 64  # px; narrower crops are padded
MAX_WIDTH = 6400  # px; bounds the memory of one line
STRAY = 1 / 1000  # share of the other script's characters on a page

Rivals = Mapping[int, Sequence[int]]  # by class, the classes of the same character in the other script


@dataclass(frozen=True)
class Glyph:
    """One character and the columns of the crop it was seen in, `start` to `end` as fractions (0 to 1).

    `rival`: the same character in the other script (简繁), and how likely it is.
    """

    text: str
    confidence: float
    start: float
    end: float
    rival: str = ""
    rival_confidence: float = 0.0

    def written_in(self, script: Script) -> Glyph:
        """What it is on a page in this script: the rival where that is the likelier of the two there (Bayes)."""
        weighed = STRAY * self.confidence
        if not self.rival or script_only_of(self.text) == script or self.rival_confidence <= weighed:
            return self
        share = self.rival_confidence / (self.rival_confidence + weighed)
        return replace(self, text=self.rival, confidence=share * (self.confidence + self.rival_confidence), rival="")


@dataclass(frozen=True)
class Reading:
    """The characters of one line; `confidence` is the mean over them, 0 when nothing was read."""

    glyphs: tuple[Glyph, ...]

    @property
    def confidence(self) -> float:
        return sum(glyph.confidence for glyph in self.glyphs) / len(self.glyphs) if self.glyphs else 0.0

    @property
    def weakest(self) -> float:
        """Confidence of the least sure character in whichever script, 0 when nothing was read."""
        return min((glyph.confidence + glyph.rival_confidence for glyph in self.glyphs), default=0.0)

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    def written_in(self, script: Script | None) -> Reading:
        """The line as part of a page in this script; as it is where the script is not known."""
        return self if script is None else Reading(tuple(glyph.written_in(script) for glyph in self.glyphs))


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


def rivals_among(classes: Sequence[str]) -> Rivals:
    """The characters that only one script has and whose counterparts are among the classes."""
    places = {char: place for place, char in enumerate(classes) if char}
    rivals = {
        place: [places[other] for other in counterparts(char) if other in places] for char, place in places.items()
    }
    return {place: others for place, others in rivals.items() if others}


class Recogniser:
    """A recognising network, ended before its softmax (`model_end`), with its alphabet."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._classes = alphabet(network)
        self._rivals = rivals_among(self._classes)

    def __call__(self, crop: Picture, narrowed: float = 1.0) -> Reading:
        """Read one level line, squeezed to `narrowed` of its width (0.7 to 1: below, repeated digits melt into one)."""
        height, width = crop.shape[:2]
        inked = min(MAX_WIDTH, max(1, round(width * HEIGHT / height * narrowed)))
        scaled = np.asarray(cv2.resize(crop, (inked, HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
        padded = np.zeros((1, 3, HEIGHT, max(MIN_WIDTH, math.ceil(inked / STEP) * STEP)), np.float32)
        padded[0, :, :, :inked] = normalise(scaled)
        return decode(self._network(padded), self._classes, inked / STEP, self._rivals)


def decode(logits: Tensor, classes: Sequence[str], steps_inked: float, rivals: Rivals) -> Reading:
    """Greedy CTC decoding of a (steps, classes) table; the first `steps_inked` steps cover the crop."""
    best = logits.argmax(axis=1)
    shown = np.flatnonzero(best)
    below = logits[shown] - logits[shown, best[shown], np.newaxis]
    certainty = np.zeros(len(best), np.float32)
    certainty[shown] = 1 / np.exp(below, out=below).sum(axis=1)  # softmax
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1), len(best)]
    glyphs = []
    for start, end in pairwise(edges):
        place = int(best[start])
        if place == 0:
            continue
        confidence = float(certainty[start:end].max())
        glyph = Glyph(classes[place], confidence, min(1.0, start / steps_inked), min(1.0, end / steps_inked))
        if place in rivals:
            others = list(rivals[place])
            likelihood = (
                np.exp(logits[start:end, others] - logits[start:end, [place]]) * certainty[start:end, np.newaxis]
            )
            rival = int(likelihood.max(axis=0).argmax())
            glyph = replace(glyph, rival=classes[others[rival]], rival_confidence=float(likelihood[:, rival].max()))
        glyphs.append(glyph)
    return Reading(tuple(glyphs))
