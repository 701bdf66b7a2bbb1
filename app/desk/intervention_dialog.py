"""The record of interventions (三个规定): who asked about or meddled with the case, or that nobody did."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QWidget

from app.desk.form import FormDialog
from app.desk.reason_dialog import HEIGHT_PX
from app.station.views import FindingView


class InterventionDialog(FormDialog):
    """An entry into the record. The zero report (零报告) has to be chosen; it is never the default."""

    def __init__(self, parent: QWidget | None, finding: FindingView) -> None:
        super().__init__(parent)
        self.call(self.tr("Record of interventions"), self.tr("Enter into the record"))
        told = QLabel(f"{finding.message}\n{finding.remedy}")
        told.setWordWrap(True)
        self.nobody = QCheckBox(self.tr("Nobody intervened (zero report)"))
        self.content = QPlainTextEdit()
        self.content.setAccessibleName(self.tr("Who, when, how"))
        self.content.setTabChangesFocus(True)
        self.content.setMaximumHeight(HEIGHT_PX)
        self.nobody.toggled.connect(self._follow)
        self.content.textChanged.connect(self._follow)
        self.form.addRow(told)
        self.form.addRow("", self.nobody)
        self.form.addRow(self.tr("Who, when, how"), self.content)
        self.walk(self.nobody, self.content)
        self._follow()

    def entry(self) -> str:
        """What is to be entered; empty: a zero report."""
        return "" if self.nobody.isChecked() else self.content.toPlainText().strip()

    def _follow(self) -> None:
        self.content.setEnabled(not self.nobody.isChecked())
        self.confirm.setEnabled(self.nobody.isChecked() or bool(self.entry()))
