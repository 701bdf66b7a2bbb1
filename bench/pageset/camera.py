"""Sheets as a document camera or a phone sees them: on a table, tilted, unevenly lit, shaded, curled.

A pinhole camera looks at a sheet that lies in the plane z = 0 but for its curl; what it sees is traced back from each
pixel to the sheet. The same style and seed give the same picture. Styles for tuning and for judging share no table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pageset.page import Picture, stream
from pageset.scan import jpeg

Field = NDArray[np.float32]
Colour = tuple[float, float, float]  # reflectance, B, G, R
Table = Callable[[int, int, np.random.Generator], Field]  # height, width -> (height, width, 3) reflectance, B, G, R

SHEET_MM = (210.0, 297.0)
SHEET_CORNERS = np.array([[0, 0, 0], [SHEET_MM[0], 0, 0], [*SHEET_MM, 0], [0, SHEET_MM[1], 0]])
PLACES_MM = np.stack(np.meshgrid(np.linspace(5, 205, 21), np.linspace(5, 292, 42)), axis=-1)
RIM_PX = 12  # of table seen beside each corner, at least
Layer = Callable[[Field, Field, Field, np.random.Generator], Field]  # seen, mm across and down -> seen
FLAP = 0.97  # of the sheet's own brightness has the back of a corner that is folded over
GRID = 8  # the way back is traced at every 8th pixel and is smooth between
TRACE_STEPS = 6


class MissingCorner(NamedTuple):
    """Shares (height, width): where the sheet's corner is missing, and where it lies folded over upon the sheet."""

    missing: Field
    flap: Field


@dataclass(frozen=True)
class CameraStyle:
    """How a sheet is photographed. Angles in degrees, curl in mm of height, light and shadow as shares.

    `beneath` and `upon`: what lies on the table below the sheet, and upon it. A corner that is torn off or folded over
    counts where it would be.
    """

    name: str
    table: Table
    size: tuple[int, int] = (2448, 3264)  # width, height of the picture
    tilt: float = 8.0  # the camera's axis off the upright, at most
    turn: float = 6.0  # of the sheet in the picture, at most
    fill: tuple[float, float] = (0.72, 0.9)  # of the picture by the sheet
    fall_off: float = 0.25  # of the light, from its brightest place to the far corner
    shadow: float = 0.0  # of a hand or a head over the sheet, at its darkest
    patch: float = 0.0  # by which a window's light that falls on a part of it all is brighter
    contact: float = 0.35  # of the sheet itself on the table
    curl: float = 0.0  # height of the sheet's edge over the table, at most
    light: tuple[float, float, float] = (0.96, 1.0, 1.0)
    noise: float = 2.5
    blur: float = 0.8
    finger: bool = False
    quality: int = 88
    beneath: tuple[Layer, ...] = ()
    upon: tuple[Layer, ...] = ()
    corner: Callable[[Field, Field, np.random.Generator], MissingCorner] | None = None


@dataclass(frozen=True)
class CameraPage:
    """`corners`: the sheet's, clockwise from its top left, x and y in pixels (centres), 4 x 2.

    `places`: where the picture shows the places of a grid on the sheet, of PLACES_MM (rows, columns, 2).
    """

    picture: Picture
    corners: NDArray[np.float64]
    style: str
    places: NDArray[np.float64]


@dataclass(frozen=True)
class _View:
    """A pinhole camera: `matrix` (3 x 4) takes points in mm on and over the table to pixels."""

    matrix: NDArray[np.float64]

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) mm to (..., 2) pixels."""
        seen = points @ self.matrix[:, :3].T + self.matrix[:, 3]
        return np.asarray(seen[..., :2] / seen[..., 2:], np.float64)

    def ground(self) -> NDArray[np.float64]:
        """3 x 3, pixels to mm on the table."""
        return np.asarray(np.linalg.inv(self.matrix[:, [0, 1, 3]]), np.float64)


def photograph(style: CameraStyle, sheet: Picture, seed: int) -> CameraPage:
    """Photograph a drawn A4 sheet (height x width x 3, any resolution)."""
    rng = stream(style.name, seed, "camera")
    width, height = style.size
    view = _view(style, rng)
    curl = _curl(style.curl, rng)
    across, down = _trace(view, curl, width, height)
    table = style.table(height, width, rng)
    on_table = _trace(view, _curl(0, rng), width, height) if style.beneath else (across, down)
    for layer in style.beneath:
        table = layer(table, *on_table, rng)
    scale = sheet.shape[1] / SHEET_MM[0]
    x, y = (across * scale - 0.5).astype(np.float32), (down * scale - 0.5).astype(np.float32)
    paper = cv2.remap(sheet, x, y, cv2.INTER_AREA if scale > 12 else cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = _inside(across, down)
    corner = style.corner(across, down, rng) if style.corner else None
    if corner:
        inside = np.asarray(inside * (1 - corner.missing), np.float32)
    table *= _contact_shadow(inside, style.contact, rng)[..., None]
    laid = table + inside[..., None] * (paper.astype(np.float32) / 255 * 0.93 - table)
    if corner:
        laid = _folded_over(laid, corner.flap)
    for layer in style.upon:
        laid = layer(laid, across, down, rng)
    lit = laid * (_light(style, height, width, rng) * _relief(curl, across, down, inside))[..., None]
    seen = _with_finger(np.asarray(lit, np.float32), view, rng) if style.finger else lit
    sensed = np.asarray(cv2.GaussianBlur(seen * np.array(style.light, np.float32), (0, 0), style.blur)) * 255
    sensed += rng.normal(0, style.noise, sensed.shape).astype(np.float32)
    lifted = SHEET_CORNERS + np.outer(curl(SHEET_CORNERS[:, 0], SHEET_CORNERS[:, 1]), [0, 0, 1])
    height_mm = curl(PLACES_MM[..., 0], PLACES_MM[..., 1])
    return CameraPage(
        jpeg(np.clip(sensed, 0, 255).astype(np.uint8), style.quality),
        view.project(lifted),
        style.name,
        view.project(np.concatenate([PLACES_MM, height_mm[..., None]], axis=-1)),
    )


def _view(style: CameraStyle, rng: np.random.Generator) -> _View:
    """Look at the sheet's middle from above, tilted anyhow, so that it fills the wanted share of the picture."""
    width, height = style.size
    focal = 1.1 * max(width, height)
    turn = np.radians(rng.uniform(-style.turn, style.turn))
    tilt, towards = np.radians(rng.uniform(0, style.tilt)), rng.uniform(0, 2 * np.pi)
    axis = np.array([np.cos(towards), np.sin(towards), 0.0]) * tilt
    tilted, _ = cv2.Rodrigues(axis)
    spun, _ = cv2.Rodrigues(np.array([0.0, 0.0, turn]))
    rotation = np.asarray(tilted @ spun, np.float64)
    fill = rng.uniform(*style.fill)
    distance = focal * max(SHEET_MM[1] / (fill * height), SHEET_MM[0] / (fill * width))
    middle = np.array([SHEET_MM[0] / 2, SHEET_MM[1] / 2, 0.0])
    slack = (1 - fill) / 2 * np.array([width, height]) * 0.35
    aim = np.array([width / 2, height / 2]) + rng.uniform(-slack, slack)
    camera = np.array([[focal, 0, aim[0]], [0, focal, aim[1]], [0, 0, 1]])
    up = np.diag([1.0, 1.0, -1.0])  # z of the sheet rises towards the camera
    while True:
        offset = np.array([0, 0, distance]) - rotation @ up @ middle
        view = _View(np.asarray(camera @ np.column_stack([rotation @ up, offset]), np.float64))
        seen = np.stack([view.project(SHEET_CORNERS + np.array([0, 0, lift])) for lift in (0.0, style.curl)])
        if (seen > RIM_PX).all() and (seen < np.array([width, height]) - RIM_PX).all():
            return view
        distance *= 1.03  # whoever photographs a page steps back until all of it is seen


Curl = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def _curl(height_mm: float, rng: np.random.Generator) -> Curl:
    """Height over the table: the sheet rises towards one edge like a page of a bound file, and a little at a corner."""
    amount, corner = rng.uniform(0.4, 1.0) * height_mm, rng.uniform(0, 0.5) * height_mm
    from_left, corner_right = rng.random() < 0.5, rng.random() < 0.5

    def height(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        u, v = np.clip(x / SHEET_MM[0], -0.2, 1.2), np.clip(y / SHEET_MM[1], -0.2, 1.2)
        rise = np.clip(1 - u if from_left else u, 0, None)
        near = np.clip((u if corner_right else 1 - u) + v - 1.2, 0, None)
        return np.asarray(amount * rise**2.5 + corner * near**2, np.float64)

    return height


def _trace(view: _View, curl: Curl, width: int, height: int) -> tuple[Field, Field]:
    """Where on the sheet (mm across, mm down) each pixel looks."""
    ys, xs = np.mgrid[-GRID : height + 2 * GRID : GRID, -GRID : width + 2 * GRID : GRID].astype(np.float64)
    pixels = np.stack([xs, ys, np.ones_like(xs)], axis=-1)
    ground = view.ground()

    def on_table(points: NDArray[np.float64]) -> NDArray[np.float64]:
        hit = points @ ground.T
        return np.asarray(hit[..., :2] / hit[..., 2:], np.float64)

    aim = on_table(pixels)
    place = aim.copy()
    for _ in range(TRACE_STEPS):  # the curl is flat enough for the fixed point to be near after a few steps
        lifted = np.concatenate([place, curl(place[..., 0], place[..., 1])[..., None]], axis=-1)
        seen = view.project(lifted)
        place = place + aim - on_table(np.concatenate([seen, np.ones_like(seen[..., :1])], axis=-1))
    fine_x, fine_y = np.meshgrid(
        (np.arange(width, dtype=np.float32) + GRID) / GRID, (np.arange(height, dtype=np.float32) + GRID) / GRID
    )
    across, down = (cv2.remap(place[..., axis].astype(np.float32), fine_x, fine_y, cv2.INTER_CUBIC) for axis in (0, 1))
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _inside(across: Field, down: Field) -> Field:
    """1 on the sheet, 0 beside it, soft over about a pixel."""
    beyond = np.maximum(*(np.abs(at - side / 2) - side / 2 for at, side in zip((across, down), SHEET_MM, strict=True)))
    return np.asarray(np.clip(0.5 - beyond / 0.12, 0, 1), np.float32)


def _folded_over(laid: Field, flap: Field) -> Field:
    """The back of a corner that lies on the sheet, with its shadow."""
    shade = np.asarray(cv2.GaussianBlur(flap, (0, 0), 6))
    back = FLAP * np.quantile(laid[flap > 0], 0.9, axis=0) if flap.any() else np.zeros(3)
    shaded = laid * (1 - 0.3 * shade[..., None])
    return np.asarray(shaded + flap[..., None] * (back - shaded), np.float32)


def _contact_shadow(inside: Field, depth: float, rng: np.random.Generator) -> Field:
    """The sheet's own shadow, to one side of it."""
    shift = rng.uniform(-8, 8, 2)
    small = cv2.resize(inside, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    moved = cv2.warpAffine(small, np.array([[1.0, 0, shift[0] / 2], [0, 1, shift[1] / 2]]), small.shape[::-1])
    soft = cv2.GaussianBlur(moved, (0, 0), rng.uniform(1.5, 4))
    large = cv2.resize(soft, inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - depth * large, np.float32)


def _light(style: CameraStyle, height: int, width: int, rng: np.random.Generator) -> Field:
    """A lamp somewhere, and where asked the soft shadow of a hand, an arm or a head."""
    ys, xs = np.mgrid[0:64, 0:48].astype(np.float32)
    lamp = rng.uniform(0.15, 0.85, 2) * (48, 64)
    far = np.hypot(xs - lamp[0], ys - lamp[1]) / np.hypot(48, 64)
    light = rng.uniform(0.82, 1.0) * (1 - style.fall_off * far**1.5)
    if style.shadow:
        at, direction = rng.uniform(0.2, 0.8, 2) * (48, 64), rng.uniform(0, 2 * np.pi)
        side = (xs - at[0]) * np.cos(direction) + (ys - at[1]) * np.sin(direction)
        width_of_edge = rng.uniform(0.7, 4)
        light *= 1 - rng.uniform(0.5, 1) * style.shadow / (1 + np.exp(-side / width_of_edge))
    spread = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(spread * _window(style.patch, height, width, rng) if style.patch else spread, np.float32)


def _window(brighter: float, height: int, width: int, rng: np.random.Generator) -> Field:
    """What a low sun through a window with a bar makes of the light: two slanting panes, the rest darker."""
    at, slant = rng.uniform(0.1, 0.7) * width, rng.uniform(0.2, 0.6) * width
    pane, bar = rng.uniform(0.18, 0.3) * width, 0.04 * width
    sky = np.zeros((height, width), np.float32)
    for left in (at, at + pane + bar):
        corners = [(left, 0), (left + pane, 0), (left + pane - slant, height), (left - slant, height)]
        cv2.fillConvexPoly(sky, np.round(corners).astype(np.int32), 1.0)
    return np.asarray((1 + brighter * cv2.GaussianBlur(sky, (0, 0), rng.uniform(3, 9))) / (1 + brighter), np.float32)


def _relief(curl: Curl, across: Field, down: Field, inside: Field) -> Field:
    """A curled sheet is lit by its slope."""
    low_x, low_y = across[::GRID, ::GRID].astype(np.float64), down[::GRID, ::GRID].astype(np.float64)
    slope = (curl(low_x + 1, low_y) - curl(low_x - 1, low_y)) / 2
    fine = cv2.resize(slope.astype(np.float32), inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - 0.6 * inside * np.clip(fine, -0.5, 0.5), np.float32)


def _with_finger(seen: Field, view: _View, rng: np.random.Generator) -> Field:
    """A finger that holds the sheet at its left or right edge, with its shadow."""
    right, down = rng.random() < 0.5, rng.uniform(60, 240)
    edge = SHEET_MM[0] if right else 0.0
    outwards = 1 if right else -1
    tip = np.array([edge - outwards * rng.uniform(6, 14), down, 8.0])
    root = np.array([edge + outwards * 90, down + rng.uniform(-25, 25), 8.0])
    ends = view.project(np.stack([tip, root]))
    thick = int(17 * np.linalg.norm(view.project(np.array([[0.0, 0, 0], [1, 0, 0]]))[1] - view.project(np.zeros(3))))
    for shift, colour, depth in (((14, 18), None, 0.45), ((0, 0), (0.42, 0.55, 0.78), 1.0)):
        mask = np.zeros(seen.shape[:2], np.float32)
        first, second = (tuple(int(v) for v in end + shift) for end in ends)
        cv2.line(mask, first, second, 1.0, thick, cv2.LINE_AA)
        mask = cv2.GaussianBlur(mask, (0, 0), 12 if colour is None else 1.5)[..., None] * depth
        seen = seen * (1 - mask) if colour is None else seen + mask * (np.array(colour, np.float32) - seen)
    return np.asarray(seen, np.float32)


def plain(blue: float, green: float, red: float, grain: float = 0.01) -> Table:
    """A mat or a painted table."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        fine = rng.normal(0, grain, (height // 2, width // 2)).astype(np.float32)
        grown = cv2.resize(fine, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(np.array([blue, green, red], np.float32) + grown[..., None], np.float32)

    return table


def wood(blue: float, green: float, red: float, depth: float = 0.12, plank_px: int = 0) -> Table:
    """Grain that runs one way, and joints between planks where asked."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        rows = rng.normal(0, 1, (height // 4, 6)).astype(np.float32)
        grain = cv2.GaussianBlur(cv2.resize(rows, (width, height), interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
        bent = np.asarray(1 + depth * grain, np.float32)
        for y in range(int(rng.integers(1, plank_px)) if plank_px else height, height, max(1, plank_px)):
            bent[y : y + 5] *= 0.45
        return np.asarray(np.array([blue, green, red], np.float32) * bent[..., None], np.float32)

    return table


def ruled(base: tuple[float, float, float], line: float, step_px: int) -> Table:
    """A cutting mat or a tablecloth with a grid of lines."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        cloth = np.empty((height, width, 3), np.float32)
        cloth[:] = base
        start = rng.integers(0, step_px, 2)
        cloth[start[0] :: step_px] += line
        cloth[start[0] + 1 :: step_px] += line
        cloth[:, start[1] :: step_px] += line
        cloth[:, start[1] + 1 :: step_px] += line
        return cloth

    return table


def speckled(base: float, depth: float) -> Table:
    """Stone (大理石) and terrazzo."""

    def table(height: int, width: int, rng: np.random.Generator) -> Field:
        cloud = sum(
            cv2.resize(rng.normal(0, 1, (height // size, width // size)).astype(np.float32), (width, height))
            for size in (6, 24, 120)
        )
        return np.asarray(np.clip(base + depth * np.asarray(cloud)[..., None] * (1, 0.97, 0.94), 0.02, 1), np.float32)

    return table


TUNING: tuple[CameraStyle, ...] = (
    CameraStyle("black-mat", plain(0.06, 0.06, 0.06), tilt=4, turn=3),
    CameraStyle("oak", wood(0.28, 0.42, 0.58), shadow=0.35),
    CameraStyle("gray-desk", plain(0.52, 0.53, 0.53, 0.015), tilt=14, turn=10, curl=6),
    CameraStyle("white-desk", plain(0.80, 0.82, 0.83), shadow=0.2, contact=0.4),
    CameraStyle("birch", wood(0.60, 0.72, 0.80, 0.05, 520), tilt=10, curl=9, light=(0.9, 0.98, 1.0)),
    CameraStyle("larch", wood(0.44, 0.60, 0.72, 0.09, 560), tilt=10, shadow=0.35, curl=7, light=(0.88, 0.98, 1.0)),
    CameraStyle("pale-desk", plain(0.86, 0.87, 0.87, 0.004), contact=0.25, shadow=0.3, fall_off=0.35),
    CameraStyle("blue-cloth", ruled((0.55, 0.36, 0.2), 0.12, 70), tilt=12, fall_off=0.4, finger=True),
)
HELDOUT: tuple[CameraStyle, ...] = (
    CameraStyle("green-cutting-mat", ruled((0.30, 0.42, 0.18), 0.25, 93), tilt=10, turn=8, noise=3.5),
    CameraStyle("dark-planks", wood(0.10, 0.14, 0.22, 0.25, 420), tilt=16, shadow=0.45, fall_off=0.45),
    CameraStyle("pale-pine", wood(0.52, 0.68, 0.78, 0.07, 640), shadow=0.3, curl=8, light=(0.85, 0.97, 1.0)),
    CameraStyle("granite", speckled(0.45, 0.05), tilt=12, turn=15, blur=1.3),
    CameraStyle("white-table", plain(0.84, 0.85, 0.85, 0.006), contact=0.3, shadow=0.25, fall_off=0.3),
    CameraStyle("camera-stand", plain(0.13, 0.12, 0.11, 0.02), (2592, 1944), 2, 4, (0.8, 0.93), noise=4, quality=75),
    CameraStyle("held-by-hand", plain(0.35, 0.30, 0.45, 0.02), tilt=18, turn=12, curl=10, finger=True, shadow=0.3),
)
