"""Document numbers in the shapes seen on real papers."""

from __future__ import annotations

import pytest

from ocr.reading import Lexicon
from ocr.reading.numbers import find_number


@pytest.mark.parametrize(
    ("read", "value", "word"),
    [
        ("清公(望)立字〔2026〕127号", "清公(望)立字〔2026〕127号", "立"),
        ("清公(望)立字[2026]127号", "清公(望)立字〔2026〕127号", "立"),
        ("清公(望)立字【2026】127号", "清公(望)立字〔2026〕127号", "立"),
        ("清公(望)拘字(2026)794号", "清公(望)拘字〔2026〕794号", "拘"),
        ("文号:清公(望)取保字〔2026〕58号", "清公(望)取保字〔2026〕58号", "取保"),
        ("清公刑诉字[2026]001号", "清公刑诉字〔2026〕001号", "刑诉"),
        ("(清望)公(司)鉴(法医临床)字[2026]491号", "(清望)公(司)鉴(法医临床)字〔2026〕491号", "法医临床"),
        ("(清)公(司)鉴(理化)字[2026]1362、1365号", "(清)公(司)鉴(理化)字〔2026〕1362、1365号", "理化"),
        ("清望价认刑【2026】273号", "清望价认刑〔2026〕273号", "认刑"),
        ("正衡[2026]毒检字第12号", "正衡〔2026〕毒检字第12号", "毒检"),
        ("清望检批捕〔2026〕31号", "清望检批捕〔2026〕31号", "批捕"),
        ("(2026)清9926刑初34号", "（2026）清9926刑初34号", "刑初"),
        ("K9901260000002026030012", "K9901260000002026030012", ""),
    ],
)
def test_shapes(read: str, value: str, word: str, lexicon: Lexicon) -> None:
    found = find_number(read, lexicon.number_patterns)
    assert found is not None
    assert (found.value, found.word, found.year, found.trust) == (value, word, 2026, 1.0)


@pytest.mark.parametrize(
    "read",
    [
        "清公(望)立字〔2026127号",
        "清公(望)立字2026〕127号",
        "清公(望)立字L2026〕127号",
        "清公(望)立字〔2O26〕127号",
        "清公(望)立字〔2026〕l27号",
    ],
)
def test_broken_brackets_and_letters_for_figures_are_repaired_with_less_trust(read: str, lexicon: Lexicon) -> None:
    found = find_number(read, lexicon.number_patterns)
    assert found is not None
    assert found.value == "清公(望)立字〔2026〕127号"
    assert found.trust < 0.85


@pytest.mark.parametrize(
    "read",
    [
        "你局以清公(望)提捕字〔2026〕9号提请批准逮捕书移送的案件",  # quoted in a sentence: another paper's
        "清公(望)立字202612号",  # no bracket at all: where the year ends is a guess
        "二〇二六年三月五日",
        "2026年3月5日",
    ],
)
def test_what_is_not_the_papers_own_number(read: str, lexicon: Lexicon) -> None:
    assert find_number(read, lexicon.number_patterns) is None
