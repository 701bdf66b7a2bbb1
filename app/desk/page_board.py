"""The middle pane: all faces as thumbnails, in page order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from app.desk.board_delegate import CELL, BoardDelegate
from app.desk.board_model import BoardModel
from app.station.views import PageView

BATCH = 200
Index = QModelIndex | QPersistentModelIndex


class PageBoard(QListView):
    """`face_chosen`: the face the clerk is at. `entered`: Enter was pressed on it."""

    face_chosen = Signal(object)
    entered = Signal()

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Pages"))
        self.setModel(model)
        self._board = model
        self.setItemDelegate(BoardDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setGridSize(CELL + QSize(6, 8))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.dataChanged.connect(self._renew)

    def go_to(self, number: int) -> None:
        """Make a face the current one; one not on the board yet is passed over, for the tree may be ahead of it."""
        row = self._board.row_of(number)
        if row is not None:
            self.setCurrentIndex(self._board.index(row))

    def show_pages(self, pages: Sequence[PageView]) -> None:
        """The faces as they now stand; the clerk stays where she is, or at the face that took that place."""
        self._stay(lambda: self._board.set_pages(pages))

    def show_aside(self, wanted: bool) -> None:
        """Show the faces that were set aside, or leave them out."""
        self._stay(lambda: self._board.show_aside(wanted))

    def chosen(self) -> list[PageView]:
        """The selected faces in page order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._board.item_at(row).page for row in rows]

    def step(self, by: int) -> None:
        row = min(max(0, self.currentIndex().row() + by), self._board.rowCount() - 1)
        self.setCurrentIndex(self._board.index(row))

    def current(self) -> PageView | None:
        index = self.currentIndex()
        return self._board.item_at(index.row()).page if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.face_chosen.emit(self._board.item_at(current.row()).page if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _stay(self, change: Callable[[], None]) -> None:
        at, row = self.current(), self.currentIndex().row()
        change()
        if at is None or self.currentIndex().isValid():
            return
        self.go_to(at.number)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._board.index(min(row, self._board.rowCount() - 1)))

    def _renew(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        """The current face was read meanwhile: say so again, that the big view follows."""
        if not roles and first.row() <= self.currentIndex().row() <= last.row():
            self.face_chosen.emit(self.current())
