"""How many sheets a pile had after all."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from app.desk.form import FormDialog

MOST_SHEETS = 500


class CountDialog(FormDialog):
    """`sheets`: what the clerk counted; the pile is whole once it fits the faces that came."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.call(self.tr("Count the sheets again"), self.tr("That is the number"))
        told = QLabel(self.tr("Count the sheets of the pile on the desk. Sheets that are missing are scanned instead."))
        told.setWordWrap(True)
        self.sheets = QSpinBox()
        self.sheets.setRange(1, MOST_SHEETS)
        self.form.addRow(told)
        self.form.addRow(self.tr("Sheets"), self.sheets)
        self.walk(self.sheets)
