"""A sheet seen from the side becomes flat, true to size, and no part of it is enlarged."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.imaging.geometry import compose, map_points
from ocr.imaging.perspective import flatten, perspective, sheet_view
from ocr.imaging.quad import SheetQuad
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Op, OpKind, OpSource, Picture, Recipe

SIZE = (1600, 1200)


def seen(width_mm: float, height_mm: float, tilt_deg: float, turn_deg: float = 0.0) -> np.ndarray:
    """Corners of a sheet under a pinhole camera whose axis meets the picture in its middle."""
    tilt, _ = cv2.Rodrigues(np.radians([tilt_deg, 0.6 * tilt_deg, 0.0]))
    turn, _ = cv2.Rodrigues(np.radians([0.0, 0.0, turn_deg]))
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * [width_mm / 2, height_mm / 2, 0]
    points = corners @ np.asarray(tilt @ turn).T + [0, 0, 600]
    return points[:, :2] / points[:, 2:] * 1800 + (np.array(SIZE) - 1) / 2


def op_of(corners: np.ndarray) -> Op:
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return perspective(SheetQuad((a, b, c, d), 0.9), SIZE)


@pytest.mark.parametrize("tilt", [0.0, 0.01, 8.0, 20.0])
@pytest.mark.parametrize("turn", [0.0, 7.0])
@pytest.mark.parametrize(
    ("sheet", "told"),
    [((210, 297), (210, 297)), ((297, 210), (297, 210)), ((148, 210), (210, 297)), ((100, 270), (110, 297))],
    ids=["a4", "a4 across", "a5 is told as a4", "a slip"],
)
def test_the_shape_of_the_sheet_follows_from_its_corners(
    tilt: float, turn: float, sheet: tuple[float, float], told: tuple[float, float]
) -> None:
    assert op_of(seen(*sheet, tilt, turn)).values[8:] == pytest.approx(told, rel=2e-3)


def test_the_corners_of_the_sheet_become_the_corners_of_the_picture() -> None:
    corners = seen(210, 297, 15, 4)
    flat = flatten(op_of(corners))
    width, height = flat.size
    wanted = [[-0.5, -0.5], [width - 0.5, -0.5], [width - 0.5, height - 0.5], [-0.5, height - 0.5]]
    assert map_points(flat.matrix, corners) == pytest.approx(np.array(wanted), abs=0.02)
    assert (width / flat.dpi * 25.4, height / flat.dpi * 25.4) == pytest.approx((210, 297), abs=0.2)


def test_no_part_of_the_sheet_is_enlarged() -> None:
    flat = flatten(op_of(seen(210, 297, 25, 4)))
    back = np.linalg.inv(flat.matrix)
    width, height = flat.size
    grid = np.stack(np.meshgrid(np.linspace(0, width - 2, 30), np.linspace(0, height - 2, 30)), -1).reshape(-1, 2)
    for step in ([1.0, 0.0], [0.0, 1.0], [0.7071, 0.7071], [0.7071, -0.7071]):
        moved = np.linalg.norm(map_points(back, grid + step) - map_points(back, grid), axis=1)
        assert moved.min() >= 0.999


def camera_picture() -> tuple[Picture, np.ndarray]:
    sheet = np.full((891, 630, 3), 245, np.uint8)
    sheet[300:330, 100:500] = 30
    corners = seen(210, 297, 12)
    wanted = np.array([[-0.5, -0.5], [629.5, -0.5], [629.5, 890.5], [-0.5, 890.5]], np.float32)
    matrix = cv2.getPerspectiveTransform(wanted, corners.astype(np.float32))
    table = np.full((SIZE[1], SIZE[0], 3), (40, 60, 80), np.uint8)
    return np.asarray(cv2.warpPerspective(sheet, matrix, SIZE, table, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)), corners


def test_a_camera_page_is_rendered_flat_and_turned_in_one_step() -> None:
    picture, corners = camera_picture()
    (op,) = sheet_view(picture, 72)
    assert np.array(op.values[:8]).reshape(4, 2) == pytest.approx(corners, abs=0.7)
    recipe = Recipe((op, Op(OpKind.TURN, (90.0,), OpSource.AUTOMATIC)))
    rendered = render(picture, 72, recipe, Derivative.EVIDENCE)
    mm = rendered.dpi / 25.4
    height, width = rendered.picture.shape[:2]
    assert (width / mm, height / mm) == pytest.approx((297, 210), abs=0.4)
    dark = np.argwhere(rendered.picture[..., 0] < 120)
    # The bar 100..110 mm down and 33.3..166.7 mm across, turned clockwise.
    assert dark.min(axis=0) / mm == pytest.approx((33.3, 187), abs=0.8)
    assert dark.max(axis=0) / mm == pytest.approx((166.7, 197), abs=0.8)
    assert rendered.picture[5:-5, 5:-5].min(axis=2).max() > 200  # no table


def test_retouches_land_where_they_belong_on_the_flat_sheet() -> None:
    picture, corners = camera_picture()
    (x, y), *_ = corners
    op = op_of(corners)
    cv2.circle(picture, (round(x + 60), round(y + 150)), 8, (20, 20, 20), -1)
    flat = flatten(op)
    ((px, py),) = map_points(flat.matrix, np.array([[round(x + 60), round(y + 150)]], np.float64))
    mm = 25.4 / flat.dpi
    hole = Op(OpKind.FILL_HOLE, (float(px) * mm, float(py) * mm, 8.0), OpSource.AUTOMATIC)
    read = render(picture, 72, Recipe((op, hole)), Derivative.READING).picture
    assert read[round(py) - 3 : round(py) + 4, round(px) - 3 : round(px) + 4].min() > 200


def test_a_scan_is_left_as_it_is() -> None:
    picture, _ = camera_picture()
    assert sheet_view(picture, 300) == ()  # 135 x 102 mm: what the file says can be true
    assert sheet_view(np.full((1200, 1600, 3), 240, np.uint8), None) == ()


@pytest.mark.parametrize(
    "values",
    [
        (0, 0, 9, 0, 9, 9, 0, 9),
        (0, 0, 9, 0, 9, 9, 0, 9, 210, 0),
        (0, 0, 0, 9, 9, 9, 9, 0, 210, 297),
        (float("nan"),) * 10,
    ],
    ids=["no sheet", "no height", "counter-clockwise", "no numbers"],
)
def test_impossible_perspectives_are_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"sheet|corners"):
        flatten(Op(OpKind.PERSPECTIVE, values, OpSource.OPERATOR))


def test_a_perspective_comes_first() -> None:
    op = op_of(seen(210, 297, 5))
    with pytest.raises(ValueError, match="first"):
        compose(Recipe((Op(OpKind.TURN, (90.0,), OpSource.OPERATOR), op)), SIZE, 300)
