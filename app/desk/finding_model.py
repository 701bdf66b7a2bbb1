"""The findings of the checks, blocking ones first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desk import words
from app.station.views import FindingView

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
FINDING = int(Qt.ItemDataRole.UserRole)
_ORDER = ("block", "warn", "explained", "info")


class FindingModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: list[FindingView] = []

    def set_findings(self, findings: Sequence[FindingView]) -> None:
        self.beginResetModel()
        self._findings = sorted(findings, key=lambda finding: _ORDER.index(finding.state))
        self.endResetModel()

    def finding_at(self, row: int) -> FindingView:
        return self._findings[row]

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        if role == FINDING:
            return finding
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{words.finding_state(finding.state)}: {finding.message} {finding.remedy}"
        return None
