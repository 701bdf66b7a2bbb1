"""Which submission (报送) of the case is worked on: one that was opened before, or a new version of its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from app.desk.form import FormDialog
from app.station.submissions import SubmissionStand
from app.station.views import SubmissionView


@dataclass(frozen=True)
class SubmissionOrder:
    """`version`: the one to go on with; None opens a new one. `like`: whose order it begins with; "": its own."""

    submission: str
    version: int | None
    like: str
    reason: str


class SubmissionDialog(FormDialog):
    """Pages and papers stay the same; their order, numbers and volumes are those of the submission."""

    def __init__(
        self,
        parent: QWidget | None,
        known: Sequence[SubmissionView],
        stands: Sequence[SubmissionStand],
        current: str,
    ) -> None:
        super().__init__(parent)
        self.call(self.tr("Submission"), self.tr("Work on it"))
        told = QLabel(
            self.tr("The same papers are put in order and numbered anew for each submission; what is sealed stays.")
        )
        told.setWordWrap(True)
        self.choice, self.like = QComboBox(), QComboBox()
        for stand in stands:
            arrangement = stand.arrangement
            self.choice.addItem(self._called(stand), (arrangement.submission, arrangement.version))
        for each in known:
            self.choice.addItem(self.tr("%1: new version").replace("%1", each.title), (each.id, None))
        self.like.addItem(self.tr("its own version before, else the standard's order"), "")
        for each in known:
            if any(stand.arrangement.submission == each.id for stand in stands):
                self.like.addItem(each.title, each.id)
        self.reason = QLineEdit()
        self.ask(
            (self.tr("Submission"), self.choice),
            (self.tr("Begin with the order of"), self.like),
            (self.tr("Reason"), self.reason),
        )
        self.column.insertWidget(0, told)
        self.choice.currentIndexChanged.connect(self._follow)
        self.reason.textChanged.connect(self._follow)
        self._choose(current, stands)
        self._follow()

    def order(self) -> SubmissionOrder:
        submission, version = self.choice.currentData()
        like = "" if version is not None else str(self.like.currentData())
        return SubmissionOrder(submission, version, like, self.reason.text().strip())

    def _choose(self, current: str, stands: Sequence[SubmissionStand]) -> None:
        """Begin at what is worked on now, or could be opened first."""
        holds = [place for place, stand in enumerate(stands) if stand.current]
        rest = range(len(stands), self.choice.count())
        new = [place for place in rest if self.choice.itemData(place)[0] == current]
        self.choice.setCurrentIndex((holds or new)[0])

    def _called(self, stand: SubmissionStand) -> str:
        text = self.tr("%1: version %2").replace("%1", stand.title).replace("%2", str(stand.arrangement.version))
        states = []
        if stand.current:
            states.append(self.tr("worked on now"))
        if stand.packages:
            states.append(self.tr("sealed"))
        return f"{text} ({', '.join(states)})" if states else text

    def _follow(self) -> None:
        self.like.setEnabled(self.choice.currentData()[1] is None)
        self.confirm.setEnabled(bool(self.reason.text().strip()))
