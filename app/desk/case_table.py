"""All cases of this station, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desk import theme, words
from app.station.limits import UrgentLimit
from app.station.overview import CaseOverview

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
LIMIT = 6  # the last column


class CaseTable(QAbstractTableModel):
    """Columns: number, name, charge, pages, documents, state, time limit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[CaseOverview, ...] = ()
        self._limits: dict[str, UrgentLimit | None] = {}

    def set_cases(self, cases: Sequence[CaseOverview]) -> None:
        self.beginResetModel()
        self._cases = tuple(cases)
        self.endResetModel()

    def set_limit(self, case_no: str, limit: UrgentLimit | None) -> None:
        self._limits[case_no] = limit
        row = self.row_of(case_no)
        if row is not None:
            cell = self.index(row, LIMIT)
            self.dataChanged.emit(cell, cell)

    def case_at(self, row: int) -> CaseOverview:
        return self._cases[row]

    def row_of(self, case_no: str) -> int | None:
        return next((row for row, case in enumerate(self._cases) if case.case_no == case_no), None)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._cases)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else LIMIT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Case number"),
            self.tr("Case"),
            self.tr("Charge"),
            self.tr("Pages"),
            self.tr("Documents"),
            self.tr("State"),
            self.tr("Time limit"),
        )
        return names[section]

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        limit = self._limits.get(self._cases[index.row()].case_no)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == LIMIT and limit is not None:
            return theme.limit_icon(limit.level)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        case = self._cases[index.row()]
        columns = (
            case.case_no,
            case.name,
            case.charge,
            str(case.pages),
            str(case.documents),
            words.case_state(case.state),
            words.limit(limit) if limit is not None else "",
        )
        return columns[index.column()]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (3, 4) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
