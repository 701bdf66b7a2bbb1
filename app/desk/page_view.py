"""The page itself: zoom, fit, and the recognised lines over the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSceneHoverEvent,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.desk import theme
from app.station.views import LineView
from ocr.imaging.types import Box

ZOOM_STEP = 1.25
NEAREST, FARTHEST = 4.0, 0.05
EDGE_PX = 24


class PictureItem(QGraphicsItem):
    """Paints the level that is at least as fine as the screen, so a whole page costs little at any zoom."""

    def __init__(self, levels: Sequence[QImage]) -> None:
        super().__init__()
        self._levels = [QPixmap.fromImage(level) for level in levels]
        self._box = QRectF(self._levels[0].rect())

    def boundingRect(self) -> QRectF:  # noqa: N802
        return self._box

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        level = 0
        while level + 1 < len(self._levels) and scale <= 0.5 ** (level + 1):
            level += 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self._box, self._levels[level], QRectF(self._levels[level].rect()))


class LineItem(QGraphicsPolygonItem):
    """One recognised line: a thin frame; dashed and in the doubt colour where the reading is doubtful."""

    def __init__(self, line: LineView, view: PageView) -> None:
        super().__init__(QPolygonF([QPointF(x, y) for x, y in line.corners]))
        self.line = line
        self._view = view
        self.setAcceptHoverEvents(True)
        self.setToolTip(line.text)
        self.show_chosen(False)

    def show_chosen(self, chosen: bool) -> None:
        doubtful = self.line.confidence < theme.DOUBTFUL
        pen = QPen(QColor(theme.LIGHT.doubt if doubtful else theme.LIGHT.accent))
        pen.setWidthF(2.5 if chosen else 1.0)
        pen.setCosmetic(True)
        pen.setStyle(Qt.PenStyle.DashLine if doubtful and not chosen else Qt.PenStyle.SolidLine)
        if not chosen and not doubtful:
            tint = QColor(pen.color())
            tint.setAlpha(70)
            pen.setColor(tint)
        self.setPen(pen)

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:  # noqa: N802
        self._view.choose(self)


class PageView(QGraphicsView):
    """`line_chosen`: the line under the mouse or reached by keys, None when there is none."""

    line_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAccessibleName(self.tr("Page"))
        self._fitted = True
        self._lines: list[LineItem] = []
        self._chosen: LineItem | None = None
        self._places: list[QGraphicsRectItem] = []

    def show_picture(self, levels: Sequence[QImage]) -> None:
        """Replace the page; empty `levels` leave it empty. The zoom of the last page is kept, or fitted anew."""
        self.show_lines(())
        self.show_places(())
        self.scene().clear()
        if levels:
            picture = PictureItem(levels)
            self.scene().addItem(picture)
            self.scene().setSceneRect(picture.boundingRect().adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX))
            if self._fitted:
                self.fit()

    def show_lines(self, lines: Sequence[LineView]) -> None:
        for item in self._lines:
            self.scene().removeItem(item)
        self._lines = [LineItem(line, self) for line in lines]
        for item in self._lines:
            self.scene().addItem(item)
        self.choose(None)

    def show_places(self, boxes: Sequence[Box]) -> None:
        """Frame the parts of the page that a finding rests on, and bring the first into view."""
        for item in self._places:
            self.scene().removeItem(item)
        self._places = [_place(box) for box in boxes]
        for item in self._places:
            self.scene().addItem(item)
        if self._places:
            self.ensureVisible(self._places[0], EDGE_PX, EDGE_PX)

    def places(self) -> list[QRectF]:
        return [item.rect() for item in self._places]

    def lines(self) -> list[LineView]:
        return [item.line for item in self._lines]

    def set_lines_visible(self, visible: bool) -> None:
        for item in self._lines:
            item.setVisible(visible)

    def choose(self, item: LineItem | None) -> None:
        if self._chosen in self._lines and self._chosen is not None:
            self._chosen.show_chosen(False)
        self._chosen = item
        if item is not None:
            item.show_chosen(True)
        self.line_chosen.emit(item.line if item is not None else None)

    def step_line(self, by: int) -> None:
        """Choose the next or the previous line and bring it into view."""
        if not self._lines:
            return
        at = self._lines.index(self._chosen) + by if self._chosen in self._lines else 0
        item = self._lines[at % len(self._lines)]
        self.choose(item)
        self.ensureVisible(item, EDGE_PX, EDGE_PX)

    def fit(self) -> None:
        self._fitted = True
        self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(
        self,
        factor: float,
        about: QGraphicsView.ViewportAnchor = QGraphicsView.ViewportAnchor.AnchorViewCenter,
    ) -> None:
        scale = self.transform().m11() * factor
        if FARTHEST <= scale <= NEAREST:
            self._fitted = False
            self.setTransformationAnchor(about)
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            under_mouse = QGraphicsView.ViewportAnchor.AnchorUnderMouse
            self.zoom(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP, under_mouse)
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._fitted:
            self.zoom(1 / self.transform().m11())
            self.centerOn(self.mapToScene(event.position().toPoint()))
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self._fitted:
            self.fit()


def _place(box: Box) -> QGraphicsRectItem:
    around = box[3] / 4
    item = QGraphicsRectItem(QRectF(*box).adjusted(-around, -around, around, around))
    pen = QPen(QColor(theme.LIGHT.seal), 2.5)
    pen.setCosmetic(True)
    item.setPen(pen)
    return item
