from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.engines.cells import find_cells
from ocr.engines.ppocr import PpOcr
from ocr.imaging.types import Picture
from tests.ocr.engines.conftest import Draw

COLUMNS, ROWS = (200, 600, 1400, 2200), (200, 360, 520, 800)


def rule(page: Picture, thickness: int = 3, gray: int = 40, lean: float = 0.0) -> Picture:
    """A table of 3 x 3 cells, leaning by so many pixels per pixel."""
    for x in COLUMNS:
        cv2.line(page, (x, ROWS[0]), (x, ROWS[-1] + 20), (gray,) * 3, thickness)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], round(y + lean * 2000)), (gray,) * 3, thickness)
    return page


def blank() -> Picture:
    return np.full((1200, 2480, 3), 245, np.uint8)


@pytest.mark.parametrize(("thickness", "gray", "lean"), [(3, 40, 0.0), (1, 40, 0.0), (2, 150, 0.0), (3, 40, 0.008)])
def test_every_cell_is_found(thickness: int, gray: int, lean: float) -> None:
    cells = sorted(find_cells(rule(blank(), thickness, gray, lean), 300), key=lambda box: (box[1] // 100, box[0]))
    assert len(cells) == 9
    x, y, width, height = cells[0]
    assert (x, y) == pytest.approx((200, 200), abs=20)
    assert (width, height) == pytest.approx((400, 160), abs=30)


def test_underlines_and_text_enclose_nothing(draw: Draw) -> None:
    page = draw([(300, 100 + 120 * i, "国田回曰口目 犯罪嫌疑人张三", 67) for i in range(4)])
    for y in (180, 300, 420):
        cv2.line(page, (900, y), (2200, y), (0, 0, 0), 3)
    assert find_cells(page, 300) == []


def test_a_frame_around_the_table_is_no_cell() -> None:
    page = rule(blank())
    cv2.rectangle(page, (80, 80), (2400, 1100), (0, 0, 0), 4)
    assert len(find_cells(page, 300)) == 9


def test_a_cell_is_read_to_its_end_before_the_next(pp_ocr: PpOcr, draw: Draw) -> None:
    page = draw(
        [
            (220, 240, "姓名", 50), (620, 240, "张三", 50), (1420, 240, "附注", 50),
            (220, 400, "出生日期", 50), (620, 400, "1985年3月", 50),
            (220, 620, "住址", 50), (620, 560, "东城区灯市口大街", 50), (620, 680, "二十六号院", 50),
            (1420, 560, "现已搬离", 50), (1420, 680, "待查", 50),
        ]
    )  # fmt: skip
    text = pp_ocr.read(rule(page), 300)
    assert [line.text for line in text.lines] == [
        "姓名", "张三", "附注", "出生日期", "1985年3月", "住址", "东城区灯市口大街", "二十六号院", "现已搬离", "待查",
    ]  # fmt: skip
