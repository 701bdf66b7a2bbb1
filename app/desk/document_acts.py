"""What a clerk corrects in the filing: where a document begins, what it joins, where it stands, what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.desk import words
from app.desk.actions import Actions
from app.desk.desk import Desk
from app.desk.document_dialog import DocumentDialog
from app.desk.move_dialog import MoveDialog, MoveOrder, Way
from app.desk.page_board import PageBoard
from app.desk.reason_dialog import ReasonDialog
from app.desk.submission_dialog import SubmissionDialog, SubmissionOrder
from app.station.correcting import join, move_pages, place_document, split, tell
from app.station.station import Station
from app.station.submissions import SubmissionStand, activate_submission, open_submission, submissions
from app.station.views import KindView, kind_views, volume_kind_views

Act = Callable[[Station], None]
Correct = Callable[[Station, str, int, str], None]


class DocumentActs(QObject):
    """Each act concerns the document of the page the clerk is at."""

    def __init__(self, desk: Desk, actions: Actions, board: PageBoard, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._board, self._window = desk, board, window
        does: dict[str, Callable[[], object]] = {
            "split": self.split,
            "join": self.join,
            "describe": self.describe,
            "move": self.move,
            "submission": self.choose_submission,
        }
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
                lambda station: (kind_views(station, case_no), volume_kind_views(station, case_no)),
                lambda known: self._open(page, *known),
                self._desk.tell,
            )

    def move(self) -> MoveDialog | None:
        """Ask where the page, or its document, goes."""
        page = self._page()
        if page is None:
            return None
        state = self._desk.state
        dialog = MoveDialog(self._window, page, state.volumes)
        case_no, submission = state.case_no, state.submission.id

        def ordered() -> Act:
            order = dialog.order()
            return lambda station: carry_out(station, case_no, page, submission, order)

        self._settle(dialog, ordered)
        return dialog

    def choose_submission(self) -> None:
        """Ask which submission is worked on."""
        case_no = self._desk.case_no
        self._desk.library.ask(lambda station: submissions(station, case_no), self._choose, self._desk.tell)

    def _choose(self, stands: Sequence[SubmissionStand]) -> None:
        state = self._desk.state
        dialog = SubmissionDialog(self._window, state.submissions, stands, state.submission.id)

        def chosen() -> None:
            order = dialog.order()
            self._desk.change(lambda station: work_on(station, state.case_no, order))

        dialog.accepted.connect(chosen)
        dialog.open()

    def _open(self, page: int, kinds: list[KindView], volumes: list[KindView]) -> None:
        dialog, case_no = DocumentDialog(self._window, kinds, volumes), self._desk.case_no

        def ordered() -> Act:
            facts, reason = dialog.facts(), dialog.reason.text().strip()
            return lambda station: tell(station, case_no, page, facts, reason)

        self._settle(dialog, ordered)

    def _settle(self, dialog: MoveDialog | DocumentDialog, ordered: Callable[[], Act]) -> None:
        """Do what the dialog orders once it is confirmed; it closes when that is done, else says why not.

        `ordered` is asked on the window's own thread: no field is read on another.
        """

        def kept(_: object) -> None:
            dialog.accept()
            self._desk.file()

        def refused(error: Exception) -> None:
            dialog.tell(words.fault(error, None, self._desk.catalogue))

        dialog.submitted.connect(lambda: self._desk.library.ask(ordered(), kept, refused))
        dialog.open()

    def _ask(self, title: str, message: str, correct: Correct) -> ReasonDialog | None:
        page = self._page()
        if page is None:
            return None
        dialog, case_no = ReasonDialog(self._window, title, message.replace("%1", words.face(page))), self._desk.case_no

        def confirmed() -> None:
            reason = dialog.text()
            self._desk.change(lambda station: correct(station, case_no, page, reason))

        dialog.accepted.connect(confirmed)
        dialog.open()
        return dialog

    def _page(self) -> int | None:
        """The number of the page the clerk is at, if it counts."""
        page = self._board.current()
        return page.number if page is not None and page.aside is None else None


def carry_out(station: Station, case_no: str, page: int, submission: str, order: MoveOrder) -> None:
    """Move a page, or its document, as the clerk ordered. Raises what the corrections raise."""
    first, last, reason = order.faces[0], order.faces[-1], order.reason
    match order.way:
        case Way.PAGE_FIRST:
            move_pages(station, case_no, [page], first, reason, before=True)
        case Way.PAGE_LAST:
            move_pages(station, case_no, [page], last, reason)
        case Way.BEFORE | Way.BEHIND:
            place_document(station, case_no, page, first, submission, reason, before=order.way is Way.BEFORE)
        case Way.INTO:
            join(station, case_no, page, reason, to=first)


def work_on(station: Station, case_no: str, order: SubmissionOrder) -> None:
    """Go on with a version of a submission, or open a new one."""
    if order.version is not None:
        activate_submission(station, case_no, order.submission, order.version, order.reason)
    else:
        open_submission(station, case_no, order.submission, order.reason, like=order.like or None)
