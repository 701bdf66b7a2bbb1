"""The clerk's corrections of the filing at the desk: shown at once, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_rig import Desks
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.document_dialog import DocumentDialog
from app.desk.window import Window
from app.station.station import open_station
from tests.app.station.papers import CONTINUES, filed, opens, take_in

WAIT_MS = 60_000
READ = [("LA03", [1, 2]), ("GS01", [3])]


@pytest.fixture
def window(desks: Desks, case: str, home: Path, tmp_path: Path, qtbot: QtBot) -> Window:
    """A case of two documents with three pages, all read."""
    with open_station(home) as station:
        take_in(station, case, tmp_path / "pages", [opens("LA03"), CONTINUES, opens("GS01")])
    opened = desks.open_case()
    qtbot.waitUntil(lambda: catalogue(opened) == ["立案决定书 2", "讯问笔录 1"], timeout=WAIT_MS)
    return opened


def catalogue(window: Window) -> list[str]:
    """Title and number of faces of each document shown, the numbered ones first."""
    model = window.page.catalogue_model
    volumes = [model.index(row, 0) for row in range(model.rowCount())]
    documents = [model.index(row, 0, volume) for volume in volumes for row in range(model.rowCount(volume))]
    titles = [str(model.data(document)).lstrip("123 ") for document in documents]
    return [f"{title} {model.rowCount(document)}" for title, document in zip(titles, documents, strict=True)]


def test_a_document_is_split_joined_and_undone(window: Window, qtbot: QtBot) -> None:
    window.page.board.go_to(2)
    dialog = window.document_acts.split()
    assert dialog is not None
    dialog.reason.setPlainText("另一份")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 1", "讯问笔录 1", " 1"], timeout=WAIT_MS)
    window.page.board.go_to(3)
    dialog = window.document_acts.join()
    assert dialog is not None
    dialog.reason.setPlainText("附页")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 1", " 2"], timeout=WAIT_MS)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 1", "讯问笔录 1", " 1"], timeout=WAIT_MS)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 2", "讯问笔录 1"], timeout=WAIT_MS)


def test_the_clerk_says_what_a_document_is(
    window: Window, home: Path, case: str, qtbot: QtBot, qapp: QApplication
) -> None:
    window.page.board.go_to(3)
    window.actions_["describe"].trigger()
    qtbot.waitUntil(lambda: isinstance(qapp.activeModalWidget(), DocumentDialog), timeout=WAIT_MS)
    dialog = qapp.activeModalWidget()
    assert isinstance(dialog, DocumentDialog)
    assert not dialog.confirm.isEnabled()
    dialog.kind.setEditText("没有这种文书")
    assert not dialog.confirm.isEnabled()
    dialog.kind.setEditText("QZ03 拘留证")
    dialog.date.setText("2026-02-30")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog.fault()), timeout=WAIT_MS)
    assert "2026-02-30 不是日期" in dialog.fault()
    dialog.date.setText("2026-03-06")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 2", "拘留证 1"], timeout=WAIT_MS)
    assert not dialog.isVisible()
    with open_station(home) as station:
        assert filed(station, case) == [READ[0], ("QZ03", [3])]
