"""Photographs with red things on them, emblems of firms, drawings with rings."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field

from pageset.ink import TONER, Ink
from pageset.mark_page import MarkPage, body
from pageset.marks import PX_PER_MM, Cover, px
from pageset.unmarked.drawing import lettered, press_around
from pageset.unmarked.scenes import apples, lanterns, point_at, road_sign, scene, shop_front, tail_lights, traffic_light

THINGS: tuple[Callable[[NDArray[np.float32], np.random.Generator], None], ...] = (
    road_sign,
    lanterns,
    apples,
    tail_lights,
    shop_front,
    traffic_light,
)
PURE_RED = Ink(0.90, 0.08, 0.07)  # out of a colour printer
LOGO_BLUE = Ink(0.10, 0.25, 0.60)
FIRMS = ("云山建设银行", "岭南市人民医院", "青石保险股份有限公司", "东海通信")
CAPTIONS = ("图一 现场方位照片", "图二 现场概貌照片", "图三 重点部位", "图四 提取的物品")


def photograph(page: MarkPage) -> None:
    """A colour photograph with red things on it, round ones among them."""
    body(page, top=180)
    rng = page.rng
    height, width = px(90), px(120)
    light = 0.55 + 0.35 * smooth_field(rng, height, width, 250)
    picture = np.stack([light + 0.12 * smooth_field(rng, height, width, 300) for _ in range(3)], axis=2)
    picture = np.clip(picture, 0.03, 1).astype(np.float32)
    for _ in range(int(rng.integers(2, 5))):
        at = (int(rng.integers(100, width - 100)), int(rng.integers(100, height - 100)))
        red = (0.75, float(rng.uniform(0.05, 0.2)), 0.15)
        cv2.circle(picture, at, int(rng.integers(60, 220)), red, int(rng.choice([-1, 20])), cv2.LINE_AA)
    for _ in range(3):
        x, y = int(rng.integers(0, width - 200)), int(rng.integers(0, height - 150))
        cv2.rectangle(picture, (x, y), (x + 200, y + 130), tuple(float(v) for v in rng.uniform(0.1, 0.9, 3)), -1)
    page.sheet.paste(45, 40, cv2.GaussianBlur(picture, (0, 0), 3))


def red_things(page: MarkPage, *, pointed_at: bool = False) -> None:
    """One or two photographs with captions (现场照片) of signs, lanterns, apples, lights; `pointed_at`: with a red ring
    and an arrow drawn into them before they were printed."""
    rng, two = page.rng, page.rng.random() < 0.6
    page.sheet.write(80, 16, "现场照片", page.style.faces.head, 8.0)
    for top in (34.0, 160.0) if two else (34.0,):
        wide, high = float(rng.uniform(110, 160)), float(rng.uniform(80, 105))
        left = 105 - wide / 2
        picture = scene(rng, px(high), px(wide))
        for thing in rng.choice(len(THINGS), int(rng.integers(1, 3)), replace=False):
            THINGS[int(thing)](picture, rng)
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.8, 2.5)))
        if pointed_at:
            point_at(picture, rng)
        page.sheet.paste(left, top, np.clip(picture, 0.02, 1).astype(np.float32) * page.sheet.light[10, 10])
        page.sheet.write(80, top + high + 4, str(rng.choice(CAPTIONS)), page.style.faces.text, 4.8)
    if not two:
        body(page, top=175, title="")


def emblem(page: MarkPage) -> None:
    """The printed emblem of a bank, a hospital, a firm at the head of its paper, its name beside or below it."""
    rng, faces = page.rng, page.style.faces
    ink = (page.style.inks.red, PURE_RED, LOGO_BLUE)[int(rng.integers(3))]
    radius, top = float(rng.uniform(5, 12)), float(rng.uniform(12, 22))
    firm, em = str(rng.choice(FIRMS)), float(rng.uniform(6, 10))
    drawn = (_cross, _shield, _coin, _waves, _leaves)[int(rng.integers(5))](radius)
    name_ink = ink if rng.random() < 0.5 else TONER
    if rng.random() < 0.6:
        left = float(rng.uniform(20, 60))
        press_around(page, left + radius, top + radius, drawn, ink)
        lettered(page, left + 2 * radius + 4, top + radius - em * 0.6, firm, faces.head, em, name_ink, apart=0.6)
    else:
        press_around(page, 105, top + radius, drawn, ink)
        lettered(page, 105 - em * len(firm) / 2, top + 2 * radius + 3, firm, faces.head, em, name_ink)
    level = top + 2 * radius + em + 8
    if rng.random() < 0.6:
        page.sheet.rule(22, level, 188, level, float(rng.uniform(0.4, 1.2)), name_ink)
    body(page, top=level + 30, title="")


def _tile(radius: float) -> tuple[NDArray[np.uint8], int, Callable[[float], int]]:
    """An empty square, its middle, and a measure in shares of the radius."""
    side = px(radius * 2 + 2)
    return np.zeros((side, side), np.uint8), side // 2, lambda share: round(share * radius * PX_PER_MM)


def _cover(tile: NDArray[np.uint8]) -> Cover:
    return np.asarray(tile.astype(np.float32) * np.float32(0.95 / 255), np.float32)


def _cross(radius: float) -> Cover:
    """A cross, cut out of a disc or alone."""
    tile, middle, share = _tile(radius)
    cv2.circle(tile, (middle, middle), share(1), 255, -1, cv2.LINE_AA)
    for wide, high in ((0.62, 0.2), (0.2, 0.62)):
        corner = (middle - share(wide), middle - share(high))
        cv2.rectangle(tile, corner, (middle + share(wide), middle + share(high)), 0, -1)
    return _cover(tile)


def _shield(radius: float) -> Cover:
    """A shield with two bars."""
    tile, middle, share = _tile(radius)
    outline = [(-0.8, -0.9), (0.8, -0.9), (0.8, 0.1), (0.5, 0.6), (0.0, 1.0), (-0.5, 0.6), (-0.8, 0.1)]
    corners = np.array([(middle + share(x), middle + share(y)) for x, y in outline], np.int32)
    cv2.fillPoly(tile, [corners], 255, cv2.LINE_AA)
    for level in (-0.45, 0.0):
        bar = (middle - share(0.55), middle + share(level)), (middle + share(0.55), middle + share(level + 0.2))
        cv2.rectangle(tile, *bar, 0, -1)
    return _cover(tile)


def _coin(radius: float) -> Cover:
    """A thick ring around a square, like an old coin, as banks have it."""
    tile, middle, share = _tile(radius)
    cv2.circle(tile, (middle, middle), share(1), 255, -1, cv2.LINE_AA)
    cv2.circle(tile, (middle, middle), share(0.72), 0, -1, cv2.LINE_AA)
    cv2.rectangle(tile, (middle - share(0.3),) * 2, (middle + share(0.3),) * 2, 255, share(0.14))
    cv2.rectangle(tile, (middle - share(0.08), middle - share(1)), (middle + share(0.08), middle - share(0.3)), 255, -1)
    cv2.rectangle(tile, (middle - share(0.08), middle + share(0.3)), (middle + share(0.08), middle + share(1)), 255, -1)
    return _cover(tile)


def _waves(radius: float) -> Cover:
    """A disc crossed by three white waves."""
    tile, middle, share = _tile(radius)
    cv2.circle(tile, (middle, middle), share(1), 255, -1, cv2.LINE_AA)
    across = np.linspace(-1.1, 1.1, 60)
    for level in (0.1, 0.4, 0.7):
        wave = [(middle + share(x), middle + share(level + 0.1 * np.sin(4 * x))) for x in across]
        cv2.polylines(tile, [np.array(wave, np.int32)], False, 0, share(0.11), cv2.LINE_AA)
    return _cover(tile)


def _leaves(radius: float) -> Cover:
    """Six leaves around a middle."""
    tile, middle, share = _tile(radius)
    for turn in range(0, 360, 60):
        at = np.radians(turn)
        centre = (middle + share(0.55 * np.cos(at)), middle + share(0.55 * np.sin(at)))
        cv2.ellipse(tile, centre, (share(0.42), share(0.2)), turn, 0, 360, 255, -1, cv2.LINE_AA)
    return _cover(tile)


def round_things(page: MarkPage) -> None:
    """Black rings that are no seals: a clock face, a sketch of wheels, a table."""
    body(page, bottom=150)
    rng = page.rng
    for x in (60.0, 130.0):
        ring = np.zeros((px(50), px(50)), np.float32)
        radius = px(rng.uniform(9, 23))
        cv2.circle(ring, (px(25), px(25)), radius, 0.9, px(0.4), cv2.LINE_AA)
        for angle in np.arange(0, 2 * np.pi, np.pi / 2):
            end = (px(25) + int(radius * np.cos(angle)), px(25) + int(radius * np.sin(angle)))
            cv2.line(ring, (px(25), px(25)), end, 0.9, 4, cv2.LINE_AA)
        page.sheet.press(x, 165, ring, TONER)
    for y in range(225, 280, 9):
        page.sheet.rule(25, y, 185, y, 0.3)
    for x in range(25, 186, 20):
        page.sheet.rule(x, 225, x, 279, 0.3)
