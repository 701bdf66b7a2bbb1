"""The right pane: one page large, original or straightened, its lines, and the findings of the case below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from app.desk import theme, words
from app.desk.actions import ON_PAGE, Actions
from app.desk.finding_list import FindingList
from app.desk.finding_model import FindingModel
from app.desk.page_view import ZOOM_STEP, PageView
from app.desk.pictures import PageLoader
from app.station.views import LineView, PlaceView
from app.station.views import PageView as Face

TOOLS = ("original", "lines", "zoom-out", "zoom-in", "fit", "previous-page", "next-page")


class PagePane(QFrame):
    """`lines_wanted`: asks for the recognised lines of a face; they come back by `show_lines`."""

    lines_wanted = Signal(object)  # Face

    def __init__(self, actions: Actions, findings: FindingModel) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._actions = actions
        self._face: Face | None = None
        self._places: tuple[PlaceView, ...] = ()
        self._loader = PageLoader()
        self._loader.loaded.connect(self._show)
        self.view = PageView()
        self.view.line_chosen.connect(self._tell_line)
        self.findings = FindingList(findings)
        self._title = QLabel()
        self._line = QLabel()
        self._line.setWordWrap(True)
        self._line.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._line.setContentsMargins(theme.MARGIN_PX, 6, theme.MARGIN_PX, 6)
        self._line.setMinimumHeight(34)
        self._dates = QLabel()
        self._dates.setObjectName("quiet")
        self._dates.setContentsMargins(theme.MARGIN_PX, 0, theme.MARGIN_PX, 6)
        self._dates.hide()
        self._compose()
        actions["original"].toggled.connect(self._load)
        actions["lines"].setChecked(True)
        actions["lines"].toggled.connect(self.view.set_lines_visible)
        actions["zoom-in"].triggered.connect(lambda: self.view.zoom(ZOOM_STEP))
        actions["zoom-out"].triggered.connect(lambda: self.view.zoom(1 / ZOOM_STEP))
        actions["fit"].triggered.connect(self.view.fit)
        actions["previous-line"].triggered.connect(lambda: self.view.step_line(-1))
        actions["next-line"].triggered.connect(lambda: self.view.step_line(1))
        self._tell_line(None)

    def show_face(self, face: Face | None) -> None:
        """Show a face, or nothing; a face that was read meanwhile is loaded anew."""
        same = face is not None and self._face is not None and face == self._face
        self._face = face
        if not same:
            self._load()

    def point_at(self, places: Sequence[PlaceView]) -> None:
        """Frame what a finding rests on, on this page and on those shown next."""
        self._places = tuple(places)
        self._frame()

    def title(self) -> str:
        return self._title.text()

    def line(self) -> str:
        """What is told below the page."""
        return self._line.text()

    def show_lines(self, number: int, lines: list[LineView]) -> None:
        if self._face is not None and self._face.number == number and self._straightened():
            self.view.show_lines(lines)
            self.view.set_lines_visible(self._actions["lines"].isChecked())

    def tell_dates(self, dates: tuple[int, int] | None) -> None:
        """How far the second reading of dates is that findings rest on; None: none is under way."""
        self._dates.setVisible(dates is not None)
        if dates is not None:
            self._dates.setText(words.dates_again(*dates))

    def dates_told(self) -> str:
        return "" if self._dates.isHidden() else self._dates.text()

    def close_loader(self) -> None:
        self._loader.close()

    def _straightened(self) -> bool:
        face = self._face
        shown = face is not None and face.picture is not None and not face.cleared
        return shown and not self._actions["original"].isChecked()

    def _frame(self) -> None:
        """Boxes are those of the straightened picture."""
        face = self._face
        shown = face is not None and self._straightened()
        self.view.show_places([place.box for place in self._places if shown and face and place.face == face.number])

    def _load(self) -> None:
        face = self._face
        if face is None:
            self._loader.want(None)
            self._title.clear()
            self.view.show_picture(())
            self._tell_line(None)
            return
        self._loader.want(face.picture if self._straightened() else face.original)

    def _show(self, _path: Path, levels: list[QImage]) -> None:
        face = self._face
        self.view.show_picture(levels)
        if face is not None:  # only now: a number never stands over another page's picture
            self._title.setText(f"{words.face(face.number)} · {words.side(face.side)}")
            if self._straightened():
                self.lines_wanted.emit(face)
                self._frame()
        self._tell_line(None)
        if not levels and not (face is not None and face.cleared):
            self._line.setText(self.tr("This picture cannot be shown here. The file itself is kept as it came."))

    def _tell_line(self, line: LineView | None) -> None:
        if line is not None:
            sure = self.tr("confidence %1 %").replace("%1", f"{line.confidence * 100:.0f}")
            self._line.setText(f"{line.text}   —   {sure}")
        elif self._face is None:
            self._line.setText("")
        elif self._face.failure is not None:
            self._line.setText(self._face.failure)
        elif self._face.cleared:
            self._line.setText(self.tr("Cleared by the retention rule after it arrived; the sealed package holds it."))
        elif self._face.picture is None:
            self._line.setText(self.tr("As it was captured; not read yet."))
        else:
            self._line.setText(self.tr("Point at a line to see what was read; Ctrl+↓ walks through the lines."))

    def _compose(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.MARGIN_PX, 6, theme.GAP_PX, 6)
        tools.setSpacing(theme.GAP_PX // 2)
        tools.addWidget(self._title)
        tools.addStretch(1)
        for name in TOOLS:
            button = QToolButton()
            button.setDefaultAction(self._actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self._actions[name].text())
            tools.addWidget(button)
        acts = QToolButton()
        acts.setText(self.tr("This page"))
        acts.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        acts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        menu = QMenu(acts)
        menu.addActions([self._actions[name] for name in ON_PAGE])
        acts.setMenu(menu)
        tools.addWidget(acts)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.view, 1)
        column.addWidget(self._line)
        column.addWidget(self._dates)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.addWidget(page)
        split.addWidget(self.findings)
        split.setSizes([700, 190])
        split.setCollapsible(0, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
