"""What pens leave on print: rings around words, ticks and crosses, underlines, brackets, corrections."""

from __future__ import annotations

import cv2
import numpy as np

from pageset import marks
from pageset.ink import Ink
from pageset.mark_page import MarkPage, body
from pageset.marks import PX_PER_MM, px
from pageset.unmarked.drawing import bent, by_hand, pen, ring_around, some_pen

REMARKS = ("核实", "同意", "已阅", "补充", "改", "查", "重打")


def red_pen(page: MarkPage) -> None:
    """Corrections in red: words, strokes, a ring around a word."""
    body(page, bottom=240)
    rng, style = page.rng, page.style
    for y in (60, 110, 250):
        word = marks.signature(style, rng, str(rng.choice(("同意", "更正为三日", "请核实"))), float(rng.uniform(7, 12)))
        page.sheet.press(rng.uniform(30, 130), y, word, style.inks.red)
    wide, high = px(rng.uniform(18, 40)), px(rng.uniform(12, 24))
    ring = np.zeros((high + 20, wide + 20), np.float32)
    angles = np.linspace(0, 2 * np.pi, 60)
    wobble = 1 + 0.04 * np.sin(3 * angles + rng.uniform(0, 6))
    x, y = wide / 2 * np.cos(angles) * wobble + wide / 2 + 10, high / 2 * np.sin(angles) * wobble + high / 2 + 10
    points = np.round(np.stack([x, y], axis=1)).astype(np.int32)
    cv2.polylines(ring, [points], False, 0.9, 6, cv2.LINE_AA)
    page.sheet.press(rng.uniform(30, 130), rng.uniform(80, 200), ring, style.inks.red)


def ringed_words(page: MarkPage, *, red: bool) -> None:
    """Words, single letters or two lines ringed by pen, some with a remark at the end of a stroke to the margin."""
    body(page)
    rng, ink = page.rng, page.style.inks.red if red else some_pen(page)
    width = float(rng.uniform(0.4, 0.9))
    for _ in range(int(rng.integers(2, 6))):
        left, top, right, bottom = _some_line(page)
        em, lines = bottom - top, 2 if rng.random() < 0.2 else 1
        wide = min(em * float(rng.choice((1, 2, 3, 4, 6))), right - left)
        x = float(rng.uniform(left, right - wide)) + wide / 2
        y, high = (top + bottom) / 2 + (em if lines == 2 else 0), em * lines * 1.6
        ring = ring_around(rng, x, y, wide + float(rng.uniform(2, 7)), high + float(rng.uniform(0.5, 4)))
        pen(page, ring, width, ink)
        if rng.random() < 0.4:
            end = (float(rng.uniform(188, 194)), y - float(rng.uniform(2, 10)))
            pen(page, bent((x + wide / 2 + 2, y), ((x + end[0]) / 2, y - em * 1.6), end), width, ink)
            by_hand(page, end[0] - 3, end[1] - 8, str(rng.choice(REMARKS)), float(rng.uniform(5, 8)), ink)


def ticks(page: MarkPage) -> None:
    """Red ticks and crosses, small beside lines or large over them, a mark in figures at the head."""
    body(page)
    rng, red = page.rng, page.style.inks.red
    width, large = float(rng.uniform(0.45, 1.0)), rng.random() < 0.4
    for left, top, right, bottom in [_some_line(page) for _ in range(int(rng.integers(4, 12)))]:
        size = float(rng.uniform(14, 30) if large and rng.random() < 0.4 else rng.uniform(5, 10))
        x = float(rng.choice((left - 8, min(right + 2, 185), rng.uniform(left, right))))
        y = (top + bottom) / 2
        if rng.random() < 0.65:
            low = (x + size * 0.3, y + size * 0.4)
            pen(page, bent((x, y), (x + size * 0.2, y + size * 0.2), low, count=14), width, red)
            pen(page, bent(low, (x + size * 0.6, y - size * 0.2), (x + size, y - size * 0.6)), width, red)
        else:
            for tilt in (-0.5, 0.5):
                ends = (x, y - size * tilt), (x + size * 0.5, y + rng.normal(0, 0.3)), (x + size, y + size * tilt)
                pen(page, bent(*ends, count=20), width, red)
    if rng.random() < 0.5:
        by_hand(
            page, float(rng.uniform(140, 165)), 22, str(int(rng.integers(40, 100))), float(rng.uniform(12, 18)), red
        )
        pen(page, bent((138, 44), (155, 43), (178, 45)), width, red)


def underlined(page: MarkPage) -> None:
    """Red lines under words, straight, double or in waves; brackets, a stroke in the margin, a loop that deletes."""
    body(page)
    rng, ink = page.rng, page.style.inks.red
    width = float(rng.uniform(0.4, 0.9))
    for _ in range(int(rng.integers(4, 9))):
        left, top, right, bottom = _some_line(page)
        wide = float(rng.uniform(0.2, 1.0)) * (right - left)
        x = float(rng.uniform(left, right - wide))
        kind = int(rng.integers(5))
        if kind == 4:
            _bracket(page, x - 2, top - 2, bottom + 2, 1, width, ink)
            _bracket(page, x + wide + 2, top - 2, bottom + 2, -1, width, ink)
        elif kind == 3:
            across = np.linspace(x, x + wide, max(20, round(wide * 3)))
            waves = bottom + 1.5 + 0.7 * np.sin(across * 2 * np.pi / float(rng.uniform(3, 5)))
            pen(page, np.stack([across, waves], axis=1), width, ink)
        else:
            for y in (bottom + 1.2, bottom + 2.4)[: 2 if kind == 2 else 1]:
                middle = (x + wide / 2, y + rng.normal(0, 0.6))
                pen(page, bent((x, y), middle, (x + wide, y + rng.normal(0, 0.5))), width, ink)
    if rng.random() < 0.6:
        y = float(rng.uniform(80, 180))
        pen(page, bent((19, y), (18, y + 30), (19.5, y + float(rng.uniform(25, 70)))), width, ink)
    left, top, right, bottom = _some_line(page)
    x, wide = left + 0.3 * (right - left), 12.0
    pen(page, bent((x, (top + bottom) / 2), (x + wide, bottom), (x + wide * 1.4, top)), width, ink)
    pen(page, ring_around(rng, x + wide * 1.4 + 3, top - 3, 7, 6), width, ink)


def _bracket(page: MarkPage, x: float, top: float, bottom: float, way: int, width: float, ink: Ink) -> None:
    points = bent(
        (x + 2.0 * way, top), (x - way, top), (x, (top + bottom) / 2), (x - way, bottom), (x + 2.0 * way, bottom)
    )
    pen(page, points, width, ink)


def _some_line(page: MarkPage) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in mm of a printed line of the page."""
    x, y, wide, high = page.printed[int(page.rng.integers(len(page.printed)))]
    return x / PX_PER_MM, y / PX_PER_MM, (x + wide) / PX_PER_MM, (y + high) / PX_PER_MM
