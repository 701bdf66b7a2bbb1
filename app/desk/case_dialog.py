"""Opening a case by hand (收案). The station says what is wrong with it; the dialog stays until it is right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desk.form import FormDialog
from app.station.cases import SUSPECT, NewCase
from dossier.model import Person


class CaseDialog(FormDialog):
    submitted = Signal(object)  # NewCase

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call(self.tr("New case"), self.tr("Open the case"))
        self.number, self.name, self.charge = QLineEdit(), QLineEdit(), QLineEdit()
        self.unit, self.suspect, self.id_number = QLineEdit(), QLineEdit(), QLineEdit()
        self.number.setPlaceholderText("A9901260000002026030001")
        self.ask(
            (self.tr("Case number"), self.number),
            (self.tr("Case name"), self.name),
            (self.tr("Charge"), self.charge),
            (self.tr("Unit"), self.unit),
            (self.tr("Suspect"), self.suspect),
            (self.tr("ID number"), self.id_number),
        )

    def submit(self) -> None:
        self.confirm.setEnabled(False)
        self.submitted.emit(self.new_case())

    def new_case(self) -> NewCase:
        name = self.suspect.text().strip()
        persons = (Person(1, name, SUSPECT, self.id_number.text().strip() or None),) if name else ()
        return NewCase(
            case_no=self.number.text().strip(),
            name=self.name.text().strip(),
            charge=self.charge.text().strip(),
            unit_name=self.unit.text().strip(),
            persons=persons,
        )
