"""The page before a case is open: all cases, or how to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTableView, QVBoxLayout, QWidget

from app.desk import theme
from app.desk.case_table import CaseTable
from app.station.overview import CaseOverview

ROW_PX = 46
WIDTHS = {0: 250, 2: 170, 3: 80, 4: 80, 5: 190, 6: 280}


class CaseView(QTableView):
    """`opened`: a double click on a case; Enter is the action "open-case"."""

    opened = Signal()

    def __init__(self, model: CaseTable) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Cases"))
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.opened.emit())


class CaseList(QStackedWidget):
    """The table, or a word of welcome while there is no case."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = CaseTable(self)
        self.view = CaseView(self.model)
        self.view.opened.connect(self.open_current)
        self.addWidget(_padded(self.view))
        self.addWidget(self._welcome())

    def set_cases(self, cases: Sequence[CaseOverview]) -> None:
        """Show the cases; the one chosen before stays chosen."""
        chosen = self.current()
        self.model.set_cases(cases)
        self.setCurrentIndex(0 if cases else 1)
        row = self.model.row_of(chosen) if chosen else None
        if cases:
            self.view.selectRow(row or 0)

    def choose(self, case_no: str) -> None:
        row = self.model.row_of(case_no)
        if row is not None:
            self.view.selectRow(row)

    def current(self) -> str | None:
        index = self.view.currentIndex()
        return self.model.case_at(index.row()).case_no if index.isValid() else None

    def open_current(self) -> None:
        case_no = self.current()
        if case_no is not None:
            self.opened.emit(case_no)

    def _welcome(self) -> QWidget:
        title = QLabel(self.tr("Paper in, signed dossier out."))
        title.setObjectName("emptyTitle")
        text = QLabel(self.tr("Open a case by its number, or import cases from the case system. Then feed the paper."))
        text.setObjectName("sentence")
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(2)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page


def _padded(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.MARGIN_PX, theme.MARGIN_PX, theme.MARGIN_PX, theme.MARGIN_PX)
    column.addWidget(widget)
    return page
