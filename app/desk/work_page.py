"""The open case in three panes: catalogue, board, page. Panes resize, hide, and are remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QSplitter, QTreeView, QVBoxLayout, QWidget

from app.desk import theme
from app.desk.actions import ON_PAGE, Actions
from app.desk.board_model import BoardModel
from app.desk.catalogue_model import CatalogueModel
from app.desk.finding_model import FindingModel
from app.desk.page_board import PageBoard
from app.desk.page_pane import PagePane
from app.desk.pictures import Thumbnails
from app.desk.state import DeskState
from app.station.views import FindingView, VolumeView

SIZES = [270, 560, 620]
PANES = ("catalogue-pane", "board-pane", "page-pane")
_WORST = ("block", "warn", "explained")


class WorkPage(QSplitter):
    """`explain_wanted`: the clerk wants to answer for a finding."""

    explain_wanted = Signal(object)

    def __init__(self, actions: Actions, thumbnails: Thumbnails, settings: QSettings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self._restored = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.catalogue_model = CatalogueModel(self)
        self.board_model = BoardModel(thumbnails, self)
        self.finding_model = FindingModel(self)
        self.tree = QTreeView()
        self.board = PageBoard(self.board_model)
        self.pane = PagePane(actions, self.finding_model)
        self._prepare_tree()
        self._panes = (_titled(self.tr("Catalogue"), self.tree), _titled(self.tr("Pages"), self.board), self.pane)
        for pane in self._panes:
            self.addWidget(pane)
        self._restore(actions)
        self.board.face_chosen.connect(self._show_face)
        self.board.entered.connect(self.pane.view.setFocus)
        self.pane.findings.selectionModel().currentChanged.connect(self._go_to_finding)
        self.pane.findings.activated.connect(lambda _index: self.explain_current())
        actions["next-finding"].triggered.connect(self.pane.findings.step)
        actions["explain"].triggered.connect(self.explain_current)
        self.board.addActions([actions[name] for name in ON_PAGE])
        actions["show-aside"].toggled.connect(self.board.show_aside)
        actions["next-page"].triggered.connect(lambda: self.board.step(1))
        actions["previous-page"].triggered.connect(lambda: self.board.step(-1))
        self.setTabOrder(self.tree, self.board)
        self.setTabOrder(self.board, self.pane.view)
        self.setTabOrder(self.pane.view, self.pane.findings)

    def show_filing(self, volumes: Sequence[VolumeView], findings: Sequence[FindingView] | None) -> None:
        """The catalogue and the findings as they now stand; the face the clerk is at stays."""
        self.catalogue_model.set_volumes(volumes)
        self.tree.expandToDepth(0)
        self.finding_model.set_findings(findings or ())
        self.pane.findings.setVisible(bool(findings))
        titles = {
            face: (document.title, place == 0)
            for volume in volumes
            for document in volume.documents
            for place, face in enumerate(document.faces)
        }
        self.board_model.set_documents(titles, worst_of(findings or ()))

    def follow(self, state: DeskState) -> None:
        self.pane.findings.setEnabled(state.running is None)
        self.pane.tell_dates(state.dates)

    def explain_current(self) -> None:
        finding = self.pane.findings.current()
        if finding is not None and finding.state in ("block", "warn"):
            self.explain_wanted.emit(finding)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The remembered widths, once the page has its own: before that they would be scaled."""
        super().showEvent(event)
        panes = self._settings.value("desk/panes")
        if panes is not None and not self._restored:
            self.restoreState(panes)
        self._restored = True

    def remember(self) -> None:
        self._settings.setValue("desk/panes", self.saveState())

    def _prepare_tree(self) -> None:
        self.tree.setModel(self.catalogue_model)
        self.tree.setAccessibleName(self.tr("Catalogue"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.selectionModel().currentChanged.connect(self._go_to_document)

    def _restore(self, actions: Actions) -> None:
        self.setSizes(SIZES)
        for place, stretch in enumerate((0, 1, 1)):
            self.setStretchFactor(place, stretch)
        for name, pane in zip(PANES, self._panes, strict=True):
            actions[name].setChecked(not pane.isHidden())
            actions[name].toggled.connect(pane.setVisible)

    def _go_to_document(self, current: QModelIndex, _previous: QModelIndex) -> None:
        number = self.catalogue_model.page_of(current)
        if number is not None:
            self.board.go_to(number)

    def _go_to_finding(self, current: QModelIndex, _previous: QModelIndex) -> None:
        finding = self.finding_model.finding_at(current.row()) if current.isValid() else None
        if finding is not None and finding.face is not None:
            self.board.go_to(finding.face)
        self.pane.point_at(finding.places if finding is not None else ())

    def _show_face(self, face: object) -> None:
        self.pane.show_face(self.board.current() if face is not None else None)


def worst_of(findings: Sequence[FindingView]) -> dict[int, str]:
    """Face -> the worst state among its findings, notes left out."""
    worst: dict[int, str] = {}
    for state in reversed(_WORST):
        worst |= {finding.face: state for finding in findings if finding.face is not None and finding.state == state}
    return worst


def _titled(title: str, widget: QWidget) -> QFrame:
    frame = QFrame()
    frame.setObjectName("pane")
    label = QLabel(title)
    label.setObjectName("paneTitle")
    label.setContentsMargins(theme.MARGIN_PX, 10, theme.MARGIN_PX, 6)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label)
    column.addWidget(widget, 1)
    return frame
