"""Scanner (扫描仪): from a plate and the way it lay to a picture, and the matrix from mm on the sheet to pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from pageset.ink import Ink
from pageset.lettering import PLATE_DPI
from pageset.paper import Field, Paper, sheet_of
from pageset.plate import Pasted, Plate
from pageset.truth import Matrix

MIRRORED_SIGMA_MM = 0.4  # how far ink spreads on its way through the sheet


class Lid(StrEnum):
    """What shows beside the sheet. CUT: nothing, the picture has the size of the straight sheet and ends there."""

    CUT = "cut"
    WHITE = "white"
    GRAY = "gray"
    BLACK = "black"


class Mode(StrEnum):
    COLOUR = "colour"
    GRAY = "gray"
    BITONAL = "bitonal"


REFLECTANCE = {Lid.CUT: 0.985, Lid.WHITE: 0.985, Lid.GRAY: 0.62, Lid.BLACK: 0.05}


@dataclass(frozen=True)
class Scanner:
    """What a device does to a sheet. Noise in 8-bit steps (standard deviation), lengths in pixels at 300 dpi."""

    lid: Lid = Lid.CUT
    mode: Mode = Mode.COLOUR
    blur_px: float = 0.65
    noise: float = 1.9
    misregistered_px: float = 0.0  # the red lines against the blue ones
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)  # colour cast (偏色)
    jpeg_quality: int | None = None
    gap_mm: float = 0.0  # lid seen around a straight sheet


OFFICE_SCANNER = Scanner()


@dataclass(frozen=True)
class Placed:
    """Where the sheet comes to lie: `matrix` maps mm on the sheet to pixels (edges, not centres)."""

    matrix: Matrix
    height: int
    width: int


def place(plate: Plate, dpi: int, skew_deg: float, lid: Lid, gap_mm: float) -> Placed:
    """Turn the sheet counter-clockwise about its middle; the picture holds all of it unless the lid cuts it."""
    turn = np.radians(skew_deg)
    cos, sin = np.cos(turn), np.sin(turn)
    if lid is Lid.CUT:
        width, height = plate.width, plate.height
    else:
        width = plate.width * abs(cos) + plate.height * abs(sin) + 2 * gap_mm
        height = plate.width * abs(sin) + plate.height * abs(cos) + 2 * gap_mm
    scale = dpi / 25.4
    to_middle = np.array([[1, 0, -plate.width / 2], [0, 1, -plate.height / 2], [0, 0, 1]])
    turned = np.array([[cos, sin, width / 2], [-sin, cos, height / 2], [0, 0, 1]])
    matrix = np.diag([scale, scale, 1]) @ turned @ to_middle
    return Placed(np.asarray(matrix, np.float64), round(height * scale), round(width * scale))


def digitise(
    plate: Plate,
    paper: Paper,
    behind: Plate | None,
    scanner: Scanner,
    placed: Placed,
    dpi: int,
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """(height, width, 3) B, G, R. `behind` is the other face of the sheet, which shows through."""
    planes = sheet_of(paper, placed.height, placed.width, dpi, rng)
    if behind is not None:
        for ink, layer in behind.layers.items():
            spread = _spread(np.asarray(layer)[:, ::-1], placed, dpi, MIRRORED_SIGMA_MM * dpi / 25.4)
            _soak(planes, ink, spread * np.float32(ink.through))
    for picture in plate.pictures:
        _glue(planes, picture, placed)
    for ink, layer in plate.layers.items():
        _soak(planes, ink, _spread(np.asarray(layer), placed, dpi, scanner.blur_px * dpi / 300))
    _show_lid(planes, plate, placed, scanner)
    return _sense(planes, scanner, dpi, rng)


def _spread(layer: NDArray[np.uint8], placed: Placed, dpi: int, sigma: float) -> Field:
    """A layer of the plate as it lies in the picture, softened by `sigma` pixels; 0 to 1."""
    shrink = PLATE_DPI / dpi
    soft = cv2.GaussianBlur(layer, (0, 0), max(0.4 * shrink, sigma * shrink))
    moved = cv2.warpAffine(soft, _between_centres(placed.matrix, 25.4 / PLATE_DPI), (placed.width, placed.height))
    return np.asarray(moved, np.float32) / np.float32(255)


def _between_centres(matrix: Matrix, unit_mm: float) -> NDArray[np.float64]:
    """2 x 3, from pixel centres of a source whose pixels measure `unit_mm` to pixel centres of the picture."""
    first = np.array([[unit_mm, 0, unit_mm / 2], [0, unit_mm, unit_mm / 2], [0, 0, 1]])
    last = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    return np.asarray((last @ matrix @ first)[:2], np.float64)


def _soak(planes: list[Field], ink: Ink, coverage: Field) -> None:
    for plane, reflectance in zip(planes, (ink.red, ink.green, ink.blue), strict=True):
        plane *= 1 - coverage * np.float32(1 - reflectance)


def _glue(planes: list[Field], picture: Pasted, placed: Placed) -> None:
    unit = picture.width / picture.pixels.shape[1]
    shifted = placed.matrix @ np.array([[1, 0, picture.left], [0, 1, picture.top], [0, 0, 1]])
    matrix, size = _between_centres(shifted, unit), (placed.width, placed.height)
    there = cv2.warpAffine(np.ones(picture.pixels.shape[:2], np.float32), matrix, size)
    for plane, channel in zip(planes, np.moveaxis(picture.pixels, 2, 0), strict=True):
        moved = cv2.warpAffine(np.ascontiguousarray(channel), matrix, size, borderMode=cv2.BORDER_REPLICATE)
        plane += there * (moved.astype(np.float32) / np.float32(255) - plane)


def _show_lid(planes: list[Field], plate: Plate, placed: Placed, scanner: Scanner) -> None:
    """Outside the sheet the lid; at a dark lid the sheet's edge throws a soft shadow on itself."""
    back = np.linalg.inv(placed.matrix)
    columns = np.arange(placed.width, dtype=np.float32) + 0.5
    rows = (np.arange(placed.height, dtype=np.float32) + 0.5)[:, None]
    x, y = (np.float32(line[0]) * columns + np.float32(line[1]) * rows + np.float32(line[2]) for line in back[:2])
    inside_mm = np.minimum(np.minimum(x, plate.width - x), np.minimum(y, plate.height - y))
    if inside_mm.min() > 0:
        return
    inside = np.clip(inside_mm * np.float32(np.hypot(*placed.matrix[0, :2]) / 1.5) + 0.5, 0, 1)
    lid = np.float32(REFLECTANCE[scanner.lid])
    for plane in planes:
        plane += (1 - inside) * (lid - plane)


def _sense(planes: list[Field], scanner: Scanner, dpi: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Misregistration, colour cast, noise, 8 bits; then gray or bitonal; then JPEG."""
    if scanner.misregistered_px:
        apart = scanner.misregistered_px * dpi / 300
        planes = [_lowered(plane, share * apart) for plane, share in zip(planes, (0.5, 0.0, -0.5), strict=True)]
    shape = planes[0].shape
    luma = rng.standard_normal(shape, np.float32) * np.float32(scanner.noise) + np.float32(0.5)
    chroma = rng.standard_normal(shape, np.float32) * np.float32(0.6 * scanner.noise)
    grain = (luma + chroma, luma - chroma, luma + np.float32(0.4) * chroma)
    steps = [
        np.clip(plane * np.float32(255 * gain) + noise, 0, 255).astype(np.uint8)
        for plane, gain, noise in zip(planes, scanner.cast, grain, strict=True)
    ]
    picture = np.dstack(steps[::-1])
    if scanner.mode is not Mode.COLOUR:
        gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        picture = np.dstack([bitonal(gray, dpi) if scanner.mode is Mode.BITONAL else gray] * 3)
    if scanner.jpeg_quality is not None:
        picture = jpeg(picture, scanner.jpeg_quality)
    return np.ascontiguousarray(picture, dtype=np.uint8)


def jpeg(picture: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """The picture after one round through JPEG."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _lowered(plane: Field, by_px: float) -> Field:
    shift = np.array([[1, 0, 0], [0, 1, by_px]], np.float64)
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, shift, size, borderMode=cv2.BORDER_REPLICATE), np.float32)


def bitonal(gray: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Black and white by the threshold of the neighbourhood, as devices do it."""
    window = round(12 * dpi / 25.4) | 1
    local = cv2.blur(gray, (window, window)).astype(np.int16)
    return np.where(gray < local - 34, 0, 255).astype(np.uint8)
