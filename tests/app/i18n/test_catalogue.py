"""Which language is spoken, and how an error sounds in it."""

from __future__ import annotations

import pytest

from app.i18n.catalogue import load, system_language
from app.store.errors import CaseUnknown


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "JUANZONG_LANG": "zh_CN"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_locale_decides_and_our_own_setting_over_it(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


@pytest.mark.parametrize("environment", [{}, {"LANG": "C"}, {"LANG": "C.UTF-8"}, {"LC_ALL": "POSIX"}])
def test_where_no_language_is_named_the_caller_chooses(environment: dict[str, str]) -> None:
    assert system_language(environment) == "en"
    assert system_language(environment, neutral="zh_CN") == "zh_CN"


def test_an_error_says_what_and_what_to_do_in_both_languages() -> None:
    error = CaseUnknown(case_no="A1")
    english, chinese = load("en").error(error), load("zh_CN").error(error)
    assert "no case A1" in english.message
    assert "案件 A1" in chinese.message
    assert english.remedy
    assert chinese.remedy
