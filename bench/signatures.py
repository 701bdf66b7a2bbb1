"""How alike drawn signatures are in shape: the same name twice, by one hand or two, and other names.

    bench/setup && bench/.venv/bin/python bench/signatures.py [--seed N] [--fresh] [--pairs N]

Twenty names by each of four hands (typefaces, bent as handwriting is), twice, scanned at 300 dpi. --fresh: names and
hands on which nothing was set. The last table compares strokes instead of shapes: width of the pen and directions.
"""

from __future__ import annotations

import argparse
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset.hand import sign
from pageset.lettering import Typeface
from pageset.page import draw
from pageset.plate import Plate
from pageset.style import Look, Style

from dossier.checks.signatures import ALIKE
from ocr.imaging.types import Picture
from ocr.imaging.writing import likeness
from ocr.imaging.zones import inspect_zone

NAMES = (
    "李文 王芳 张伟明 刘洋 陈建国 杨丽 赵强 黄敏 周杰 吴海燕 徐志刚 孙磊 马超 朱军 胡春梅 郭峰 何平 高翔 林小红 罗勇"
)
FRESH = (
    "郑凯 谢婷婷 宋明哲 唐丽 许文强 韩雪 冯志远 邓超 曹颖 彭飞 曾国庆 肖静 田野 董洁 潘虎 袁媛 蔡少华 蒋勤 余波 杜鹃"
)
HANDS = (Typeface.KAI, Typeface.GB_KAI, Typeface.WENKAI, Typeface.WENKAI_LIGHT)
FRESH_HANDS = (Typeface.WENKAI_BOLD, Typeface.GB_KAI, Typeface.BABELSTONE, Typeface.KAI_TC)
Signed = dict[tuple[str, str, int], tuple[str, NDArray[np.float64]]]  # hand, name, time -> shape and strokes


def main() -> None:
    parser = argparse.ArgumentParser(description="How alike drawn signatures are in shape.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--pairs", type=int, default=600, help="of each kind at most")
    options = parser.parse_args()
    names, hands = (FRESH, FRESH_HANDS) if options.fresh else (NAMES, HANDS)
    signed: Signed = {}
    for number, hand in enumerate(hands):
        for time in (1, 2):
            signed |= sheet(hand, names.split(), time, options.seed + 100 * number + time)
    groups: dict[tuple[bool, bool], list[tuple[float, float]]] = {}
    pairs = list(combinations(signed, 2))
    for place in np.random.default_rng(options.seed).permutation(len(pairs)):
        one, other = pairs[place]
        group = groups.setdefault((one[1] == other[1], one[0] == other[0]), [])
        if len(group) < options.pairs:
            (shape, strokes), (shape_2, strokes_2) = signed[one], signed[other]
            group.append((likeness(shape, shape_2), -float(np.linalg.norm(strokes - strokes_2))))
    print(f"| pairs | | likeness, median | highest | from {ALIKE} on |\n|---|---|---|---|---|")
    for (name, hand), found in sorted(groups.items(), reverse=True):
        alike = np.array([shape for shape, _ in found])
        words = f"{'the same name' if name else 'other names'}, {'one hand' if hand else 'two hands'}"
        print(f"| {words} | {len(alike)} | {np.median(alike):.2f} | {alike.max():.2f} | {(alike >= ALIKE).sum()} |")
    one, two = (np.array([strokes for _, strokes in groups[False, hand]]) for hand in (True, False))
    print(f"\nOther names, by strokes: one hand closer in {100 * (one[:, None] > two).mean():.0f} % (chance: 50).")


def sheet(hand: Typeface, names: list[str], time: int, seed: int) -> Signed:
    """One sheet of signatures, each measured as in its place."""
    spots = [(25 + 60 * (place % 3), 30 + 36 * (place // 3)) for place in range(len(names))]

    def layout(_look: Look, rng: np.random.Generator) -> Plate:
        plate = Plate()
        for name, (x, y) in zip(names, spots, strict=True):
            sign(plate, x, y, name, rng, face=hand)
        return plate

    page = draw(Style(f"signatures-{hand.name}", layout), seed)
    px = page.dpi / 25.4
    signed: Signed = {}
    for name, (x, y) in zip(names, spots, strict=True):
        box = (round((x - 4) * px), round((y - 12) * px), round(48 * px), round(26 * px))
        shape = inspect_zone(page.picture, box, page.dpi).shape
        if shape:
            signed[hand.name, name, time] = shape, strokes_of(page.picture, box)
    return signed


def strokes_of(picture: Picture, box: tuple[int, int, int, int]) -> NDArray[np.float64]:
    """Width of the pen, pixels, and shares of eight directions."""
    x, y, width, height = box
    gray = cv2.cvtColor(picture[y : y + height, x : x + width], cv2.COLOR_BGR2GRAY)
    ink = np.asarray(gray < 128, np.uint8)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3))))]
    across, down = (cv2.Sobel(gray, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    shares, _ = np.histogram(np.arctan2(down, across) % np.pi, 8, (0, np.pi), weights=np.hypot(across, down))
    return np.concatenate([[2 * float(np.median(ridge)) / 6], 4 * shares / shares.sum()])


if __name__ == "__main__":
    main()
