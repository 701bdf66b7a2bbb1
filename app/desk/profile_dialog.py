"""Under which name and key a way of scanning is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.desk.form import FormDialog
from app.station.scan_profiles import HOTKEYS, ScanProfile


class ProfileDialog(FormDialog):
    """`submitted`: the clerk confirmed; the dialog closes once the profile is saved, else tells why not."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None, like: ScanProfile | None) -> None:
        super().__init__(parent)
        self.call(self.tr("Save the scan profile"), self.tr("Save"))
        self.name = QLineEdit(like.name if like else "")
        self.name.selectAll()
        self._hotkey = QComboBox()
        self._hotkey.addItem(self.tr("none"), "")
        for key in HOTKEYS:
            self._hotkey.addItem(f"Alt+{key}", key)
        self.choose_hotkey(like.hotkey if like else "")
        self.name.textChanged.connect(self._follow)
        self.form.addRow(self.tr("Name"), self.name)
        self.form.addRow(self.tr("Key"), self._hotkey)
        self.walk(self.name, self._hotkey)
        self._follow()

    def hotkey(self) -> str:
        return str(self._hotkey.currentData())

    def choose_hotkey(self, key: str) -> None:
        self._hotkey.setCurrentIndex(max(0, self._hotkey.findData(key)))

    def submit(self) -> None:
        self.submitted.emit()

    def _follow(self) -> None:
        self.confirm.setEnabled(bool(self.name.text().strip()))
