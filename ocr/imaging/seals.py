"""Red seals (印章): round, oval, square and rectangular, whole or cut by the page's edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import mm_to_px
from ocr.imaging.seal_faces import Face, red_face
from ocr.imaging.seal_lines import OUTSIDE_MM, Ground, Line, at, see_line, settled
from ocr.imaging.seal_outlines import SQUARE_MM, Outline, Points, circles, fitted

RULE_MM: Final = 80.0  # a straight run this long is a ruled line; the longest stamp is shorter
JOIN_MM: Final = 3.0
INNER_MM: Final = 3.0
MIN_COVER: Final = 0.72  # of the outline's directions that can be seen
MIN_COVER_CUT: Final = 0.78  # when less than half of them can
MIN_COVER_SOLID: Final = 0.76  # of a square filled up (白文): red things in photographs reach 0.75
WORN_COVER, WORN_UNBROKEN, WORN_OUTSIDE = 0.65, 0.5, 0.1
MAX_TAKEN: Final = 0.6  # by a seal found before; pieces of a rim left beside it make outlines within it
MIN_STRENGTH: Final = 0.05  # stains measured to 0.045, faint impressions from 0.053
MAX_OUTSIDE: Final = 0.25
MAX_OUTSIDE_ANGULAR: Final = 0.12  # strokes of a character go on beyond a square laid on it
MAX_OUTSIDE_CROWD: Final = 0.45
MIN_FREE_BOX: Final = 0.55  # of a rectangle's line has paper inside it; a line of words has not
MIN_UNBROKEN: Final = 0.5  # of a rectangle's line; stamps worn on a side measured 0.56 and more, words to 0.44
MIN_UNBROKEN_SOLID: Final = 0.7  # characters of a red head to 0.5
ASK_UNBROKEN: Final = 0.3  # of a doubtful round one; words and crossing lines to 0.28
MIN_FREE: Final = 0.4  # of a line among other ink, or of a doubtful one, has paper on both sides
FILL: Final = (0.06, 0.68)
WELL: Final = 0.9
WHOLE: Final = 0.95  # cover from which no better outline is looked for
LETTER_MM: Final = 1.0  # half the widest stroke of a letter cut into a seal filled up (白文)
LETTER_DEPTH: Final = 0.15  # of the usual ink, by which it is lighter
MIN_LETTERS: Final = 0.06  # of the face; none in a patch of one colour
MIN_INNER: Final = 0.03  # red inside the rim; a ring drawn around a word has none
MIN_PAPER: Final = 0.45  # bare, of what the ink leaves free in the seal and OUTSIDE_MM around; less in a photograph
ASK_PAPER: Final = 0.20
HOUGH_PERFECT: Final = 0.5
ROW_HEIGHT: Final = 0.6  # of a square's height is ink beside it where it is a character in a line of them
SAME_PLACE: Final = 0.75  # of the way from the larger one's middle to its line; those that overlap stand farther apart
MAX_CLUSTERS: Final = 12
PASSES: Final = 3  # seals over seals: the found one is taken out and the rest looked at again


@dataclass(frozen=True)
class Seal:
    outline: Outline
    cover: float  # share of the outline seen, 0 to 1
    strength: float  # median absorption by the ink on the outline, 0 to 1
    sure: bool


def find_seals(red: Plane, mask: Mask, bare: Mask, dpi: float) -> list[Seal]:
    """Seals of red ink, sure ones and doubtful ones, by a mask of the ink and one of the paper; `dpi` about 75."""
    inked, found = without_rules(mask, dpi), list[Seal]()
    rules = cv2.dilate((mask & ~inked).view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)
    ground = Ground.of(np.where(rules, np.float32(0), red), inked, bare, dpi)
    for _ in range(PASSES):
        seals = _seals_in(ground)
        if not seals:
            break
        found += seals
        taken = ground.taken.copy()
        for seal in seals:
            taken |= seal.outline.area(mask.shape, mm_to_px(1, dpi))
        ground = ground.without(taken)
    return distinct(found)


def judge(outline: Outline, ground: Ground, crowded: bool = False) -> Seal | None:
    """The seal when enough of its outline is there, with little ink just outside and a seal's amount of ink inside.

    Paper has to show on both sides of the line where other ink of its colour touches it (`crowded`) or much is missing.
    """
    if float(outline.face(ground.taken).mean()) > MAX_TAKEN:
        return None
    line = see_line(outline, ground)
    if line is None or line.strength < MIN_STRENGTH:
        return None
    if line.outside > (MAX_OUTSIDE_CROWD if crowded else MAX_OUTSIDE_ANGULAR if outline.angular else MAX_OUTSIDE):
        return None
    fill = float(outline.face(ground.mask).mean())
    if fill > FILL[1]:
        covered = line.solid >= MIN_COVER_SOLID and line.unbroken >= MIN_UNBROKEN_SOLID
    else:
        covered = line.cover >= (MIN_COVER if line.in_sight >= 0.5 else MIN_COVER_CUT) or _worn(line)
    if (outline.angular or crowded) and not covered:
        return None
    if (crowded or not covered) and line.free < MIN_FREE:
        return None
    if line.unbroken < (MIN_UNBROKEN if outline.angular else 0.0 if covered else ASK_UNBROKEN):
        return None
    if outline.angular and (_in_a_row(outline, ground) if outline.square else line.free_inside < MIN_FREE_BOX):
        return None
    paper = _bare_share(outline, ground)
    if paper < ASK_PAPER or not _inked_like_a_seal(outline, fill, ground):
        return None
    face = red_face(outline, line, ground.ink, ground.dpi)
    if face is Face.OTHER:
        return None
    return Seal(outline, line.cover, line.strength, covered and paper >= MIN_PAPER and face is Face.SEAL)


def _worn(line: Line) -> bool:
    """Whole on one side and gone on the other (磨损), nothing else around it."""
    whole = min(line.unbroken, line.free) >= WORN_UNBROKEN
    return whole and line.in_sight >= 0.5 and line.cover >= WORN_COVER and line.outside <= WORN_OUTSIDE


def _bare_share(outline: Outline, ground: Ground) -> float:
    """Of what the ink leaves free within the outline and a little around it."""
    grow = mm_to_px(OUTSIDE_MM, ground.dpi)
    free = ~outline.face(ground.mask, grow)
    return float(outline.face(ground.bare, grow)[free].mean()) if free.any() else 0.0


def _inked_like_a_seal(outline: Outline, fill: float, ground: Ground) -> bool:
    inner = outline.face(ground.mask, -mm_to_px(INNER_MM, ground.dpi))
    if not inner.size or fill < FILL[0] or float(inner.mean()) < MIN_INNER:
        return False
    return fill <= FILL[1] or (outline.square and _letters_cut_in(outline, ground) >= MIN_LETTERS)


def _in_a_row(outline: Outline, ground: Ground) -> bool:
    """Other ink as high as itself and no higher stands right beside it: a character of a red head such as 国 or 局."""
    x, y, width, height = outline.box(ground.mask.shape)
    apart, over = width // 10, height // 3
    for side in (slice(max(0, x - width), max(0, x - apart)), slice(x + width + apart, x + 2 * width)):
        inked = np.asarray(ground.mask[:, side].any(axis=1), np.bool_)
        level, above, below = inked[y : y + height], inked[max(0, y - over) : y], inked[y + height : y + height + over]
        higher = max(above.sum(), below.sum()) >= ROW_HEIGHT * over
        if not higher and level.mean() > ROW_HEIGHT:
            return True
    return False


def _letters_cut_in(outline: Outline, ground: Ground) -> float:
    """Share of a square's face that is lighter than the ink on both sides of it."""
    size, grow = 2 * round(mm_to_px(LETTER_MM, ground.dpi)) + 1, -mm_to_px(INNER_MM, ground.dpi)
    lighter = cv2.morphologyEx(ground.ink, cv2.MORPH_BLACKHAT, np.ones((size, size), np.uint8))
    usual = np.median(outline.face(ground.ink, grow))
    return float((outline.face(np.asarray(lighter, np.float32), grow) > LETTER_DEPTH * usual).mean())


def _seals_in(ground: Ground) -> list[Seal]:
    """Those of each piece of ink that does not lie in a seal found before it, the larger pieces first."""
    found = list[Seal]()
    for contour in _clusters(ground.mask, ground.dpi):
        middle = contour.mean(axis=0, keepdims=True)
        if any(seal.sure and at(seal.outline.area(ground.mask.shape), middle).all() for seal in found):
            continue
        found += _seals_of(contour, ground)
    return found


def _seals_of(contour: Points, ground: Ground) -> list[Seal]:
    """The sure ones; where there are none, the doubtful one that is covered best."""
    sure, doubtful = list[Seal](), list[Seal]()
    for outline, crowded in _candidates(contour, ground):
        seal = judge(outline, ground, crowded)
        if seal:
            (sure if seal.sure else doubtful).append(seal)
        if seal and seal.sure and seal.cover >= WHOLE and _holds(outline, contour, ground):
            return [seal]
    if sure or not doubtful:
        return distinct(sure)
    best = max(doubtful, key=lambda seal: seal.cover)
    again = judge(settled(best.outline, ground.ink), ground) if best.outline.circular else None
    return [again if again and again.sure else best]


def _holds(outline: Outline, contour: Points, ground: Ground) -> bool:
    """The piece of ink is all the seal's own."""
    x, y, width, height = outline.box(ground.mask.shape)
    margin = mm_to_px(JOIN_MM, ground.dpi)
    within = (contour >= (x - margin, y - margin)) & (contour <= (x + width + margin, y + height + margin))
    return bool(within.all())


def _candidates(contour: Points, ground: Ground) -> Iterator[tuple[Outline, bool]]:
    for outline in fitted(contour, ground.mask.shape, ground.dpi):
        yield outline, False
    for outline in _circles_in(contour, ground):
        yield outline, True


def _circles_in(contour: Points, ground: Ground) -> list[Outline]:
    """Circles in a piece whose outer contour is made by other ink: a seal upon a red head (红头)."""
    x, y, width, height = cv2.boundingRect(contour.astype(np.int32))
    margin = round(mm_to_px(3, ground.dpi))
    left, top = max(0, x - margin), max(0, y - margin)
    part = ground.ink[top : y + height + margin, left : x + width + margin]
    return [
        Outline((found.centre[0] + left, found.centre[1] + top), found.axes, 0.0, False)
        for found in circles(part, ground.dpi, HOUGH_PERFECT)
    ]


def without_rules(mask: Mask, dpi: float) -> Mask:
    """The mask without straight runs of RULE_MM across and down."""
    length = round(mm_to_px(RULE_MM, dpi))
    return mask & ~_long_runs(mask, length) & ~_long_runs(mask.T, length).T


def _long_runs(mask: Mask, length: int) -> Mask:
    """What lies in a row of so many pixels without a gap; most rows have too little ink to be looked at."""
    inked = cv2.reduce(np.ascontiguousarray(mask).view(np.uint8), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    runs, rows = np.zeros(mask.shape, np.bool_), np.flatnonzero(inked >= length)
    if len(rows):
        ink = mask[rows].astype(np.uint8)
        runs[rows] = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)) > 0
    return runs


def _clusters(mask: Mask, dpi: float) -> list[Points]:
    """Outer contours of pieces that lie within 3 mm of each other, large enough for a seal; largest first."""
    size = round(mm_to_px(JOIN_MM, dpi))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    ink = mask.astype(np.uint8)
    left, top, width, height = cv2.boundingRect(ink)
    if max(width, height) < mm_to_px(SQUARE_MM[0], dpi):
        return []
    padded = np.pad(ink[top : top + height, left : left + width], size)  # closing must not stop at the page's edge
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, disc)[size:-size, size:-size]
    contours, _ = cv2.findContours(
        np.ascontiguousarray(joined), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE, offset=(left, top)
    )
    smallest = mm_to_px(SQUARE_MM[0], dpi)
    large = [c.reshape(-1, 2).astype(np.float64) for c in contours if max(cv2.boundingRect(c)[2:]) >= smallest]
    return sorted(large, key=len, reverse=True)[:MAX_CLUSTERS]


def distinct(seals: list[Seal]) -> list[Seal]:
    """Each seal once: of two of which one has its middle well within the other the sure one, the better covered one.

    Of well covered ones the largest: its rim may be double.
    """
    kept: list[Seal] = []
    for seal in sorted(seals, key=_rank, reverse=True):
        if not any(_same_place(seal.outline, other.outline) for other in kept):
            kept.append(seal)
    return kept


def _rank(seal: Seal) -> tuple[bool, float, float]:
    return seal.sure, min(seal.cover, WELL), seal.outline.axes[0] * seal.outline.axes[1]


def _same_place(one: Outline, other: Outline) -> bool:
    smaller, larger = sorted((one, other), key=lambda outline: outline.axes[0] * outline.axes[1])
    away = np.abs(larger.seen_from_within(smaller.centre))
    return float(away.max() if larger.angular else np.hypot(*away)) < SAME_PLACE
