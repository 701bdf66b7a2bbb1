from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from ocr.imaging.types import Box, Picture, Verdict
from ocr.imaging.zones import inspect_zone

BLANK, FILLED, ASK = Verdict.BLANK, Verdict.FILLED, Verdict.ASK


@pytest.fixture(scope="module")
def form(draw: Any, text_page: Picture, mm: Any) -> Picture:
    """A place to sign: the label and a rule."""
    page = draw.write(text_page, "被讯问人签名：", 28, 250, 5.3)
    cv2.line(page, (mm(66), mm(256)), (mm(110), mm(256)), (40, 40, 40), 3)
    return page


@pytest.fixture(scope="module")
def zone(mm: Any) -> Box:
    return mm(66), mm(244), mm(44), mm(15)


def sign(draw: Any, page: Picture, rgb: tuple[int, int, int] = (30, 30, 34)) -> Picture:
    signed: Picture = draw.write(page, "张建国", 70, 246, 9, rgb, draw.hand)
    return signed


def test_an_empty_place(draw: Any, form: Picture, zone: Box) -> None:
    found = inspect_zone(draw.scan(form), zone, 300)
    assert (found.verdict, found.fingerprint, found.box) == (BLANK, BLANK, zone)
    assert found.ink_mm2 < 0.5


@pytest.mark.parametrize("rgb", [(30, 30, 34), (35, 60, 150)])
def test_a_signature_in_black_or_blue(draw: Any, form: Picture, zone: Box, rgb: tuple[int, int, int]) -> None:
    found = inspect_zone(draw.scan(sign(draw, form, rgb)), zone, 300)
    assert (found.verdict, found.fingerprint) == (FILLED, BLANK)
    assert 20 < found.ink_mm2 < 80


def test_printed_text_is_left_out_where_it_is_known(draw: Any, form: Picture, zone: Box, mm: Any) -> None:
    page = draw.scan(draw.write(form, "张建国", 70, 249, 5.3))
    assert inspect_zone(page, zone, 300).verdict is FILLED
    assert inspect_zone(page, zone, 300, [(mm(70), mm(249), mm(17), mm(6.5))]).verdict is BLANK


@pytest.mark.parametrize("strength", [0.8, 0.3])
def test_a_fingerprint_is_no_signature(draw: Any, form: Picture, zone: Box, strength: float) -> None:
    found = inspect_zone(draw.scan(draw.stamp(form, draw.fingerprint(strength), 75, 240)), zone, 300)
    assert (found.verdict, found.fingerprint) == (BLANK, FILLED)


def test_signature_and_fingerprint(draw: Any, form: Picture, zone: Box) -> None:
    found = inspect_zone(draw.scan(draw.stamp(sign(draw, form), draw.fingerprint(), 85, 240)), zone, 300)
    assert (found.verdict, found.fingerprint) == (FILLED, FILLED)


def test_a_print_under_a_name_in_blue(draw: Any, form: Picture, zone: Box) -> None:
    page = sign(draw, draw.stamp(form, draw.fingerprint(), 72, 240), (35, 60, 150))
    found = inspect_zone(draw.scan(page), zone, 300)
    assert (found.verdict, found.fingerprint) == (FILLED, FILLED)


def test_a_print_in_dark_paste_is_no_signature(draw: Any, form: Picture, zone: Box) -> None:
    page = draw.stamp(form, draw.fingerprint(0.95), 75, 240, (30, 25, 140))
    found = inspect_zone(draw.scan(page), zone, 300)
    assert (found.verdict, found.fingerprint) == (BLANK, FILLED)


def test_a_smudge_is_asked_about(draw: Any, form: Picture, zone: Box) -> None:
    assert inspect_zone(draw.scan(draw.stamp(form, draw.smudge(), 75, 240)), zone, 300).fingerprint is ASK


def test_the_star_of_a_known_seal_is_no_print(draw: Any, form: Picture, zone: Box, mm: Any) -> None:
    page, seal = draw.scan(draw.stamp(form, draw.round_seal(), 70, 231)), (mm(70), mm(231), mm(42), mm(42))
    assert inspect_zone(page, zone, 300).fingerprint is ASK
    assert inspect_zone(page, zone, 300, seals=[seal]).fingerprint is BLANK
    pressed = draw.scan(draw.stamp(form, draw.fingerprint(), 75, 240))
    assert inspect_zone(pressed, zone, 300, seals=[seal]).fingerprint is FILLED


def test_a_print_on_a_gray_scan_is_not_taken_for_a_signature(draw: Any, form: Picture, zone: Box) -> None:
    gray = cv2.cvtColor(draw.scan(draw.stamp(form, draw.fingerprint(), 75, 240)), cv2.COLOR_BGR2GRAY)
    found = inspect_zone(np.asarray(gray, np.uint8), zone, 300)
    assert (found.verdict, found.fingerprint) == (ASK, FILLED)
    signed = cv2.cvtColor(draw.scan(sign(draw, form)), cv2.COLOR_BGR2GRAY)
    found = inspect_zone(np.asarray(signed, np.uint8), zone, 300)
    assert (found.verdict, found.fingerprint) == (FILLED, BLANK)


def test_a_stroke_is_asked_about(draw: Any, form: Picture, zone: Box, mm: Any) -> None:
    page = cv2.line(form.copy(), (mm(80), mm(247)), (mm(84), mm(253)), (30, 30, 30), mm(0.4))
    assert inspect_zone(draw.scan(page), zone, 300).verdict is ASK


def test_a_line_above_that_the_zone_cuts_is_nothing(draw: Any, form: Picture, zone: Box) -> None:
    page = draw.write(form, "二〇二三年十二月", 66, 239.5, 5.3)
    assert inspect_zone(draw.scan(page), zone, 300).verdict is BLANK


def test_zones_at_and_beyond_the_edge(draw: Any, form: Picture) -> None:
    height, width = form.shape[:2]
    assert inspect_zone(form, (width - 300, height - 200, 900, 900), 300).verdict is BLANK
    with pytest.raises(ValueError, match="outside"):
        inspect_zone(form, (width + 5, 10, 100, 100), 300)
