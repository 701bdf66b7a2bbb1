"""The catalogue (卷内目录) as it stands: volume -> document -> page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desk import theme, words
from app.station.views import DocumentView, VolumeView

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass
class _Node:
    """`parent`: place of the parent in the model's list, None for a volume. `page`: the first face below it."""

    text: str
    detail: str
    parent: int | None
    row: int
    page: int | None
    bold: bool = False
    doubtful: bool = False
    children: list[int] = field(default_factory=list)


class CatalogueModel(QAbstractItemModel):
    """Two columns: title, pages. Indexes carry places in a list, so nothing dangles after a reset."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._volumes: list[int] = []

    def set_volumes(self, volumes: Sequence[VolumeView]) -> None:
        self.beginResetModel()
        self._nodes, self._volumes = [], []
        for volume in volumes:
            faces = [face for document in volume.documents for face in document.faces]
            place = self._add(volume.title, words.pages(volume.pages) if volume.pages else "", None, faces)
            self._nodes[place].bold = True
            self._nodes[place].doubtful = not volume.pages
            for document in volume.documents:
                self._add_document(place, document)
        self.endResetModel()

    def page_of(self, index: Index) -> int | None:
        """The first face of what stands at `index`."""
        return self._node(index).page if index.isValid() else None

    def _add_document(self, volume: int, document: DocumentView) -> None:
        title = f"{document.order}  {document.title}" if document.order else document.title
        place = self._add(title, words.page_range(document), volume, document.faces)
        self._nodes[place].doubtful = not document.kind
        for face in document.faces:
            self._add(words.face(face), "", place, [face])

    def _add(self, text: str, detail: str, parent: int | None, faces: Sequence[int]) -> int:
        siblings = self._volumes if parent is None else self._nodes[parent].children
        place = len(self._nodes)
        self._nodes.append(_Node(text, detail, parent, len(siblings), faces[0] if faces else None))
        siblings.append(place)
        return place

    def _node(self, index: Index) -> _Node:
        return self._nodes[index.internalId()]

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        siblings = self._node(parent).children if parent.isValid() else self._volumes
        if not (0 <= row < len(siblings) and 0 <= column < 2) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        place = self._node(index).parent
        return QModelIndex() if place is None else self.createIndex(self._nodes[place].row, 0, place)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        if parent.column() > 0:
            return 0
        return len(self._node(parent).children if parent.isValid() else self._volumes)

    def columnCount(self, _parent: Index = ROOT) -> int:  # noqa: N802
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Document"), self.tr("Pages"))[section]

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return (node.text, node.detail)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return node.text
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and node.bold:
            return theme.font(bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._foreground(node, index.column())
        return None

    def _foreground(self, node: _Node, column: int) -> object:
        if node.doubtful:
            return theme.colour("doubt")
        quiet = column == 1 or (node.parent is not None and self._nodes[node.parent].parent is not None)
        return theme.colour("quiet_ink" if quiet else "ink")
