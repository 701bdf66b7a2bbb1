"""What every dialog of the desk has: a form, a line for what is wrong, and two buttons."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk import theme
from app.desk.words import FaultText

WIDTH_PX = 520


def align(*forms: QFormLayout) -> None:
    """Let the fields of several forms begin at one line."""
    rows = [(form, row) for form in forms for row in range(form.rowCount())]
    items = [form.itemAt(row, QFormLayout.ItemRole.LabelRole) for form, row in rows]
    labels = [label for item in items if item is not None and (label := item.widget()) is not None]
    width = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(width)


class FormDialog(QDialog):
    """Subclasses name the dialog and its button by `call` and put in its fields by `ask`. Those that fill `form` in
    another way give the order of their fields by `walk`; what else they show goes into `column`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(WIDTH_PX)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(theme.MARGIN_PX)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.MARGIN_PX)
        self.form.setVerticalSpacing(10)
        self._fault = QLabel()
        self._fault.setObjectName("inlineFault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.confirm.setDefault(True)
        self._cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self._cancel.setAutoDefault(False)
        buttons.accepted.connect(self.submit)
        buttons.rejected.connect(self.reject)
        self.column.addLayout(self.form)
        self.column.addWidget(self._fault)
        self.column.addWidget(buttons)

    def call(self, title: str, confirm: str) -> None:
        self.setWindowTitle(title)
        self.confirm.setText(confirm)

    def ask(self, *rows: tuple[str, QWidget]) -> None:
        """Put fields below one another, each named for screen readers too; Tab walks them in this order."""
        for label, field in rows:
            field.setAccessibleName(label)
            self.form.addRow(label, field)
        self.walk(*(field for _, field in rows))

    def walk(self, *fields: QWidget) -> None:
        """Tab goes through `fields`, then to the buttons; typing begins in the first."""
        for field in fields:
            if isinstance(field, QPushButton):
                field.setAutoDefault(False)  # Enter confirms, wherever it is pressed
        for before, after in pairwise((*fields, self.confirm, self._cancel)):
            self.setTabOrder(before, after)
        fields[0].setFocus()

    def submit(self) -> None:
        """The clerk confirmed. A dialog that must ask the station first closes itself later."""
        self.accept()

    def tell(self, fault: FaultText) -> None:
        self._fault.setText(f"{fault.happened} {fault.todo}")
        self._fault.show()
        self.adjustSize()
        self.confirm.setEnabled(True)

    def fault(self) -> str:
        return self._fault.text()
