"""What a document is, as the clerk says it: what is left empty stays as it was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.desk.form import FormDialog
from app.station.views import KindView
from dossier.corrections import Facts


class DocumentDialog(FormDialog):
    """`submitted`: the clerk confirmed; the dialog closes once it is kept, else tells why not."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None, kinds: Sequence[KindView], volumes: Sequence[KindView]) -> None:
        super().__init__(parent)
        self.call(self.tr("What this document is"), self.tr("Keep"))
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.addItem("", "")
        for kind in kinds:
            self.kind.addItem(f"{kind.code} {kind.title}", kind.code)
        completer = QCompleter(self.kind.model(), self)  # any part of the code or title finds a kind
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.kind.setCompleter(completer)
        self.volume = QComboBox()
        self.volume.addItem("", "")
        for volume in volumes:
            self.volume.addItem(volume.title, volume.code)
        self.title, self.number, self.date = QLineEdit(), QLineEdit(), QLineEdit()
        self.date.setPlaceholderText("2026-03-18")
        self.reason = QLineEdit(self.tr("Read wrongly"))
        self.ask(
            (self.tr("Kind"), self.kind),
            (self.tr("Title"), self.title),
            (self.tr("Number"), self.number),
            (self.tr("Date"), self.date),
            (self.tr("Volume"), self.volume),
            (self.tr("Reason"), self.reason),
        )
        for field in (self.title, self.number, self.date, self.reason):
            field.textChanged.connect(self._follow)
        self.kind.editTextChanged.connect(self._follow)
        self.volume.currentIndexChanged.connect(self._follow)
        self._follow()

    def facts(self) -> Facts:
        return Facts(
            kind=self._code() or None,
            title=self.title.text().strip() or None,
            number=self.number.text().strip() or None,
            date=self.date.text().strip() or None,
            volume=str(self.volume.currentData()) or None,
        )

    def submit(self) -> None:
        self.submitted.emit()

    def _code(self) -> str:
        """The code chosen or typed; empty for words that name no kind."""
        typed = self.kind.currentText().strip()
        place = self.kind.findText(typed)
        return str(self.kind.itemData(place)) if place >= 0 else ""

    def _follow(self) -> None:
        named = bool(self._code()) == bool(self.kind.currentText().strip())
        self.confirm.setEnabled(named and bool(self.facts().told()) and bool(self.reason.text().strip()))
