"""From inks on paper to what a scanner with its faults gives: colour cast, shifted channels, JPEG."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field
from PIL import Image, ImageDraw

from pageset.ink import TONER, Ink
from pageset.lettering import Typeface, load
from pageset.mark_style import MarkStyle, Scanner
from pageset.marks import Cover, px

Box = tuple[int, int, int, int]  # x, y, width, height in pixels
WIDTH, HEIGHT = 2480, 3508
SHOWN = 0.12  # coverage from which ink counts for the box of a mark
TILE = 512


@dataclass
class Sheet:
    """A4 at 300 dpi while it is written on: how much red, green and blue light it throws back; lengths in mm."""

    style: MarkStyle
    rng: InitVar[np.random.Generator]
    light: NDArray[np.float32] = field(init=False)

    def __post_init__(self, rng: np.random.Generator) -> None:
        """Paper with brown clouds, darkest in blue."""
        small = np.clip(smooth_field(rng, HEIGHT // 16, WIDTH // 16, 40), 0, 1) * self.style.paper.stain
        paper = (1 - small[:, :, None] * np.array([0.5, 0.8, 1.3])) * np.array(self.style.paper.light)
        self.light = np.asarray(
            cv2.resize(paper.astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR), np.float32
        )

    def write(self, x: float, y: float, text: str, face: Typeface, em: float, ink: Ink = TONER) -> Box:
        """One line from its top left; the box of its ink."""
        font = load(face, px(em))
        tile = Image.new("L", (px(em * len(text)) + px(em), px(em * 1.5)), 0)
        ImageDraw.Draw(tile).text((px(em * 0.3), px(em * 0.2)), text, fill=255, font=font)
        return self.press(x - em * 0.3, y - em * 0.2, np.asarray(tile, np.float32) / 255, ink)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float, ink: Ink = TONER) -> None:
        rows = slice(px(min(y0, y1)), px(max(y0, y1)) + max(2, px(width)) * (y0 == y1))
        columns = slice(px(min(x0, x1)), px(max(x0, x1)) + max(2, px(width)) * (x0 == x1))
        self.light[rows, columns] *= _absorbed(np.float32(0.95), ink)

    def press(self, x: float, y: float, cover: Cover, ink: Ink) -> Box:
        """A coverage of ink with its top left at (x, y), also partly off the sheet; the box of what shows."""
        left, top = px(x), px(y)
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(WIDTH, left + cover.shape[1]), min(HEIGHT, top + cover.shape[0])
        part = cover[y0 - top : y1 - top, x0 - left : x1 - left]
        self.light[y0:y1, x0:x1] *= _absorbed(part[:, :, None], ink)
        rows, columns = np.nonzero(part > SHOWN)
        if not len(rows):
            return x0, y0, 0, 0
        return (
            x0 + int(columns.min()),
            y0 + int(rows.min()),
            int(columns.max() - columns.min()) + 1,
            int(rows.max() - rows.min()) + 1,
        )

    def paste(self, x: float, y: float, pixels: NDArray[np.float32]) -> None:
        """A picture (height, width, 3), R, G, B from 0 to 1."""
        height, width = pixels.shape[:2]
        self.light[px(y) : px(y) + height, px(x) : px(x) + width] = pixels


def scanned(sheet: Sheet, scanner: Scanner, rng: np.random.Generator) -> NDArray[np.uint8]:
    """(HEIGHT, WIDTH, 3) B, G, R: cross-talk, gains, gamma, shifted channels, blur, noise, JPEG 4:2:0."""
    mix = np.eye(3) + rng.uniform(-scanner.crosstalk, scanner.crosstalk, (3, 3)) * (1 - np.eye(3))
    mix /= mix.sum(axis=1, keepdims=True)
    mix *= rng.uniform(1 - scanner.gain, 1, (3, 1))
    light = cv2.transform(sheet.light, mix)
    curve = (255 * (np.linspace(0, 1, 256) ** rng.uniform(*scanner.gamma))).round().astype(np.uint8)
    picture = cv2.LUT(np.clip(light * 255, 0, 255).astype(np.uint8), curve)
    sigma, planes = rng.uniform(*scanner.blur), []
    for channel in range(3):
        shift = np.zeros(2) if channel == 1 else rng.uniform(-1, 1, 2) * scanner.misregistration
        matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]])
        plane = np.ascontiguousarray(picture[:, :, channel])
        plane = cv2.warpAffine(plane, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        planes.append(cv2.GaussianBlur(plane, (0, 0), sigma))
    tile = rng.normal(0, scanner.noise, (TILE, TILE, 3)).astype(np.int16)
    noise = np.tile(tile, (-(-HEIGHT // TILE), -(-WIDTH // TILE), 1))[:HEIGHT, :WIDTH]
    noisy = cv2.add(cv2.merge(planes[::-1]), np.ascontiguousarray(noise), dtype=cv2.CV_8U)
    quality = int(rng.integers(scanner.jpeg[0], scanner.jpeg[1] + 1))
    data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _absorbed(cover: NDArray[np.float32] | np.float32, ink: Ink) -> NDArray[np.float32]:
    return np.asarray(1 - cover * (1 - np.array([ink.red, ink.green, ink.blue], np.float32)), np.float32)
