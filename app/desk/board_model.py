"""The faces of a case in page order; those set aside are shown when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from app.desk import words
from app.desk.pictures import Thumbnails
from app.station.views import PageView

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class BoardRole(IntEnum):
    ITEM = Qt.ItemDataRole.UserRole
    PIXMAP = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class BoardItem:
    """What the delegate paints beside the picture. `worst`: block, warn or explained, of the findings on this face."""

    page: PageView
    document: str = ""
    starts: bool = False
    worst: str | None = None


class BoardModel(QAbstractListModel):
    """Page by page; pages may arrive and change while it is shown."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._items: list[BoardItem] = []
        self._known: tuple[PageView, ...] = ()
        self._aside_shown = False
        self._rows: dict[int, int] = {}
        thumbnails.ready.connect(self._redraw)
        self._row_of_path: dict[Path, int] = {}

    def set_pages(self, pages: Sequence[PageView]) -> None:
        """The faces of a case, in page order, as they now stand."""
        self._known = tuple(pages)
        wanted = [page for page in pages if self._aside_shown or page.aside is None]
        if [page.number for page in wanted] == list(self._rows):
            for page in wanted:
                self.put(page)
            return
        known = {item.page.number: item for item in self._items}
        self.beginResetModel()
        self._items = [
            replace(known[page.number], page=page) if page.number in known else BoardItem(page) for page in wanted
        ]
        self._rows = {page.number: row for row, page in enumerate(wanted)}
        self._row_of_path = {shown(page): row for row, page in enumerate(wanted)}
        self.endResetModel()

    def show_aside(self, wanted: bool) -> None:
        """Show the faces that were set aside at their places, or leave them out."""
        self._aside_shown = wanted
        self.set_pages(self._known)

    def put(self, page: PageView) -> None:
        """Add a page that arrived, or renew one that was read."""
        row = self._rows.get(page.number)
        if row is None:
            row = len(self._items)
            self.beginInsertRows(ROOT, row, row)
            self._items.append(BoardItem(page))
            self._rows[page.number] = row
            self.endInsertRows()
        elif page != self._items[row].page:
            old = self._items[row]
            self._items[row] = replace(old, page=page)
            self.dataChanged.emit(self.index(row), self.index(row))
        self._row_of_path[shown(page)] = row

    def set_documents(self, titles: Mapping[int, tuple[str, bool]], worst: Mapping[int, str]) -> None:
        """`titles`: page number -> title of its document and whether it is the first page of it."""
        self._items = [
            BoardItem(item.page, *titles.get(item.page.number, ("", False)), worst.get(item.page.number))
            for item in self._items
        ]
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def item_at(self, row: int) -> BoardItem:
        return self._items[row]

    def row_of(self, number: int) -> int | None:
        return self._rows.get(number)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == BoardRole.ITEM:
            return item
        if role == BoardRole.PIXMAP:
            return self._pixmap(item.page)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.face_spoken(item.page, item.document, item.worst)
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.page.failure or item.document or None
        return None

    def _pixmap(self, page: PageView) -> QPixmap | None:
        return self._thumbnails.get(shown(page))

    def _redraw(self, path: Path) -> None:
        row = self._row_of_path.get(path)
        if row is not None and row < len(self._items):
            self.dataChanged.emit(self.index(row), self.index(row), [BoardRole.PIXMAP])


def shown(page: PageView) -> Path:
    """The file whose picture stands for the page: the straightened one as soon as there is one."""
    return page.thumbnail or page.original
