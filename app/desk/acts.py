"""What happens when a clerk acts: each action asks what it must and hands the work to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk import words
from app.desk.actions import DOES, Actions
from app.desk.case_dialog import CaseDialog
from app.desk.desk import Desk, Filing
from app.desk.intervention_dialog import InterventionDialog
from app.desk.jobs import ScanOrder, import_job, read_job, scan_job, seal_job, send_job
from app.desk.profile_dialog import ProfileDialog
from app.desk.scan_dialog import ScanDialog
from app.desk.seal_dialog import ExplainDialog, SealDialog
from app.desk.send_dialog import SendDialog
from app.desk.state import Job, next_act
from app.station.case_import import CasesImported, import_cases
from app.station.cases import NewCase, open_case
from app.station.checking import explain
from app.station.devices import ScannerView, only_scanner, scanner_views
from app.station.errors import StationError
from app.station.interventions import record_intervention
from app.station.scan_profiles import HOTKEYS, ScanProfile, profile_by_key, save_scan_profile, scan_profiles
from app.station.station import Station
from app.station.views import FindingView


class Acts(QObject):
    """Connects the actions. `scanners`: how many were found when somebody last looked."""

    scanners = Signal(int)

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._window = window
        self._last_profile = ""
        desk.backs_next.connect(lambda: actions["scan-backs"].trigger())
        does: dict[str, Callable[[], object]] = {
            "next": self.do_next,
            "new-case": self.new_case,
            "import-cases": self.import_cases,
            "close-case": desk.close_case,
            "scan": self.scan,
            "import": self.import_files,
            "read": self.read,
            "check": desk.file,
            "seal": self.seal,
            "send": self.send,
            "stop": desk.work.stop,
        }
        for key in HOTKEYS:
            does[f"scan-{key}"] = partial(self.scan_by, key)
        for name, act in does.items():
            actions[name].triggered.connect(lambda _checked=False, act=act: act())

    def do_next(self) -> None:
        """The act the bottom bar proposes."""
        name = DOES.get(next_act(self._desk.state))
        if name is not None:
            self._actions[name].trigger()

    def new_case(self) -> CaseDialog:
        dialog = CaseDialog(self._window)

        def submitted(new: NewCase) -> None:
            self._desk.library.ask(lambda station: open_case(station, new), lambda _record: opened(new), refused)

        def opened(new: NewCase) -> None:
            dialog.accept()
            self._desk.load()
            self._desk.open_case(new.case_no)

        def refused(error: Exception) -> None:
            dialog.tell(words.fault(error, None, self._desk.catalogue))

        dialog.submitted.connect(submitted)
        dialog.open()
        return dialog

    def import_cases(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import cases"), "", self.tr("Case lists (*.json *.csv *.xml)")
        )
        if file:
            self._desk.library.ask(
                lambda station: import_cases(station, Path(file)), self._cases_imported, self._desk.tell
            )

    def _cases_imported(self, imported: CasesImported) -> None:
        for refused in imported.refused[:1]:
            self._desk.tell(refused.error)
        self._desk.load()

    def scan(self, title: str = "", order: ScanOrder = ScanOrder()) -> ScanDialog:  # noqa: B008 - frozen
        """Ask how; `order` knows where the pages go."""
        dialog = ScanDialog(self._window, title or self.tr("Scan a pile"), order)

        def look(refresh: bool) -> None:
            self._desk.devices.ask(lambda station: scanner_views(station, refresh=refresh), found, failed)

        def found(scanners: Sequence[ScannerView]) -> None:
            dialog.show_scanners(scanners)
            self.scanners.emit(len(scanners))

        def failed(error: Exception) -> None:
            dialog.show_scanners(())
            dialog.tell(words.fault(error, None, self._desk.catalogue))
            self.scanners.emit(0)

        dialog.look.connect(look)
        dialog.save.connect(lambda: self.save_profile(dialog))
        dialog.accepted.connect(lambda: self._feed(dialog))
        dialog.open()
        self._show_profiles(dialog, self._last_profile)
        dialog.start()
        return dialog

    def scan_by(self, hotkey: str) -> None:
        """Scan at once, as the profile of that key says."""

        def found(known: tuple[ScanProfile, str]) -> None:
            profile, device = known
            self._last_profile = profile.name
            job = scan_job(self._desk.case_no, ScanOrder(), profile.pile(device), backs_follow=bool(profile.backs))
            self._desk.start(Job.SCAN, job)

        self._desk.devices.ask(lambda station: _by_key(station, hotkey), found, self._desk.tell)

    def _feed(self, dialog: ScanDialog) -> None:
        profile = dialog.profile()
        self._last_profile = profile.name if profile else ""
        two_passes = profile is not None and bool(profile.backs) and dialog.order() == ScanOrder()
        job = scan_job(self._desk.case_no, dialog.order(), dialog.pile(), backs_follow=two_passes)
        self._desk.start(Job.SCAN, job)

    def _show_profiles(self, dialog: ScanDialog, chosen: str) -> None:
        self._desk.library.ask(scan_profiles, lambda known: dialog.show_profiles(known, chosen), self._desk.tell)

    def save_profile(self, dialog: ScanDialog) -> ProfileDialog:
        """Keep the fields of the scan dialog under a name and a key."""
        asked = ProfileDialog(dialog, dialog.profile())

        def submitted() -> None:
            try:
                profile = dialog.fields.profile(asked.name.text(), asked.hotkey())
            except StationError as error:
                refused(error)
            else:
                self._desk.library.ask(lambda station: save_scan_profile(station, profile), saved, refused)

        def saved(_: object) -> None:
            asked.accept()
            self._show_profiles(dialog, asked.name.text())

        def refused(error: Exception) -> None:
            asked.tell(words.fault(error, None, self._desk.catalogue))

        asked.submitted.connect(submitted)
        asked.open()
        return asked

    def import_files(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import"),
            "",
            self.tr("Pictures, PDF, OFD (*.jpg *.jpeg *.png *.tif *.tiff *.pdf *.ofd)"),
        )
        if files:
            self.import_paths([Path(file) for file in files])

    def import_paths(self, paths: list[Path]) -> None:
        """Files or folders, e.g. dropped on the window."""
        self._desk.start(Job.IMPORT, import_job(self._desk.case_no, paths))

    def read(self) -> None:
        self._desk.start(Job.READ, read_job(self._desk.case_no))

    def seal(self) -> SealDialog:
        dialog = SealDialog(
            self._window,
            self._desk.state.submissions,
            self._desk.state.findings or (),
            self._desk.state.submission.id,
        )
        dialog.explain_wanted.connect(self.answer)

        def filed(filing: Filing) -> None:
            dialog.show_findings(filing.findings or ())

        self._desk.filed.connect(filed)
        dialog.finished.connect(lambda _result: self._desk.filed.disconnect(filed))
        dialog.accepted.connect(lambda: self._desk.start(Job.SEAL, seal_job(self._desk.case_no, dialog.order())))
        dialog.open()
        return dialog

    def answer(self, finding: FindingView) -> ExplainDialog | InterventionDialog:
        """What the clerk can do about a finding at the desk."""
        return self.record(finding) if finding.is_record else self.explain(finding)

    def record(self, finding: FindingView) -> InterventionDialog:
        """Enter into the record of interventions."""
        dialog = InterventionDialog(self._window, finding)
        case_no = self._desk.case_no

        def accepted() -> None:
            entry = dialog.entry()
            self._desk.library.ask(
                lambda station: record_intervention(station, case_no, entry),
                lambda _recorded: self._desk.file(),
                self._desk.tell,
            )

        dialog.accepted.connect(accepted)
        dialog.open()
        return dialog

    def explain(self, finding: FindingView) -> ExplainDialog:
        """Ask for a reason and let the finding stand."""
        dialog = ExplainDialog(self._window, finding)
        case_no, submission = self._desk.case_no, self._desk.state.submission.id

        def accepted() -> None:
            reason = dialog.text()
            self._desk.library.ask(
                lambda station: explain(station, case_no, submission, finding.handle, reason),
                lambda _explained: self._desk.file(),
                self._desk.tell,
            )

        dialog.accepted.connect(accepted)
        dialog.open()
        return dialog

    def send(self) -> SendDialog:
        dialog = SendDialog(self._window, "", self._desk.state.training)
        dialog.accepted.connect(lambda: self._desk.start(Job.SEND, send_job(dialog.order())))
        dialog.open()
        return dialog


def _by_key(station: Station, hotkey: str) -> tuple[ScanProfile, str]:
    """The profile of a key, and the scanner it is for."""
    profile = profile_by_key(station, hotkey)
    return profile, profile.device or only_scanner(station)
