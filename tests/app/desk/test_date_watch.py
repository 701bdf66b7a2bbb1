"""Dates that findings rest on are read a second time beside the clerk's work, and nothing waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from desk_rig import CASE, Desks
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.station import checking
from app.station.cases import NewCase, open_case
from app.station.errors import PagesPending
from app.station.station import open_station
from ocr.errors import OcrError
from tests.app.station.dated_pages import contradict

READ_MS = 120_000


@pytest.fixture
def contradicting(home: Path, case: str, tmp_path: Path) -> None:
    """The case has a date that was read wrongly and by which it is accused."""
    with open_station(home) as station:
        contradict(station, CASE, tmp_path / "pages", "2026年3月1日")


def date_order(desk: Desk) -> str:
    """State of the finding that one date lies before another."""
    (found,) = (each for each in desk.state.findings or () if each.handle.startswith("A-07:"))
    return found.state


@pytest.mark.usefixtures("contradicting")
def test_the_desk_answers_while_dates_are_read_again(
    desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, read_again = threading.Event(), checking.read_again

    def wait_and_read(station, case_no, faces, on_progress):  # type: ignore[no-untyped-def]
        on_progress(0, len(faces))
        go_on.wait(60)
        return read_again(station, case_no, faces, on_progress)

    monkeypatch.setattr(checking, "read_again", wait_and_read)
    window = desks.open_case()
    desk, pane = window.desk, window.page.pane
    qtbot.waitUntil(lambda: "0/2" in pane.dates_told(), timeout=READ_MS)
    assert date_order(desk) == "block"
    with qtbot.waitSignal(desk.lines, timeout=READ_MS):
        desk.ask_lines(desk.state.pages[0])
    go_on.set()
    qtbot.waitUntil(lambda: date_order(desk) == "warn", timeout=READ_MS)
    assert pane.dates_told() == ""


@pytest.mark.usefixtures("contradicting")
def test_closing_the_case_reads_no_further_page(desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[tuple[int, int]]()
    go_on, ended = threading.Event(), threading.Event()

    def wait_between(_station, _case_no, faces, on_progress):  # type: ignore[no-untyped-def]
        try:
            for done in range(len(faces)):
                on_progress(done, len(faces))
                told.append((done, len(faces)))
                go_on.wait(60)
        finally:
            ended.set()
        return False

    monkeypatch.setattr(checking, "read_again", wait_between)
    window = desks.open_case()
    qtbot.waitUntil(lambda: bool(told), timeout=READ_MS)
    window.desk.close_case()
    go_on.set()
    qtbot.waitUntil(ended.is_set, timeout=READ_MS)
    assert told == [(0, 2)]


@pytest.mark.usefixtures("contradicting")
def test_a_second_reading_that_fails_is_told_once(desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = list[str]()

    def fail(_station, case_no, _faces, _on_progress):  # type: ignore[no-untyped-def]
        tries.append(case_no)
        raise OcrError(detail="no engine")

    monkeypatch.setattr(checking, "read_again", fail)
    window = desks.open_case()
    qtbot.waitUntil(window.faults.isVisible, timeout=READ_MS)
    with qtbot.waitSignal(window.desk.filed, timeout=READ_MS):
        window.desk.file()
    assert tries == [CASE]
    assert window.page.pane.dates_told() == ""


@pytest.mark.usefixtures("contradicting")
def test_pages_that_came_meanwhile_are_no_fault(desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[str]()

    def find_more(_station, case_no, faces, on_progress):  # type: ignore[no-untyped-def]
        looked.append(case_no)
        on_progress(0, len(faces))
        raise PagesPending(case_no=case_no, count=1)

    monkeypatch.setattr(checking, "read_again", find_more)
    window = desks.open()
    filed = list[object]()
    window.desk.filed.connect(filed.append)
    window.cases.open_current()
    qtbot.waitUntil(lambda: len(filed) == 2, timeout=READ_MS)  # when it was opened, and after the look
    assert not window.faults.isVisible()
    assert window.page.pane.dates_told() == ""
    assert looked == [CASE]


@pytest.mark.usefixtures("contradicting")
def test_a_case_opened_while_another_is_read_waits_its_turn(
    desks: Desks, home: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "A9901260000002026030002"
    with open_station(home) as station:
        open_case(station, NewCase(other, "另一案", "危险驾驶"))
        contradict(station, other, tmp_path / "others", "2026年3月1日")
    looked = list[str]()
    go_on = threading.Event()

    def wait(_station, case_no, _faces, _on_progress):  # type: ignore[no-untyped-def]
        looked.append(case_no)
        go_on.wait(60)
        return False

    monkeypatch.setattr(checking, "read_again", wait)
    window = desks.open()
    filed = list[str]()
    window.desk.filed.connect(lambda filing: filed.append(filing.case.case_no))
    window.desk.open_case(CASE)
    qtbot.waitUntil(lambda: looked == [CASE], timeout=READ_MS)
    window.desk.open_case(other)
    qtbot.waitUntil(lambda: other in filed, timeout=READ_MS)
    go_on.set()
    qtbot.waitUntil(lambda: looked == [CASE, other], timeout=READ_MS)
