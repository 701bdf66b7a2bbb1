"""What pages of a case hold besides plain lines, read by the real engine: nothing lost, nothing out of order."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.ppocr import PpOcr
from ocr.imaging.types import Picture
from ocr.text import comparable

SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
KAI = Path("/usr/share/fonts/truetype/arphic/ukai.ttc")
SIMPLIFIED, TRADITIONAL = 2, 3
BLACK, BLUE, RED = (25, 25, 25), (40, 50, 140), (205, 40, 45)
SIZE, DPI = (2480, 1100), 300


class Paper:
    """A white sheet to write on; places and sizes in pixels."""

    def __init__(self) -> None:
        self._page = Image.new("RGB", SIZE, "white")
        self.pen = ImageDraw.Draw(self._page)

    def write(
        self,
        x: int,
        y: int,
        text: str,
        px: int = 60,
        *,
        font: Path = SERIF,
        face: int = SIMPLIFIED,
        ink: object = BLACK,
    ) -> None:
        self.pen.text((x, y), text, font=ImageFont.truetype(font, px, index=face), fill=ink)  # type: ignore[arg-type]

    def write_down(self, x: int, y: int, text: str, px: int = 60, *, face: int = SIMPLIFIED) -> None:
        for place, char in enumerate(text):
            self.write(x, y + place * round(1.1 * px), char, px, face=face)

    @property
    def picture(self) -> Picture:
        return np.ascontiguousarray(np.asarray(self._page)[:, :, ::-1])


@pytest.fixture
def paper() -> Paper:
    return Paper()


def lines(engine: PpOcr, paper: Paper) -> list[str]:
    return [comparable(line.text) for line in engine.read(paper.picture, DPI).lines]


def test_upright_columns_between_rules_are_read_from_the_right(pp_ocr: PpOcr, paper: Paper) -> None:
    for x in range(1300, 2001, 140):
        paper.pen.line((x, 60, x, 1000), fill=RED, width=3)
    columns = [
        "具狀人林國棟住清禾縣望",
        "聲請人與鄰人訂立租約",
        "租用臨街鋪面一間月租",
        "如有虛偽願受法律處分",
        "特具切結為憑",
    ]
    for place, column in enumerate(columns):
        paper.write_down(1900 - 140 * place, 80, column, face=TRADITIONAL)
    assert lines(pp_ocr, paper) == columns


def test_cells_of_a_ruled_table_follow_each_other_row_by_row(pp_ocr: PpOcr, paper: Paper) -> None:
    rows = [
        ["姓名", "陶志远", "性别", "男"],
        ["出生日期", "1988年9月15日", "民族", "汉族"],
        ["文化程度", "大专", "政治面貌", "群众"],
    ]
    for row in range(4):
        paper.pen.line((200, 100 + 150 * row, 2200, 100 + 150 * row), fill=BLACK, width=4)
    for column in range(5):
        paper.pen.line((200 + 500 * column, 100, 200 + 500 * column, 550), fill=BLACK, width=4)
    for y, row_ in enumerate(rows):
        for x, text in enumerate(row_):
            paper.write(240 + 500 * x, 140 + 150 * y, text, 54)
    assert lines(pp_ocr, paper) == [text for row_ in rows for text in row_]


def test_a_date_under_a_seal_is_read_once_its_red_is_taken_out(pp_ocr: PpOcr, paper: Paper) -> None:
    paper.write(1300, 400, "二〇二六年三月十八日", 67)
    paper.pen.ellipse((1450, 230, 1930, 710), outline=RED, width=14)
    paper.write(1620, 380, "★", 150, ink=RED)
    picture = paper.picture
    red_out = cv2.merge([picture[:, :, 2]] * 3)  # as ocr.pipeline.without_marks does within a found seal
    (line,) = pp_ocr.read(np.asarray(red_out, np.uint8), DPI).lines
    assert comparable(line.text) == "二〇二六年三月十八日"


def test_a_date_in_brush_script_beside_a_printed_label_follows_it(pp_ocr: PpOcr, paper: Paper) -> None:
    paper.write(300, 400, "被讯问人：")
    paper.write(700, 385, "陶志远", 80, font=KAI, face=0, ink=BLUE)
    paper.write(1400, 390, "2026年3月18日", 74, font=KAI, face=0, ink=BLUE)
    assert "".join(lines(pp_ocr, paper)) == "被讯问人:陶志远2026年3月18日"


@pytest.mark.parametrize("number", ["7", "- 3 -", "第 12 页", "108"])
def test_small_page_numbers_at_the_edges_are_not_lost(pp_ocr: PpOcr, paper: Paper, number: str) -> None:
    paper.write(300, 400, "问：你把事情经过如实讲一遍。")
    for x, y in [(2380 - 40 * len(number), 20), (1180, 1045), (20, 1040)]:
        paper.write(x, y, number, 40)
    assert lines(pp_ocr, paper).count(comparable(number)) == 3


def test_traditional_characters_latin_words_and_figures_stand_in_one_line(pp_ocr: PpOcr, paper: Paper) -> None:
    mixed = [
        "聲請人：陳書華，住臺北市",
        "检验方法 GA/T 842-2019，乙醇 Ethanol 148.6 mg/100ml",
        "车架号LSVAF4187C2184847，号牌测A·D4821",
    ]
    paper.write(300, 150, mixed[0], face=TRADITIONAL)
    for place, text in enumerate(mixed[1:], 1):
        paper.write(300, 150 + 200 * place, text)
    assert lines(pp_ocr, paper) == [comparable(text) for text in mixed]
