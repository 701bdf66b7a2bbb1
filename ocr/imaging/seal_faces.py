"""What tells a seal (印章) from other outlines of its shape: how its line was made, and what stands inside it.

A round seal has the name of its unit along the rim or a star in a whole rim, a frame of words (条形章) has words all
across and a stamp's uneven ink, a name seal has several characters side by side. Rings drawn by pen, cells of a form,
framed headings, characters such as 国 have not; a whole rim with other red in it is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import cv2
import numpy as np

from ocr.imaging.ink import Mask, Plane
from ocr.imaging.scale import MM_PER_INCH, mm_to_px
from ocr.imaging.seal_lines import Line, at
from ocr.imaging.seal_outlines import DIRECTIONS, WAYS, Outline

SECTORS: Final = 24  # of a round
BAND_FROM_MM: Final = 1.4  # within the rim, its own width and blur left out
BAND_TO: Final = 0.42  # of the radius: letters end there
BAND_MOST_MM: Final = 8.2
ROW_MM: Final = 0.34
ROWS: Final = 8  # together as high as a small letter
DEEPEST_START: Final = 0.25  # of the radius: letters along the rim begin there
LEAST_STROKES: Final = 0.25  # a row in a sector
RED_LETTER: Final = (0.02, 0.18)  # least ink: of the paper's light, of the rim's ink; thin letters are paler than a rim
IN_ROW: Final = 4
LETTERED: Final = 7  # sectors: six thin characters reach 8, words in the middle of a ring 6
LETTERED_OVAL: Final = 6
MAYBE_LETTERED: Final = 5
GRAY_LETTER: Final = (0.03, 0.25)
GRAY_LETTERED: Final = 3  # sectors more than around it
ON_PRINT: Final = 5  # sectors around it
TEXT_INK: Final = 0.35  # absorption: print and pens
PRINT_OVER: Final = 0.9  # of a rim's contrast
PALE_RIM: Final = 0.3  # contrast: no pen is so pale, a stain of a cup may be
DARK_LETTERED: Final = 8  # of a rim as dark as print
AS_DARK_AS_PRINT: Final = 0.55  # pens and print from there, red pens from 0.36
ENOUGH_IN_SIGHT: Final = 0.75  # of a seam seal (骑缝章) the name may be on the other sheet
WAVER_REACH_PX: Final = 4
LINE_INK: Final = 0.35  # of the rim's ink
LEAST_LINE: Final = 20  # directions
MAX_WAVER_MM: Final = 0.21  # of a rim about its curve; cut rims reach 0.19, drawn by hand from 0.25
LEAST_RIM: Final = 0.3  # of the directions; strokes of a large character make less of a line
COVER_WITHOUT_RIM: Final = 0.92
WHOLE_RIM: Final = 0.6  # of the directions; borders of traffic signs and pie charts are broader than a line
SOLID_INK: Final = 0.75  # of the rim's; between the strokes of small letters there is less
STAR_CORE_MM: Final = 1.2  # half of it; the strokes of large letters are narrower
STAR_AWAY: Final = 0.4  # of the width: above a name in a row it is not quite in the middle
STAR_MOST: Final = 0.1  # of the area; more is a patch
RIM_MM: Final = 1.3
EVEN_MM: Final = 3.0
PRINTED_EVEN: Final = 0.065  # deviation of the ink along a frame, of its mean; of stamps from 0.08
WITHIN_RIM_MM: Final = (0.7, 1.4)
MAX_WITHIN_RIM: Final = 0.2  # stamps to 0.12, lines of words from 0.29
WORDS: Final = 0.75  # strokes a row and a column of a frame with words; empty cells have none in one of them
FEW_WORDS: Final = 0.5
STROKES_OF_NAME: Final = 3.5  # a row and a column together
MIDDLE: Final = 0.06  # of the width, to both sides
OPEN_MIDDLE: Final = 0.72  # ink there, of that in all the face: characters stand on both sides of it
MOST_MIDDLE: Final = 1.15  # and of the other middle
BOTH_MIDDLES: Final = 0.95
MANY_STROKES: Final = 5.2  # single characters to 4.9
APART_MIDDLE: Final = 0.35  # both middles of faint characters that stand well apart
STROKES_APART: Final = 0.9
PRINTED_TURN_DEG: Final = 5.0  # the slope of strokes in 楷体 and of a page laid askew together
SOLID: Final = 0.905  # of the face of a seal filled up (白文) at the ink of a line
UPON: Final = 0.35


class Face(Enum):
    """What stands in an outline."""

    SEAL = "as in a seal"
    DOUBTFUL = "perhaps as in a seal"
    OTHER = "not as in a seal"


def red_face(outline: Outline, line: Line, ink: Plane, dpi: float) -> Face:
    """Of an outline in red ink and what is seen along it."""
    if outline.angular:
        look = _name if outline.square else _words
        return look(outline, ink, line.strength, dpi)
    least = max(RED_LETTER[0], RED_LETTER[1] * line.strength)
    letters = lettered_sectors(outline, ink, np.zeros(ink.shape, np.bool_), least, dpi)
    rim = see_rim_line(outline, ink, LINE_INK * line.strength, dpi)
    if rim.waver_mm > MAX_WAVER_MM:
        return Face.DOUBTFUL if letters > LETTERED else Face.OTHER
    if line.in_sight < ENOUGH_IN_SIGHT:
        return Face.SEAL
    if rim.share < LEAST_RIM and line.cover < COVER_WITHOUT_RIM:
        return Face.DOUBTFUL
    if letters >= (LETTERED if outline.circular else LETTERED_OVAL):
        return Face.SEAL
    whole = line.cover >= COVER_WITHOUT_RIM and rim.share >= WHOLE_RIM  # its name may stand in rows
    if whole and _starred(outline, ink, line.strength, dpi):
        return Face.SEAL
    return Face.DOUBTFUL if whole or letters >= MAYBE_LETTERED else Face.OTHER


def _starred(outline: Outline, ink: Plane, strength: float, dpi: float) -> bool:
    """Whether something broader than strokes, and no more than a star, stands near the middle of a round."""
    inner = _inner(_flattened(outline, ink, dpi), dpi) > SOLID_INK * strength
    size = 2 * round(mm_to_px(STAR_CORE_MM, dpi)) + 1
    core = cv2.erode(inner.view(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    height, width = (round(side * (0.5 - STAR_AWAY / 2)) for side in core.shape)
    near = core[height : core.shape[0] - height, width : core.shape[1] - width]
    return bool(near.any()) and int(core.sum()) <= STAR_MOST * core.size


def gray_face(outline: Outline, strokes: Plane, ink: Plane, contrast: float, dpi: float) -> Face:
    """Of a circle on a gray scan whose line is darker by `contrast` than the paper; `strokes`: what of the ink is thin.

    Letters count where print, which is darker than they are, does not lie over them, and against what stands around.
    """
    least, nothing = max(GRAY_LETTER[0], GRAY_LETTER[1] * contrast), np.zeros(ink.shape, np.bool_)
    within, around = (lettered_sectors(outline, strokes, nothing, least, dpi, beyond=out) for out in (False, True))
    if around < ON_PRINT:
        if see_rim_line(outline, ink, LINE_INK * contrast, dpi).waver_mm > MAX_WAVER_MM:
            return Face.OTHER
        return Face.SEAL if within >= LETTERED else Face.DOUBTFUL if within >= MAYBE_LETTERED else Face.OTHER
    print_over = cv2.dilate((ink > max(TEXT_INK, PRINT_OVER * contrast)).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    within, around = (lettered_sectors(outline, strokes, print_over, least, dpi, beyond=out) for out in (False, True))
    more = within - around
    if contrast < PALE_RIM:
        return Face.SEAL if more >= GRAY_LETTERED else Face.DOUBTFUL if more > 0 else Face.OTHER
    if contrast >= AS_DARK_AS_PRINT:
        return Face.SEAL if more >= DARK_LETTERED else Face.DOUBTFUL
    wavering = see_rim_line(outline, ink, LINE_INK * contrast, dpi).waver_mm > MAX_WAVER_MM
    return Face.DOUBTFUL if wavering and more < GRAY_LETTERED else Face.SEAL


def lettered_sectors(
    outline: Outline, ink: Plane, hidden: Mask, least: float, dpi: float, *, beyond: bool = False
) -> int:
    """Of SECTORS, those with strokes of letters in a band along the rim, within it or `beyond` it.

    `hidden`: where other ink lies and strokes cannot be told.
    """
    radius_mm = min(outline.axes) * MM_PER_INCH / dpi
    depths = np.arange(BAND_FROM_MM, max(BAND_FROM_MM + 1, min(BAND_MOST_MM, BAND_TO * radius_mm)), ROW_MM)
    points = np.concatenate([outline.points(mm_to_px(mm if beyond else -mm, dpi)) for mm in depths])
    covered = at(hidden, points).reshape(len(depths), -1)
    inked = (at(ink, points) > least).reshape(len(depths), -1) & ~covered
    begun = inked & ~np.roll(inked | covered, 1, axis=1)
    strokes = begun.reshape(len(depths), SECTORS, -1).sum(axis=2)
    last = max(1, min(len(depths) - ROWS + 1, int((DEEPEST_START * radius_mm - BAND_FROM_MM) / ROW_MM) + 1))
    return max(_in_row(strokes[row : row + ROWS].mean(axis=0) >= LEAST_STROKES) for row in range(last))


def _in_row(lettered: Mask) -> int:
    """How many of a round of sectors stand in rows of IN_ROW and more, gaps of one allowed: spokes stand alone."""
    around = np.concatenate([lettered, lettered]).view(np.uint8)[None]
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8), borderValue=0)
    rows = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, IN_ROW), np.uint8))[0].view(np.bool_)
    return int((lettered & (rows[:SECTORS] | rows[SECTORS:])).sum())


@dataclass(frozen=True)
class RimLine:
    """How a line runs along an outline."""

    share: float  # of the directions, where it is a line with less ink on both sides
    waver_mm: float  # root of its mean square distance from the smooth curve through it; 0 where too little is seen


def see_rim_line(outline: Outline, ink: Plane, least: float, dpi: float) -> RimLine:
    """The curve is the outline moved, of another size and, where it is no circle, of other axes."""
    offsets = np.arange(-WAVER_REACH_PX, WAVER_REACH_PX + 1)
    across = np.stack([at(ink, outline.points(float(offset))) for offset in offsets])
    strongest, most = across.argmax(axis=0), across.max(axis=0)
    seen = (most > least) & (np.maximum(across[0], across[-1]) < most / 2)
    share = float(seen.mean())
    x, y = WAYS.T
    terms = [np.ones(DIRECTIONS), x, y] if outline.circular else [np.ones(DIRECTIONS), x, y, x * x - y * y, x * y]
    curve, away = np.stack(terms, axis=1), offsets[strongest].astype(np.float64)
    beside = np.zeros(DIRECTIONS)
    for _ in range(3):
        if int(seen.sum()) < LEAST_LINE:
            return RimLine(share, 0.0)
        beside = np.abs(away - curve @ np.linalg.lstsq(curve[seen], away[seen], rcond=None)[0])
        seen &= beside < max(1.2, 3 * float(np.median(beside[seen])))
    return RimLine(share, float(np.sqrt(np.square(beside[seen]).mean())) * MM_PER_INCH / dpi)


def _words(outline: Outline, ink: Plane, strength: float, dpi: float) -> Face:
    """A frame with words: strokes in its rows and columns, and a line as uneven as a stamp's."""
    flat = _flattened(outline, ink, dpi)
    strokes = _strokes(_inner(flat, dpi) > UPON * strength)
    if min(strokes) < FEW_WORDS or _ink_within_rim(flat > UPON * strength, dpi) > MAX_WITHIN_RIM:
        return Face.OTHER
    printed = _unevenness(flat, dpi) < PRINTED_EVEN
    return Face.DOUBTFUL if printed or min(strokes) < WORDS else Face.SEAL


def _ink_within_rim(flat: Mask, dpi: float) -> float:
    """Share of ink on the emptiest rectangle WITHIN_RIM_MM inside the line: words without a frame have no gap."""
    first, last = (round(mm_to_px(RIM_MM + mm, dpi)) for mm in WITHIN_RIM_MM)
    return min(
        max(float(np.mean([part[at_px, at_px:-at_px], part[-1 - at_px, at_px:-at_px]])) for part in (flat, flat.T))
        for at_px in range(first, last + 1)
    )


def _name(outline: Outline, ink: Plane, strength: float, dpi: float) -> Face:
    """Characters on both sides of a middle; one character, however closed, has strokes there."""
    if abs((outline.turn_deg + 45) % 90 - 45) > PRINTED_TURN_DEG:
        return Face.SEAL
    inner = _inner(_flattened(outline, ink, dpi), dpi) > UPON * strength
    share = float(inner.mean())
    if share >= SOLID:
        return Face.SEAL
    middles = [_middle(inner) / max(share, 0.01), _middle(inner.T) / max(share, 0.01)]
    strokes = _strokes(inner)
    if min(strokes) < FEW_WORDS:
        return Face.OTHER
    several = min(middles) <= OPEN_MIDDLE and max(middles) <= MOST_MIDDLE and sum(strokes) >= STROKES_OF_NAME
    several |= max(middles) <= BOTH_MIDDLES and sum(strokes) >= MANY_STROKES
    apart = max(middles) <= APART_MIDDLE and min(strokes) >= STROKES_APART
    return Face.SEAL if several or apart else Face.DOUBTFUL


def _flattened(outline: Outline, ink: Plane, dpi: float) -> Plane:
    """The ink in an outline's own directions, RIM_MM around it included."""
    edge = mm_to_px(RIM_MM, dpi)
    wide, high = (round(2 * (axis + edge)) for axis in outline.axes)
    sin, cos = np.sin(np.radians(outline.turn_deg)), np.cos(np.radians(outline.turn_deg))
    x, y = outline.centre
    to = np.array(
        [
            [cos, -sin, x - cos * (wide - 1) / 2 + sin * (high - 1) / 2],
            [sin, cos, y - sin * (wide - 1) / 2 - cos * (high - 1) / 2],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ink, to, (wide, high), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _inner(flat: Plane, dpi: float) -> Plane:
    """What lies within the rim."""
    rim = round(2 * mm_to_px(RIM_MM, dpi))
    return flat[rim:-rim, rim:-rim]


def _strokes(inner: Mask) -> tuple[float, float]:
    """How many strokes a row and a column of it cross on the mean."""
    across, down = inner[:, 1:] & ~inner[:, :-1], inner[1:] & ~inner[:-1]
    return float(across.sum(axis=1).mean()), float(down.sum(axis=0).mean())


def _middle(inner: Mask) -> float:
    """Share of ink in the upright stripe in the middle."""
    width = inner.shape[1]
    return float(inner[:, int(width * (0.5 - MIDDLE)) : int(width * (0.5 + MIDDLE)) + 1].mean())


def _unevenness(flat: Plane, dpi: float) -> float:
    """Standard deviation of the ink along a rectangle's line, smoothed over EVEN_MM, of its mean."""
    rim, around = round(2 * mm_to_px(RIM_MM, dpi)), round(mm_to_px(RIM_MM, dpi))
    sides = (flat[:rim].max(axis=0), flat[-rim:].max(axis=0), flat[:, :rim].max(axis=1), flat[:, -rim:].max(axis=1))
    line = np.concatenate([side[around:-around] for side in sides])
    smooth = cv2.blur(line[None], (round(mm_to_px(EVEN_MM, dpi)), 1))[0]
    return float(smooth.std() / max(1e-6, float(smooth.mean())))
