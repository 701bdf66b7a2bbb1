"""Pages drawn for the tests: A4 at 300 dpi with Chinese text, seals, prints and a scanner's noise."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.models import ORIENTATION, locate
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.types import Picture

DPI = 300
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
HAND = "/usr/share/fonts/truetype/kiloji/kiloji_p.ttf"
PAPER = (245, 249, 250)  # B, G, R
RED = (60, 45, 205)
TEXT = (
    "犯罪嫌疑人张建国供述二〇二三年十二月五日晚在幸福路饮酒后驾驶小型轿车行驶至人民医院路口时被交通警察"
    "当场查获经呼气式酒精检测结果为每百毫升一百八十六毫克"
)
Cover = NDArray[np.float32]  # 0 to 1: how much of the paper's light ink takes


def px(mm: float) -> int:
    return round(mm * DPI / 25.4)


class Draw:
    """Draws on B, G, R pictures; positions and sizes in mm."""

    red = RED
    hand = HAND

    def page(self, lines: int = 18, seed: int = 0, title: str = "讯问笔录") -> Picture:
        paper = np.full((px(297), px(210), 3), PAPER, np.uint8)
        image = Image.fromarray(paper[:, :, ::-1])
        pen, rng = ImageDraw.Draw(image), np.random.default_rng(seed)
        if title:
            pen.text((px(105), px(35)), title, font=_font(8), fill=(25, 25, 28), anchor="mm")
        for line in range(lines):
            start, count = int(rng.integers(0, 40)), 27 if line % 5 != 4 else int(rng.integers(5, 25))
            left = 38.6 if line % 5 == 0 else 28
            pen.text(
                (px(left), px(52 + line * 10)), (TEXT * 2)[start : start + count], font=_font(5.3), fill=(30, 30, 34)
            )
        return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])

    def empty(self) -> Picture:
        return self.page(lines=0, title="")

    def write(
        self,
        page: Picture,
        text: str,
        x: float,
        y: float,
        size: float,
        rgb: tuple[int, int, int] = (30, 30, 34),
        font: str = SERIF,
    ) -> Picture:
        image = Image.fromarray(page[:, :, ::-1])
        ImageDraw.Draw(image).text((px(x), px(y)), text, font=_font(size, font), fill=rgb)
        return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])

    def scan(self, page: Picture, sigma: float = 3, seed: int = 0) -> Picture:
        """With sensor noise (one tile of it, repeated)."""
        tile = np.random.default_rng(seed).normal(0, sigma, (512, 512, *page.shape[2:])).astype(np.int16)
        times = (-(-page.shape[0] // 512), -(-page.shape[1] // 512), 1)[: page.ndim]
        noise = np.ascontiguousarray(np.tile(tile, times)[: page.shape[0], : page.shape[1]])
        return np.asarray(cv2.add(page, noise, dtype=cv2.CV_8U), np.uint8)

    def skewed(self, page: Picture, deg: float, fill: tuple[int, int, int] = PAPER) -> Picture:
        """The content turned counter-clockwise."""
        height, width = page.shape[:2]
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), deg, 1)
        return np.asarray(
            cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=fill), np.uint8
        )

    def on_lid(self, page: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
        """The sheet on a black scanner lid that shows on each side."""
        return cv2.copyMakeBorder(
            page, px(top), px(bottom), px(left), px(right), cv2.BORDER_CONSTANT, value=(18, 18, 18)
        )

    def holes(self, page: Picture) -> Picture:
        page = page.copy()
        for y in (108.5, 188.5):
            cv2.circle(page, (px(10), px(y)), px(2.9), (25, 22, 20), -1, cv2.LINE_AA)
        return page

    def stamp(self, page: Picture, cover: Cover, x: float, y: float, bgr: tuple[int, int, int] = RED) -> Picture:
        """Ink over what is there; may reach past the page."""
        page, left, top = page.copy(), px(x), px(y)
        height, width = cover.shape
        x0, y0, x1, y1 = max(0, left), max(0, top), min(page.shape[1], left + width), min(page.shape[0], top + height)
        part = cover[y0 - top : y1 - top, x0 - left : x1 - left, None]
        page[y0:y1, x0:x1] = page[y0:y1, x0:x1] * (1 - part * (1 - np.array(bgr) / 255))
        return page

    def round_seal(self, strength: float = 0.85, wide: float = 42, high: float = 42) -> Cover:
        image = Image.new("L", (px(wide) + 8, px(high) + 8), 0)
        pen, middle = ImageDraw.Draw(image), (image.width / 2, image.height / 2)
        pen.ellipse([4, 4, image.width - 5, image.height - 5], outline=255, width=px(1.1))
        for i, letter in enumerate("岭南市公安局云山分局"):
            angle = math.radians(-210 + 240 * i / 9)
            tile = Image.new("L", (px(7), px(7)), 0)
            ImageDraw.Draw(tile).text((px(3.5), px(3.5)), letter, font=_font(5), fill=255, anchor="mm")
            at = (middle[0] * (1 + 0.78 * math.cos(angle)), middle[1] * (1 + 0.78 * math.sin(angle)))
            tile = tile.rotate(-math.degrees(angle) - 90)
            image.paste(255, (round(at[0] - px(3.5)), round(at[1] - px(3.5))), tile)
        pen.text(middle, "★", font=_font(14), fill=255, anchor="mm")
        return _inked(image, strength)

    def name_seal(self) -> Cover:
        image = Image.new("L", (px(18) + 8, px(18) + 8), 0)
        pen = ImageDraw.Draw(image)
        pen.rectangle([4, 4, image.width - 5, image.height - 5], outline=255, width=px(1.2))
        for i, letter in enumerate("张建国印"):
            at = (image.width * (0.72 - 0.44 * (i // 2)), image.height * (0.28 + 0.44 * (i % 2)))
            pen.text(at, letter, font=_font(6.8), fill=255, anchor="mm")
        return _inked(image, 0.85)

    def fingerprint(self, strength: float = 0.8) -> Cover:
        """A whorl of 15 x 21 mm with ridges every 0.48 mm."""
        rng, (width, height) = np.random.default_rng(1), (px(15), px(21))
        y, x = np.mgrid[:height, :width].astype(np.float32)
        wobble = cv2.resize(rng.normal(0, 1, (6, 5)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        radius = np.hypot((x - width / 2) * 1.25, y - height * 0.45) + wobble * px(0.6)
        ridge = 1 / (1 + np.exp(-4 * np.sin(2 * np.pi * radius / (0.48 * DPI / 25.4))))
        rim = ((2 * x / width - 1) ** 2 + (2 * y / height - 1) ** 2 + 0.1 * wobble - 0.9) * 25
        return np.asarray(strength * ridge / (1 + np.exp(rim)), np.float32)

    def smudge(self) -> Cover:
        return np.asarray(cv2.GaussianBlur(self.fingerprint(), (0, 0), 6), np.float32)


def _font(size: float, path: str = SERIF) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, px(size), index=2 if path == SERIF else 0)


def _inked(image: Image.Image, strength: float) -> Cover:
    """Soft edges, uneven pressure, grain."""
    rng, cover = np.random.default_rng(1), np.asarray(image, np.float32) / 255
    pressure = cv2.resize(rng.random((12, 12)).astype(np.float32), cover.shape[::-1], interpolation=cv2.INTER_CUBIC)
    grain = rng.random(cover.shape).astype(np.float32)
    inked = cv2.GaussianBlur(cover, (0, 0), 0.8) * (0.65 + 0.45 * pressure) * (0.8 + 0.3 * grain) * strength
    return np.asarray(np.clip(inked, 0, 1), np.float32)


@pytest.fixture(scope="session")
def draw() -> Draw:
    return Draw()


@pytest.fixture(scope="session")
def mm() -> Callable[[float], int]:
    """Pixels of so many mm."""
    return px


@pytest.fixture(scope="session")
def text_page(draw: Draw) -> Picture:
    return draw.page()


@pytest.fixture(scope="session")
def empty_page(draw: Draw) -> Picture:
    return draw.empty()


@pytest.fixture(scope="session")
def orienter() -> RapidOrienter:
    return RapidOrienter(locate(ORIENTATION))
