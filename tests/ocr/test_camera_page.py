"""A page taken by a camera: found on the table, made flat, turned upright and read."""

from __future__ import annotations

from pathlib import Path

import cv2

from ocr.imaging.types import MarkKind, OpKind
from ocr.pipeline import PageJob, process_page
from ocr.reading.types import KindEntry, Lexicon
from tests.rigs.camera_sheet import camera_picture

LEXICON = Lexicon(kinds=(KindEntry("QZ03", "拘留证"),))


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
