"""Sealing (封卷) stops the hand once: what is still open, which submission, whose key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.desk.finding_list import FindingList
from app.desk.finding_model import FindingModel
from app.desk.form import FormDialog
from app.desk.jobs import SealOrder
from app.desk.reason_dialog import ReasonDialog
from app.station.views import FindingView, SubmissionView


class SealDialog(FormDialog):
    """`explain_wanted`: a finding the clerk answers for; `show_findings` brings the renewed ones."""

    explain_wanted = Signal(object)  # FindingView

    def __init__(
        self,
        parent: QWidget | None,
        submissions: Sequence[SubmissionView],
        findings: Sequence[FindingView],
        worked_on: str,
    ) -> None:
        super().__init__(parent)
        self.call(self.tr("Seal the dossier"), self.tr("Sign and seal"))
        self.submission = QComboBox()
        for submission in submissions:
            self.submission.addItem(submission.title, submission.id)
        self.submission.setCurrentIndex(self.submission.findData(worked_on))
        self.key, self.password = QLineEdit(), QLineEdit()
        self.key.setPlaceholderText(self.tr("training key of this station"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._open = QLabel()
        self._open.setWordWrap(True)
        self._model = FindingModel(self)
        self.findings = FindingList(self._model)
        self.explain = QPushButton(self.tr("Explain…"))
        self.explain.clicked.connect(self._explain)
        self._compose()
        self.show_findings(findings)

    def show_findings(self, findings: Sequence[FindingView]) -> None:
        """Only what blocks; sealing is possible when nothing is left."""
        blocking = [finding for finding in findings if finding.state == "block"]
        self._model.set_findings(blocking)
        self.findings.setVisible(bool(blocking))
        self.explain.setVisible(bool(blocking))
        self.confirm.setEnabled(not blocking)
        if blocking:
            self.findings.setCurrentIndex(self._model.index(0))
            text = self.tr("Findings that block sealing: %1. Correct them, or explain each with a reason.")
            self._open.setText(text.replace("%1", str(len(blocking))))
        else:
            self._open.setText(
                self.tr("Nothing blocks. A sealed dossier is never changed; a later one can only replace it.")
            )

    def order(self) -> SealOrder:
        key = self.key.text().strip()
        return SealOrder(
            submission=str(self.submission.currentData()),
            key=Path(key) if key else None,
            password=self.password.text() if key else None,
        )

    def _compose(self) -> None:
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        key = QHBoxLayout()
        key.addWidget(self.key, 1)
        key.addWidget(browse)
        self.form.addRow(self.tr("Submission"), self.submission)
        self.form.addRow(self.tr("Key file"), key)
        self.form.addRow(self.tr("Password"), self.password)
        self.password.setEnabled(False)
        self.key.textChanged.connect(lambda text: self.password.setEnabled(bool(text)))
        self.column.insertWidget(0, self._open)
        self.column.insertWidget(1, self.findings)
        self.column.insertWidget(2, self.explain)
        self.walk(self.findings, self.explain, self.submission, self.key, browse, self.password)

    def _browse(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Key file"), "", "PKCS#12 (*.p12 *.pfx)")
        if file:
            self.key.setText(file)

    def _explain(self) -> None:
        finding = self.findings.current()
        if finding is not None:
            self.explain_wanted.emit(finding)


class ExplainDialog(ReasonDialog):
    """A finding may stand with a reason; name and reason travel inside the sealed dossier."""

    def __init__(self, parent: QWidget | None, finding: FindingView) -> None:
        super().__init__(parent, self.tr("Explain a finding"), f"{finding.message}\n{finding.remedy}")
        self.confirm.setText(self.tr("Let it stand"))
