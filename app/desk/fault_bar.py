"""A fault, or what the clerk stopped: what happened, what is safe, what to do; beside the work, not on top of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from app.desk import theme
from app.desk.actions import Actions
from app.desk.words import FaultText


class FaultBar(QFrame):
    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("faultBar")
        self._happened, self._rest = QLabel(), QLabel()
        self._happened.setObjectName("faultTitle")
        for label in (self._happened, self._rest):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        dismiss = QToolButton()
        dismiss.setDefaultAction(actions["dismiss"])
        dismiss.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN_PX, 8, theme.MARGIN_PX, 8)
        row.setSpacing(theme.MARGIN_PX)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._happened)
        words.addWidget(self._rest)
        row.addLayout(words, 1)
        row.addWidget(dismiss)
        actions["dismiss"].triggered.connect(self.hide)
        self.hide()

    def tell(self, fault: FaultText) -> None:
        self._happened.setText(fault.happened)
        self.setProperty("byHand", fault.by_hand)
        for widget in (self, self._happened):
            widget.style().polish(widget)
        self._rest.setText(self.tr("%1 %2").replace("%1", fault.safe).replace("%2", fault.todo))
        self.setAccessibleName(self.text())
        self.show()

    def text(self) -> str:
        return f"{self._happened.text()} {self._rest.text()}"
