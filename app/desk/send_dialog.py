"""Where a sealed dossier goes: the platform's address, or the training platform on this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QWidget

from app.desk.form import FormDialog
from app.desk.jobs import SendOrder


class SendDialog(FormDialog):
    """`training`: the case is one; only then the training platform is offered."""

    def __init__(self, parent: QWidget | None, address: str, training: bool) -> None:
        super().__init__(parent)
        self.call(self.tr("Send the outbox"), self.tr("Send"))
        text = QLabel(
            self.tr("Everything that waits in the outbox is sent; each dossier counts as arrived with its receipt.")
        )
        text.setWordWrap(True)
        self.to_training = QRadioButton(self.tr("Training platform on this computer"))
        self.to_address = QRadioButton(self.tr("Platform at"))
        self.address = QLineEdit(address)
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(self.tr("Address"))
        self.form.addRow(text)
        if training:
            self.form.addRow(self.to_training)
        self.form.addRow(self.to_address, self.address)
        self.to_training.setChecked(training)
        self.to_address.setChecked(not training)
        self.address.textChanged.connect(self._follow)
        self.to_address.toggled.connect(self._follow)
        self.walk(self.to_training, self.to_address, self.address)
        self._follow()

    def order(self) -> SendOrder:
        training = self.to_training.isChecked()
        return SendOrder(None if training else self.address.text().strip(), training)

    def _follow(self) -> None:
        self.address.setEnabled(self.to_address.isChecked())
        self.confirm.setEnabled(self.to_training.isChecked() or bool(self.address.text().strip()))
