"""The clerk's corrections of the filing at the desk: shown at once, undone."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from desk_rig import Desks
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk import words
from app.desk.case_table import LIMIT
from app.desk.document_dialog import DocumentDialog
from app.desk.move_dialog import Way
from app.desk.submission_dialog import SubmissionDialog
from app.desk.window import Window
from app.station.station import Station, open_station
from app.station.submissions import submissions
from tests.app.station.papers import CONTINUES, filed, opens, take_in, value

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
    dialog.volume.setCurrentIndex(dialog.volume.findData("Z"))
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
        documents = station.store.cases.documents(station.store.cases.get(case).id)
        assert [document.volume for document in documents] == [None, "Z"]


def test_a_page_is_moved_into_another_document_and_a_document_behind_another(
    window: Window, home: Path, case: str, qtbot: QtBot
) -> None:
    window.page.board.go_to(2)
    dialog = window.document_acts.move()
    assert dialog is not None
    assert dialog.target.currentText() == "讯问笔录 · 第 3 面"
    dialog.target.setEditText("没有这份文书")
    assert not dialog.confirm.isEnabled()
    dialog.target.setCurrentIndex(0)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: catalogue(window) == ["立案决定书 1", "讯问笔录 2"], timeout=WAIT_MS)
    assert not dialog.isVisible()
    with open_station(home) as station:
        assert filed(station, case) == [("LA03", [1]), ("GS01", [3, 2])]
    window.page.board.go_to(1)
    dialog = window.document_acts.move()
    assert dialog is not None
    dialog.way.setCurrentIndex(dialog.way.findData(Way.BEHIND))
    dialog.confirm.click()
    qtbot.waitUntil(lambda: not dialog.isVisible() or bool(dialog.fault()), timeout=WAIT_MS)
    assert "分属不同的卷" in dialog.fault()
    assert "按 K" in dialog.fault()


def test_a_submission_is_opened_and_the_earlier_one_taken_up_again(
    window: Window, home: Path, case: str, qtbot: QtBot, qapp: QApplication
) -> None:
    choose(window, qtbot, qapp, ("arrest", None), "提请批准逮捕")
    qtbot.waitUntil(lambda: window.desk.state.submission.id == "arrest", timeout=WAIT_MS)
    assert window.desk.state.submission.title in window.header.counts()
    choose(window, qtbot, qapp, ("arrest", None), "补充材料后重排")
    choose(window, qtbot, qapp, ("arrest", 1), "恢复原次序")
    with open_station(home) as station:
        qtbot.waitUntil(lambda: holding(station, case) == ("arrest", 1), timeout=WAIT_MS)


def choose(window: Window, qtbot: QtBot, qapp: QApplication, wanted: tuple[str, int | None], reason: str) -> None:
    window.actions_["submission"].trigger()
    qtbot.waitUntil(lambda: isinstance(qapp.activeModalWidget(), SubmissionDialog), timeout=WAIT_MS)
    dialog = qapp.activeModalWidget()
    assert isinstance(dialog, SubmissionDialog)
    assert not dialog.confirm.isEnabled()
    choices = [dialog.choice.itemData(place) for place in range(dialog.choice.count())]
    dialog.choice.setCurrentIndex(choices.index(wanted))
    dialog.reason.setText(reason)
    with qtbot.waitSignal(window.desk.filed, timeout=WAIT_MS):
        dialog.confirm.click()


def holding(station: Station, case: str) -> tuple[str, int]:
    stand = next(stand for stand in submissions(station, case) if stand.current)
    return stand.arrangement.submission, stand.arrangement.version


def test_limits_stand_in_the_list_and_at_the_open_case(
    desks: Desks, case: str, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with open_station(home) as station:
        came = f"受案时间：{station.clock.now().date() - dt.timedelta(days=60):%Y年%m月%d日}10时00分"
        take_in(station, case, tmp_path / "pages", [opens("LA01")], text=came)
    window = desks.open()
    model = window.cases.model
    told = "受案后立案审查 红 已超"
    qtbot.waitUntil(lambda: told in str(model.data(model.index(0, LIMIT))), timeout=WAIT_MS)
    window.cases.open_current()
    qtbot.waitUntil(lambda: told in window.header.limit.accessibleName(), timeout=WAIT_MS)
    window.actions_["close-case"].trigger()
    qtbot.waitUntil(lambda: not window.header.limit.isVisible(), timeout=WAIT_MS)


def test_what_a_finding_rests_on_is_framed_on_the_page(
    desks: Desks, case: str, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with open_station(home) as station:
        take_in(station, case, tmp_path / "pages", [opens("LA03", date=value("2099-01-02"))], text="2099年1月2日")
    window = desks.open_case()
    qtbot.waitUntil(lambda: bool(window.desk.state.findings), timeout=WAIT_MS)
    found = window.page.finding_model
    rows = [row for row in range(found.rowCount()) if found.finding_at(row).places]
    window.page.pane.findings.setCurrentIndex(found.index(rows[0]))
    qtbot.waitUntil(lambda: bool(window.page.pane.view.places()), timeout=WAIT_MS)
    window.actions_["original"].trigger()
    qtbot.waitUntil(lambda: not window.page.pane.view.places(), timeout=WAIT_MS)


def test_a_page_cleared_by_rule_says_so(window: Window, home: Path, case: str, qtbot: QtBot) -> None:
    assert words.page_state(window.desk.state.pages[0]) == "已识别"
    with open_station(home) as station:
        shutil.rmtree(station.home.derived(case))
    window.actions_["close-case"].trigger()
    window.cases.open_current()
    qtbot.waitUntil(lambda: bool(window.desk.state.pages) and window.desk.state.pages[0].cleared, timeout=WAIT_MS)
    assert words.page_state(window.desk.state.pages[0]) == "已清理"
    assert window.desk.state.unread == 0
    qtbot.waitUntil(lambda: "留存规则" in window.page.pane.line(), timeout=WAIT_MS)
