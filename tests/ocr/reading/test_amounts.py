"""Sums of money and declared counts."""

from __future__ import annotations

import pytest

from ocr.reading.amounts import parse_words
from tests.ocr.reading.conftest import Read


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("贰万叁仟肆佰", 23400),
        ("壹拾万零伍佰", 100500),
        ("捌万捌仟壹佰", 88100),
        ("叁仟零伍", 3005),
        ("拾贰", 12),
        ("壹亿贰仟万", 120000000),
    ],
)
def test_words_are_counted(words: str, yuan: int) -> None:
    assert parse_words(words) == yuan


def test_words_that_are_no_number() -> None:
    assert parse_words("贰万余") is None


def test_words_and_figures_that_agree_are_one_amount(read: Read) -> None:
    found = read([("已赔偿人民币贰万叁仟肆佰元整（￥23,400.00元）。", 26, 80)]).amounts
    assert [amount.value for amount in found] == ["23400.00"]
    assert found[0].confidence > 0.9


def test_words_and_figures_that_differ_are_doubted(read: Read) -> None:
    found = read([("已赔偿人民币贰万叁仟肆佰元整（24300元）。", 26, 80)]).amounts
    assert found[0].value == "23400.00"
    assert found[0].confidence < 0.5


def test_small_change_and_tens_of_thousands(read: Read) -> None:
    assert [a.value for a in read([("价格为人民币壹佰贰拾元伍角整", 26, 80)]).amounts] == ["120.50"]
    assert [a.value for a in read([("涉案人民币3.5万元", 26, 80)]).amounts] == ["35000.00"]


@pytest.mark.parametrize("count", ["2", "二", "贰"])
def test_declared_volumes_and_pages(read: Read, count: str) -> None:
    reading = read([(f"附：1.本案卷宗{count}卷180页。", 26, 80)])
    assert reading.volumes is not None
    assert reading.pages is not None
    assert (reading.volumes.value, reading.pages.value) == ("2", "180")
    assert reading.pages.box[0] > reading.volumes.box[0]


def test_a_cover_declares_volumes_alone(read: Read) -> None:
    reading = read([("本案共 3 卷 第 1 卷", 26, 200)])
    assert reading.volumes is not None
    assert reading.volumes.value == "3"
    assert reading.pages is None
