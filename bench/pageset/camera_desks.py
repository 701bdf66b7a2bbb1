"""Desks as they are at work: other sheets and file covers below the page, things beside it, stone, steel and cloth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pageset.camera import CameraStyle, Colour, Field, Table, plain, wood


@dataclass(frozen=True)
class Below:
    """A flat thing on the desk, about below the page: sides as shares of the picture's height, colour B, G, R."""

    colour: Colour
    sides: tuple[float, float] = (0.62, 0.88)  # width, height
    aside: float = 0.04  # of the picture's height, by which its middle is off the picture's
    turn: float = 4.0  # degrees, at most
    shadow: float = 0.3
    print_px: int = 0  # pitch of lines of print on it


def laid_out(table: Table, *things: Below) -> Table:
    """A desk with things on it, the first one undermost; each throws a soft shadow."""

    def desk(height: int, width: int, rng: np.random.Generator) -> Field:
        seen = table(height, width, rng)
        for thing in things:
            seen = _with(seen, thing, rng)
        return seen

    return desk


def _with(desk: Field, thing: Below, rng: np.random.Generator) -> Field:
    height, width = desk.shape[:2]
    turn = float(rng.uniform(-thing.turn, thing.turn))
    middle = np.array([width, height]) / 2 + rng.uniform(-thing.aside, thing.aside, 2) * height
    box = (tuple(middle.tolist()), tuple(share * height for share in thing.sides), turn)
    mask = np.zeros((height, width), np.uint8)
    corners = cv2.boxPoints(box)
    cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 255, cv2.LINE_AA, shift=4)
    inside = mask[..., None].astype(np.float32) / 255
    blurred = cv2.GaussianBlur(np.roll(mask, rng.integers(-9, 10, 2), (0, 1)), (0, 0), rng.uniform(4, 12))
    shaded = desk * (1 - thing.shadow * blurred[..., None].astype(np.float32) / 255)
    face = np.empty_like(desk)
    face[:] = thing.colour
    if thing.print_px:
        face *= _lines_of_print(height, width, thing.print_px, turn, rng)[..., None]
    return np.asarray(shaded + inside * (face - shaded), np.float32)


def _lines_of_print(height: int, width: int, pitch_px: int, turn: float, rng: np.random.Generator) -> Field:
    """1 on bare paper, less on words, in a picture of this size; the words stand along `turn`."""
    page = np.ones((height, width), np.float32)
    left, right = int(0.22 * width), int(0.78 * width)
    for y in range(int(0.12 * height), int(0.88 * height), pitch_px):
        for x in range(left, right, pitch_px // 2):
            if rng.random() < 0.85:
                page[y : y + pitch_px // 2, x : x + int(0.42 * pitch_px)] = 0.3
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), -turn, 1)
    return np.asarray(cv2.warpAffine(page, turned, (width, height), borderValue=1.0), np.float32)


def flecked(base: float, flecks_a_megapixel: int, brightest: float) -> Table:
    """Dark granite (花岗岩): small bright and brown flecks in a dark ground."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        stone = np.full((height, width, 3), base, np.float32)
        stone += cv2.resize(rng.normal(0, 0.02, (height // 3, width // 3)).astype(np.float32), (width, height))[
            ..., None
        ]
        for _ in range(flecks_a_megapixel * height * width // 1_000_000):
            centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            axes = (int(rng.integers(2, 9)), int(rng.integers(2, 7)))
            tone = float(rng.uniform(base, brightest))
            colour = (tone * float(rng.uniform(0.75, 1)), tone * 0.95, tone)
            cv2.ellipse(stone, centre, axes, float(rng.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        return np.asarray(np.clip(stone, 0.02, 1), np.float32)

    return table


def brushed(tone: float, depth: float) -> Table:
    """Gray steel (钢板), brushed one way, with a broad reflection across it."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        streaks = cv2.GaussianBlur(rng.normal(0, 1, (height, width // 40)).astype(np.float32), (0, 0), 1.0)
        steel = tone * (1 + depth * cv2.resize(streaks, (width, height), interpolation=cv2.INTER_LINEAR))
        across = np.abs(np.arange(height) / height - rng.uniform(0.2, 0.8))
        shine = 0.25 * np.exp(-((across / rng.uniform(0.1, 0.25)) ** 2))
        return np.asarray((steel + shine[:, None])[..., None] * np.array([1.0, 0.99, 0.97], np.float32), np.float32)

    return table


def latticed(one: Colour, other: Colour, step_px: int) -> Table:
    """Printed cloth (印花布): lozenges of two colours, each with a blossom in its middle."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        u, v = (xs + ys + rng.uniform(0, step_px)) / step_px, (xs - ys + rng.uniform(0, step_px)) / step_px
        odd = ((np.floor(u) + np.floor(v)) % 2)[..., None]
        blossom = (np.hypot(u % 1 - 0.5, v % 1 - 0.5) < 0.22)[..., None]
        cloth = np.where(odd > 0, np.array(one, np.float32), np.array(other, np.float32))
        cloth = np.where(blossom, np.array(other if sum(one) > sum(other) else one, np.float32) * 0.9, cloth)
        return np.asarray(cv2.GaussianBlur(cloth.astype(np.float32), (0, 0), 1.1), np.float32)

    return table


def parquet(blue: float, green: float, red: float, block_px: int) -> Table:
    """A floor laid in squares of five strips, every other square turned."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        strip = block_px // 5
        rows, columns = height // block_px + 2, width // block_px + 2
        floor = np.empty((rows * block_px, columns * block_px), np.float32)
        for row in range(rows):
            for column in range(columns):
                tones = np.repeat(rng.normal(1, 0.07, 5), strip)[:, None] * np.ones((1, block_px))
                tones = np.pad(tones, ((0, block_px - len(tones)), (0, 0)), mode="edge")
                tones[::strip] *= 0.6
                tones[:, :2] *= 0.6
                square = tones if (row + column) % 2 else tones.T
                floor[row * block_px :, column * block_px :][:block_px, :block_px] = square
        top, left = rng.integers(0, block_px, 2)
        laid = cv2.GaussianBlur(floor[top : top + height, left : left + width], (0, 0), 0.8)
        return np.asarray(np.array([blue, green, red], np.float32) * laid[..., None], np.float32)

    return table


def creased(blue: float, green: float, red: float, creases: int) -> Table:
    """Wrapping paper (包装纸) with creases, bright on one side and dark on the other."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        relief = cv2.resize(rng.normal(0, 0.03, (9, 7)).astype(np.float32), (width, height))
        for _ in range(creases):
            ends = rng.uniform(-0.1, 1.1, (2, 2)) * (width, height)
            for shift, tone in ((0, 0.09), (3, -0.11)):
                start, stop = (tuple(int(v) + shift for v in end) for end in ends)
                cv2.line(relief, start, stop, tone, 3, cv2.LINE_AA)
        return np.asarray(np.array([blue, green, red], np.float32) * (1 + relief[..., None]), np.float32)

    return table


def beside_keyboard(desk: Table, share: float) -> Table:
    """A desk on whose left or right a dark keyboard (键盘) with pale keys stands in the picture."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        laid = desk(height, width, rng)
        reach, key, gap = int(share * width), int(0.045 * width), int(0.008 * width)
        slab = np.full((height, reach), 23, np.uint8)
        for y in range(int(rng.integers(0, key)), height, key + gap):
            for x in range(reach - key - 2 * gap, -key, -key - gap):
                slab[y : y + key, max(0, x) : max(0, x + key)] = 41
                cv2.putText(slab, chr(int(rng.integers(65, 91))), (x + 8, y + key // 2), 0, 1.2, 204, 3)
        keys = np.repeat(slab[..., None].astype(np.float32) / 255, 3, axis=2)
        if rng.random() < 0.5:
            laid[:, :reach] = keys
        else:
            laid[:, width - reach :] = keys[:, ::-1]
        return laid

    return table


def under_glass(desk: Table) -> Table:
    """A greenish pane (玻璃板) over a desk and what lies on it, with a lamp's reflection."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        below = desk(height, width, rng) * np.array([0.78, 0.86, 0.78], np.float32) + 0.05
        lamp = np.zeros((height, width), np.float32)
        centre = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        axes = (int(0.05 * width), int(0.3 * height))
        cv2.ellipse(lamp, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
        return np.asarray(below + 0.35 * cv2.GaussianBlur(lamp, (0, 0), 14)[..., None], np.float32)

    return table


TUNING: tuple[CameraStyle, ...] = (
    CameraStyle(
        "buff-cover", laid_out(wood(0.24, 0.36, 0.50), Below((0.50, 0.66, 0.76))), fill=(0.72, 0.82), tilt=8, shadow=0.2
    ),
    CameraStyle(
        "cover-on-white",
        laid_out(plain(0.82, 0.83, 0.83, 0.006), Below((0.42, 0.60, 0.72), turn=3)),
        fill=(0.72, 0.82),
        tilt=10,
        curl=4,
    ),
    CameraStyle(
        "sheets-below",
        laid_out(plain(0.30, 0.34, 0.36), Below((0.90, 0.91, 0.91), (0.60, 0.85), 0.06, 9, 0.35, 40)),
        fill=(0.72, 0.84),
        tilt=9,
    ),
)
SEEN: tuple[CameraStyle, ...] = (
    CameraStyle("dark-granite", flecked(0.12, 900, 0.55), tilt=11, turn=9, contact=0.25, noise=3.0),
    CameraStyle("gray-steel", brushed(0.50, 0.10), tilt=9, turn=8, curl=5, light=(1.0, 0.99, 0.94)),
    CameraStyle("printed-cloth", latticed((0.34, 0.30, 0.62), (0.74, 0.78, 0.84), 150), tilt=12, turn=10, shadow=0.25),
    CameraStyle("parquet", parquet(0.30, 0.46, 0.62, 330), (3024, 4032), tilt=10, turn=12, curl=6, shadow=0.3),
    CameraStyle("wrapping-paper", creased(0.44, 0.60, 0.70, 14), tilt=12, turn=8, light=(0.9, 0.98, 1.0), blur=1.1),
    CameraStyle(
        "kraft-file-cover",
        laid_out(plain(0.58, 0.60, 0.62, 0.012), Below((0.36, 0.54, 0.66), (0.64, 0.9), 0.03, 5, 0.35, 60)),
        fill=(0.68, 0.82),
        tilt=9,
        turn=7,
        shadow=0.25,
    ),
    CameraStyle(
        "loose-papers",
        laid_out(
            wood(0.33, 0.48, 0.62, 0.1),
            Below((0.72, 0.66, 0.88), (0.62, 0.87), 0.07, 14, 0.35, 44),
            Below((0.80, 0.82, 0.80), (0.6, 0.85), 0.07, 12, 0.35, 36),
        ),
        fill=(0.68, 0.84),
        tilt=8,
        turn=6,
    ),
    CameraStyle(
        "papers-under-glass",
        under_glass(laid_out(plain(0.35, 0.42, 0.38), Below((0.8, 0.8, 0.8), (0.5, 0.7), 0.3, 25, 0.2, 38))),
        tilt=10,
        turn=9,
        contact=0.3,
        curl=4,
    ),
    CameraStyle("keyboard", beside_keyboard(plain(0.70, 0.72, 0.72, 0.008), 0.12), tilt=8, turn=5, fill=(0.66, 0.78)),
    CameraStyle("window-light", wood(0.20, 0.32, 0.48, 0.1, 600), (1944, 2592), tilt=12, turn=8, patch=0.6, curl=5),
)
