"""What a clerk does to single pages: set aside, take back, replace, insert, scan again, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk import words
from app.desk.actions import Actions
from app.desk.count_dialog import CountDialog
from app.desk.desk import Desk
from app.desk.jobs import ScanOrder, import_job
from app.desk.page_board import PageBoard
from app.desk.reason_dialog import ReasonDialog
from app.desk.scan_dialog import ScanDialog
from app.desk.state import Job
from app.station.batches import recount
from app.station.manual_duplex import turn_backs
from app.station.page_acts import set_aside, take_back
from app.station.scanning import Aim, AimKind
from app.station.undo import undo
from app.station.views import PageView

Scan = Callable[[str, ScanOrder], ScanDialog]


class PageActs(QObject):
    """`scan`: opens the scan dialog under a title, for an order that knows already where its pages go."""

    def __init__(self, desk: Desk, actions: Actions, board: PageBoard, scan: Scan, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._board, self._scan, self._window = desk, board, scan, window
        does: dict[str, Callable[[], object]] = {
            "set-aside": self.set_aside,
            "take-back": self.take_back,
            "replace": self.replace,
            "replace-file": self.replace_by_file,
            "insert": self.insert,
            "insert-file": self.insert_file,
            "rescan-sheet": self.rescan_sheet,
            "scan-backs": self.scan_backs,
            "recount": self.recount,
            "turn-backs": lambda: self._change(turn_backs),
            "undo": lambda: self._change(undo),
        }
        for name, act in does.items():
            actions[name].triggered.connect(lambda _checked=False, act=act: act())

    def set_aside(self) -> ReasonDialog | None:
        """Ask why; the pages stay in the case and can be taken back."""
        numbers = [page.number for page in self._board.chosen() if page.aside is None]
        if not numbers:
            return None
        named = "、".join(words.face(number) for number in numbers)
        dialog = ReasonDialog(self._window, self.tr("Set aside"), self.tr("%1 will not count.").replace("%1", named))

        def confirmed() -> None:
            reason = dialog.text()
            self._change(lambda station, case_no: set_aside(station, case_no, numbers, reason))

        dialog.accepted.connect(confirmed)
        dialog.open()
        return dialog

    def take_back(self) -> None:
        numbers = [page.number for page in self._board.chosen() if page.aside is not None]
        if numbers:
            self._change(lambda station, case_no: take_back(station, case_no, numbers))

    def replace(self) -> ScanDialog | None:
        return self._scan_at(self.tr("Scan %1 anew"), AimKind.REPLACE)

    def insert(self) -> ScanDialog | None:
        return self._scan_at(self.tr("Scan in behind %1"), AimKind.INSERT_AFTER)

    def rescan_sheet(self) -> ScanDialog | None:
        page = self._page()
        if page is None:
            return None
        title = self.tr("Scan sheet %1 again, both sides of it").replace("%1", str(page.sheet))
        return self._scan(title, ScanOrder(sheet=page.sheet))

    def scan_backs(self) -> ScanDialog:
        return self._scan(self.tr("Scan the backs of the pile of fronts"), ScanOrder(Aim(AimKind.BACKS)))

    def recount(self) -> CountDialog | None:
        """Ask how many sheets the pile had that did not fit."""
        batch = self._desk.state.pile_unfinished
        if batch is None:
            return None
        dialog = CountDialog(self._window)

        def confirmed() -> None:
            sheets = dialog.sheets.value()
            self._change(lambda station, case_no: recount(station, case_no, batch, sheets))

        dialog.accepted.connect(confirmed)
        dialog.open()
        return dialog

    def replace_by_file(self) -> None:
        self._from_file(self.tr("Replace %1 by a file"), AimKind.REPLACE)

    def insert_file(self) -> None:
        self._from_file(self.tr("File in behind %1"), AimKind.INSERT_AFTER)

    def _scan_at(self, title: str, kind: AimKind) -> ScanDialog | None:
        page = self._page()
        return None if page is None else self._scan(_named(title, page), ScanOrder(Aim(kind, page.number)))

    def _from_file(self, title: str, kind: AimKind) -> None:
        page = self._page()
        if page is None:
            return
        kinds = self.tr("Pictures, PDF, OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)")
        file, _ = QFileDialog.getOpenFileName(self._window, _named(title, page), "", kinds)
        if file:
            self._desk.start(Job.IMPORT, import_job(self._desk.case_no, [Path(file)], Aim(kind, page.number)))

    def _page(self) -> PageView | None:
        """The page the clerk is at, if it counts."""
        page = self._board.current()
        return page if page is not None and page.aside is None else None

    def _change(self, act: Callable[..., object]) -> None:
        case_no = self._desk.case_no
        self._desk.change(lambda station: act(station, case_no))


def _named(title: str, page: PageView) -> str:
    return title.replace("%1", words.face(page.number))
