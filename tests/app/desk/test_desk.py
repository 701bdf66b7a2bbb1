"""The desk at work over a real library: cases, scanning, reading, faults, closing."""

from __future__ import annotations

import datetime as dt
import threading
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from desk_rig import CASE, Desks, draw_page
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.board_model import BoardRole
from app.desk.desk import Desk
from app.desk.header import TrainingBand
from app.desk.intervention_dialog import InterventionDialog
from app.desk.jobs import SealOrder, seal_job
from app.desk.seal_dialog import ExplainDialog
from app.desk.state import Job, Next, next_act
from app.desk.window import Window
from app.station import reading_ahead
from app.station.pile import Pile
from app.station.scanning import Scanned, scan
from app.station.station import Station, exclusive, open_station
from drivers.errors import ScannerJammed
from signing.training import ensure_training_pki

SCAN_MS = 60_000
READ_MS = 120_000
# The aim is 0.05 s on a free machine. The tests share two cores with other work: the processor time of an event tells
# how long it works, the clock only that it does not wait for the scan.
LONGEST_EVENT_CPU_S = 0.2
LONGEST_EVENT_S = 3.0


def scan_folder(window: Window, folder: Path) -> None:
    dialog = window.acts.scan()
    dialog.choose_feed(folder)
    dialog.accept()


def idle(desk: Desk) -> bool:
    return desk.state.running is None


def test_a_new_case_by_keyboard_alone(desks: Desks, qtbot: QtBot, qapp: QApplication) -> None:
    window = desks.open()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: qapp.activeModalWidget() is not None)
    dialog = qapp.activeModalWidget()
    qtbot.waitUntil(dialog.number.hasFocus)
    fields = [(dialog.number, "420104"), (dialog.name, "He"), (dialog.charge, "drunk driving")]  # key events are ASCII
    for field, text in fields:
        assert dialog.focusWidget() is field
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "420104 不是案件编号" in dialog.fault())
    assert "请照受案登记表填写" in dialog.fault()
    assert dialog.isVisible()
    dialog.number.clear()
    qtbot.keyClicks(dialog.number, CASE)
    qtbot.keyClick(dialog.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.case_no == CASE, timeout=10_000)
    assert not dialog.isVisible()
    assert next_act(window.desk.state) is Next.SCAN


def test_pages_show_as_they_are_scanned(
    desks: Desks, case: str, sheets: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = desks.open_case()
    board = window.page.board_model
    seen: list[int] = []
    window.desk.page.connect(lambda _page: seen.append(board.rowCount()))
    beats: list[tuple[float, float]] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append((time.perf_counter(), time.thread_time())))
    heart.start(5)
    scan_folder(window, sheets)
    qtbot.waitUntil(lambda: board.rowCount() == 3 and idle(window.desk), timeout=SCAN_MS)
    heart.stop()
    longest = max(after[0] - before[0] for before, after in pairwise(beats))
    work = max(after[1] - before[1] for before, after in pairwise(beats))
    with capsys.disabled():
        print(f"\nlongest event while scanning: {longest * 1000:.0f} ms, {work * 1000:.0f} ms of CPU")
    assert work < LONGEST_EVENT_CPU_S
    assert longest < LONGEST_EVENT_S
    assert sorted(set(seen)) == [1, 2, 3]
    qtbot.waitUntil(lambda: board.index(2).data(BoardRole.PIXMAP) is not None, timeout=10_000)
    assert window.desk.state.training
    assert window.header.findChild(TrainingBand).isVisible()
    assert "有 3 页已到" in window.bar.sentence()


def test_a_pile_shows_what_was_read_while_it_came(
    desks: Desks, case: str, sheets: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4, 7):
        draw_page(sheets / f"{number}.png", [f"第{number}页"])
    read = threading.Event()
    monkeypatch.setattr(reading_ahead, "scan", partial(scan_and_wait, read))
    window = desks.open_case()
    window.desk.page.connect(lambda page: page.picture is not None and read.set())
    scan_folder(window, sheets)
    qtbot.waitUntil(lambda: len(window.desk.state.pages) == 6 and idle(window.desk), timeout=2 * READ_MS)
    assert window.desk.state.unread < 6
    assert not window.faults.isVisible()


def scan_and_wait(read: threading.Event, station: Station, case_no: str, pile: Pile, **told: Any) -> Scanned:
    """A scan that ends when the desk shows a page that has been read."""
    done = scan(station, case_no, pile, **told)
    read.wait(READ_MS / 1000)
    return done


def test_a_pile_that_cannot_be_read_while_it_comes_is_scanned_and_says_so(
    desks: Desks, case: str, sheets: Path, home: Path, qtbot: QtBot
) -> None:
    for number in range(4, 7):
        draw_page(sheets / f"{number}.png", [f"第{number}页"])
    (home / "reading.toml").write_text("pages = ", "utf-8")
    window = desks.open_case()
    scan_folder(window, sheets)
    qtbot.waitUntil(window.faults.isVisible, timeout=SCAN_MS)
    assert "reading.toml" in window.faults.text()
    assert len(window.desk.state.pages) == 6
    assert window.desk.state.unread == 6


def test_a_number_never_stands_over_another_picture(desks: Desks, case: str, sheets: Path, qtbot: QtBot) -> None:
    draw_page(sheets / "2.png", ["宽"], (1169, 827))
    window = desks.open_case()
    window.acts.import_paths([sheets])
    qtbot.waitUntil(lambda: len(window.desk.state.pages) == 3 and idle(window.desk), timeout=SCAN_MS)
    pane = window.page.pane
    qtbot.waitUntil(lambda: pane.title() == "第 3 面 · 正", timeout=10_000)
    window.page.board.go_to(2)
    assert pane.title() == "第 3 面 · 正"
    assert pane.view.sceneRect().width() < pane.view.sceneRect().height()
    qtbot.waitUntil(lambda: pane.title() == "第 2 面 · 正", timeout=10_000)
    assert pane.view.sceneRect().width() > pane.view.sceneRect().height()


def test_a_page_that_was_read_shows_its_lines(desks: Desks, case: str, tmp_path: Path, qtbot: QtBot) -> None:
    sheet = draw_page(
        tmp_path / "1.png", ["受案登记表", "办案单位：清禾市公安局", "案件名称：危险驾驶案"], (1654, 2339)
    )
    window = desks.open_case()
    window.acts.import_paths([sheet])
    qtbot.waitUntil(lambda: len(window.desk.state.pages) == 1 and idle(window.desk), timeout=SCAN_MS)
    window.actions_["next"].trigger()  # reading is what the desk proposes
    qtbot.waitUntil(lambda: window.desk.state.findings is not None, timeout=READ_MS)
    view = window.page.pane.view
    qtbot.waitUntil(lambda: bool(view.lines()), timeout=10_000)
    assert view.lines()[0].text == "受案登记表"
    assert view.scene().itemsBoundingRect().contains(view.lines()[0].corners[0][0], view.lines()[0].corners[0][1])
    told: list[object] = []
    view.line_chosen.connect(told.append)
    window.actions_["next-line"].trigger()
    assert told[-1] == view.lines()[0]
    window.actions_["original"].trigger()
    qtbot.waitUntil(lambda: not view.lines(), timeout=10_000)
    tree = window.page.catalogue_model
    assert "受案登记表" in str(tree.index(0, 0, tree.index(0, 0)).data())
    assert window.desk.state.blocking > 0
    window.actions_["next"].trigger()  # one page is no whole case: the first finding
    assert window.page.pane.findings.current().state == "block"


def test_a_finding_is_explained_with_a_reason(desks: Desks, case: str, tmp_path: Path, qtbot: QtBot) -> None:
    window = desks.open_case()
    window.acts.import_paths([draw_page(tmp_path / "1.png", [])])
    qtbot.waitUntil(lambda: len(window.desk.state.pages) == 1 and idle(window.desk), timeout=SCAN_MS)
    window.acts.read()
    qtbot.waitUntil(lambda: window.desk.state.blocking > 0, timeout=READ_MS)
    before = window.desk.state.blocking
    seal = window.acts.seal()
    assert not seal.confirm.isEnabled()
    record = next(each for each in window.desk.state.findings or () if each.is_record)
    asked = window.acts.answer(record)
    assert isinstance(asked, InterventionDialog)
    assert not asked.confirm.isEnabled()  # nobody has a zero report in his name without saying so
    asked.nobody.click()
    asked.confirm.click()
    qtbot.waitUntil(lambda: window.desk.state.blocking == before - 1, timeout=20_000)
    before -= 1
    dialog = window.acts.answer(seal.findings.current())
    assert isinstance(dialog, ExplainDialog)
    assert not dialog.confirm.isEnabled()
    dialog.reason.setPlainText("原件在另案中")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: window.desk.state.blocking < before, timeout=20_000)
    assert any(finding.state == "explained" for finding in window.desk.state.findings or ())
    seal.reject()


def test_a_fault_says_what_happened_what_is_safe_what_to_do(desks: Desks, case: str) -> None:
    window = desks.open_case()
    window.desk.tell(ScannerJammed(page=37), Job.SCAN)
    assert window.faults.isVisible()
    text = window.faults.text()
    assert text.index("第 37 页卡纸") < text.index("已显示的页都已保存") < text.index("取出卡住的纸")
    window.actions_["dismiss"].trigger()
    assert not window.faults.isVisible()


def test_a_wrong_key_password_is_told_and_nothing_is_sealed(desks: Desks, case: str, home: Path, qtbot: QtBot) -> None:
    key = ensure_training_pki(home / "keys", now=dt.datetime.now(dt.UTC)).station_p12
    window = desks.open_case()
    window.desk.start(Job.SEAL, seal_job(case, SealOrder("base", key, "wrong")))
    qtbot.waitUntil(window.faults.isVisible, timeout=20_000)
    text = window.faults.text()
    assert text.index("口令打不开密钥文件") < text.index("没有签名，也没有进发件箱") < text.index("请重新输入口令")
    assert not window.desk.state.sealed


def test_a_refused_file_is_named_and_the_others_go_in(desks: Desks, case: str, sheets: Path, qtbot: QtBot) -> None:
    whole = (sheets / "1.png").read_bytes()
    (sheets / "2.png").write_bytes(whole[: len(whole) // 2])
    window = desks.open_case()
    window.acts.import_paths([sheets])
    qtbot.waitUntil(lambda: len(window.desk.state.pages) == 2 and idle(window.desk), timeout=SCAN_MS)
    assert "2.png" in window.faults.text()


def test_a_case_in_other_hands_is_told_not_waited_for(
    desks: Desks, case: str, home: Path, sheets: Path, qtbot: QtBot
) -> None:
    window = desks.open_case()
    with open_station(home) as station, exclusive(station, case):
        window.acts.import_paths([sheets])
        qtbot.waitUntil(window.faults.isVisible, timeout=20_000)
    assert case in window.faults.text()
    assert idle(window.desk)


def test_closing_while_scanning_asks_and_stops_between_pages(
    desks: Desks, case: str, home: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    for number in range(10, 40):
        draw_page(pile / f"{number}.png", [str(number)])
    window = desks.open_case()
    scan_folder(window, pile)
    qtbot.waitUntil(lambda: len(window.desk.state.pages) >= 1, timeout=SCAN_MS)
    monkeypatch.setattr(window, "ask_to_stop", lambda: False)
    window.close()
    assert window.isVisible()
    monkeypatch.setattr(window, "ask_to_stop", lambda: True)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SCAN_MS)
    again = desks.open_case()
    qtbot.waitUntil(lambda: bool(again.desk.state.pages), timeout=20_000)
    shown = len(again.desk.state.pages)
    assert 1 <= shown < 30


def test_panes_hide_by_key_and_are_remembered(desks: Desks, case: str, qtbot: QtBot) -> None:
    window = desks.open_case()
    window.activateWindow()
    tree = window.page.tree
    assert tree.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert not tree.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert tree.isVisible()
    narrow = window.page.sizes()[0]
    window.page.setSizes([narrow + 130, 500, 500])
    window.close()
    # The offscreen plugin's screen is smaller than the window, so the second one is not quite as wide.
    assert desks.open_case().page.sizes()[0] > narrow + 50


def test_actions_follow_the_state(desks: Desks, case: str, qtbot: QtBot) -> None:
    window = desks.open()
    actions = window.actions_
    assert actions["new-case"].isEnabled()
    assert not actions["scan"].isEnabled()
    window.cases.open_current()
    qtbot.waitUntil(lambda: window.desk.state.case is not None, timeout=20_000)
    assert not actions["new-case"].isEnabled()
    assert actions["scan"].isEnabled()
    assert not actions["seal"].isEnabled()
