"""Round seals without colour: on gray scans and on copies (复印件)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.pieces import find_pieces
from ocr.imaging.scale import mm_to_px
from ocr.imaging.seal_faces import Face, gray_face
from ocr.imaging.seal_lines import BESIDE_MM, at, contrast_along, longest_stretch, settled, widened
from ocr.imaging.seal_outlines import RADIUS_MM, WAYS, Outline, broken_circles
from ocr.imaging.seals import Seal, distinct, without_rules

SEARCH_DPI: Final = 37.5
RULE_INK: Final = 0.08  # absorption
TEXT_INK: Final = 0.35  # of the mean over a pixel of 75 dpi: print and pens
PALE_INK: Final = 0.03
PALE_PIECE_MM: Final = 2.0  # what is left of print once its dark parts are taken out is smaller
JOINED_INK: Final = 0.25
JOINED_PIECE_MM: Final = 8.0  # a rim joins what it crosses; characters are smaller
RIM_SHARE: Final = 0.5  # of the rim's usual contrast
LETTER_PX: Final = 5  # strokes of letters are thinner, patches in photographs wider
RUN: Final = (-2, -1, 0, 1, 2)  # directions in a row
BEST: Final = 4  # of the circles in a layer
MIN_CONTRAST: Final = 0.07  # a scanner's noise reached 0.06, faint seals measured 0.11 and more
MIN_STRETCH: Final = 0.3  # of lines of pale words to 0.23, of faint seals 0.56 and more
MAX_FILL: Final = 0.68
MIN_PAPER: Final = 0.45  # bare, of what the ink leaves free in the seal; less in a photograph


@dataclass(frozen=True)
class Cuts:
    """Least of what `Rim` says of a seal."""

    line: float
    cover: float
    stretch: float  # enough in place of cover where the rim is worn on one side (磨损)
    share: float  # line of cover: of the edge of a cloud little is a line


EVERY_SURE: Final = Cuts(0.5, 0.88, 0.5, 0.65)  # by hand a ring reached cover 0.86, its pieces 0.42; a cloud share 0.53
EVERY_ASK: Final = Cuts(0.5, 0.75, 0.48, 0.65)  # lines of words reached 0.60, 0.66 and 0.28
PALE_SURE: Final = Cuts(0.33, 0.66, 0.65, 0.0)  # what is no seal and has letters in it reached 0.29 and 0.57
PALE_ASK: Final = Cuts(0.28, 0.5, 0.5, 0.0)


@dataclass(frozen=True)
class Layer:
    """Ink in which circles are looked for; all of one shape."""

    ink: Plane
    wide: Plane  # the most of each pixel and its neighbours
    hidden: Mask  # where other ink lies over what could be a rim
    sure: Cuts
    ask: Cuts


@dataclass(frozen=True)
class Rim:
    """What is seen along a circle, each a share of its directions or, for `cover`, of those that can be seen."""

    line: float  # ink between paper
    cover: float
    stretch: float  # the longest piece without a gap
    contrast: float  # median absorption over the paper beside it

    def reaches(self, cuts: Cuts) -> bool:
        """Also where it is worn on one side (磨损), but whole and well seen on the other."""
        if self.contrast < MIN_CONTRAST or self.stretch < MIN_STRETCH:
            return False
        drawn = self.line >= max(cuts.line, cuts.share * self.cover)
        return drawn and (self.cover >= cuts.cover or self.stretch >= cuts.stretch)


def find_gray_seals(dark: Plane, bare: Mask, dpi: float) -> list[Seal]:
    """Round seals by their rim alone, faint ones and such with text over them; `bare`: where paper shows.

    `dpi` about 75.
    """
    if min(dark.shape) < 2 * mm_to_px(RADIUS_MM[0], dpi):
        return []
    every, pale = _layers(dark, dpi)
    seen = [(outline, layer, _see_rim(outline, layer, dpi)) for outline, layer in _candidates(every, pale, dpi)]
    rims = [found for found in seen if found[2].reaches(found[1].ask)]
    if not rims:
        return []
    strokes, seals = _thin_strokes(every.ink), list[Seal]()
    for outline, layer, rim in rims:
        face = gray_face(outline, strokes, every.ink, rim.contrast, dpi)
        if face is not Face.OTHER and _on_paper(outline, every.ink > RIM_SHARE * rim.contrast, bare):
            seals.append(Seal(outline, rim.cover, rim.contrast, rim.reaches(layer.sure) and face is Face.SEAL))
    return distinct(seals)


def _layers(dark: Plane, dpi: float) -> tuple[Layer, Layer]:
    """All ink but ruled lines, and of it what is too pale for print."""
    inked = dark > RULE_INK
    rules = _grown(inked & ~without_rules(inked, dpi))
    every = _without(dark, rules)
    text = _grown(every > TEXT_INK)
    pale = _in_pieces(_without(every, text), PALE_INK, mm_to_px(PALE_PIECE_MM, dpi))
    return (
        Layer(every, widened(every), rules, EVERY_SURE, EVERY_ASK),
        Layer(pale, widened(pale), text | rules, PALE_SURE, PALE_ASK),
    )


def _without(ink: Plane, hidden: Mask) -> Plane:
    left = ink.copy()
    left[hidden] = 0
    return left


def _in_pieces(ink: Plane, least: float, side_px: float) -> Plane:
    """What of the ink is in pieces at least so long."""
    labels, stats, _ = find_pieces((ink > least).view(np.uint8))
    large = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= side_px
    large[0] = False
    return np.asarray(cv2.multiply(ink, np.take(large.astype(np.float32), labels)), np.float32)


def _candidates(every: Layer, pale: Layer, dpi: float) -> Iterator[tuple[Outline, Layer]]:
    """Circles with the layer each was seen in, settled where most ink of it is on their line."""
    joined = _in_pieces(every.ink, JOINED_INK, mm_to_px(JOINED_PIECE_MM, dpi))
    for plane, layer in ((joined, every), (pale.ink, pale)):
        scale = min(1.0, SEARCH_DPI / dpi)
        small = np.asarray(cv2.resize(plane, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)
        found = (_rim_about(circle.enlarged(1 / scale), layer, dpi) for circle in broken_circles(small, dpi * scale))
        for _, outline in sorted(found, key=lambda run_and_outline: -run_and_outline[0])[:BEST]:
            yield settled(outline, layer.ink), layer


def _rim_about(circle: Outline, layer: Layer, dpi: float) -> tuple[int, Outline]:
    """The circle around the same middle that is a line between paper over most of its round, and over how much.

    In directions that have others of the kind on both sides: letters and lines of words make few such.
    """
    beside = round(mm_to_px(BESIDE_MM[0], dpi))
    low, high = (round(mm_to_px(mm, dpi)) for mm in RADIUS_MM)
    radii = np.arange(low - beside, high + beside + 1)
    points = np.array(circle.centre) + radii[:, None, None] * WAYS
    ink, wide = (at(plane, points.reshape(-1, 2)).reshape(len(radii), -1) for plane in (layer.ink, layer.wide))
    drawn = wide[beside:-beside] - np.maximum(ink[: -2 * beside], ink[2 * beside :]) > PALE_INK
    runs = np.logical_and.reduce([np.roll(drawn, shift, axis=1) for shift in RUN]).sum(axis=1)
    radius = float(radii[beside:-beside][runs.argmax()])
    return int(runs.max()), Outline(circle.centre, (radius, radius), 0.0, False)


def _see_rim(outline: Outline, layer: Layer, dpi: float) -> Rim:
    over = contrast_along(outline, layer.wide, layer.ink, dpi)
    if not (over > PALE_INK).any():
        return Rim(0.0, 0.0, 0.0, 0.0)
    contrast = float(np.median(over[over > PALE_INK]))
    least = max(PALE_INK, RIM_SHARE * contrast)
    line = over > least
    gap = (at(layer.wide, outline.points()) < least) & ~at(layer.hidden, outline.points())
    return Rim(
        line=float(line.mean()),
        cover=float(line.sum() / max(1, (line | gap).sum())),
        stretch=longest_stretch(~gap),
        contrast=contrast,
    )


def _on_paper(outline: Outline, inked: Mask, bare: Mask) -> bool:
    covered = outline.face(inked)
    return float(covered.mean()) <= MAX_FILL and float(outline.face(bare)[~covered].mean()) >= MIN_PAPER


def _thin_strokes(ink: Plane) -> Plane:
    """What of the ink is in strokes thinner than LETTER_PX: clouds and patches of a photograph are not."""
    return np.asarray(
        ink - cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((LETTER_PX, LETTER_PX), np.uint8)), np.float32
    )


def _grown(mask: Mask) -> Mask:
    """And the pixels beside it."""
    return np.asarray(cv2.dilate(mask.view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_))
