"""The bottom bar: what to do next in one sentence with its key, progress, and every other act."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QSizePolicy, QToolButton

from app.desk import theme, words
from app.desk.actions import DOES, Actions
from app.desk.state import DeskState, next_act

ON_LIST = ("new-case", "import-cases")
ON_CASE = ("recount", "scan", "import", "read", "check", "seal", "send")
PATIENCE_MS = 1000  # work shorter than this shows no progress


class NextBar(QFrame):
    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._actions = actions
        self._sentence = QLabel()
        self._sentence.setObjectName("sentence")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._primary = QToolButton()
        self._primary.setObjectName("primary")
        self._primary.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._primary.clicked.connect(actions["next"].trigger)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(180)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._stop = self._button("stop")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show_progress(True))
        self._others = {name: self._button(name) for name in (*ON_LIST, *ON_CASE)}
        self._offer_more()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN_PX, 8, theme.MARGIN_PX, 8)
        row.setSpacing(theme.GAP_PX)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._progress)
        row.addWidget(self._stop)
        for button in self._others.values():
            row.addWidget(button)
        row.addSpacing(theme.GAP_PX)
        row.addWidget(self._primary)
        self._show_progress(False)

    def sentence(self) -> str:
        return self._sentence.text()

    def follow(self, state: DeskState) -> None:
        act = next_act(state)
        self._sentence.setText(words.sentence(act, state))
        self._sentence.setToolTip(self._sentence.text())
        self._follow_progress(state)
        proposed = DOES.get(act)
        self._primary.setVisible(proposed is not None)
        if proposed is not None:
            key = self._actions["next"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self._primary.setText(f"{self._actions[proposed].text()}   {key}")
        shown = ON_LIST if state.case is None else ON_CASE
        for name, button in self._others.items():
            idle = name == "recount" and state.pile_unfinished is None
            button.setVisible(name in shown and name != proposed and not idle)

    def _follow_progress(self, state: DeskState) -> None:
        if state.running is None:
            self._patience.stop()
            self._show_progress(False)
            return
        if not self._progress.isVisible() and not self._patience.isActive():
            self._patience.start()
        # A progress bar counts in 32-bit integers; bytes of a dossier do not fit.
        running = state.running
        self._progress.setRange(0, 1000 if running.of else 0)
        self._progress.setValue(1000 * running.done // running.of if running.of else 0)

    def _show_progress(self, visible: bool) -> None:
        self._progress.setVisible(visible)
        self._stop.setVisible(visible)

    def _offer_more(self) -> None:
        """Beside scanning: the second pass of a pile whose sheets are printed on both sides."""
        scan = self._others["scan"]
        menu = QMenu(scan)
        menu.addActions([self._actions[name] for name in ("scan-backs", "turn-backs")])
        scan.setMenu(menu)
        scan.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
