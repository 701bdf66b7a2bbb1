"""A single picture is read however it lies; what was read is told where the picture shows it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.imaging.geometry import map_points
from ocr.imaging.perspective import sheet_view
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Recipe
from ocr.pipeline import page_tools
from ocr.upright import read_upright
from tests.rigs.camera_sheet import SERIF, SHEET, camera_picture, corners

WORDS = "经依法审查查明，犯罪嫌疑人张三于当日到案。"
LEFT, TOP, EM = 150, 700, 40


def page() -> np.ndarray:
    drawn = Image.new("L", SHEET, 250)
    pen = ImageDraw.Draw(drawn)
    font = ImageFont.truetype(SERIF, EM, index=2)
    for row in range(-6, 7):
        pen.text((LEFT, TOP + row * 70), WORDS if row == 0 else f"第{row + 7}行：以上记录我看过。", font=font, fill=20)
    return np.asarray(cv2.cvtColor(np.asarray(drawn), cv2.COLOR_GRAY2BGR))


def turned(clockwise_deg: float) -> np.ndarray:
    """(2, 3) about the page's middle."""
    width, height = SHEET
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -clockwise_deg, 1)
    return np.asarray(matrix)


@pytest.mark.parametrize("deg", [0.0, 182.5])
def test_a_scan_upside_down_is_read_and_its_boxes_lie_on_the_ink(deg: float) -> None:
    matrix = turned(deg)
    picture = cv2.warpAffine(page(), matrix, SHEET, flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))
    view = Recipe()
    found = read_upright(picture, 150, view, render(picture, 150, view, Derivative.EVIDENCE), page_tools())
    (line,) = [line for line in found.lines if line.text == WORDS]
    onto = np.vstack([matrix, [0, 0, 1]])
    for place, char in enumerate(line.chars):
        drawn = map_points(onto, np.array([[LEFT + (place + 0.5) * EM, TOP + 0.7 * EM]]))[0]
        if char.text not in "，。":  # their ink lies in a corner
            assert np.hypot(*(np.mean(char.box, axis=0) - drawn)) < 0.3 * EM, char


def test_a_camera_picture_is_read_and_its_boxes_lie_on_the_sheet_as_it_is_seen() -> None:
    picture = camera_picture()
    view = Recipe(sheet_view(picture, None))
    sheet = render(picture, 150, view, Derivative.EVIDENCE)
    found = read_upright(picture, 150, view, sheet, page_tools())
    (line,) = [line for line in found.lines if "侦查人员对犯罪嫌疑人张三执行拘留" in line.text]
    width, height = SHEET
    edges = np.array([[-0.5, -0.5], [width - 0.5, -0.5], [width - 0.5, height - 0.5], [-0.5, height - 0.5]], np.float32)
    seen = cv2.getPerspectiveTransform(edges, corners())
    start, end = map_points(seen, np.array([[150.0, 448], [150 + 20.4 * 40, 448]]))
    left_end = np.mean([line.box[0], line.box[3]], axis=0)
    right_end = np.mean([line.box[1], line.box[2]], axis=0)
    assert np.hypot(*(left_end - start)) < 25
    assert np.hypot(*(right_end - end)) < 25
