"""Pages without a word on them: empty tables, photographs and blank sheets that no other page set has."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset.ink import OFFSET, RED, TONER, Ink
from pageset.layouts import blanks
from pageset.layouts.sheets import landscape
from pageset.lettering import PX_PER_MM
from pageset.paper import BRIGHT, BROWN, KRAFT, RECYCLED, SPOTTED_DRAB, SPOTTED_IVORY, THIN_PINK, WHITE, YELLOWED
from pageset.plate import Plate
from pageset.scan import Lid, Mode, Scanner
from pageset.setting import grid
from pageset.style import Look, Style
from pageset.truth import PageKind
from papercase.pictures import parked_car, portrait

Pixels = NDArray[np.uint8]

OFFICE = Scanner(lid=Lid.WHITE)
DARK_LID = Scanner(lid=Lid.BLACK, gap_mm=3.0, noise=2.5)
GRAY = Scanner(mode=Mode.GRAY, lid=Lid.WHITE, jpeg_quality=75)
BITONAL = Scanner(mode=Mode.BITONAL, blur_px=0.9, noise=3.5)
FIGURE_COLUMN_MM = 4.2  # one figure of an amount each (亿 to 分)


def merged_cells(look: Look, rng: np.random.Generator) -> Plate:
    """A form with a heavy frame whose cells are merged at random."""
    plate = Plate(ink=look.ink)
    xs, ys = np.linspace(22, 190, int(rng.integers(5, 9))), np.linspace(24, 270, int(rng.integers(12, 28)))
    grid(plate, [22, 190], [24, 270], look.ink, width=0.7)
    for left, right in pairwise(xs):
        for top, foot in pairwise(ys):
            if rng.random() < 0.75:
                plate.rule(left, foot, right, foot, ink=look.ink)
            if rng.random() < 0.6:
                plate.rule(right, top, right, foot, ink=look.ink)
    return plate


def account_book(look: Look, rng: np.random.Generator) -> Plate:
    """A leaf of an account book (账页): narrow columns for single figures, double rules between the amounts."""
    plate, top, pitch = Plate(ink=look.ink), float(rng.uniform(30, 50)), float(rng.uniform(6.5, 9))
    rows = int((275 - top) / pitch)
    for row in range(rows + 1):
        plate.rule(18, top + row * pitch, 195, top + row * pitch, width=0.4 if row % 5 == 0 else 0.15)
    for left in (60.0, 108.0, 156.0)[: int(rng.integers(2, 4))]:
        for column in range(10):
            x = left + column * FIGURE_COLUMN_MM
            plate.rule(x, top, x, top + rows * pitch, width=0.3 if column % 3 == 0 else 0.12)
    return plate


def manuscript_squares(look: Look, rng: np.random.Generator) -> Plate:
    """Manuscript paper (方格稿纸): rows of squares with a gap between, nothing in them."""
    plate, side, gap = Plate(ink=look.ink), float(rng.uniform(7, 9.5)), float(rng.uniform(1.5, 4))
    count = int(166 / side)
    xs = [22 + side * column for column in range(count + 1)]
    top = 30.0
    while top + side < 275:
        grid(plate, xs, [top, top + side], look.ink, width=0.15)
        top += side + gap
    return plate


def dotted_rules(look: Look, rng: np.random.Generator) -> Plate:
    """Lines to write on made of dots and dashes, some beside a box to tick."""
    plate, y = Plate(ink=look.ink), 32.0
    while y < 270:
        x, dash = 25.0, float(rng.choice([0.4, 0.9, 1.8]))
        if rng.random() < 0.4:
            grid(plate, [x, x + 4], [y - 4, y], look.ink, width=0.3)
            x += 9
        while x < 185:
            plate.rule(x, y, x + dash, y, width=0.35)
            x += dash + float(rng.choice([0.9, 1.4]))
        y += float(rng.uniform(8, 13))
    return plate


def crossed_out_table(look: Look, rng: np.random.Generator) -> Plate:
    """A table with its empty rest struck out by slanted lines (划线作废), cells parted by diagonals."""
    plate = Plate(ink=look.ink)
    xs, ys = np.linspace(25, 185, int(rng.integers(4, 8))), np.linspace(35, 262, int(rng.integers(8, 18)))
    grid(plate, [float(x) for x in xs], [float(y) for y in ys], look.ink)
    plate.rule(float(xs[0]), float(ys[0]), float(xs[1]), float(ys[1]))
    first = int(rng.integers(2, len(ys) - 2))
    plate.rule(25, float(ys[-1]), 185, float(ys[first]), width=0.5)
    return plate


def four_photographs(look: Look, rng: np.random.Generator) -> Plate:
    """Four photographs on a sheet, no captions."""
    plate = Plate(ink=look.ink)
    for x in (18.0, 110.0):
        for y in (25.0, 155.0):
            plate.paste(x, y, 82, landscape(82, 110, rng))
    return plate


def car_and_face(look: Look, rng: np.random.Generator) -> Plate:
    """A car and a face, no captions, where chance puts them."""
    plate = Plate(ink=look.ink)
    plate.paste(float(rng.uniform(15, 40)), float(rng.uniform(20, 40)), 150, parked_car(150, 95))
    plate.paste(float(rng.uniform(20, 110)), float(rng.uniform(150, 170)), 75, portrait(75, 100, grey=False))
    return plate


def night(look: Look, rng: np.random.Generator) -> Plate:
    """A dark photograph with lamps."""
    high, wide = 1500, 1050
    picture = np.full((high, wide, 3), 24, np.float32) + rng.uniform(0, 14, 3).astype(np.float32)
    for _ in range(int(rng.integers(15, 60))):
        centre = (int(rng.uniform(0, wide)), int(rng.uniform(0, high)))
        cv2.circle(picture, centre, int(rng.uniform(3, 26)), tuple(float(v) for v in rng.uniform(120, 255, 3)), -1)
    return _filled(plate=Plate(ink=look.ink), picture=cv2.GaussianBlur(picture, (0, 0), 4.0), rng=rng)


def asphalt(look: Look, rng: np.random.Generator) -> Plate:
    """The ground close by: grains of every size, a crack, a skid mark."""
    high, wide = 1500, 1050
    picture = np.full((high, wide, 1), 95, np.float32)
    for sigma in (0.8, 2.0, 5.0):
        grain = cv2.GaussianBlur(rng.standard_normal((high, wide)).astype(np.float32), (0, 0), sigma)
        picture = picture + 22 * grain[:, :, None] / float(grain.std())
    crack = np.cumsum(rng.normal(0, 9, (60, 2)), axis=0) + np.stack([np.full(60, 500), np.arange(60) * 26], axis=1)
    picture = np.repeat(picture, 3, axis=2)
    cv2.polylines(picture, [crack.astype(np.int32)], False, (30.0, 30.0, 30.0), 7)
    left = int(rng.uniform(100, 700))
    picture[:, left : left + 120] *= 0.7
    return _filled(plate=Plate(ink=look.ink), picture=picture, rng=rng)


def bricks(look: Look, rng: np.random.Generator) -> Plate:
    """A brick wall: rows of small pieces like lines of print."""
    high, wide, course, length = 1500, 1050, int(rng.integers(30, 60)), int(rng.integers(80, 150))
    picture = np.full((high, wide, 3), 185, np.float32)
    for row in range(high // course + 1):
        for left in range(-length // 2 * (row % 2), wide, length):
            colour = rng.uniform(0.75, 1.15) * np.array([150, 82, 62], np.float32)
            picture[row * course + 5 : (row + 1) * course, max(0, left + 5) : max(0, left + length)] = colour
    return _filled(plate=Plate(ink=look.ink), picture=picture, rng=rng)


def answer_sheet(look: Look, rng: np.random.Generator) -> Plate:
    """Rows of boxes and circles to tick, of two sizes, under heavy rules; nothing is ticked."""
    plate, y = Plate(ink=look.ink), 40.0
    plate.rule(20, 34, 190, 34, width=0.8)
    while y < 265:
        side = float(rng.choice([3.0, 4.6]))
        for x in np.arange(26, 180, float(rng.choice([9.0, 14.0]))):
            if rng.random() < 0.5:
                grid(plate, [x, x + side], [y, y + side], look.ink, width=0.25)
            else:
                plate.stamp(x + side / 2, y + side / 2, _ring(side), look.ink)
        y += float(rng.uniform(8, 16))
    return plate


def seal_frames(look: Look, rng: np.random.Generator) -> Plate:
    """Frames of many sizes to paste or to stamp in, dashed."""
    plate = Plate(ink=look.ink)
    for _ in range(int(rng.integers(4, 9))):
        left, top = float(rng.uniform(20, 120)), float(rng.uniform(25, 200))
        wide, high = float(rng.uniform(25, 70)), float(rng.uniform(20, 70))
        for step in np.arange(0, 1, 0.04):
            for y in (top, top + high):
                plate.rule(left + wide * step, y, left + wide * (step + 0.02), y, width=0.3)
            for x in (left, left + wide):
                plate.rule(x, top + high * step, x, top + high * (step + 0.02), width=0.3)
    return plate


def facade(look: Look, rng: np.random.Generator) -> Plate:
    """A building with rows of windows, some lit."""
    high, wide = 1500, 1050
    picture = np.full((high, wide, 3), 165, np.float32) * rng.uniform(0.8, 1.1, 3).astype(np.float32)
    across, down = int(rng.integers(5, 13)), int(rng.integers(8, 18))
    for row in range(down):
        for column in range(across):
            left, top = int((column + 0.2) * wide / across), int((row + 0.25) * high / down)
            right, foot = int((column + 0.8) * wide / across), int((row + 0.85) * high / down)
            picture[top:foot, left:right] = rng.uniform(30, 90) if rng.random() < 0.8 else (240, 220, 150)
            picture[top:foot, (left + right) // 2 : (left + right) // 2 + 3] = 200
    return _filled(plate=Plate(ink=look.ink), picture=cv2.GaussianBlur(picture, (0, 0), 1.2), rng=rng)


def pebbles(look: Look, rng: np.random.Generator) -> Plate:
    """Stones on the ground, as small and as many as characters."""
    picture = np.full((1500, 1050, 3), 178, np.float32)
    for _ in range(int(rng.integers(500, 1500))):
        centre = (int(rng.uniform(0, 1050)), int(rng.uniform(0, 1500)))
        axes = (int(rng.uniform(5, 20)), int(rng.uniform(4, 14)))
        shade = tuple(float(v) for v in rng.uniform(50, 160) + rng.uniform(-12, 12, 3))
        cv2.ellipse(picture, centre, axes, float(rng.uniform(0, 180)), 0, 360, shade, -1)
    return _filled(plate=Plate(ink=look.ink), picture=cv2.GaussianBlur(picture, (0, 0), 1.0), rng=rng)


def _ring(side_mm: float) -> Pixels:
    side = round(side_mm * PX_PER_MM)
    cover = np.zeros((side, side), np.uint8)
    return np.asarray(cv2.circle(cover, (side // 2, side // 2), side // 2 - 6, 255, 6), np.uint8)


def _filled(plate: Plate, picture: Pixels | NDArray[np.float32], rng: np.random.Generator) -> Plate:
    """The picture with a camera's noise over most of the sheet."""
    noisy = picture + rng.standard_normal((*picture.shape[:2], 1)) * 5
    plate.paste(14, 16, 182, np.asarray(np.clip(noisy, 0, 255), np.uint8))
    return plate


FAINT_RULES = Look(ink=Ink(0.55, 0.58, 0.62))
GREEN_RULES = Look(ink=Ink(0.30, 0.55, 0.36))
PRINTED = Look(ink=OFFSET)
BLACK_RULES = Look(ink=TONER)
RED_RULES = Look(ink=RED)

WORDLESS: tuple[Style, ...] = (
    Style("merged-cells", merged_cells, PageKind.TABLE, BLACK_RULES, RECYCLED, DARK_LID),
    Style("merged-cells-faxed", merged_cells, PageKind.TABLE, PRINTED, WHITE, BITONAL),
    Style("account-book", account_book, PageKind.TABLE, GREEN_RULES, YELLOWED, OFFICE),
    Style("account-book-gray", account_book, PageKind.TABLE, PRINTED, BRIGHT, GRAY),
    Style("manuscript-squares", manuscript_squares, PageKind.TABLE, GREEN_RULES, WHITE, OFFICE),
    Style("manuscript-squares-red", manuscript_squares, PageKind.TABLE, RED_RULES, BROWN, DARK_LID),
    Style("dotted-rules", dotted_rules, PageKind.TABLE, PRINTED, BRIGHT, OFFICE),
    Style("dotted-rules-faint", dotted_rules, PageKind.TABLE, FAINT_RULES, SPOTTED_IVORY, GRAY),
    Style("crossed-out", crossed_out_table, PageKind.TABLE, BLACK_RULES, THIN_PINK, OFFICE),
    Style("four-photographs", four_photographs, PageKind.PHOTO, paper=BRIGHT, scanner=DARK_LID),
    Style("car-and-face", car_and_face, PageKind.PHOTO, scanner=OFFICE),
    Style("night", night, PageKind.PHOTO, scanner=GRAY),
    Style("asphalt", asphalt, PageKind.PHOTO, paper=BRIGHT, scanner=OFFICE),
    Style("bricks", bricks, PageKind.PHOTO, scanner=DARK_LID),
    Style("void-kraft", blanks.blank, PageKind.BLANK, paper=KRAFT, scanner=DARK_LID),
    Style("void-drab", blanks.punched, PageKind.BLANK, paper=SPOTTED_DRAB, scanner=OFFICE),
    Style("void-ivory", blanks.dusty, PageKind.BLANK, paper=SPOTTED_IVORY, scanner=GRAY),
    Style("void-faxed", blanks.dusty, PageKind.BLANK, paper=RECYCLED, scanner=BITONAL),
    Style("void-pink", blanks.punched, PageKind.BLANK, paper=THIN_PINK, scanner=OFFICE),
    Style("answer-sheet", answer_sheet, PageKind.TABLE, BLACK_RULES, BRIGHT, OFFICE),
    Style("answer-sheet-green", answer_sheet, PageKind.TABLE, GREEN_RULES, RECYCLED, GRAY),
    Style("seal-frames", seal_frames, PageKind.TABLE, PRINTED, THIN_PINK, OFFICE),
    Style("facade", facade, PageKind.PHOTO, scanner=OFFICE),
    Style("pebbles", pebbles, PageKind.PHOTO, paper=BRIGHT, scanner=GRAY),
)
