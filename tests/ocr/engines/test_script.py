from __future__ import annotations

import pytest

from ocr.engines.script import Script, counterparts, script_of, script_only_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("犯罪嫌疑人陶志远到案经过说明书", Script.SIMPLIFIED),
        ("具狀人林國棟謹呈，為聲明事實", Script.TRADITIONAL),
        ("经过", None),  # too short
        ("到案经过说明陈国东具狀人林國棟謹呈聲明", None),  # mixed
        ("该车为银色，号牌为测，马国强東風", Script.SIMPLIFIED),  # a few look-alikes do not count
        ("2026-03-05 A4", None),
    ],
)
def test_a_text_is_in_the_script_of_most_of_its_characters(text: str, script: Script | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("char", "only", "others"),
    [
        ("经", Script.SIMPLIFIED, {"經"}),
        ("經", Script.TRADITIONAL, {"经"}),
        ("发", Script.SIMPLIFIED, {"發", "髮"}),
        ("后", None, set()),
        ("乾", None, set()),
        ("人", None, set()),
        ("7", None, set()),
    ],
)
def test_characters_know_their_script(char: str, only: Script | None, others: set[str]) -> None:
    assert script_only_of(char) == only
    assert set(counterparts(char)) == others
