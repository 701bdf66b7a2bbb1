"""The findings under the page: state, what, and what to do, wrapped to the pane."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desk import theme, words
from app.desk.finding_model import FINDING, FindingModel
from app.desk.shapes import TINTS, paint_shape
from app.station.views import FindingView

PAD_PX = 10
LEFT_PX = 30
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """Two paragraphs: the finding in ink, its remedy in quiet ink."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._list = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        width = self._list.viewport().width()
        finding: FindingView = index.data(FINDING)
        heights = [
            QFontMetrics(font).boundingRect(QRect(0, 0, width - LEFT_PX - PAD_PX, 10_000), WRAP, text).height()
            for font, text in self._paragraphs(finding)
        ]
        return QSize(width, sum(heights) + 2 * PAD_PX + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding: FindingView = index.data(FINDING)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), theme.colour("accent"))
        paint_shape(painter, QRectF(cell.left() + 12, cell.top() + PAD_PX + 5, 10, 10), TINTS[finding.state])
        room = QRect(cell.left() + LEFT_PX, cell.top() + PAD_PX, cell.width() - LEFT_PX - PAD_PX, cell.height())
        for (font, text), tint in zip(self._paragraphs(finding), ("ink", "quiet_ink"), strict=True):
            painter.setFont(font)
            painter.setPen(theme.colour(tint))
            used = painter.drawText(room, WRAP, text)
            room.setTop(used.bottom() + 5)
        painter.restore()

    def _paragraphs(self, finding: FindingView) -> tuple[tuple[QFont, str], tuple[QFont, str]]:
        head = f"{words.finding_state(finding.state)} · {finding.message}"
        return (theme.font(theme.TEXT_PX), head), (theme.font(theme.SMALL_PX), finding.remedy)


class FindingList(QListView):
    def __init__(self, model: FindingModel) -> None:
        super().__init__()
        self.setObjectName("findings")
        self.setAccessibleName(self.tr("Findings"))
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def current(self) -> FindingView | None:
        finding = self.currentIndex().data(FINDING)
        return finding if isinstance(finding, FindingView) else None

    def step(self) -> FindingView | None:
        """Go to the next finding, round and round."""
        rows = self.model().rowCount()
        if not rows:
            return None
        self.setCurrentIndex(self.model().index((self.currentIndex().row() + 1) % rows, 0))
        return self.current()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
