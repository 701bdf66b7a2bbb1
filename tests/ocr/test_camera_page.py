"""A page taken by a camera: found on the table, made flat, turned upright and read."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.imaging.types import MarkKind, OpKind
from ocr.pipeline import PageJob, process_page
from ocr.reading.types import KindEntry, Lexicon

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
LEXICON = Lexicon(kinds=(KindEntry("QZ03", "拘留证"),))
SHEET = (1240, 1754)  # A4 at 150 dpi
FRAME = (2048, 1536)


def corners() -> np.ndarray:
    """Of a sheet that lies on its side under a camera tilted by 12 degrees, from the sheet's top left on."""
    tilt, _ = cv2.Rodrigues(np.radians([9.0, -8.0, 0.0]))
    side, _ = cv2.Rodrigues(np.radians([0.0, 0.0, 93.0]))
    sheet = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * [105, 148.5, 0]
    points = sheet @ np.asarray(tilt @ side).T + [0, 0, 420]
    return np.asarray(points[:, :2] / points[:, 2:] * 2300 + np.array(FRAME) / 2, np.float32)


def camera_picture() -> np.ndarray:
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


def test_a_camera_page_is_made_flat_and_read(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "frame.png"), camera_picture())
    result = process_page(PageJob(tmp_path / "frame.png", tmp_path, "000001", None, None, LEXICON))
    kinds = [op.kind for op in result.recipe.ops]
    assert kinds[:2] == [OpKind.PERSPECTIVE, OpKind.TURN]
    mm = result.dpi / 25.4
    assert abs(result.width / mm - 210) < 1.5
    assert abs(result.height / mm - 297) < 1.5
    assert any("侦查人员对犯罪嫌疑人张三执行拘留" in line.text for line in result.text.lines)
    assert result.reading is not None
    assert result.reading.kind is not None
    assert result.reading.kind.code == "QZ03"
    (seal,) = [mark for mark in result.marks if mark.kind is MarkKind.SEAL]
    x, y, width, height = (side / mm for side in seal.box)
    assert abs(x + width / 2 - 905 / 150 * 25.4) < 2
    assert abs(y + height / 2 - 1225 / 150 * 25.4) < 2
