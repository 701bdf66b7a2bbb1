from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.clarity import MarkCalibration
from ocr.imaging.marks import find_marks
from ocr.imaging.types import Clarity, Mark, MarkKind, Picture, Verdict


def as_jpeg(picture: Picture) -> Picture:
    """With a scanner's noise and its JPEG (4:2:0, quality 80) behind it."""
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def only(marks: tuple[Mark, ...], kind: MarkKind) -> Mark:
    assert [mark.kind for mark in marks] == [kind]
    return marks[0]


def assert_box(mark: Mark, x: float, y: float, width: float, height: float) -> None:
    found = [side * 25.4 / 300 for side in mark.box]
    assert found == pytest.approx([x, y, width, height], abs=2)


@pytest.mark.parametrize("strength", [0.85, 0.3])
def test_a_round_seal_over_text(draw: Any, text_page: Picture, strength: float) -> None:
    page = as_jpeg(draw.scan(draw.stamp(text_page, draw.round_seal(strength), 125, 190)))
    mark = only(find_marks(page, 300), MarkKind.SEAL)
    assert_box(mark, 125, 190, 42, 42)
    assert mark.confidence > 0.7
    assert mark.verdict is Verdict.FILLED
    assert mark.clarity is (Clarity.CLEAR if strength > 0.5 else Clarity.CHECK)


def test_clarity_follows_the_cuts_of_the_scanner(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), 125, 190))
    lenient, strict = MarkCalibration(seal_clear=0.05), MarkCalibration(seal_some=0.9)
    assert [find_marks(page, 300, cuts)[0].clarity for cuts in (lenient, strict)] == [Clarity.CLEAR, Clarity.UNCLEAR]


def test_a_seal_over_a_red_head(draw: Any, text_page: Picture) -> None:
    page = draw.write(text_page, "岭南市公安局文件", 33, 6, 18, (220, 30, 30))
    page = draw.stamp(page, draw.round_seal(), 85, 3)
    (seal,) = find_marks(draw.scan(page), 300)
    assert seal.kind is MarkKind.SEAL
    assert_box(seal, 85, 3, 42, 42)


def test_a_rectangular_stamp(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.write(text_page, "与原件核对无异", 124, 250, 6, (210, 45, 60))
    cv2.rectangle(page, (mm(121), mm(248)), (mm(170), mm(261)), (60, 45, 210), mm(0.6))
    assert_box(only(find_marks(draw.scan(page), 300), MarkKind.SEAL), 121, 248, 49, 13)


def shifted(picture: Picture) -> Picture:
    """As by a scanner whose red and blue are 0.7 pixels beside its green and whose black is tinted."""
    planes = []
    for plane, (x, y, gain) in zip(cv2.split(picture), [(-0.6, 0.5, 0.97), (0, 0, 1), (0.7, -0.6, 0.94)], strict=True):
        moved = cv2.warpAffine(
            plane, np.array([[1, 0, x], [0, 1, y]], float), plane.shape[::-1], borderMode=cv2.BORDER_REFLECT
        )
        planes.append(np.clip(moved * gain, 0, 255).astype(np.uint8))
    return np.asarray(cv2.merge(planes), np.uint8)


def test_colour_fringes_neither_hide_a_faint_seal_nor_make_marks(draw: Any, text_page: Picture) -> None:
    assert find_marks(as_jpeg(shifted(draw.scan(text_page))), 300) == ()
    page = draw.stamp(text_page, draw.round_seal(0.3), 125, 190)
    assert_box(only(find_marks(as_jpeg(shifted(draw.scan(page))), 300), MarkKind.SEAL), 125, 190, 42, 42)


@pytest.mark.parametrize("quarters", [0, 1])
def test_a_round_seal_on_a_gray_scan_over_text(draw: Any, text_page: Picture, quarters: int) -> None:
    page = draw.stamp(text_page, draw.round_seal(), 125, 190, (40, 40, 40))
    gray = np.ascontiguousarray(np.rot90(cv2.cvtColor(draw.scan(page), cv2.COLOR_BGR2GRAY), quarters))
    seal = only(find_marks(gray, 300), MarkKind.SEAL)
    assert seal.verdict is Verdict.FILLED
    assert [side * 25.4 / 300 for side in seal.box[2:]] == pytest.approx([42, 42], abs=2)


def test_a_round_seal_on_a_gray_scan_worn_on_one_side(draw: Any, text_page: Picture) -> None:
    cover = draw.round_seal()
    cover[:, round(0.84 * cover.shape[1]) :] = 0  # a quarter of the rim
    page = draw.stamp(text_page, cover, 125, 235, (40, 40, 40))
    gray = np.asarray(cv2.cvtColor(draw.scan(page), cv2.COLOR_BGR2GRAY), np.uint8)
    assert only(find_marks(gray, 300), MarkKind.SEAL).verdict is Verdict.FILLED


def test_a_wheel_is_no_seal(draw: Any, empty_page: Picture, mm: Any) -> None:
    page = cv2.circle(empty_page.copy(), (mm(100), mm(150)), mm(20), (40, 40, 40), mm(0.6))
    cv2.line(page, (mm(80), mm(150)), (mm(120), mm(150)), (40, 40, 40), mm(0.4))
    assert find_marks(draw.scan(page), 300) == ()


def test_an_oval_seal(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(wide=45, high=31), 120, 240))
    assert_box(only(find_marks(page, 300), MarkKind.SEAL), 120, 240, 45, 31)


def test_a_square_name_seal(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.name_seal(), 150, 245))
    assert_box(only(find_marks(page, 300), MarkKind.SEAL), 150, 245, 18, 18)


def solid_square(mm: Any, letters: float) -> Any:
    """18 mm of ink over all, `letters` the share of it that the thin letters cut in (白文) lack."""
    cover = np.full((mm(18), mm(18)), 0.85, np.float32)
    for step in range(1, 6):
        cover[mm(3 * step) : mm(3 * step + 0.5), mm(2) : mm(16)] *= 1 - letters
    return cover


def test_a_square_seal_filled_up_but_for_thin_letters(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.scan(draw.stamp(text_page, solid_square(mm, 0.9), 150, 245))
    mark = only(find_marks(page, 300), MarkKind.SEAL)
    assert_box(mark, 150, 245, 18, 18)
    assert mark.verdict is Verdict.FILLED


def test_a_red_patch_without_letters_is_asked_about(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.scan(draw.stamp(text_page, solid_square(mm, 0.0), 150, 245))
    assert all(mark.verdict is Verdict.ASK for mark in find_marks(page, 300))


def test_a_pen_ring_on_a_gray_scan_is_no_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    page = text_page.copy()
    for start in range(0, 360, 45):  # three quarters of a ring are drawn
        cv2.ellipse(page, (mm(90), mm(150)), (mm(18), mm(18)), 0, start, start + 33, (60, 60, 60), mm(0.6))
    gray = np.asarray(cv2.cvtColor(draw.scan(page), cv2.COLOR_BGR2GRAY), np.uint8)
    assert all(mark.verdict is Verdict.ASK for mark in find_marks(gray, 300))


@pytest.mark.parametrize("x", [-21, 190])
def test_a_seal_cut_by_the_edge(draw: Any, text_page: Picture, x: float) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), x, 120))
    mark = only(find_marks(page, 300), MarkKind.SEAL)
    assert mark.box[0] >= 0
    assert mark.box[0] + mark.box[2] <= page.shape[1]


def test_a_stamp_worn_on_one_side(draw: Any, text_page: Picture, mm: Any) -> None:
    cover = np.zeros((mm(16), mm(46)), np.float32)
    cv2.rectangle(cover, (mm(1), mm(1)), (mm(45), mm(15)), 0.8, mm(0.6))
    for x in range(5, 40, 8):
        cv2.rectangle(cover, (mm(x), mm(5)), (mm(x + 5), mm(11)), 0.8, mm(0.7))
    cover *= np.clip(np.linspace(2.6, 0, cover.shape[1]), 0, 1)[None]
    page = as_jpeg(draw.scan(draw.stamp(text_page, cover, 120, 245)))
    assert only(find_marks(page, 300), MarkKind.SEAL).verdict is Verdict.FILLED


def test_a_square_seal_that_a_red_stroke_touches(draw: Any, text_page: Picture, mm: Any) -> None:
    page = cv2.line(text_page.copy(), (mm(166), mm(255)), (mm(178), mm(251)), (60, 45, 210), mm(1.5))
    page = draw.scan(draw.stamp(page, draw.name_seal(), 150, 245))
    assert_box(only(find_marks(page, 300), MarkKind.SEAL), 150, 245, 18, 18)


@pytest.mark.parametrize("wide", [42, 48])
def test_the_word_in_a_seal_is_no_seal_of_its_own(draw: Any, text_page: Picture, wide: float) -> None:
    page = draw.stamp(text_page, draw.round_seal(wide=wide, high=36), 120, 230)
    page = draw.write(page, "办案专用", 120 + wide / 2 - 10, 254, 5, (205, 45, 60))
    only(find_marks(as_jpeg(draw.scan(page)), 300), MarkKind.SEAL)


def test_a_character_of_a_red_head_that_is_closed_all_round_is_no_seal(draw: Any, text_page: Picture) -> None:
    page = draw.write(text_page, "中国国家国土", 40, 6, 18, (220, 30, 30))
    assert all(mark.kind is not MarkKind.SEAL for mark in find_marks(as_jpeg(draw.scan(page)), 300))


def test_noise_makes_no_gray_seal(draw: Any, text_page: Picture) -> None:
    gray = np.asarray(cv2.cvtColor(draw.scan(text_page, sigma=28), cv2.COLOR_BGR2GRAY), np.uint8)
    assert find_marks(gray, 300) == ()


def test_two_seals_that_overlap(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(draw.stamp(text_page, draw.round_seal(), 110, 190), draw.round_seal(wide=38, high=38), 138, 212)
    assert [mark.kind for mark in find_marks(draw.scan(page), 300)] == [MarkKind.SEAL] * 2


@pytest.mark.parametrize("strength", [0.8, 0.35, 0.16])
def test_a_fingerprint(draw: Any, text_page: Picture, strength: float) -> None:
    page = as_jpeg(draw.scan(draw.stamp(text_page, draw.fingerprint(strength), 150, 245)))
    assert_box(only(find_marks(page, 300), MarkKind.FINGERPRINT), 150, 245, 15, 21)


def test_a_seal_and_a_fingerprint(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(draw.stamp(text_page, draw.round_seal(), 125, 190), draw.fingerprint(), 40, 245)
    kinds = [mark.kind for mark in find_marks(draw.scan(page), 300)]
    assert kinds == [MarkKind.SEAL, MarkKind.FINGERPRINT]


@pytest.mark.parametrize("on", ["text", "gray"])
def test_a_black_fingerprint(draw: Any, text_page: Picture, on: str) -> None:
    page = draw.scan(draw.stamp(text_page, draw.fingerprint(), 150, 245, (30, 30, 30)))
    picture = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8) if on == "gray" else page
    assert_box(only(find_marks(picture, 300), MarkKind.FINGERPRINT), 150, 245, 15, 21)


def assert_asked(mark: Mark) -> None:
    assert (mark.verdict, mark.clarity) == (Verdict.ASK, Clarity.UNCLEAR)
    assert mark.confidence < 0.5


def test_a_red_smudge_is_asked_about(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.smudge(), 150, 245))
    assert_asked(only(find_marks(page, 300), MarkKind.FINGERPRINT))


def test_at_150_dpi_ridges_cannot_be_seen_and_are_asked_about(draw: Any, text_page: Picture) -> None:
    page = draw.stamp(text_page, draw.fingerprint(), 150, 245)
    half = np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    assert_asked(only(find_marks(half, 150), MarkKind.FINGERPRINT))


def test_a_pen_ring_around_a_word_is_no_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    page = cv2.ellipse(text_page.copy(), (mm(90), mm(150)), (mm(18), mm(12)), 3, 0, 355, (60, 60, 220), mm(0.6))
    assert find_marks(as_jpeg(draw.scan(page)), 300) == ()


def test_other_red_is_no_mark(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.write(text_page, "岭南市公安局文件", 33, 6, 18, (220, 30, 30))
    page = draw.write(page, "12", 185, 280, 8, (220, 30, 30))
    page = draw.write(page, "同意 张建国", 110, 262, 9, (220, 40, 40), draw.hand)
    for y in range(60, 230, 12):
        cv2.line(page, (mm(28), mm(y)), (mm(185), mm(y)), (60, 60, 220), 4)
    assert find_marks(as_jpeg(draw.scan(page)), 300) == ()


RED = (45, 45, 210)


def unsure(page: Picture) -> bool:
    """Nothing on the page, in colour or gray, is called a mark."""
    gray = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    return all(mark.verdict is Verdict.ASK for picture in (page, gray) for mark in find_marks(picture, 300))


def test_a_printed_ring_with_a_number_is_not_called_a_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    page = cv2.circle(text_page.copy(), (mm(150), mm(245)), mm(15), RED, mm(0.6), cv2.LINE_AA)
    page = draw.write(page, "45", 143, 237, 13, (210, 45, 45))
    assert unsure(as_jpeg(draw.scan(page)))


@pytest.mark.parametrize(("star", "verdict"), [(True, Verdict.FILLED), (False, Verdict.ASK)])
def test_a_rim_whose_name_stands_in_a_row(draw: Any, text_page: Picture, mm: Any, star: bool, verdict: Verdict) -> None:
    page = cv2.circle(text_page.copy(), (mm(150), mm(245)), mm(20), RED, mm(1), cv2.LINE_AA)
    page = draw.write(page, "岭南市公安局", 136.5, 251, 4.5, (210, 45, 45))
    if star:
        points = [
            (150 + r * np.sin(a), 242 - r * np.cos(a))
            for a, r in zip(np.arange(10) * np.pi / 5, [6.5, 2.5] * 5, strict=True)
        ]
        cv2.fillPoly(page, [np.array([[mm(x), mm(y)] for x, y in points], np.int32)], RED)
    assert only(find_marks(as_jpeg(draw.scan(page)), 300), MarkKind.SEAL).verdict is verdict


def test_a_sign_with_a_red_border_is_no_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    page = cv2.circle(text_page.copy(), (mm(150), mm(245)), mm(16), RED, mm(4), cv2.LINE_AA)
    page = draw.write(page, "60", 141, 235, 16, (210, 45, 45))
    assert find_marks(as_jpeg(draw.scan(page)), 300) == ()


def test_a_ring_by_pen_with_red_words_in_it_is_not_called_a_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    angles = np.linspace(0, 2 * np.pi, 90)
    radius = mm(19) * (1 + 0.035 * np.sin(3 * angles) + 0.03 * np.sin(2 * angles + 1))
    points = np.stack([mm(120) + radius * np.cos(angles), mm(180) + radius * np.sin(angles)], axis=1)
    page = cv2.polylines(text_page.copy(), [np.round(points).astype(np.int32)], False, RED, mm(0.7), cv2.LINE_AA)
    page = draw.write(page, "更正核实", 104, 175, 8, (210, 45, 45), draw.hand)
    assert unsure(as_jpeg(draw.scan(page)))


@pytest.mark.parametrize("label", ["", "盖章"])
def test_cells_printed_in_red_are_not_called_seals(draw: Any, text_page: Picture, mm: Any, label: str) -> None:
    page = text_page.copy()
    for x in range(25, 190, 40):
        cv2.rectangle(page, (mm(x), mm(240)), (mm(x + 34), mm(262)), RED, mm(0.4))
        page = draw.write(page, label, x + 2, 242, 5, (210, 45, 45)) if label else page
    assert unsure(as_jpeg(draw.scan(page)))


def test_a_heading_printed_in_a_frame_is_not_called_a_seal(draw: Any, text_page: Picture, mm: Any) -> None:
    page = draw.write(text_page, "内部资料", 124, 249, 9, (210, 45, 45))
    cv2.rectangle(page, (mm(121), mm(247)), (mm(164), mm(262)), RED, mm(0.6))
    assert unsure(as_jpeg(draw.scan(page)))


def test_a_line_of_red_words_has_no_frame(draw: Any, text_page: Picture) -> None:
    for words in ("国务院公报", "送达回证", "证据22"):
        page = draw.write(text_page, words, 120, 249, 9, (210, 45, 45))
        assert unsure(as_jpeg(draw.scan(page)))


@pytest.mark.parametrize("character", ["国", "田", "回", "囚", "口"])
def test_a_closed_character_alone_is_not_called_a_seal(draw: Any, text_page: Picture, character: str) -> None:
    page = draw.write(text_page, character, 150, 245, 18, (210, 45, 45))
    assert unsure(as_jpeg(draw.scan(page)))


@pytest.mark.parametrize("strength", [0.25, 0.8])
def test_a_ring_on_text_is_not_called_a_seal(draw: Any, text_page: Picture, mm: Any, strength: float) -> None:
    """A stain of a cup, a circle by compasses: no letters stand in it but those of the page."""
    cover = np.zeros((mm(46), mm(46)), np.float32)
    cv2.circle(cover, (mm(23), mm(23)), mm(20), strength, mm(0.8), cv2.LINE_AA)
    assert unsure(as_jpeg(draw.scan(draw.stamp(text_page, cover, 110, 120, (40, 40, 40)))))


def test_a_thin_name_of_six_characters_on_a_gray_scan_is_enough(draw: Any, text_page: Picture, mm: Any) -> None:
    cover = np.zeros((mm(44), mm(44)), np.float32)
    cv2.circle(cover, (mm(22), mm(22)), mm(20), 0.7, mm(0.7), cv2.LINE_AA)
    for angle in np.radians(np.linspace(-65, 65, 6)):
        x, y = 22 + 15.5 * np.sin(angle), 22 - 15.5 * np.cos(angle)
        for shift in (-0.8, 0.8):
            cv2.line(cover, (mm(x + shift), mm(y - 1.8)), (mm(x + shift), mm(y + 1.8)), 0.7, mm(0.2), cv2.LINE_AA)
    page = draw.scan(draw.stamp(text_page, cover, 125, 240, (90, 90, 90)))
    gray = np.asarray(cv2.cvtColor(as_jpeg(page), cv2.COLOR_BGR2GRAY), np.uint8)
    assert only(find_marks(gray, 300), MarkKind.SEAL).verdict is Verdict.FILLED


def test_a_page_of_text_has_no_mark(draw: Any, text_page: Picture) -> None:
    assert find_marks(draw.scan(text_page), 300) == ()
    assert find_marks(text_page[:, :, 0], 300) == ()


def test_a_smaller_copy_of_the_caller_is_used(draw: Any, text_page: Picture) -> None:
    page = draw.scan(draw.stamp(text_page, draw.round_seal(), 125, 190))
    coarse = page
    for _ in range(2):
        coarse = np.asarray(cv2.resize(coarse, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    assert find_marks(page, 300, coarse=(coarse, 75.0)) == find_marks(page, 300)
    assert find_marks(page, 300, coarse=(np.full_like(coarse, 255), 75.0)) == ()
