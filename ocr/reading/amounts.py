"""Sums of money: in words (大写: 贰万叁仟肆佰元整), in figures after 人民币 or ￥, and both beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ocr.reading.text import Page, Run, runs
from ocr.reading.types import Field

CONTRADICTED = 0.3  # words and figures differ: asked
_DIGITS = {char: number for number, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "弍": 2, "參": 3, "参": 3}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_WORDS = re.compile(
    r"(?P<words>[零壹贰叁肆伍陆柒捌玖两弍參参拾佰仟万亿]{2,24})[元圆](?P<rest>[零壹贰叁肆伍陆柒捌玖角分整正]{0,6})"
)
_FIGURES = re.compile(r"(?:人民币|[￥¥])(?:\(小写\))?:?[￥¥]?(?P<figures>\d[\d,]*(?:\.\d{1,2})?)(?P<wan>万)?(?!\d)")
_BESIDE = re.compile(r"[(:]*(?:人民币|小写|[￥¥]|:)*(?P<figures>\d[\d,]*(?:\.\d{1,2})?)元?\)?")


def find_amounts(page: Page) -> tuple[Field, ...]:
    """Return sums in yuan with two decimals (88100.00), each value once, words before figures."""
    found: dict[str, Field] = {}
    for run in runs(page):
        for amount in (*_in_words(run), *_in_figures(run)):
            found.setdefault(amount.value, amount)
    return tuple(found.values())


def parse_words(text: str) -> int | None:
    """Return 23400 for 贰万叁仟肆佰; None when it is no number."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char == "万":
            total += (section + (digit or 0)) * 10_000
            section, digit = 0, None
        elif char == "亿":
            total = (total + section + (digit or 0)) * 100_000_000
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def _in_words(run: Run) -> Iterator[Field]:
    for match in _WORDS.finditer(run.flat):
        yuan = parse_words(match["words"])
        if not yuan:
            continue
        value = yuan + _small(match["rest"])
        beside = _BESIDE.match(run.flat, match.end())
        agrees = beside is None or abs(_number(beside["figures"]) - value) < 0.005
        yield run.field(match.start(), match.end(), f"{value:.2f}", trust=1.0 if agrees else CONTRADICTED)


def _in_figures(run: Run) -> Iterator[Field]:
    for match in _FIGURES.finditer(run.flat):
        value = _number(match["figures"]) * (10_000 if match["wan"] else 1)
        yield run.field(match.start("figures"), match.end("figures"), f"{value:.2f}")


def _small(rest: str) -> float:
    """角 and 分 behind the yuan."""
    parts = re.findall(r"([壹贰叁肆伍陆柒捌玖])([角分])", rest)
    return sum(_DIGITS[digit] * (0.1 if unit == "角" else 0.01) for digit, unit in parts)


def _number(figures: str) -> float:
    return float(figures.replace(",", ""))
