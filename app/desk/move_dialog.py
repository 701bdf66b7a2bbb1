"""Where a page or its document goes: in front of, behind or into another document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.desk import words
from app.desk.form import FormDialog
from app.station.views import DocumentView, VolumeView


class Way(StrEnum):
    """What is moved, and where to."""

    PAGE_FIRST = "page-first"
    PAGE_LAST = "page-last"
    BEFORE = "before"
    BEHIND = "behind"
    INTO = "into"


@dataclass(frozen=True)
class MoveOrder:
    """`faces`: of the document it goes to, in order."""

    way: Way
    faces: tuple[int, ...]
    reason: str


class MoveDialog(FormDialog):
    """`submitted`: the clerk confirmed; the dialog closes once it is done, else tells why not."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None, page: int, volumes: Sequence[VolumeView]) -> None:
        super().__init__(parent)
        self.call(self.tr("Move %1").replace("%1", words.face(page)), self.tr("Move"))
        self.way, self.target = QComboBox(), QComboBox()
        for way, text in (
            (Way.PAGE_LAST, self.tr("this page, to the end of")),
            (Way.PAGE_FIRST, self.tr("this page, to the beginning of")),
            (Way.BEHIND, self.tr("its document, behind")),
            (Way.BEFORE, self.tr("its document, in front of")),
            (Way.INTO, self.tr("its document, joined to the end of")),
        ):
            self.way.addItem(text, way)
        self._documents = [document for volume in volumes for document in volume.documents]
        self._own = next((document for document in self._documents if page in document.faces), None)
        self.target.setEditable(True)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.target.model(), self)  # any part of a title or number finds a document
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.target.setCompleter(completer)
        self._offer()
        self.reason = QLineEdit(self.tr("Filed wrongly"))
        self.ask(
            (self.tr("What"), self.way),
            (self.tr("Document"), self.target),
            (self.tr("Reason"), self.reason),
        )
        self.way.currentIndexChanged.connect(self._offer)
        self.target.editTextChanged.connect(self._follow)
        self.reason.textChanged.connect(self._follow)
        self._follow()

    def order(self) -> MoveOrder:
        faces: tuple[int, ...] = self.target.itemData(self._place())
        return MoveOrder(Way(self.way.currentData()), faces, self.reason.text().strip())

    def submit(self) -> None:
        self.submitted.emit()

    def _offer(self) -> None:
        """All documents but its own; the one just before it in the catalogue stands first chosen."""
        at = self._documents.index(self._own) if self._own is not None else 0
        others = [document for document in self._documents if document is not self._own and document.faces]
        self.target.clear()
        for document in others:
            self.target.addItem(_called(document), document.faces)
        self.target.setCurrentIndex(min(max(at - 1, 0), len(others) - 1))

    def _place(self) -> int:
        return self.target.findText(self.target.currentText().strip())

    def _follow(self) -> None:
        self.confirm.setEnabled(self._place() >= 0 and bool(self.reason.text().strip()))


def _called(document: DocumentView) -> str:
    """Title and faces; the faces tell documents of one title apart."""
    first, last = document.faces[0], document.faces[-1]
    faces = words.face(first) if first == last else f"{words.face(first)}–{last}"
    return f"{document.title or '—'} · {faces}"
