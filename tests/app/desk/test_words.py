"""Every word of the desk is translated, and the translation is in force."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import parse
from desk_rig import CASE, WORDS, Desks
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from app.desk import theme
from app.desk.state import Job
from app.station.errors import NoPages, SealingStopped

DESK = WORDS.parents[1] / "desk"


def messages(file: Path) -> dict[tuple[str, str], Element]:
    found = {}
    for context in parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            found[(context.findtext("name", ""), message.findtext("source", ""))] = message
    return found


def test_no_string_of_the_source_is_missing_or_left_over(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([lupdate, *sorted(DESK.glob("*.py")), "-silent", "-ts", fresh], check=True, stdout=subprocess.PIPE)
    assert set(messages(fresh)) == set(messages(WORDS))
    assert not [source for context, source in messages(fresh) if not context]


def test_every_message_has_a_finished_translation() -> None:
    for (_, source), message in messages(WORDS).items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, source
        assert translation.text, source
        for place in ("%1", "%2", "%3"):
            assert (place in source) == (place in translation.text), source


@pytest.mark.parametrize(
    ("language", "word", "cancel"), [("zh_CN", "还没有案件。请先收案。", "取消"), ("en", "No case yet.", "Cancel")]
)
def test_the_desk_speaks_the_language_asked_for(desks: Desks, language: str, word: str, cancel: str) -> None:
    window = desks.open(language)
    assert word in window.bar.sentence()
    dialog = window.acts.new_case()
    buttons = dialog.findChild(QDialogButtonBox)
    assert cancel in buttons.button(QDialogButtonBox.StandardButton.Cancel).text()
    dialog.reject()


def test_a_language_without_words_stays_english(desks: Desks, words: Path) -> None:
    kept = words / "kept.qm"
    shutil.move(words / "desk_zh_CN.qm", kept)
    try:
        assert "No case yet." in desks.open("zh_CN").bar.sentence()
    finally:
        shutil.move(kept, words / "desk_zh_CN.qm")


def test_what_the_clerk_stopped_is_told_as_no_fault(desks: Desks) -> None:
    window = desks.open()
    for error, colour in ((SealingStopped(case_no=CASE), "ink"), (NoPages(case_no=CASE), "seal")):
        window.desk.tell(error, Job.SEAL)
        title = window.faults.findChild(QLabel, "faultTitle")
        assert CASE in title.text()
        assert title.palette().windowText().color() == theme.colour(colour)
