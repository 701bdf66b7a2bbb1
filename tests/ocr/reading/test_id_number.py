"""Identity numbers and their check digit (GB 11643)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.reading.id_number import CHECK_DIGITS, birth_date, check_digit_ok, sex

GOOD = "11010119900307775" + "8"


def test_known_number() -> None:
    assert check_digit_ok(GOOD)
    assert birth_date(GOOD) == dt.date(1990, 3, 7)
    assert sex(GOOD) == "男"


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(place: int, shift: int) -> None:
    wrong = str((int(GOOD[place]) + shift) % 10)
    assert not check_digit_ok(GOOD[:place] + wrong + GOOD[place + 1 :])


@given(st.text("0123456789", min_size=17, max_size=17))
def test_exactly_one_check_digit_fits(body: str) -> None:
    assert sum(check_digit_ok(body + digit) for digit in CHECK_DIGITS) == 1


@pytest.mark.parametrize("number", ["", "123", GOOD[:-1], GOOD + "1", "1101011990030777５8", GOOD[:-1] + "x"])
def test_other_shapes(number: str) -> None:
    assert not check_digit_ok(number)
    assert sex(number) is None
    assert birth_date(number) is None


def test_impossible_birth_date() -> None:
    assert birth_date("110101199002307758") is None
