"""The desk without a display, over a real library; pages are drawn here, scanned through SANE's pnm backend."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_rig import CASE, WORDS, Desks, draw_page
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.station.cases import NewCase, open_case
from app.station.station import open_station


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Three sheets to feed."""
    folder = tmp_path / "sheets"
    folder.mkdir()
    for number in range(1, 4):
        draw_page(folder / f"{number}.png", [f"第{number}张", "受案登记表"])
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def case(home: Path) -> str:
    with open_station(home) as station:
        open_case(station, NewCase(CASE, "何某某危险驾驶案", "危险驾驶"))
    return CASE


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the compiled translation."""
    folder = tmp_path_factory.mktemp("words")
    lrelease = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([lrelease, "-silent", WORDS, "-qm", folder / "desk_zh_CN.qm"], check=True)
    return folder


@pytest.fixture
def desks(qapp: QApplication, qtbot: QtBot, home: Path, words: Path) -> Iterator[Desks]:
    opened = Desks(qapp, qtbot, home, words)
    yield opened
    opened.close()
