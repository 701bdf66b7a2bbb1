"""A drawn warrant on a brown table under a tilted camera, lying on its side."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SHEET = (1240, 1754)  # A4 at 150 dpi
FRAME = (2048, 1536)


def corners() -> NDArray[np.float32]:
    """Of a sheet that lies on its side under a camera tilted by 12 degrees, from the sheet's top left on."""
    tilt, _ = cv2.Rodrigues(np.radians([9.0, -8.0, 0.0]))
    side, _ = cv2.Rodrigues(np.radians([0.0, 0.0, 93.0]))
    sheet = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * [105, 148.5, 0]
    points = sheet @ np.asarray(tilt @ side).T + [0, 0, 420]
    return np.asarray(points[:, :2] / points[:, 2:] * 2300 + np.array(FRAME) / 2, np.float32)


def camera_picture() -> NDArray[np.uint8]:
    page = Image.new("RGB", SHEET, (250, 249, 246))
    pen = ImageDraw.Draw(page)
    for y, text, size in ((150, "拘  留  证", 70), (420, "兹派我局侦查人员对犯罪嫌疑人张三执行拘留，", 40)):
        pen.text((150 if size < 60 else 480, y), text, font=ImageFont.truetype(SERIF, size, index=2), fill=(30, 30, 30))
    pen.ellipse((780, 1100, 1030, 1350), outline=(215, 40, 45), width=9)
    pen.text((850, 1165), "★", font=ImageFont.truetype(SERIF, 90, index=2), fill=(215, 40, 45))
    width, height = SHEET
    edges = np.array([[-0.5, -0.5], [width - 0.5, -0.5], [width - 0.5, height - 0.5], [-0.5, height - 0.5]], np.float32)
    matrix = cv2.getPerspectiveTransform(edges, corners())
    table = np.full((FRAME[1], FRAME[0], 3), (45, 70, 95), np.uint8)
    rows = np.ascontiguousarray(np.asarray(page)[:, :, ::-1])
    return cv2.warpPerspective(rows, matrix, FRAME, table, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
