"""How one face looks on the board: paper with its number, side, document and badges. Selection is an outline."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desk import theme, words
from app.desk.board_model import BoardItem, BoardRole
from app.desk.shapes import TINTS, paint_shape
from app.station.views import PageView

PAD_PX = 8
TOP_PX = 14  # room for a badge across the upper edge
CAPTION_PX = 36
ASIDE_OPACITY = 0.35  # a face that does not count
CELL = QSize(theme.THUMBNAIL[0] + 4 * PAD_PX, theme.THUMBNAIL[1] + CAPTION_PX + TOP_PX)


class BoardDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item = index.data(BoardRole.ITEM)
        if not isinstance(item, BoardItem):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        sheet = QRect(cell.x() + 2 * PAD_PX, cell.y() + TOP_PX, *theme.THUMBNAIL)
        painter.setOpacity(ASIDE_OPACITY if item.page.aside is not None else 1.0)
        paper = _paint_paper(painter, sheet, index.data(BoardRole.PIXMAP))
        painter.setOpacity(1.0)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(paper.adjusted(-3, -3, 3, 3))
        _paint_badges(painter, paper, item)
        _paint_caption(
            painter, QRect(cell.x() + PAD_PX, sheet.bottom() + 5, cell.width() - 2 * PAD_PX, CAPTION_PX), item
        )
        painter.restore()


def _paint_paper(painter: QPainter, sheet: QRect, pixmap: QPixmap | None) -> QRect:
    """The picture in its own proportions, or an empty sheet; returns where the paper lies."""
    drawn = pixmap is not None and not pixmap.isNull()
    paper = QRect(sheet)
    if drawn and pixmap is not None:
        paper.setSize(pixmap.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio))
        paper.moveCenter(sheet.center())
    painter.fillRect(paper, QColor(theme.PAPER))
    if drawn and pixmap is not None:
        painter.drawPixmap(paper, pixmap)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(paper)
    return paper


def badges(page: PageView, worst: str | None) -> list[tuple[str, str]]:
    """Word and colour of each badge; the word carries the meaning, the colour only helps."""
    found = []
    if page.aside is not None:
        return [(words.page_state(page), "quiet_ink")]
    if page.failure is not None:
        found.append((words.page_state(page), "seal"))
    elif page.separator or page.picture is None:
        found.append((words.page_state(page), "accent"))
    elif page.cleared or page.blank:
        found.append((words.page_state(page), "quiet_ink"))
    if worst is not None:
        found.append((words.finding_state(worst), TINTS[worst]))
    return found


def _paint_badges(painter: QPainter, paper: QRect, item: BoardItem) -> None:
    painter.setFont(theme.font(theme.SMALL_PX))
    top = paper.top() - 9  # across the edge: the first lines of a page are what it is known by
    for word, tint in badges(item.page, item.worst):
        width = painter.fontMetrics().horizontalAdvance(word) + 24
        box = QRectF(paper.right() - width + 6, top, width, 20)
        painter.setPen(QPen(theme.colour(tint), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, 3, 3)
        paint_shape(painter, QRectF(box.left() + 6, box.center().y() - 4, 8, 8), tint)
        painter.setPen(theme.colour(tint))
        painter.drawText(box.adjusted(18, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
        top += 23


def _paint_caption(painter: QPainter, room: QRect, item: BoardItem) -> None:
    page = item.page
    painter.setFont(theme.font(theme.SMALL_PX, bold=True))
    painter.setPen(theme.colour("ink"))
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(room, centred, f"{page.number} · {words.side(page.side)}")
    if item.document:
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("ink" if item.starts else "quiet_ink"))
        title = item.document if item.starts else f"… {item.document}"
        text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, 17, 0, 0), centred, text)
