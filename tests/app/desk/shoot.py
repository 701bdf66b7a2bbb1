"""Pictures of the desk, for looking at.

    xvfb-run -s "-screen 0 1600x1000x24" python tests/app/desk/shoot.py HOME FACES OUT

HOME holds a case that has been read (as `juanzong demo --home HOME` leaves it); FACES is a folder of page pictures,
which are scanned into a new case. HOME is changed by that: give a copy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.desk.application import build
from app.desk.window import Window

SIZE = (1600, 1000)
CASES = {"zh_CN": "A9901260000002026030501", "en": "A9901260000002026030502"}


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(happened: Callable[[], bool], seconds: int = 60) -> None:
    for _ in range(seconds * 20):
        if happened():
            return
        wait(50)
    raise TimeoutError


def main(home: Path, faces: Path, out: Path) -> None:
    app = QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    for language in CASES:
        window = build(app, home, language)
        window.resize(*SIZE)
        window.show()
        until(lambda: window.desk.state.cases is not None)  # noqa: B023
        shoot(window, faces, out, language)
        window.close()


def shoot(window: Window, faces: Path, out: Path, language: str) -> None:
    def keep(name: str, widget: QWidget = window) -> None:
        wait(700)
        widget.grab().save(str(out / f"{language}-{name}.png"))

    desk, page = window.desk, window.page
    keep("1-cases")
    table = window.cases.model
    rows = [table.case_at(row) for row in range(table.rowCount())]
    window.cases.choose(next(case.case_no for case in rows if case.documents))
    window.cases.open_current()
    until(lambda: desk.state.findings is not None)
    wait(2500)
    page.board.go_to(3)
    wait(1500)
    page.pane.view.step_line(1)
    keep("2-read")
    page.pane.findChild(QMenu).popup(window.mapToGlobal(window.rect().center()))
    keep("2-page-menu", page.pane.findChild(QMenu))
    page.pane.findChild(QMenu).close()
    page.board.go_to(13)
    wait(1500)
    page.pane.view.zoom(2.5)
    keep("3-zoomed")
    page.pane.view.fit()
    found = page.finding_model
    pointing = [row for row in range(found.rowCount()) if found.finding_at(row).places]
    if pointing:
        page.pane.findings.setCurrentIndex(found.index(pointing[0]))
        wait(1500)
        keep("3-finding")
    move = window.document_acts.move()
    if move is not None:
        keep("4-move", move)
        move.reject()
    window.actions_["submission"].trigger()
    until(lambda: QApplication.activeModalWidget() is not None)
    choice = QApplication.activeModalWidget()
    if isinstance(choice, QDialog):
        keep("4-submission", choice)
        choice.reject()
    seal = window.acts.seal()
    keep("4-seal", seal)
    seal.reject()
    window.actions_["close-case"].trigger()
    wait(500)
    scan_new_case(window, faces, CASES[language], keep)


def scan_new_case(window: Window, faces: Path, case_no: str, keep: Callable[..., None]) -> None:
    desk = window.desk
    dialog = window.acts.new_case()
    dialog.number.setText("420104")
    dialog.name.setText("何某某危险驾驶案")
    dialog.charge.setText("危险驾驶")
    dialog.confirm.click()
    until(lambda: bool(dialog.fault()))
    keep("5-new-case", dialog)
    dialog.number.setText(case_no)
    dialog.confirm.click()
    until(lambda: desk.case_no == case_no)
    keep("6-empty")
    scan = window.acts.scan()
    wait(6000)
    scan.choose_feed(faces)
    keep("7-scan", scan)
    scan.fields.more.setChecked(True)
    keep("7-scan-more", scan)
    scan.fields.more.setChecked(False)
    scan.accept()
    until(lambda: len(desk.state.pages) >= 7)
    keep("8-scanning")
    desk.work.stop()
    until(lambda: desk.state.running is None)
    wait(1500)
    keep("9-stopped")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
