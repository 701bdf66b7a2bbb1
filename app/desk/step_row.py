"""The five steps of a case, always there, each with its count or state."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desk import theme, words
from app.desk.state import DeskState, Mark, StepState, steps

HEIGHT_PX = 52
DISC_PX = 26
COLUMN_PX = 210
FULL_TURN = 360 * 16


class StepRow(QWidget):
    """Painted, one accessible sentence; the running step shows a ring."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setFixedHeight(HEIGHT_PX)
        self._state = DeskState()
        self._steps: tuple[StepState, ...] = steps(self._state)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(COLUMN_PX * 5, HEIGHT_PX)

    def follow(self, state: DeskState) -> None:
        self._state = state
        self._steps = steps(state)
        self.setAccessibleName("; ".join(self._spoken(step) for step in self._steps))
        self.setVisible(state.case is not None)
        self.update()

    def _spoken(self, step: StepState) -> str:
        return f"{words.step(step.step)} {self._word(step)}"

    def _word(self, step: StepState) -> str:
        if step.count is not None and step.mark is not Mark.WAITING:
            return words.step_count(step.step, step.count, self._state)
        return words.mark(step.mark)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("raised"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        column = min(COLUMN_PX, (self.width() - 2 * theme.MARGIN_PX) / len(self._steps))
        for place, step in enumerate(self._steps):
            self._paint_step(painter, step, place, theme.MARGIN_PX + place * column, column)

    def _paint_step(self, painter: QPainter, step: StepState, place: int, left: float, width: float) -> None:
        disc = QRectF(left, (self.height() - DISC_PX) / 2 - 1, DISC_PX, DISC_PX)
        tint = theme.colour(
            {Mark.DONE: "done", Mark.BLOCKED: "seal", Mark.ACTIVE: "accent", Mark.RUNNING: "accent"}.get(
                step.mark, "quiet_ink"
            )
        )
        if step.mark in (Mark.ACTIVE, Mark.BLOCKED):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawEllipse(disc)
            painter.setPen(theme.colour("on_accent"))
        elif step.mark is Mark.RUNNING:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("line"), 3))
            painter.drawEllipse(disc)
            painter.setPen(QPen(tint, 3))
            painter.drawArc(disc, 90 * 16, -round(FULL_TURN * self._share()))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tint if step.mark is Mark.DONE else theme.colour("line"), 1.5))
            painter.drawEllipse(disc)
            painter.setPen(tint)
        painter.setFont(theme.font(theme.TEXT_PX, bold=True))
        sign = {Mark.DONE: "✓", Mark.BLOCKED: "!"}.get(step.mark, str(place + 1))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, sign)
        self._paint_words(painter, step, disc, width, place)

    def _paint_words(self, painter: QPainter, step: StepState, disc: QRectF, width: float, place: int) -> None:
        left = disc.right() + 8
        waiting = step.mark is Mark.WAITING
        painter.setFont(theme.font(theme.TEXT_PX, bold=not waiting))
        painter.setPen(theme.colour("quiet_ink" if waiting else "ink"))
        title = words.step(step.step)
        room = QRectF(left, 0, width, self.height() - 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        left += painter.fontMetrics().horizontalAdvance(title) + 8
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("seal" if step.mark is Mark.BLOCKED else "quiet_ink"))
        word = self._word(step)
        painter.drawText(QRectF(left, 0, width, self.height() - 2), Qt.AlignmentFlag.AlignVCenter, word)
        left += painter.fontMetrics().horizontalAdvance(word) + 10
        end = disc.left() + width - 10
        if place + 1 < len(self._steps) and end - left > 8:
            painter.setPen(QPen(theme.colour("line"), 1))
            middle = disc.center().y()
            painter.drawLine(QPointF(left, middle), QPointF(end, middle))

    def _share(self) -> float:
        running = self._state.running
        share = running.done / running.of if running and running.of else 0.12
        return min(1.0, share)
