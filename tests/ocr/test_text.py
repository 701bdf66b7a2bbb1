from __future__ import annotations

import pytest

from ocr.text import character_error_rate, comparable, edit_distance


def test_width_quotes_and_spaces_do_not_count() -> None:
    assert comparable("（２０２６）“甲” —\u3000乙") == comparable('(2026)"甲"-乙')


def test_a_numeral_is_not_a_dash_and_a_zero_is_not_an_o() -> None:
    assert comparable("一") != comparable("—")
    assert comparable("〇") != comparable("O")


@pytest.mark.parametrize(
    ("reference", "read", "distance"),
    [("张三丰", "张三丰", 0), ("张三丰", "张丰", 1), ("张三丰", "张山丰", 1), ("", "甲乙", 2), ("甲乙", "乙甲", 2)],
)
def test_edit_distance(reference: str, read: str, distance: int) -> None:
    assert edit_distance(reference, read) == distance


def test_the_error_rate_is_over_the_reference() -> None:
    assert character_error_rate("张三丰李", "张三丰") == pytest.approx(0.25)


def test_no_reference_no_rate() -> None:
    with pytest.raises(ValueError, match="reference"):
        character_error_rate(" ", "甲")
