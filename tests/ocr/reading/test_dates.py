"""Dates as they stand on papers and as engines misread them."""

from __future__ import annotations

import datetime as dt

import pytest

from ocr.reading.dates import find_dates, parse_number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇二六年三月五日", dt.date(2026, 3, 5)),
        ("二〇二六年十二月二十八日", dt.date(2026, 12, 28)),
        ("二〇二六年十月三十一日", dt.date(2026, 10, 31)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("2026年03月05日", dt.date(2026, 3, 5)),
        ("2026.3.5", dt.date(2026, 3, 5)),
        ("2026-03-05", dt.date(2026, 3, 5)),
    ],
)
def test_styles(text: str, date: dt.date) -> None:
    (found,) = find_dates(text)
    assert (found.date, found.start, found.end, found.trust) == (date, 0, len(text), 1.0)


@pytest.mark.parametrize("text", ["二O二六年三月五日", "二0二六耳三目五曰", "二〇二六年三用五口", "2026耳3月5日"])
def test_usual_confusions_are_read_through_with_less_trust(text: str) -> None:
    (found,) = find_dates(text)
    assert found.date == dt.date(2026, 3, 5)
    assert found.trust < 0.85


@pytest.mark.parametrize(
    "text", ["2026年2月30日", "二〇二六年十三月五日", "2026年3月", "12.5", "9518年3月5日", "192.168.2026.3.5"]
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert find_dates(text) == ()


def test_time_of_day_and_midnight() -> None:
    start, end = find_dates("时间2026年3月5日22时40分至2026年3月5日24时")
    assert start.moment == dt.datetime(2026, 3, 5, 22, 40)
    assert end.moment == dt.datetime(2026, 3, 6, 0, 0)


def test_print_time_with_seconds() -> None:
    (found,) = find_dates("打印时间:2026-03-1609:42:37")
    assert found.moment == dt.datetime(2026, 3, 16, 9, 42)


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("7", 7), ("百", None)]
)
def test_numerals(text: str, value: int | None) -> None:
    assert parse_number(text) == value
