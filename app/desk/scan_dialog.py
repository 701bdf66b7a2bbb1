"""Which scanner, how, and how many sheets; or, for training, a folder of pictures fed through SANE's pnm backend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from app.desk import words
from app.desk.form import FormDialog
from app.station.devices import ScannerView
from app.station.scanning import Pile
from drivers.scanners.types import Mode, ScanSettings, Source

FEEDER = "pnm:0"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".pnm", ".ppm", ".pgm", ".pbm"})
DPIS = (200, 300, 400, 600)
DEFAULT_DPI = 300
MOST_SHEETS = 500


class ScanDialog(FormDialog):
    """`look`: the clerk wants the list of scanners anew; it comes back by `show_scanners`."""

    look = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call(self.tr("Scan a pile"), self.tr("Scan"))
        self.device, self.source, self.dpi, self.mode = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.sheets = QSpinBox()
        self.feed = QLineEdit()
        self._searching = QLabel()
        self._searching.setObjectName("quiet")
        self._search = QPushButton(self.tr("Look again"))
        self._search.clicked.connect(self._look)
        self._fill()
        self._compose()
        self.device.currentIndexChanged.connect(self._follow_device)
        self._follow_device()

    def start(self) -> None:
        """Look for scanners as soon as the dialog is shown."""
        self._look()

    def show_scanners(self, scanners: Sequence[ScannerView]) -> None:
        self.device.clear()
        for scanner in scanners:
            origin = "" if scanner.origin == "hardware" else f" ({words.origin(scanner.origin)})"
            self.device.addItem(f"{scanner.name}{origin}", scanner.id)
        self.device.addItem(self.tr("Sample feed: a folder of pictures (training)"), FEEDER)
        self._search.setEnabled(True)
        found = self.tr("Scanners found: %1").replace("%1", str(len(scanners)))
        self._searching.setText(found if scanners else self.tr("No scanner found. Switch it on and look again."))

    def choose_feed(self, folder: Path) -> None:
        """Feed the pictures of a folder."""
        self.device.setCurrentIndex(self.device.findData(FEEDER))
        self.feed.setText(str(folder))

    def pile(self) -> Pile:
        feed: tuple[Path, ...] = ()
        device = str(self.device.currentData())
        if device == FEEDER:
            feed = _pictures(Path(self.feed.text()))
        settings = ScanSettings(
            source=Source.FLATBED if device == FEEDER else Source(self.source.currentData()),
            mode=Mode(self.mode.currentData()),
            dpi=int(self.dpi.currentData()),
            feed=feed,
        )
        return Pile(device, settings, self.sheets.value() or None)

    def _look(self) -> None:
        self._search.setEnabled(False)
        self._searching.setText(self.tr("Looking for scanners…"))
        self.look.emit()

    def _fill(self) -> None:
        self.device.addItem(self.tr("Sample feed: a folder of pictures (training)"), FEEDER)
        for name, source in (
            (self.tr("Feeder, both sides"), Source.ADF_DUPLEX),
            (self.tr("Feeder, front sides"), Source.ADF),
            (self.tr("Glass"), Source.FLATBED),
        ):
            self.source.addItem(name, source.value)
        for name, mode in (
            (self.tr("Full colour"), Mode.COLOR),
            (self.tr("Grey"), Mode.GRAY),
            (self.tr("Black and white"), Mode.BW),
        ):
            self.mode.addItem(name, mode.value)
        for dpi in DPIS:
            self.dpi.addItem(f"{dpi} dpi", dpi)
        self.dpi.setCurrentIndex(DPIS.index(DEFAULT_DPI))
        self.sheets.setRange(0, MOST_SHEETS)
        self.sheets.setSpecialValueText(self.tr("until the feeder is empty"))

    def _compose(self) -> None:
        device = QHBoxLayout()
        device.addWidget(self.device, 1)
        device.addWidget(self._search)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        feed = QHBoxLayout()
        feed.addWidget(self.feed, 1)
        feed.addWidget(browse)
        self.form.addRow(self.tr("Scanner"), device)
        self.form.addRow("", self._searching)
        self.form.addRow(self.tr("Paper comes from"), self.source)
        self.form.addRow(self.tr("Resolution"), self.dpi)
        self.form.addRow(self.tr("Colour"), self.mode)
        self.form.addRow(self.tr("Sheets"), self.sheets)
        self.form.addRow(self.tr("Folder"), feed)
        self._feed_row = feed
        self.feed.textChanged.connect(self._follow_device)
        self.walk(self.device, self._search, self.source, self.dpi, self.mode, self.sheets, self.feed, browse)

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of pictures"), self.feed.text())
        if folder:
            self.feed.setText(folder)

    def _follow_device(self) -> None:
        fed = self.device.currentData() == FEEDER
        self.form.setRowVisible(self._feed_row, fed)
        for row in (self.source, self.sheets):
            self.form.setRowVisible(row, not fed)
        self.adjustSize()
        self.confirm.setEnabled(not fed or bool(self.feed.text() and _pictures(Path(self.feed.text()))))


def _pictures(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES))
