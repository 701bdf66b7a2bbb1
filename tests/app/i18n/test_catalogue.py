"""Which language is spoken, and how an error sounds in it."""

from __future__ import annotations

import pytest

from app.i18n.catalogue import load, system_language
from app.station.errors import BatchUnfinished
from app.store.errors import CaseUnknown
from drivers.scanners.types import FaultCode


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


def test_codes_inside_an_error_are_said_in_words() -> None:
    error = BatchUnfinished(batch=2, case_no="A1", reason="cover-open")
    assert "(cover open)" in load("en").error(error).message
    assert "(盖板开着)" in load("zh_CN").error(error).message


def test_every_fault_of_a_scanner_has_its_word() -> None:
    wanted = {f"word.{code}" for code in FaultCode}
    assert wanted <= load("en").line_keys & load("zh_CN").line_keys


def test_an_error_says_what_and_what_to_do_in_both_languages() -> None:
    error = CaseUnknown(case_no="A1")
    english, chinese = load("en").error(error), load("zh_CN").error(error)
    assert "no case A1" in english.message
    assert "案件 A1" in chinese.message
    assert english.remedy
    assert chinese.remedy
