"""What a clerk corrects in the filing: where a document begins, what it joins, what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.desk import words
from app.desk.actions import Actions
from app.desk.desk import Desk
from app.desk.document_dialog import DocumentDialog
from app.desk.page_board import PageBoard
from app.desk.reason_dialog import ReasonDialog
from app.station.correcting import join, split, tell
from app.station.station import Station
from app.station.views import KindView, kind_views

Correct = Callable[[Station, str, int, str], None]


class DocumentActs(QObject):
    """Each act concerns the document of the page the clerk is at."""

    def __init__(self, desk: Desk, actions: Actions, board: PageBoard, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._board, self._window = desk, board, window
        does: dict[str, Callable[[], object]] = {"split": self.split, "join": self.join, "describe": self.describe}
        for name, act in does.items():
            actions[name].triggered.connect(lambda _checked=False, act=act: act())

    def split(self) -> ReasonDialog | None:
        return self._ask(self.tr("Split here"), self.tr("A document of its own begins with %1."), split)

    def join(self) -> ReasonDialog | None:
        told = self.tr("The document of %1 becomes part of the one before it.")
        return self._ask(self.tr("Join to the one before"), told, join)

    def describe(self) -> None:
        """Ask what it is, among the kinds the case's standard knows."""
        page = self._page()
        if page is not None:
            case_no = self._desk.case_no
            self._desk.library.ask(
                lambda station: kind_views(station, case_no), lambda kinds: self._open(page, kinds), self._desk.tell
            )

    def _open(self, page: int, kinds: list[KindView]) -> None:
        dialog, case_no = DocumentDialog(self._window, kinds), self._desk.case_no

        def kept(_: object) -> None:
            dialog.accept()
            self._desk.file()

        def submitted() -> None:
            facts, reason = dialog.facts(), dialog.reason.text().strip()
            self._desk.library.ask(lambda station: tell(station, case_no, page, facts, reason), kept, refused)

        def refused(error: Exception) -> None:
            dialog.tell(words.fault(error, None, self._desk.catalogue))

        dialog.submitted.connect(submitted)
        dialog.open()

    def _ask(self, title: str, message: str, correct: Correct) -> ReasonDialog | None:
        page = self._page()
        if page is None:
            return None
        dialog, case_no = ReasonDialog(self._window, title, message.replace("%1", words.face(page))), self._desk.case_no
        dialog.accepted.connect(
            lambda: self._desk.change(lambda station: correct(station, case_no, page, dialog.text()))
        )
        dialog.open()
        return dialog

    def _page(self) -> int | None:
        """The number of the page the clerk is at, if it counts."""
        page = self._board.current()
        return page.number if page is not None and page.aside is None else None
