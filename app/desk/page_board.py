"""The middle pane: all faces as thumbnails, in order of arrival."""

from __future__ import annotations

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

    def _renew(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        """The current face was read meanwhile: say so again, that the big view follows."""
        if not roles and first.row() <= self.currentIndex().row() <= last.row():
            self.face_chosen.emit(self.current())
