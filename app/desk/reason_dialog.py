"""Asks for a reason, which goes into the trail with the operator's name."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from app.desk.form import FormDialog

HEIGHT_PX = 96


class ReasonDialog(FormDialog):
    """`title` stands on the button too; `message` says what the reason is for."""

    def __init__(self, parent: QWidget | None, title: str, message: str) -> None:
        super().__init__(parent)
        self.call(title, title)
        told = QLabel(message)
        told.setWordWrap(True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(HEIGHT_PX)
        self.reason.textChanged.connect(self._follow)
        self.form.addRow(told)
        self.form.addRow(self.tr("Reason"), self.reason)
        self.walk(self.reason)
        self._follow()

    def text(self) -> str:
        return self.reason.toPlainText().strip()

    def _follow(self) -> None:
        self.confirm.setEnabled(bool(self.text()))
