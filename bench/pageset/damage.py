"""Twelve kinds of damage to a drawn page, each a pure function of the page and a random stream; truth moves along.

worn = damaged(page, "stain", seed=3)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field
from papercase.seals import Seal
from papercase.seals import impression as seal_impression
from papercase.units import DPI as KIT_DPI

from pageset import world
from pageset.page import DrawnPage, Picture, stream
from pageset.scan import bitonal, jpeg
from pageset.truth import DrawnMark, box_quad

Damage = Callable[[DrawnPage, np.random.Generator], DrawnPage]
Light = NDArray[np.float32]


def damaged(page: DrawnPage, kind: str, seed: int) -> DrawnPage:
    """The page with one kind of damage, a key of DAMAGES. Raises KeyError for another word."""
    return DAMAGES[kind](page, stream(page.style, "damage", kind, seed))


def blur(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Out of focus: 0.10 to 0.16 mm."""
    sigma = rng.uniform(0.10, 0.16) * page.dpi / 25.4
    return replace(page, picture=np.asarray(cv2.GaussianBlur(page.picture, (0, 0), sigma), np.uint8))


def noise(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Grain of a dim lamp and specks of dust."""
    high, wide = page.picture.shape[:2]
    grain = rng.standard_normal((high, wide), np.float32)[:, :, None] * np.float32(rng.uniform(12, 18))
    specks = np.where(rng.random((high, wide), np.float32) < 2e-4, 0.25, 1.0).astype(np.float32)
    dirty = cv2.erode(specks, np.ones((2, 2), np.uint8))[:, :, None]
    return replace(page, picture=_clipped(page.picture * dirty + grain))


def faint(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """An empty cartridge: ink keeps 18 to 30 % of its contrast, unevenly across the sheet."""
    high, wide = page.picture.shape[:2]
    paper = _paper_of(page.picture)
    kept = rng.uniform(0.18, 0.30) * (1 + 0.25 * smooth_field(rng, high, wide, wide / 5))
    return replace(page, picture=_clipped(paper + (page.picture - paper) * np.clip(kept, 0.1, 1)[:, :, None]))


def stain(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Tea or damp: a few brown patches with a darker rim."""
    high, wide = page.picture.shape[:2]
    light = np.ones((high, wide, 3), np.float32)
    rows, columns = np.arange(high, dtype=np.float32)[:, None], np.arange(wide, dtype=np.float32)
    for _ in range(3):
        x, y, radius = rng.uniform(0.1, 0.9) * wide, rng.uniform(0.1, 0.9) * high, rng.uniform(0.10, 0.22) * wide
        wobble = 1 + 0.25 * smooth_field(rng, high, wide, wide / 9)
        distance = np.hypot(rows - y, columns - x) / (radius * wobble)
        inside = np.clip((1 - distance) * 25, 0, 1)
        edge = np.exp(-(((distance - 0.97) / 0.03) ** 2))
        depth = (0.55 * inside + 0.45 * edge)[:, :, None]
        light *= (1 - depth * np.array([0.52, 0.33, 0.20])).astype(np.float32)
    return replace(page, picture=_clipped(page.picture * light))


def show_through(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Thin paper: the same amount of print, mirrored and softened, 14 to 22 % as strong."""
    soft = cv2.GaussianBlur(page.picture, (0, 0), 0.25 * page.dpi / 25.4)[:, ::-1].astype(np.float32)
    ghost = soft / _paper_of(page.picture)[:, ::-1]
    return replace(page, picture=_clipped(page.picture * (1 - rng.uniform(0.14, 0.22) * (1 - np.clip(ghost, 0, 1)))))


def stamped(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """A red seal (盖章) in the middle of the printed lines; the seal enters the truth."""
    high, wide = page.picture.shape[:2]
    coverage = seal_impression(Seal(str(rng.choice(world.OFFICES))), rng)
    scale = page.dpi / KIT_DPI
    coverage = np.asarray(cv2.resize(coverage, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    side = coverage.shape[0]
    centre = (
        np.mean(page.lines[int(rng.integers(len(page.lines)))].quad, axis=0) if page.lines else (wide / 2, high / 2)
    )
    left = int(np.clip(centre[0] - side / 2, 0, wide - side))
    top = int(np.clip(centre[1] - side / 2, 0, high - side))
    picture = page.picture.copy()
    patch = picture[top : top + side, left : left + side]
    lost = (coverage.astype(np.float32) / 255)[:, :, None] * np.array([0.83, 0.91, 0.20], np.float32)
    patch[:] = _clipped(patch * (1 - lost))
    rows, columns = np.nonzero(coverage >= 40)
    quad = box_quad(
        left + float(columns.min()), top + float(rows.min()), left + columns.max() + 1.0, top + rows.max() + 1.0
    )
    return replace(page, picture=picture, marks=(*page.marks, DrawnMark("seal", quad)))


def compressed(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """JPEG quality 12 to 22, as from a messenger."""
    return replace(page, picture=jpeg(page.picture, int(rng.integers(12, 23))))


def low_dpi(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Scanned at 96 to 130 dpi: a smaller picture."""
    scale = float(rng.integers(96, 131)) / page.dpi
    high, wide = page.picture.shape[:2]
    size = (round(wide * scale), round(high * scale))
    small = np.asarray(cv2.resize(page.picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    moved = page.moved(small, np.diag([size[0] / wide, size[1] / high, 1.0]))
    return replace(moved, dpi=round(page.dpi * scale))


def faxed(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Sent by fax (传真): 203 x 196 dpi, black and white, ragged, a few lost lines."""
    high, wide = page.picture.shape[:2]
    gray = np.asarray(cv2.cvtColor(page.picture, cv2.COLOR_BGR2GRAY), np.uint8)
    size = (round(wide * 203 / page.dpi), round(high * 196 / page.dpi))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    grain = rng.standard_normal(small.shape, np.float32) * np.float32(9)
    sent = bitonal(_clipped(small + grain), 200)
    for row in rng.integers(0, size[1], 4):
        sent[row] = sent[row - 1]
    received = cv2.resize(sent, (wide, high), interpolation=cv2.INTER_NEAREST)
    return replace(page, picture=np.dstack([received] * 3))


def shadow(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Light from one side and the soft shadow of an arm across the sheet."""
    high, wide = page.picture.shape[:2]
    rows = np.linspace(-0.5, 0.5, high, dtype=np.float32)[:, None]
    columns = np.linspace(-0.5, 0.5, wide, dtype=np.float32)
    angle, arm = rng.uniform(0, 2 * np.pi), rng.uniform(0, np.pi)
    slope = 1 - 0.35 * (columns * np.float32(np.cos(angle)) + rows * np.float32(np.sin(angle)) + 0.5)
    across = columns * np.float32(np.cos(arm)) + rows * np.float32(np.sin(arm)) - np.float32(rng.uniform(-0.15, 0.15))
    light = slope * (1 - 0.42 / (1 + np.exp(-across * 45)))
    return replace(page, picture=_clipped(page.picture * light[:, :, None]))


def skewed(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Fed crooked by 2 to 6 degrees; the picture grows to hold the sheet, beside it is a white lid."""
    deg = float(rng.uniform(2, 6) * rng.choice([-1, 1]))
    high, wide = page.picture.shape[:2]
    cos, sin = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    new_wide, new_high = round(wide * cos + high * abs(sin)), round(wide * abs(sin) + high * cos)
    turn = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
    edges = _shift(new_wide / 2, new_high / 2) @ turn @ _shift(-wide / 2, -high / 2)
    centres = (_shift(-0.5, -0.5) @ edges @ _shift(0.5, 0.5))[:2]
    lid = (250, 251, 251)
    picture = cv2.warpAffine(
        page.picture,
        centres,
        (new_wide, new_high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=lid,
    )
    return replace(page.moved(np.asarray(picture, np.uint8), edges), skew_deg=page.skew_deg + deg)


def folded(page: DrawnPage, rng: np.random.Generator) -> DrawnPage:
    """Folded in three and once lengthwise: dark creases with a light lip, ink worn off along them."""
    high, wide = page.picture.shape[:2]
    rows, columns = np.arange(high, dtype=np.float32)[:, None], np.arange(wide, dtype=np.float32)
    mm = page.dpi / 25.4
    paper, picture = _paper_of(page.picture), page.picture.astype(np.float32)
    for place, lengthwise in ((1 / 3, False), (2 / 3, False), (1 / 2, True)):
        slant = rng.uniform(-0.006, 0.006)
        line = (columns - wide * place - slant * rows) if lengthwise else (rows - high * place - slant * columns)
        distance = line / np.float32(mm)
        worn = np.exp(-((distance / 0.35) ** 2))[:, :, None]
        picture += 0.75 * worn * (paper - picture)
        shade = 0.30 * np.exp(-((distance / 0.22) ** 2)) + 0.10 * np.exp(-np.abs(distance) / 6) * (distance > 0)
        picture *= (1 - shade)[:, :, None]
    return replace(page, picture=_clipped(picture))


DAMAGES: dict[str, Damage] = {
    "blur": blur,
    "noise": noise,
    "faint": faint,
    "stain": stain,
    "show-through": show_through,
    "stamp": stamped,
    "jpeg": compressed,
    "low-dpi": low_dpi,
    "fax": faxed,
    "shadow": shadow,
    "skew": skewed,
    "fold": folded,
}


def _paper_of(picture: Picture) -> Light:
    """The bare paper under the ink (height, width, 3): the brightest around each pixel, smoothed."""
    high, wide = picture.shape[:2]
    small = cv2.resize(picture, (wide // 16 + 1, high // 16 + 1), interpolation=cv2.INTER_AREA)
    bare = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 5)
    return np.asarray(cv2.resize(bare, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)


def _clipped(values: NDArray[np.generic]) -> Picture:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def _shift(x: float, y: float) -> NDArray[np.float64]:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)
