"""What pages without a mark are drawn with: letters set apart or narrow, strokes of a pen, words by hand."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field
from PIL import Image, ImageDraw

from pageset import marks
from pageset.ink import TONER, Ink
from pageset.lettering import Typeface, load
from pageset.mark_page import MarkPage
from pageset.mark_scanner import Box
from pageset.marks import PX_PER_MM, Cover, px

Points = NDArray[np.float64]  # (n, 2), mm
FINER = 3  # strokes are drawn so many times larger
LEAST_CLEAR = 3.0  # mm around a stroke's middle line that its tile has


def lettered(
    page: MarkPage,
    x: float,
    y: float,
    text: str,
    face: Typeface,
    em: float,
    ink: Ink = TONER,
    *,
    apart: float = 0.0,
    narrow: float = 1.0,
) -> float:
    """One line from its top left; `apart`: mm between letters, `narrow`: width by height. Returns its right end."""
    font = load(face, px(em))
    for letter in text:
        tile = Image.new("L", (px(em * 1.5), px(em * 1.5)), 0)
        ImageDraw.Draw(tile).text((px(em * 0.2), px(em * 0.2)), letter, fill=255, font=font)
        slim = tile.resize((max(1, round(tile.width * narrow)), tile.height), Image.Resampling.BICUBIC)
        page.sheet.press(x - em * 0.2 * narrow, y - em * 0.2, np.asarray(slim, np.float32) / 255, ink)
        x += font.getlength(letter) / PX_PER_MM * narrow + apart
    return x - apart


def centred(
    page: MarkPage, y: float, text: str, face: Typeface, em: float, ink: Ink = TONER, *, apart: float = 0.0
) -> tuple[float, float]:
    """A line in the middle of the sheet, no wider than 176 mm; returns its two ends."""
    long = len(text) * em + (len(text) - 1) * apart
    narrow = min(1.0, (176 - (len(text) - 1) * apart) / (len(text) * em))
    left = 105 - min(long, 176) / 2
    return left, lettered(page, left, y, text, face, em, ink, apart=apart, narrow=narrow)


def bent(*corners: tuple[float, float], count: int = 40) -> Points:
    """A Bézier curve through the first and the last corner, drawn to the others."""
    at, curve = np.linspace(0, 1, count)[:, None], [np.array(corner, float)[None, :] for corner in corners]
    while len(curve) > 1:
        curve = [one * (1 - at) + other * at for one, other in pairwise(curve)]
    return np.asarray(curve[0] * np.ones_like(at), float)


def ring_around(rng: np.random.Generator, x: float, y: float, wide: float, high: float) -> Points:
    """A ring by hand around a place (middle and size, mm): never quite round, closed too early or too late."""
    start, way = rng.uniform(0, 2 * np.pi), rng.choice((-1, 1))
    turn = np.linspace(0, way * (2 * np.pi + rng.uniform(-0.3, 0.9)), 90)
    drift = 1 + rng.uniform(-0.12, 0.12) * turn / turn[-1] + 0.04 * np.sin(2 * turn + rng.uniform(0, 6))
    drift += 0.025 * np.sin(3 * turn + rng.uniform(0, 6))
    lean = rng.uniform(-0.12, 0.12)
    across, down = wide / 2 * drift * np.cos(start + turn), high / 2 * drift * np.sin(start + turn)
    return np.stack([x + across - lean * down, y + down + lean * across], axis=1)


def pen(page: MarkPage, points: Points, width: float, ink: Ink) -> None:
    """A stroke of about `width` mm, thinner where it was quick, with skips of the ball."""
    rng = page.rng
    corner = points.min(axis=0) - LEAST_CLEAR
    size = np.ceil((points.max(axis=0) - corner + LEAST_CLEAR) * PX_PER_MM).astype(int)
    tile = np.zeros((size[1] * FINER, size[0] * FINER), np.uint8)
    at = np.round((points - corner) * PX_PER_MM * FINER).astype(int)
    breadth = width * PX_PER_MM * FINER * (1 + 0.3 * smooth_field(rng, 1, len(points), 12)[0])
    corners = [(int(x), int(y)) for x, y in at]
    for (one, other), thick in zip(pairwise(corners), breadth, strict=False):
        cv2.line(tile, one, other, 255, max(2, round(float(thick))), cv2.LINE_AA)
    small = cv2.resize(tile, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    flow = np.clip(0.85 + 0.2 * smooth_field(rng, int(size[1]), int(size[0]), 25), 0.4, 1.0)
    page.sheet.press(float(corner[0]), float(corner[1]), small * flow.astype(np.float32), ink)


def by_hand(page: MarkPage, x: float, y: float, text: str, em: float, ink: Ink) -> Box:
    """A word written from (x, y), its top left, in letters of `em` mm."""
    return page.sheet.press(x - em * 0.25, y - em * 0.5, marks.signature(page.style, page.rng, text, em), ink)


def frame(page: MarkPage, box: tuple[float, float, float, float], width: float, ink: Ink) -> None:
    """Four rules around left, top, right, bottom."""
    left, top, right, bottom = box
    for y in (top, bottom):
        page.sheet.rule(left, y, right, y, width, ink)
    for x in (left, right):
        page.sheet.rule(x, top, x, bottom, width, ink)


def disc(radius_mm: float, thick_mm: float | None = None, *, soft: float = 0.0) -> Cover:
    """A disc, or a ring `thick_mm` wide inside its rim; `soft`: mm over which its edge fades."""
    side = px(radius_mm * 2 + 2 + 4 * soft)
    rows, columns = np.mgrid[:side, :side].astype(np.float32) - (side - 1) / 2
    far = np.hypot(rows, columns)
    slope = 1 / max(1.0, px(soft))
    cover = np.clip((px(radius_mm) - far) * slope + 0.5, 0, 1)
    if thick_mm is not None:
        cover = cover * np.clip((far - px(radius_mm - thick_mm)) * slope + 0.5, 0, 1)
    return np.asarray(cover, np.float32)


def press_around(page: MarkPage, x: float, y: float, cover: Cover, ink: Ink) -> None:
    """A coverage with its middle at (x, y) mm."""
    page.sheet.press(x - cover.shape[1] / PX_PER_MM / 2, y - cover.shape[0] / PX_PER_MM / 2, cover, ink)


def some_pen(page: MarkPage) -> Ink:
    """One of the style's pens."""
    pens = page.style.inks.pens
    return pens[int(page.rng.integers(len(pens)))]
