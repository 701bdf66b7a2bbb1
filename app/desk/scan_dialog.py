"""Which scanner, how, and how many sheets; or, for training, a folder of pictures fed through SANE's pnm backend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from app.desk import words
from app.desk.form import FormDialog, align
from app.desk.jobs import ScanOrder
from app.desk.scan_fields import ScanFields
from app.station.devices import ScannerView
from app.station.scan_profiles import ScanProfile
from app.station.scanning import AimKind, Pile
from drivers.scanners.types import ScanSettings, Source

FEEDER = "pnm:0"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".pnm", ".ppm", ".pgm", ".pbm"})
MOST_SHEETS = 500


class ScanDialog(FormDialog):
    """`look`: the list of scanners is wanted, made anew or as it is known; it comes back by `show_scanners`.
    `save`: the clerk wants the fields kept as a scan profile."""

    look = Signal(bool)
    save = Signal()

    def __init__(self, parent: QWidget | None, title: str, order: ScanOrder = ScanOrder()) -> None:  # noqa: B008
        super().__init__(parent)
        self.call(title, self.tr("Scan"))
        self._order = order
        self.profiles, self.device = QComboBox(), QComboBox()
        self.fields = ScanFields()
        self.sheets = QSpinBox()
        self.reversed = QComboBox()
        self.feed = QLineEdit()
        self._searching = QLabel()
        self._searching.setObjectName("quiet")
        self._search = QPushButton(self.tr("Look again"))
        self._search.clicked.connect(lambda: self._look(True))
        self._keep = QPushButton(self.tr("Save…"))
        self._keep.clicked.connect(self.save)
        self._fill()
        self._compose()
        self.device.currentIndexChanged.connect(self._follow_device)
        self.profiles.currentIndexChanged.connect(self._follow_profile)
        self._follow_device()

    def start(self) -> None:
        """Look for scanners as soon as the dialog is shown."""
        self._look(False)

    def show_profiles(self, profiles: Sequence[ScanProfile], chosen: str = "") -> None:
        """The scan profiles; each is chosen by Alt and its key. `chosen`: the one to begin with, by name."""
        self.profiles.clear()
        for place, profile in enumerate(profiles):
            key = f"   Alt+{profile.hotkey}" if profile.hotkey else ""
            self.profiles.addItem(f"{profile.name}{key}", profile)
            if profile.hotkey:
                shortcut = QShortcut(QKeySequence(f"Alt+{profile.hotkey}"), self)
                shortcut.activated.connect(lambda place=place: self.profiles.setCurrentIndex(place))
        names = [profile.name for profile in profiles]
        self.profiles.setCurrentIndex(names.index(chosen) if chosen in names else 0)

    def show_scanners(self, scanners: Sequence[ScannerView]) -> None:
        self.device.clear()
        for scanner in scanners:
            origin = "" if scanner.origin == "hardware" else f" ({words.origin(scanner.origin)})"
            self.device.addItem(f"{scanner.name}{origin}", scanner.id)
        self.device.addItem(self.tr("Sample feed: a folder of pictures (training)"), FEEDER)
        self._choose_device()
        self._search.setEnabled(True)
        found = self.tr("Scanners found: %1").replace("%1", str(len(scanners)))
        self._searching.setText(found if scanners else self.tr("No scanner found. Switch it on and look again."))

    def choose_feed(self, folder: Path) -> None:
        """Feed the pictures of a folder."""
        self.device.setCurrentIndex(self.device.findData(FEEDER))
        self.feed.setText(str(folder))

    def profile(self) -> ScanProfile | None:
        """The chosen scan profile, as it was saved."""
        chosen = self.profiles.currentData()
        return chosen if isinstance(chosen, ScanProfile) else None

    def order(self) -> ScanOrder:
        """Where the pages go, with what the clerk said of the backs."""
        if self._order.aim.kind is not AimKind.BACKS:
            return self._order
        return ScanOrder(replace(self._order.aim, reverse=bool(self.reversed.currentData())))

    def pile(self) -> Pile:
        """Raises `ScanProfileInvalid` for fields that do not go together."""
        device = str(self.device.currentData())
        wanted = self.fields.profile()
        pile = wanted.model_copy(update={"device": ""}).pile(device, self.sheets.value() or None)
        if device != FEEDER:
            return pile
        settings = ScanSettings(
            source=Source.FLATBED, mode=wanted.mode, dpi=wanted.dpi, feed=_pictures(Path(self.feed.text()))
        )
        return Pile(device, settings)

    def _look(self, anew: bool) -> None:
        self._search.setEnabled(False)
        self._searching.setText(self.tr("Looking for scanners…"))
        self.look.emit(anew)

    def _fill(self) -> None:
        self.device.addItem(self.tr("Sample feed: a folder of pictures (training)"), FEEDER)
        self.sheets.setRange(0, MOST_SHEETS)
        self.sheets.setSpecialValueText(self.tr("until the feeder is empty"))
        self.reversed.addItem(self.tr("The pile was turned over as a whole: the last sheet first"), True)
        self.reversed.addItem(self.tr("In the order of the fronts: the first sheet first"), False)

    def _compose(self) -> None:
        profiles, device, feed = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        profiles.addWidget(self.profiles, 1)
        profiles.addWidget(self._keep)
        device.addWidget(self.device, 1)
        device.addWidget(self._search)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        feed.addWidget(self.feed, 1)
        feed.addWidget(browse)
        self.form.addRow(self.tr("Scan profile"), profiles)
        self.form.addRow(self.tr("Scanner"), device)
        self.form.addRow("", self._searching)
        self.form.addRow(self.fields)
        self.form.addRow(self.tr("Sheets"), self.sheets)
        self.form.addRow(self.tr("Backs"), self.reversed)
        self.form.addRow(self.tr("Folder"), feed)
        self._feed_row = feed
        self.feed.textChanged.connect(self._follow_device)
        self.form.setRowVisible(self.reversed, self._order.aim.kind is AimKind.BACKS)
        align(self.form, self.fields.form)
        self.walk(
            self.profiles,
            self._keep,
            self.device,
            self._search,
            *self.fields.walk(),
            self.sheets,
            self.reversed,
            self.feed,
            browse,
        )

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of pictures"), self.feed.text())
        if folder:
            self.feed.setText(folder)

    def _follow_profile(self) -> None:
        profile = self.profile()
        if profile is not None:
            self.fields.show_profile(profile)
            self._choose_device()
            self.reversed.setCurrentIndex(self.reversed.findData(profile.backs != "in-order"))

    def _choose_device(self) -> None:
        profile = self.profile()
        place = self.device.findData(profile.device) if profile is not None and profile.device else -1
        if place >= 0:
            self.device.setCurrentIndex(place)

    def _follow_device(self) -> None:
        fed = self.device.currentData() == FEEDER
        one_page = self._order.sheet is not None or self._order.aim.kind in (AimKind.REPLACE, AimKind.BACKS)
        self.form.setRowVisible(self._feed_row, fed)
        self.form.setRowVisible(self.sheets, not fed and not one_page)
        self.fields.show_source(not fed)
        self.adjustSize()
        self.confirm.setEnabled(not fed or bool(self.feed.text() and _pictures(Path(self.feed.text()))))


def _pictures(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES))
