"""Covers of files (卷宗封面), and what lay on a sheet: cups, clips, water."""

from __future__ import annotations

import cv2
import numpy as np
from papercase.inking import smooth_field

from pageset.ink import TONER, Ink
from pageset.mark_page import MarkPage, body
from pageset.mark_style import UNITS
from pageset.marks import NAMES, Cover, px
from pageset.unmarked.drawing import by_hand, centred, disc, frame, lettered, press_around, some_pen

TEA = Ink(0.66, 0.50, 0.30)
RUST = Ink(0.62, 0.36, 0.18)
DAMP = Ink(0.86, 0.79, 0.64)
BOARDS = (Ink(0.78, 0.66, 0.48), Ink(0.88, 0.80, 0.62), Ink(0.82, 0.85, 0.88), Ink(0.90, 0.84, 0.80))
LIDS = (Ink(0.06, 0.06, 0.07), Ink(0.98, 0.98, 0.98), Ink(0.45, 0.45, 0.45))
TITLES = ("刑事侦查卷宗", "诉讼卷宗", "行政处罚案卷", "证据材料卷")
FIELDS = ("案件名称", "案件编号", "犯罪嫌疑人", "立案时间", "结案时间", "立卷单位", "立卷人", "保管期限")


def file_cover(page: MarkPage) -> None:
    """The cover of a file on coloured board: a large title, fields filled in, holes along the edge, thread or tape."""
    rng, faces, sheet = page.rng, page.style.faces, page.sheet
    sheet.light *= np.array(_light(BOARDS[int(rng.integers(len(BOARDS)))]), np.float32)
    title_ink = page.style.inks.red if rng.random() < 0.45 else TONER
    title, em = str(rng.choice(TITLES)), float(rng.uniform(14, 20))
    centred(page, float(rng.uniform(34, 50)), title, faces.head, em, title_ink, apart=em * float(rng.uniform(0.1, 0.6)))
    if rng.random() < 0.5:
        centred(page, 78, "（侦查卷第  卷）", faces.text, 7.0)
    top, pitch, ink = float(rng.uniform(92, 112)), float(rng.uniform(15, 19)), some_pen(page)
    entries = (
        "张建国危险驾驶案",
        "A4401002023120006",
        str(rng.choice(NAMES)),
        "2023年12月5日",
        "",
        UNITS[0],
        "",
        "长期",
    )
    boxed = rng.random() < 0.5
    for row, (label, entry) in enumerate(zip(FIELDS, entries, strict=True)):
        y = top + row * pitch
        lettered(page, 38, y, label, faces.text, 5.2, apart=1.2 * (5 - len(label)))
        sheet.rule(76 if not boxed else 34, y + 9, 180, y + 9, 0.3)
        if entry:
            _entered(page, y, entry, ink)
    if boxed:
        frame(page, (34, top - 6, 180, top + len(FIELDS) * pitch - pitch + 9), 0.6, TONER)
        sheet.rule(74, top - 6, 74, top + len(FIELDS) * pitch - pitch + 9, 0.3)
    _bound(page)


def _entered(page: MarkPage, y: float, entry: str, ink: Ink) -> None:
    if page.rng.random() < 0.5:
        by_hand(page, 80, y, entry, 6.0, ink)
    else:
        page.sheet.write(80, y, entry, page.style.faces.text, 5.2)


def _bound(page: MarkPage) -> None:
    """Holes for the thread, what lies behind them showing; a strip of tape or the thread itself."""
    rng = page.rng
    x, lid = float(rng.uniform(9, 15)), LIDS[int(rng.integers(len(LIDS)))]
    if rng.random() < 0.4:
        strip = np.full((px(297), px(float(rng.uniform(14, 24)))), 0.5, np.float32)
        page.sheet.press(0, 0, strip, Ink(0.55, 0.45, 0.33))
    radius, spread = float(rng.uniform(2.2, 3.2)), float(rng.choice((40, 54, 80)))
    places = [148.5 + spread * step for step in ((-1, 0, 1) if rng.random() < 0.6 else (-0.5, 0.5))]
    for y in places:
        _hole(page, x, y, radius, lid)
    if rng.random() < 0.4:
        page.sheet.rule(x, places[0], x, places[-1], 0.9, Ink(0.80, 0.78, 0.72))


def _hole(page: MarkPage, x: float, y: float, radius: float, lid: Ink) -> None:
    """What lies behind, in place of the paper."""
    cover = disc(radius)[:, :, None]
    top, left = px(y) - cover.shape[0] // 2, px(x) - cover.shape[1] // 2
    part = page.sheet.light[top : top + cover.shape[0], left : left + cover.shape[1]]
    part *= 1 - cover
    part += cover * np.array(_light(lid), np.float32)


def coffee_table(page: MarkPage) -> None:
    """A record a cup was put on: rings of tea, part of them only, drops."""
    body(page)
    rng = page.rng
    for _ in range(int(rng.integers(1, 3))):
        radius = float(rng.uniform(22, 42))
        ring = disc(radius, float(rng.uniform(1.5, 3.5)), soft=0.8) * np.float32(rng.uniform(0.35, 0.8))
        side = ring.shape[0]
        wet = np.clip(0.6 + 0.9 * smooth_field(rng, side, side, side / 3), 0, 1)
        inside = disc(radius, soft=0.8)[:side, :side] * np.float32(rng.uniform(0.02, 0.10))
        cover = np.maximum(ring * wet.astype(np.float32), inside)
        press_around(page, float(rng.uniform(30, 180)), float(rng.uniform(40, 250)), cover, TEA)
    for _ in range(int(rng.integers(2, 9))):
        drop = disc(float(rng.uniform(0.8, 5)), soft=0.4) * np.float32(rng.uniform(0.2, 0.5))
        press_around(page, float(rng.uniform(15, 195)), float(rng.uniform(15, 280)), drop, TEA)


def rusty_clips(page: MarkPage) -> None:
    """The rust of clips and staples that were taken off (订书钉), and brown spots."""
    body(page)
    rng = page.rng
    for _ in range(int(rng.integers(1, 4))):
        page.sheet.press(float(rng.uniform(15, 180)), float(rng.uniform(-6, 8)), _clip(page), RUST)
    for _ in range(int(rng.integers(0, 4))):
        page.sheet.press(float(rng.uniform(8, 30)), float(rng.uniform(8, 40)), _staple(page), RUST)
    for _ in range(int(rng.integers(10, 60))):
        spot = disc(float(rng.uniform(0.3, 2.2)), soft=0.5) * np.float32(rng.uniform(0.15, 0.6))
        press_around(page, float(rng.uniform(5, 205)), float(rng.uniform(5, 290)), spot, RUST)


def _clip(page: MarkPage) -> Cover:
    """The three bends of a paper clip (回形针), more of it where it lay closer."""
    rng, wide, high = page.rng, px(float(page.rng.uniform(6, 8.5))), px(float(page.rng.uniform(24, 32)))
    tile = np.zeros((high + px(6), wide + px(6)), np.uint8)
    line, left, top = px(1.0), px(3), px(3)
    for inset, low in ((0, high), (px(1.4), high - px(4)), (px(0.7), high - px(9))):
        right, radius = left + wide - inset, (wide - 2 * inset) // 2
        for x in (left + inset, right):
            cv2.line(tile, (x, top + radius), (x, top + low - radius), 255, line, cv2.LINE_AA)
        for y, turn in ((top + radius, 180), (top + low - radius, 0)):
            cv2.ellipse(tile, (left + inset + radius, y), (radius, radius), 0, turn, turn + 180, 255, line, cv2.LINE_AA)
    soft = cv2.GaussianBlur(tile, (0, 0), float(rng.uniform(3, 6))).astype(np.float32) / 255
    patchy = np.clip(0.5 + 0.8 * smooth_field(rng, tile.shape[0], tile.shape[1], 90), 0, 1.2)
    return np.asarray(np.clip(soft * patchy * rng.uniform(0.6, 1.2), 0, 0.85), np.float32)


def _staple(page: MarkPage) -> Cover:
    tile = np.zeros((px(6), px(18)), np.uint8)
    cv2.line(tile, (px(3), px(3)), (px(15), px(3.4)), 255, px(0.8), cv2.LINE_AA)
    soft = cv2.GaussianBlur(tile, (0, 0), float(page.rng.uniform(2, 5))).astype(np.float32) / 255
    return np.asarray(soft * np.float32(page.rng.uniform(0.6, 0.95)), np.float32)


def water_edge(page: MarkPage) -> None:
    """A sheet that got wet from one side: a brown edge (水渍) winds across it, a second one below it at times."""
    body(page)
    rng = page.rng
    height, width = page.sheet.light.shape[:2]
    rows, columns = np.mgrid[:height:4, :width:4].astype(np.float32)
    turn = float(rng.uniform(0, 2 * np.pi))
    far = (columns / width - 0.5) * np.cos(turn) + (rows / height - 0.5) * np.sin(turn)
    for depth, cell in ((0.10, 220), (0.02, 50)):
        far = far + depth * smooth_field(rng, far.shape[0], far.shape[1], cell)
    cover = np.zeros_like(far)
    for level in rng.uniform(0.0, 0.4, int(rng.integers(1, 3))):
        inner = np.clip((far - level) * 60, 0, 1)
        edge = np.exp(-(((far - level) / 0.006) ** 2)) * rng.uniform(0.4, 1.0)
        cover = np.maximum(cover, 0.3 * inner + edge)
    large = cv2.resize(np.clip(cover, 0, 1).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    page.sheet.press(0, 0, np.asarray(large, np.float32), DAMP)


def _light(ink: Ink) -> tuple[float, float, float]:
    return ink.red, ink.green, ink.blue
