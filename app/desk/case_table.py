"""All cases of this station, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desk import words
from app.station.overview import CaseOverview

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class CaseTable(QAbstractTableModel):
    """Columns: number, name, charge, pages, documents, state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[CaseOverview, ...] = ()

    def set_cases(self, cases: Sequence[CaseOverview]) -> None:
        self.beginResetModel()
        self._cases = tuple(cases)
        self.endResetModel()

    def case_at(self, row: int) -> CaseOverview:
        return self._cases[row]

    def row_of(self, case_no: str) -> int | None:
        return next((row for row, case in enumerate(self._cases) if case.case_no == case_no), None)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._cases)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else 6

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
        )
        return names[section]

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
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
        )
        return columns[index.column()]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (3, 4) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
