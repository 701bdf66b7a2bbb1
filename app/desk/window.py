"""The window: puts the parts together and lets them follow the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from app.desk import theme, words
from app.desk.actions import Actions
from app.desk.acts import Acts
from app.desk.case_list import CaseList
from app.desk.desk import Desk, Filing, Overall
from app.desk.document_acts import DocumentActs
from app.desk.fault_bar import FaultBar
from app.desk.header import Header
from app.desk.next_bar import NextBar
from app.desk.page_acts import PageActs
from app.desk.pictures import Thumbnails
from app.desk.state import DeskState
from app.desk.step_row import StepRow
from app.desk.work_page import WorkPage
from app.station.disk_budget import DiskLevel
from app.station.views import PageView

SIZE = QSize(1480, 920)


class Window(QMainWindow):
    def __init__(self, desk: Desk, settings: QSettings) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Dossier station"))
        self.resize(SIZE)
        self.setAcceptDrops(True)
        self.desk = desk
        self._settings = settings
        self._closing = False
        self.actions_ = Actions(self)
        self.thumbnails = Thumbnails(QSize(*theme.THUMBNAIL) * self.devicePixelRatio())
        self.header, self.steps = Header(self.actions_), StepRow()
        self.faults, self.bar = FaultBar(self.actions_), NextBar(self.actions_)
        self.cases = CaseList()
        self.page = WorkPage(self.actions_, self.thumbnails, settings)
        self.acts = Acts(desk, self.actions_, self)
        self.page_acts = PageActs(desk, self.actions_, self.page.board, self.acts.scan, self)
        self.document_acts = DocumentActs(desk, self.actions_, self.page.board, self)
        self._stack = QStackedWidget()
        self._compose()
        self._connect()
        geometry = settings.value("desk/window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._follow(desk.state)

    def _compose(self) -> None:
        self._stack.addWidget(self.cases)
        self._stack.addWidget(self.page)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.steps, self.faults):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        desk, page = self.desk, self.page
        desk.changed.connect(self._follow)
        desk.overall.connect(self._show_overall)
        desk.opened.connect(self._show_pages)
        desk.page.connect(self._put_page)
        desk.filed.connect(self._show_filing)
        desk.lines.connect(page.pane.show_lines)
        desk.faulted.connect(self.faults.tell)
        desk.limits.found.connect(self.cases.model.set_limit)
        desk.platform_seen.connect(self._platform_seen)
        page.pane.lines_wanted.connect(desk.ask_lines)
        page.explain_wanted.connect(self.acts.answer)
        self.acts.scanners.connect(self._scanners_seen)
        self.cases.opened.connect(desk.open_case)
        self.actions_["open-case"].triggered.connect(self.cases.open_current)

    def _follow(self, state: DeskState) -> None:
        self.actions_.follow(state)
        for part in (self.header, self.steps, self.bar, self.page):
            part.follow(state)
        if self._closing and state.running is None:
            self.close()

    def _show_overall(self, overall: Overall) -> None:
        self.cases.set_cases(overall.cases)
        self.header.disk.show_state(overall.disk.level is DiskLevel.ENOUGH, words.disk(overall.disk))
        if self.desk.state.case is None:
            self.cases.view.setFocus()

    def _show_pages(self, pages: list[PageView]) -> None:
        self.faults.hide()
        self.page.board_model.set_pages(pages)
        self.page.show_filing((), None)
        self._stack.setCurrentWidget(self.page if self.desk.state.case else self.cases)
        self.page.pane.show_face(None)
        if pages:
            self.page.board.go_to(pages[0].number)
        self.page.board.setFocus()

    def _put_page(self, page: PageView) -> None:
        """A page that arrives is shown at once; one that was read is renewed where it stands."""
        board = self.page.board
        arrived = self.page.board_model.row_of(page.number) is None
        self.page.board_model.put(page)
        if arrived:
            board.go_to(page.number)
            board.scrollToBottom()

    def _show_filing(self, filing: Filing) -> None:
        self.page.board.show_pages(filing.pages)
        self.page.show_filing(filing.volumes, filing.findings)

    def _platform_seen(self, well: bool) -> None:
        self.header.platform.show_state(well, self.tr("reached") if well else self.tr("not reached"))

    def _scanners_seen(self, count: int) -> None:
        self.header.scanner.show_state(count > 0, str(count) if count else self.tr("none found"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if self.actions_["import"].isEnabled() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.acts.import_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """While something runs: ask, stop it after the page it is at, and close then."""
        if self.desk.state.running is not None:
            event.ignore()
            if not self._closing and self.ask_to_stop():
                self._closing = True
                self.desk.work.stop()
            return
        self._settings.setValue("desk/window", self.saveGeometry())
        self.page.remember()
        self.page.pane.close_loader()
        self.thumbnails.close()
        self.desk.close()
        event.accept()

    def ask_to_stop(self) -> bool:
        """True when the clerk wants the running work stopped."""
        question = self.tr("Work is still running. Stop it and close? Everything shown is saved; it can go on later.")
        button = QMessageBox.question(self, self.tr("Close"), question)
        return button is QMessageBox.StandardButton.Yes
