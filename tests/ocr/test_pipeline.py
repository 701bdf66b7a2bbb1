from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.types import Char, Line, PageText
from ocr.errors import PageNotWritten, PictureBroken
from ocr.imaging.types import Op, OpKind, OpSource, Recipe
from ocr.pipeline import PageJob, PageResult, printed_around, process_page, write_whole
from ocr.reading.types import KindEntry, Lexicon

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
LEXICON = Lexicon(kinds=(KindEntry("GX01", "拘留证"),), zone_labels=("被拘留人",))
SIZE, DPI = (1654, 1170), 200
STRUCK = (225, 555, 415, 552)  # 看守所羁
SEAL_AT, SEAL_RADIUS = (1250, 760), 155  # px, 40 mm across


def draw_page() -> Image.Image:
    """A detention warrant with a red head, words struck out, a red seal over its date, and a place to sign."""
    page = Image.new("RGB", SIZE, (252, 251, 248))
    pen = ImageDraw.Draw(page)

    def write(x: int, y: int, text: str, px: int, fill: tuple[int, int, int] = (30, 30, 30)) -> None:
        pen.text((x, y), text, font=ImageFont.truetype(SERIF, px, index=2), fill=fill)

    write(480, 70, "清禾市公安局", 110, (205, 25, 30))
    write(640, 260, "拘  留  证", 90)
    write(180, 440, "兹派我局侦查人员对犯罪嫌疑人张三执行拘留，", 46)
    write(180, 520, "送看守所羁押。", 46)
    pen.line(STRUCK, fill=(30, 34, 60), width=4)
    write(1060, 740, "二〇二六年三月五日", 46)
    write(180, 980, "被拘留人（签名、捺指印）：", 46)
    (x, y), r = SEAL_AT, SEAL_RADIUS
    seal = Image.new("RGB", SIZE, "white")
    ink = ImageDraw.Draw(seal)
    ink.ellipse((x - r, y - r, x + r, y + r), outline=(215, 40, 45), width=10)
    star = ImageFont.truetype(SERIF, 110, index=2)
    ink.text((x - 55, y - 85), "★", font=star, fill=(215, 40, 45))
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> PageJob:
    folder = tmp_path_factory.mktemp("page")
    draw_page().rotate(180).save(folder / "page.png", dpi=(DPI, DPI))
    return PageJob(folder / "page.png", folder, "000001", None, None, LEXICON)


@pytest.fixture(scope="module")
def result(job: PageJob) -> PageResult:
    return process_page(job)


def test_the_page_is_turned_read_and_understood(result: PageResult) -> None:
    assert [op.kind for op in result.recipe.ops] == [OpKind.TURN]
    assert (result.width, result.height, result.dpi) == (*SIZE, DPI)
    lines = [line.text for line in result.text.lines]
    assert lines[0] == "清禾市公安局"  # the red head is text, not a mark
    assert "兹派我局侦查人员对犯罪嫌疑人张三执行拘留，" in lines
    assert result.reading is not None
    assert result.reading.kind is not None
    assert result.reading.kind.code == "GX01"


def test_the_date_under_the_seal_is_read_and_the_seal_lies_on_the_turned_page(result: PageResult) -> None:
    assert any("六年三月五日" in line.text for line in result.text.lines)
    (seal,) = result.marks
    x, y, w, h = seal.box
    assert (x + w / 2, y + h / 2) == pytest.approx(SEAL_AT, abs=12)


def test_words_struck_out_are_found_on_the_turned_page(result: PageResult) -> None:
    (struck,) = result.strike_outs
    ends = (struck.box[0], struck.box[0] + struck.box[2])
    assert ends == pytest.approx((STRUCK[0], STRUCK[2]), abs=46)  # a character
    assert struck.fingerprint.value == "blank"


def test_an_empty_zone_is_blank_ink(result: PageResult) -> None:
    assert [ink.verdict.value for _, ink in result.zones] == ["blank"]


def test_print_that_reaches_into_a_zone_is_not_taken_for_a_hand() -> None:
    def line(text: str, x: float, y: float) -> Line:
        boxes = [
            ((x + 50 * i, y), (x + 50 * i + 50, y), (x + 50 * i + 50, y + 50), (x + 50 * i, y + 50))
            for i in range(len(text))
        ]
        chars = tuple(Char(char, 1.0, box) for char, box in zip(text, boxes, strict=True))
        return Line(text, 1.0, (boxes[0][0], boxes[-1][1], boxes[-1][2], boxes[0][3]), chars)

    zone = (500, 100, 400, 150)
    label, unfilled, below = line("签名：张三", 360, 150), line("年月日", 600, 190), line("清禾", 520, 240)
    printed = printed_around(PageText("", "", {}, (label, unfilled, below)), zone)
    assert (360, 150, 50, 50) in printed  # 签, and so the colon that touches the zone
    assert (460, 150, 50, 50) in printed
    assert (510, 150, 50, 50) not in printed  # 张 was written by hand
    assert {(600, 190, 50, 50), (700, 190, 50, 50), (520, 240, 50, 50)} <= set(printed)


def test_the_files_are_whole_and_the_original_is_as_it_was(job: PageJob, result: PageResult) -> None:
    evidence = cv2.imread(str(result.evidence))
    thumbnail = cv2.imread(str(result.thumbnail))
    assert evidence is not None
    assert thumbnail is not None
    assert evidence.shape == (SIZE[1], SIZE[0], 3)
    assert max(thumbnail.shape) == 256
    assert result.original_sha256 == hashlib.sha256(job.original.read_bytes()).hexdigest()
    assert list(job.out_dir.glob("*.part")) == []


def test_the_operators_recipe_goes_before_the_proposed_one(job: PageJob) -> None:
    recipe = Recipe((Op(OpKind.TURN, (90.0,), OpSource.OPERATOR),))
    result = process_page(replace(job, recipe=recipe, stem="turned"))
    assert result.recipe == recipe
    assert (result.width, result.height) == SIZE[::-1]


@pytest.mark.parametrize("how", [{}, {"progressive": True}], ids=["baseline", "progressive"])
def test_a_straight_jpeg_is_its_own_evidence(job: PageJob, tmp_path: Path, how: dict[str, bool]) -> None:
    original = tmp_path / "page.jpg"
    draw_page().save(original, quality=88, dpi=(DPI, DPI), **how)
    result = process_page(replace(job, original=original, out_dir=tmp_path, stem="evidence"))
    assert result.same_coding
    assert result.evidence.read_bytes() == original.read_bytes()


def test_a_jpeg_on_its_head_is_turned_without_a_second_generation(job: PageJob, tmp_path: Path) -> None:
    original = tmp_path / "page.jpg"
    draw_page().rotate(180).convert("L").save(original, quality=88, dpi=(DPI, DPI))
    result = process_page(replace(job, original=original, out_dir=tmp_path, stem="evidence"))
    shown = Image.open(result.evidence)
    assert result.same_coding
    assert (shown.mode, shown.size) == ("L", (result.width, result.height))
    before = np.asarray(Image.open(original).rotate(180), np.int16)
    after = np.asarray(shown, np.int16)[-SIZE[1] :, -SIZE[0] :]  # a part of a block may have come into view before it
    assert np.abs(after - before).max() <= 1
    assert result.text.lines[0].text == "清禾市公安局"


def test_a_blank_page_is_marked_and_not_read(job: PageJob, tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("RGB", SIZE, (250, 250, 248)).save(path, dpi=(DPI, DPI))
    result = process_page(replace(job, original=path, out_dir=tmp_path))
    assert result.analysis.blank
    assert result.text.lines == ()
    assert result.reading is None
    assert result.evidence.exists()


def test_a_cut_off_file_leaves_nothing_behind(job: PageJob, tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    path.write_bytes(job.original.read_bytes()[:5000])
    with pytest.raises(PictureBroken):
        process_page(replace(job, original=path, out_dir=tmp_path))
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    write_whole(path, b"old")
    (tmp_path / "page.jpg.part").mkdir()
    with pytest.raises(PageNotWritten, match=r"page\.jpg"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
