"""Shapes of states, so that none is told by colour alone. Bar: blocks. Triangle: please look. Disc: all else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from app.desk import theme

TINTS = {"block": "seal", "warn": "doubt", "explained": "done", "info": "quiet_ink"}  # of finding states


def paint_shape(painter: QPainter, box: QRectF, tint: str) -> None:
    """`tint`: a field of `theme.Colours`; it decides the shape too."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tint))
    if tint == "seal":
        painter.drawRect(QRectF(box.left(), box.center().y() - 2, box.width(), 4))
    elif tint == "doubt":
        painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    else:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
