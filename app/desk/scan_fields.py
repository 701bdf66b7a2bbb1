"""How paper is scanned, as fields: what every pile needs in sight, the rest behind "More"."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QPushButton, QSpinBox, QWidget

from app.desk import theme
from app.station.scan_profiles import ScanProfile, profile_of
from drivers.scanners.papers import PAPERS
from drivers.scanners.types import Mode, Source

DPIS = (200, 300, 400, 600)
LONGEST_S = 3600


class ScanFields(QWidget):
    """`show_profile` fills them, `profile` reads them; what has no field of its own stays as the profile has it."""

    def __init__(self) -> None:
        super().__init__()
        self._base = ScanProfile(name="-")
        self.source, self.dpi, self.mode, self.paper = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.wait, self.every = _seconds(self.tr("no")), _seconds(self.tr("no"))
        own = self.tr("as the device has it")
        self.brightness, self.contrast, self.threshold = _tone(own), _tone(own), _tone(own, low=0)
        self.button, self.manual = QCheckBox(), QCheckBox()
        self.more = QPushButton(self.tr("More"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_more)
        self._fill()
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(theme.MARGIN_PX)
        self.form.setVerticalSpacing(10)
        self._compose()
        self.mode.currentIndexChanged.connect(lambda _index: self._follow_mode())
        self._follow_mode()

    def walk(self) -> tuple[QWidget, ...]:
        """The fields in the order of the keys."""
        return (self.source, self.dpi, self.mode, self.paper, self.more, *self._further)

    def show_profile(self, profile: ScanProfile) -> None:
        self._base = profile
        if self.dpi.findData(profile.dpi) < 0:
            self.dpi.addItem(f"{profile.dpi} dpi", profile.dpi)
        for box, value in (
            (self.source, profile.source.value),
            (self.mode, profile.mode.value),
            (self.dpi, profile.dpi),
            (self.paper, profile.paper),
        ):
            box.setCurrentIndex(box.findData(value))
        self.wait.setValue(round(profile.wait_s))
        self.every.setValue(round(profile.every_s))
        for spin, tone in (
            (self.brightness, profile.brightness),
            (self.contrast, profile.contrast),
            (self.threshold, profile.threshold),
        ):
            spin.setValue(spin.minimum() if tone is None else round(tone))
        self.button.setChecked(profile.button)
        self.manual.setChecked(profile.manual_feed)

    def profile(self, name: str = "-", hotkey: str = "") -> ScanProfile:
        """The fields as a profile. Raises `ScanProfileInvalid`."""
        return profile_of(
            {
                **self._base.model_dump(),
                "name": name,
                "hotkey": hotkey,
                "source": self.source.currentData(),
                "mode": self.mode.currentData(),
                "dpi": self.dpi.currentData(),
                "paper": self.paper.currentData(),
                "wait_s": float(self.wait.value()),
                "every_s": float(self.every.value()),
                "brightness": _value(self.brightness),
                "contrast": _value(self.contrast),
                "threshold": _value(self.threshold) if self.threshold.isEnabled() else None,
                "button": self.button.isChecked(),
                "manual_feed": self.manual.isChecked(),
            }
        )

    def show_source(self, wanted: bool) -> None:
        self.form.setRowVisible(self.source, wanted)

    def _fill(self) -> None:
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
        self.dpi.setCurrentIndex(self.dpi.findData(self._base.dpi))
        for paper in PAPERS:
            self.paper.addItem(paper, paper)
        self.paper.setCurrentIndex(self.paper.findData(self._base.paper))

    def _compose(self) -> None:
        self.form.addRow(self.tr("Paper comes from"), self.source)
        self.form.addRow(self.tr("Resolution"), self.dpi)
        self.form.addRow(self.tr("Colour"), self.mode)
        self.form.addRow(self.tr("Paper size"), self.paper)
        self.form.addRow("", self.more)
        self._further = (
            self.wait,
            self.every,
            self.button,
            self.manual,
            self.brightness,
            self.contrast,
            self.threshold,
        )
        for label, field in zip(
            (
                self.tr("Wait for more paper"),
                self.tr("Next page on the glass after"),
                self.tr("Start by the scanner's button"),
                self.tr("Sheets put in one by one"),
                self.tr("Brightness"),
                self.tr("Contrast"),
                self.tr("Threshold (black and white)"),
            ),
            self._further,
            strict=True,
        ):
            field.setAccessibleName(label)
            self.form.addRow(label, field)
        self._show_more(False)

    def _show_more(self, wanted: bool) -> None:
        for field in self._further:
            self.form.setRowVisible(field, wanted)
        self.window().adjustSize()

    def _follow_mode(self) -> None:
        self.threshold.setEnabled(self.mode.currentData() == Mode.BW.value)


def _seconds(none: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, LONGEST_S)
    spin.setSuffix(" s")
    spin.setSpecialValueText(none)
    return spin


def _tone(own: str, low: int = -100) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low - 1, 100)
    spin.setSpecialValueText(own)
    spin.setValue(spin.minimum())
    return spin


def _value(spin: QSpinBox) -> float | None:
    return None if spin.value() == spin.minimum() else float(spin.value())
