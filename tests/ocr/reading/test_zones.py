"""Places for a hand, found by their labels."""

from __future__ import annotations

import pytest

from ocr.imaging.types import Box
from tests.ocr.reading.conftest import HEIGHT, PX, WIDTH, Read
from tests.ocr.reading.papers import Placed, prose


def millimetres(box: Box) -> tuple[float, float, float, float]:
    x, y, width, height = (value / PX for value in box)
    return x, y, x + width, y + height


@pytest.mark.parametrize(
    ("printed", "label", "sign", "print_"),
    [
        ("被讯问人（签名、捺指印）：", "被讯问人(签名、捺指印)", True, True),
        ("犯罪嫌疑人(签名捺印):", "犯罪嫌疑人(签名捺印)", True, True),
        ("办案民警 (签名)", "办案民警(签名)", True, False),
        ("报案人签收：", "报案人签收", True, False),
        ("受案部门负责人：", "受案部门负责人", True, False),
        ("被取保候审人：（捺指印）", "被取保候审人(捺指印)", True, True),
        ("被讯问入(鉴名、播指印):", "被讯问人(签名、捺指印)", True, True),  # misread
        ("受案民警(签名):魏建平罗晓东2026.3.13", "受案民警(签名)", True, False),  # read with what the hand wrote
    ],
)
def test_labels(read: Read, printed: str, label: str, sign: bool, print_: bool) -> None:
    (zone,) = read([(printed, 26, 200)]).zones
    assert (zone.label, zone.wants_signature, zone.wants_print) == (label, sign, print_)


@pytest.mark.parametrize(
    "text",
    [
        "对公安机关送达的各种法律文书，应当签名、捺指印；拒绝签名的，由侦查人员注明。",
        "受案民警魏建平、罗晓东到达现场。",
        "保管人员应当签名。",
        "公安局（印）",
    ],
)
def test_running_text_is_no_zone(read: Read, text: str) -> None:
    assert read([(text, 26, 100)]).zones == ()


def test_the_box_begins_behind_the_label_and_is_bounded(read: Read) -> None:
    (zone,) = read([("办案民警(签名):", 26, 200)]).zones
    left, top, right, bottom = millimetres(zone.box)
    assert left == pytest.approx(26 + 7.5 * 5.6, abs=6)
    assert right - left == pytest.approx(90, abs=0.2)
    assert bottom - top == pytest.approx(25, abs=0.2)
    assert top < 200 < 205.6 < bottom


def test_without_room_to_the_right_the_hand_writes_below(read: Read) -> None:
    (zone,) = read([("办案民警(签名)", 150, 200)]).zones
    left, top, right, bottom = millimetres(zone.box)
    assert (left, top) == (pytest.approx(150, abs=0.2), pytest.approx(205.6, abs=0.2))
    assert right < WIDTH / PX
    assert bottom - top == pytest.approx(25, abs=0.2)


def test_the_box_stays_inside_the_page(read: Read) -> None:
    (zone,) = read([("被讯问人(签名、捺指印):", 26, 288)]).zones
    assert zone.box[1] + zone.box[3] <= HEIGHT


def test_neighbouring_zones_and_text_keep_out_of_each_other(read: Read) -> None:
    rows: list[Placed] = [
        *prose(
            "以上内容本人已经阅读，并已听取办案人员的说明，本人完全明白，保证严格遵守，如有违反愿意承担法律责任。", 180
        ),
        ("犯罪嫌疑人(签名、捺指印):", 26, 200),
        ("办案民警(签名):", 26, 211),
    ]
    suspect, officer = (millimetres(zone.box) for zone in read(rows).zones)
    assert suspect[1] >= 189 + 5.5
    assert suspect[3] <= 211.1
    assert officer[1] >= 205.5


def test_the_box_ends_where_a_printed_date_begins(read: Read) -> None:
    (zone,) = read([("报案人签收:", 26, 200), ("2026年3月13日", 110, 200)]).zones
    assert millimetres(zone.box)[2] == pytest.approx(110, abs=0.2)


def test_room_for_the_name_before_the_word_for_the_print(read: Read) -> None:
    (zone,) = read([("被拘留人:陶志远", 31, 223), ("(捺指印)", 121, 223)]).zones
    left, _, right, _ = millimetres(zone.box)
    assert zone.label == "被拘留人(捺指印)"
    assert left == pytest.approx(31 + 4.5 * 5.6, abs=0.2)
    assert right > 121 + 3 * 5.6
