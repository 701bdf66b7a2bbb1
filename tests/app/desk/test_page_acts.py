"""What is done to pages at the desk: by keys, kept in the trail, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_rig import Desks, draw_page
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.reason_dialog import ReasonDialog
from app.desk.scan_dialog import ScanDialog
from app.desk.state import Next, next_act
from app.desk.window import Window
from app.station.devices import ScannerView
from app.station.scan_profiles import BUILT_IN, ScanProfile, save_scan_profile
from app.station.station import open_station
from drivers.scanners.types import Mode, Source

WAIT_MS = 60_000


def board(window: Window) -> list[int]:
    """The numbers on the board, in its order."""
    model = window.page.board_model
    return [model.item_at(row).page.number for row in range(model.rowCount())]


def idle(window: Window) -> bool:
    return window.desk.state.running is None


@pytest.fixture
def window(desks: Desks, case: str, sheets: Path, qtbot: QtBot) -> Window:
    """A case of three pages."""
    opened = desks.open_case()
    opened.acts.import_paths([sheets])
    qtbot.waitUntil(lambda: board(opened) == [1, 2, 3] and idle(opened), timeout=WAIT_MS)
    return opened


def test_pages_are_set_aside_for_a_reason_and_taken_back(window: Window, qtbot: QtBot) -> None:
    window.page.board.go_to(2)
    dialog = window.page_acts.set_aside()
    assert dialog is not None
    assert not dialog.confirm.isEnabled()
    dialog.reason.setPlainText("重复")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: board(window) == [1, 3], timeout=WAIT_MS)
    current = window.page.board.current()
    assert current is not None
    assert current.number == 3
    window.actions_["show-aside"].trigger()
    assert board(window) == [1, 2, 3]
    assert window.desk.state.unread == 2
    window.page.board.go_to(2)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.desk.state.unread == 3, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.state.unread == 2, timeout=WAIT_MS)


@pytest.mark.parametrize("act", ["set-aside", "split"])
def test_fields_are_read_on_the_windows_own_thread(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    read_on: list[QThread] = []
    text = ReasonDialog.text

    def noted(dialog: ReasonDialog) -> str:
        read_on.append(QThread.currentThread())
        return text(dialog)

    monkeypatch.setattr(ReasonDialog, "text", noted)
    window.page.board.go_to(2)
    dialog = window.page_acts.set_aside() if act == "set-aside" else window.document_acts.split()
    assert dialog is not None
    dialog.reason.setPlainText("重复")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(read_on), timeout=WAIT_MS)
    assert set(read_on) == {window.thread()}


def test_a_page_scanned_anew_stands_where_the_old_one_was(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "one").mkdir()
    draw_page(tmp_path / "one" / "better.png", ["清楚的一页"])
    window.page.board.go_to(2)
    dialog = window.page_acts.replace()
    assert dialog is not None
    assert dialog.windowTitle() == "重扫第 2 面"
    dialog.choose_feed(tmp_path / "one")
    dialog.accept()
    qtbot.waitUntil(lambda: board(window) == [1, 4, 3] and idle(window), timeout=WAIT_MS)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: board(window) == [1, 2, 3], timeout=WAIT_MS)


def test_nothing_to_undo_is_told(window: Window, qtbot: QtBot) -> None:
    window.actions_["undo"].trigger()
    qtbot.waitUntil(window.faults.isVisible, timeout=WAIT_MS)
    assert "没有可撤销的操作" in window.faults.text()


def test_fronts_and_backs_of_a_pile_are_joined(
    desks: Desks, case: str, sheets: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window = desks.open_case()
    fronts = window.acts.scan()
    qtbot.waitUntil(lambda: fronts.profile() is not None, timeout=WAIT_MS)
    names = [profile.name for profile in BUILT_IN]
    fronts.profiles.setCurrentIndex(names.index("手动双面"))
    fronts.choose_feed(sheets)
    fronts.accept()

    def asked() -> ScanDialog | None:
        dialog = qapp.activeModalWidget()
        return dialog if isinstance(dialog, ScanDialog) and dialog is not fronts else None

    qtbot.waitUntil(lambda: asked() is not None, timeout=WAIT_MS)
    assert idle(window)
    backs = asked()
    assert backs is not None
    backs.reversed.setCurrentIndex(backs.reversed.findData(True))
    backs.choose_feed(sheets)
    backs.accept()
    qtbot.waitUntil(lambda: board(window) == [1, 6, 2, 5, 3, 4], timeout=WAIT_MS)
    window.actions_["turn-backs"].trigger()
    qtbot.waitUntil(lambda: board(window) == [1, 4, 2, 5, 3, 6], timeout=WAIT_MS)


def test_a_pile_goes_in_by_the_one_key_of_its_profile(desks: Desks, case: str, home: Path, qtbot: QtBot) -> None:
    with open_station(home) as station:
        profile = ScanProfile(name="票据", hotkey="7", device="test:0", source=Source.FLATBED, mode=Mode.GRAY, dpi=75)
        save_scan_profile(station, profile.model_copy(update={"paper": "A5"}))
    window = desks.open_case()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: board(window) == [1] and idle(window), timeout=WAIT_MS)
    assert "纸张高度要求 210 mm,扫描仪取 200 mm" in window.faults.text()
    qtbot.keyClick(window, Qt.Key.Key_8)
    qtbot.waitUntil(lambda: "7 票据" in window.faults.text(), timeout=WAIT_MS)


def test_fields_are_saved_as_a_profile_with_a_key(desks: Desks, case: str, home: Path, qtbot: QtBot) -> None:
    window = desks.open_case()
    dialog = window.acts.scan()
    qtbot.waitUntil(lambda: dialog.profile() is not None, timeout=WAIT_MS)
    dialog.fields.mode.setCurrentIndex(dialog.fields.mode.findData(Mode.BW.value))
    dialog.fields.wait.setValue(30)
    dialog.fields.threshold.setValue(60)
    asked = window.acts.save_profile(dialog)
    asked.name.setText("旧卷黑白")
    asked.choose_hotkey("1")
    asked.confirm.click()
    qtbot.waitUntil(lambda: "卷宗双面" in asked.fault(), timeout=WAIT_MS)  # that key is taken
    asked.choose_hotkey("9")
    asked.confirm.click()
    qtbot.waitUntil(lambda: dialog.profiles.currentText().startswith("旧卷黑白"), timeout=WAIT_MS)
    saved = dialog.profile()
    assert saved is not None
    assert (saved.mode, saved.wait_s, saved.threshold, saved.hotkey) == (Mode.BW, 30, 60, "9")
    dialog.reject()


def test_a_pile_that_does_not_fit_its_count_is_counted_again(desks: Desks, case: str, home: Path, qtbot: QtBot) -> None:
    with open_station(home) as station:
        profile = ScanProfile(name="票据", hotkey="7", device="test:0", source=Source.ADF, mode=Mode.GRAY, dpi=75)
        save_scan_profile(station, profile.model_copy(update={"paper": "ID-1"}))
    window = desks.open_case()
    dialog = window.acts.scan()
    qtbot.waitUntil(lambda: dialog.profile() is not None, timeout=WAIT_MS)
    dialog.show_scanners([ScannerView("test:0", "SANE test", "simulator")])
    dialog.profiles.setCurrentIndex(dialog.profiles.count() - 1)
    dialog.sheets.setValue(12)
    dialog.accept()
    qtbot.waitUntil(window.faults.isVisible, timeout=WAIT_MS)
    assert "缺第 11、12 张" in window.faults.text()
    assert "这叠已保存 10 面" in window.faults.text()
    qtbot.waitUntil(lambda: next_act(window.desk.state) is Next.FINISH_PILE, timeout=WAIT_MS)
    count = window.page_acts.recount()
    assert count is not None
    count.sheets.setValue(10)
    count.confirm.click()
    qtbot.waitUntil(lambda: next_act(window.desk.state) is Next.READ, timeout=WAIT_MS)
