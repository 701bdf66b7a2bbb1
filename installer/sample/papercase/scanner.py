"""Paper and scanner: from layers of ink to the picture a 300 dpi colour scanner gives."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from papercase.inking import Field, smooth_field
from papercase.sheet import Ink, Sheet
from papercase.units import HEIGHT_PX, PX_PER_MM, WIDTH_PX, px

PAPER = (0.972, 0.966, 0.948)  # slightly warm office paper
LID = 0.985
BLACK_LID = 0.06
BLUR_PX = 0.65  # lens and sensor
LUMA_NOISE = 1.9  # standard deviations, in 8-bit steps
CHROMA_NOISE = 1.1
THROUGH = {Ink.TONER: 0.018, Ink.SEAL: 0.07, Ink.PASTE: 0.05, Ink.RED: 0.03, Ink.PEN: 0.03}  # what shows on the back


@dataclass(frozen=True)
class Feed:
    """How the sheet lay in the scanner: crooked, upside down, on a black lid. Angles in degrees."""

    skew_deg: float = 0.0  # counter-clockwise turn of the content
    turned_cw_deg: int = 0  # 0 or 180
    border: bool = False


def scan(sheet: Sheet, behind: Sheet | None, feed: Feed, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The face as a picture (3508, 2480, 3) uint8, R, G, B. `behind` is the other face of the same sheet."""
    planes = blank_paper(rng)
    if behind is not None:
        show_through(planes, behind)
    for picture in sheet.pictures:
        height, width = picture.pixels.shape[:2]
        for plane, channel in zip(planes, np.moveaxis(picture.pixels, 2, 0), strict=True):
            plane[picture.top : picture.top + height, picture.left : picture.left + width] = channel / np.float32(255)
    for ink, layer in sheet.layers.items():
        soak(planes, ink, layer)
    planes = [place(blurred(plane), feed) for plane in planes]
    if feed.border:
        bare_lid(planes, rng)
    return digitise(planes, rng)


def blank_paper(rng: np.random.Generator) -> list[Field]:
    """Three planes (0 to 1) of tinted, faintly cloudy paper."""
    cloud = 1.0 + 0.006 * smooth_field(rng, HEIGHT_PX, WIDTH_PX, 420)
    tint = rng.uniform(-0.006, 0.006)
    return [(cloud * (base + tint)).astype(np.float32) for base in PAPER]


def soak(planes: list[Field], ink: Ink, layer: Image.Image) -> None:
    """Multiply one ink into the paper, only where it is."""
    area = layer.getbbox()
    if area is None:
        return
    left, top, right, bottom = area
    coverage = np.asarray(layer.crop(area), dtype=np.float32) / 255.0
    for plane, reflectance in zip(planes, ink.value, strict=True):
        plane[top:bottom, left:right] *= 1.0 - coverage * np.float32(1.0 - reflectance)


def show_through(planes: list[Field], behind: Sheet) -> None:
    """The other face's ink, mirrored, blurred and faint."""
    for ink, strength in THROUGH.items():
        if ink not in behind.layers:
            continue
        mirrored = np.asarray(behind.layers[ink], dtype=np.float32)[:, ::-1] / 255.0
        soft = cv2.GaussianBlur(mirrored, (0, 0), 5.0) * np.float32(strength)
        for plane, reflectance in zip(planes, ink.value, strict=True):
            plane *= 1.0 - soft * np.float32(1.0 - reflectance)


def blurred(plane: Field) -> Field:
    """Softness of lens and sensor."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), BLUR_PX), dtype=np.float32)


def place(plane: Field, feed: Feed) -> Field:
    """Turn one plane as the sheet lay; what lies beside the sheet is the lid."""
    if feed.skew_deg:
        matrix = cv2.getRotationMatrix2D(((WIDTH_PX - 1) / 2, (HEIGHT_PX - 1) / 2), feed.skew_deg, 1.0)
        plane = cv2.warpAffine(plane, matrix, (WIDTH_PX, HEIGHT_PX), flags=cv2.INTER_CUBIC, borderValue=LID).astype(
            np.float32
        )
    if feed.turned_cw_deg == 180:
        plane = np.ascontiguousarray(plane[::-1, ::-1])
    return plane


def bare_lid(planes: list[Field], rng: np.random.Generator) -> None:
    """The sheet is a little smaller than A4: along all four sides the black lid shows, with a soft, slanting edge."""
    rows, columns = np.arange(HEIGHT_PX, dtype=np.float32), np.arange(WIDTH_PX, dtype=np.float32)
    left, top, right, bottom = (float(px(mm)) for mm in (4.6, 6.2, 3.1, 4.0))
    slant = rng.uniform(-0.0012, 0.0012, 4)
    inside = np.minimum.reduce(
        [
            columns[None, :] - (left + slant[0] * rows[:, None]),
            (WIDTH_PX - 1 - columns)[None, :] - (right + slant[1] * rows[:, None]),
            rows[:, None] - (top + slant[2] * columns[None, :]),
            (HEIGHT_PX - 1 - rows)[:, None] - (bottom + slant[3] * columns[None, :]),
        ]
    )
    sheet_share = np.clip(inside / 2.0 + 0.5, 0.0, 1.0).astype(np.float32)
    shade = 1.0 - 0.10 * np.exp(-np.clip(inside, 0, None) / (0.9 * PX_PER_MM))
    for plane in planes:
        plane *= shade.astype(np.float32)
        plane *= sheet_share
        plane += (1.0 - sheet_share) * np.float32(BLACK_LID)


def digitise(planes: list[Field], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Sensor noise and 8 bits a channel."""
    luma = rng.standard_normal((HEIGHT_PX, WIDTH_PX), dtype=np.float32) * np.float32(LUMA_NOISE) + np.float32(0.5)
    half = (HEIGHT_PX // 2, WIDTH_PX // 2)
    picture = np.empty((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
    for channel, plane in enumerate(planes):
        colour = rng.standard_normal(half, dtype=np.float32) * np.float32(CHROMA_NOISE)
        noise = luma + cv2.resize(colour, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_NEAREST)
        picture[:, :, channel] = np.clip(plane * np.float32(255.0) + noise, 0.0, 255.0)
    return picture
