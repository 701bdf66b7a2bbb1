"""The header: which case, how much of it, and whether scanner, network and disk are well."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.desk import theme, words
from app.desk.actions import Actions
from app.desk.state import DeskState
from app.station.limits import UrgentLimit

LAMP_PX = 10
STRIPE_PX = 14
LIMIT_PX = 64


class Lamp(QWidget):
    """A word and a shape: full circle well, triangle trouble, ring not asked yet."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._well: bool | None = None
        self._text = QLabel()
        self._text.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(LAMP_PX + 6, 0, 0, 0)
        row.addWidget(self._text)
        self.show_state(None, "")

    def show_state(self, well: bool | None, detail: str) -> None:
        self._well = well
        self._text.setText(f"{self._name} {detail}".strip())
        self.setAccessibleName(self._text.text())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - LAMP_PX) / 2, LAMP_PX - 1, LAMP_PX - 1)
        tint = theme.colour({True: "done", False: "seal", None: "quiet_ink"}[self._well])
        painter.setPen(QPen(tint, 1.5))
        painter.setBrush(QBrush() if self._well is None else QBrush(tint))
        if self._well is False:
            painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
        else:
            painter.drawEllipse(box)


class TrainingBand(QWidget):
    """Stripes nobody can mistake: this case can only become a training dossier (训练卷)."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(26)
        self._text = self.tr("TRAINING — these pages came from no real scanner; the dossier is for practice only")
        self.setAccessibleName(self._text)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(QPen(theme.colour("stripe"), STRIPE_PX))
        for x in range(-self.height(), self.width() + self.height(), STRIPE_PX * 3):
            painter.drawLine(QPoint(x, self.height() + STRIPE_PX), QPoint(x + self.height() + STRIPE_PX, -STRIPE_PX))
        painter.setFont(theme.font(theme.SMALL_PX, bold=True))
        metrics = painter.fontMetrics()
        room = metrics.boundingRect(self._text).adjusted(-12, 0, 12, 0)
        room.moveCenter(self.rect().center())
        painter.fillRect(room.x(), 0, room.width(), self.height(), theme.colour("surface"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class LimitBar(QWidget):
    """The limit that ends first: its words, and a bar in its colour that shrinks as it runs out."""

    def __init__(self) -> None:
        super().__init__()
        self._limit: UrgentLimit | None = None
        self._text = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, LIMIT_PX + 8, 0)
        row.addWidget(self._text)
        self.hide()

    def show_limit(self, limit: UrgentLimit | None) -> None:
        self._limit = limit
        self._text.setText(words.limit(limit) if limit is not None else "")
        self.setAccessibleName(self._text.text())
        self.setVisible(limit is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self._limit is None:
            return
        painter = QPainter(self)
        bar = QRectF(self.width() - LIMIT_PX, self.height() / 2 - 3, LIMIT_PX, 6)
        painter.fillRect(bar, theme.colour("line"))
        exceeded = self._limit.share_left == 0
        full = bar.adjusted(0, 0, 0 if exceeded else bar.width() * (self._limit.share_left - 1), 0)
        painter.fillRect(full, theme.limit_colour(self._limit.level))


class Header(QFrame):
    """Shows the state; changes nothing."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("header")
        self._back = QToolButton()
        self._back.setDefaultAction(actions["close-case"])
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._name = QLabel()
        self._name.setObjectName("caseName")
        self._number = QLabel()
        self._number.setObjectName("quiet")
        self._counts = QLabel()
        self._counts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.limit = LimitBar()
        self.scanner = Lamp(self.tr("Scanner"))
        self.platform = Lamp(self.tr("Platform"))
        self.disk = Lamp(self.tr("Disk"))
        self._band = TrainingBand()
        row = QHBoxLayout()
        row.setContentsMargins(theme.MARGIN_PX, 10, theme.MARGIN_PX, 6)
        row.setSpacing(14)
        for widget in (self._back, self._name, self._number, self._counts):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.limit)
        for lamp in (self.scanner, self.platform, self.disk):
            row.addWidget(lamp)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        column.addLayout(row)

    def follow(self, state: DeskState) -> None:
        case = state.case
        self._band.setVisible(state.training)
        self._back.setVisible(case is not None)
        self._name.setText(case.name if case else self.tr("Dossier station"))
        self.limit.show_limit(state.limit)
        self._number.setText(case.case_no if case else "")
        parts = []
        if case is not None:
            parts = [state.submission.title, words.pages(len(state.pages)), words.documents(state.documents)]
            if state.doubts:
                parts.append(self.tr("%1 to look at").replace("%1", str(state.doubts)))
            if state.blocking:
                parts.append(self.tr("%1 blocking").replace("%1", str(state.blocking)))
        self._counts.setText(" · ".join(parts))

    def counts(self) -> str:
        return self._counts.text()
