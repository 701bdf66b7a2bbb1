"""What can go wrong at the station, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class StationError(Exception):
    """`key` names the message and the remedy in the catalogue; `text` and `remedy` are their English form."""

    key: ClassVar[str] = "station.fault"
    text: ClassVar[str] = "It did not work: {detail}."
    remedy: ClassVar[str] = "Nothing was lost. Try again."
    exit_code: ClassVar[int] = 1

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class CaseNumberInvalid(StationError):
    key = "case.number-invalid"
    text = "{case_no} is no case number: one letter, 12 digits of the unit, year and month, 4 digits (23 characters)."
    remedy = "Type it as it stands on the acceptance form, e.g. A9901260000002026030001."
    exit_code = 2


class CaseFieldMissing(StationError):
    key = "case.field-missing"
    text = "The case needs its {field}."
    remedy = "Give it; it goes onto the cover and into the index."
    exit_code = 2


class CaseFileBroken(StationError):
    key = "case.file-broken"
    text = "{file} is no case list this station reads: {detail}."
    remedy = "Export it from the case system again as JSON, CSV or XML."
    exit_code = 2


class CaseMapBroken(StationError):
    key = "case.map-broken"
    text = "{file} is no mapping of a case list: {detail}."
    remedy = "Mend what it names; `juanzong case import --help` shows a whole one."
    exit_code = 2


class StoppedByHand(StationError):
    """The operator stopped it himself: told as a fact, not as a fault."""


class SealingStopped(StoppedByHand):
    key = "seal.stopped"
    text = "Sealing case {case_no} was stopped; there is no package."
    remedy = "Nothing was lost. Seal again when it suits: volumes that were finished are kept."


class PaperOut(StationError):
    key = "paper.out"
    text = "The paper of case {case_no} is with {person}."
    remedy = "Record first that it came back: `juanzong paper return {case_no}`."


class PaperNotOut(StationError):
    key = "paper.not-out"
    text = "The paper of case {case_no} was not handed to anybody."
    remedy = "Record where it lies with `juanzong paper store {case_no}`."


class PaperNowhere(StationError):
    key = "paper.nowhere"
    text = "Nobody recorded where the paper of case {case_no} lies."
    remedy = "Record it with `juanzong paper store {case_no}`."


class BarcodeTaken(StationError):
    key = "paper.barcode-taken"
    text = "The label {barcode} is on the paper of case {other}."
    remedy = "Read the label again, or put another one on."
    exit_code = 2


class NothingToImport(StationError):
    key = "import.nothing"
    text = "{path} holds no picture, no PDF and no OFD."
    remedy = "Choose a folder with JPEG, PNG, TIFF, PDF or OFD files."
    exit_code = 2


class FileTooLarge(StationError):
    key = "import.too-large"
    text = "{file} has {megabytes} MB; at most {limit} MB are taken."
    remedy = "Split the file, or scan the paper here."


class PdfLocked(StationError):
    key = "import.pdf-locked"
    text = "{file} is protected by a password."
    remedy = "Ask its sender for a copy without a password; the file stays where it is."


class PdfBroken(StationError):
    key = "import.pdf-broken"
    text = "{file} cannot be opened as a PDF: {detail}."
    remedy = "Get a whole copy of the file, or scan the paper."


class NoScanner(StationError):
    key = "scan.no-device"
    text = "No scanner was found."
    remedy = "Switch it on, check its cable or network, then look again with `juanzong devices`."
    exit_code = 3


class SeveralScanners(StationError):
    key = "scan.several-devices"
    text = "There are several scanners: {devices}."
    remedy = "Choose one with --device, or save a scan profile that names it."
    exit_code = 2


class NoPages(StationError):
    key = "case.no-pages"
    text = "Case {case_no} has no pages yet."
    remedy = "Scan or import some first."


class PagesPending(StationError):
    key = "case.pages-pending"
    text = "{count} pages of case {case_no} are not read yet."
    remedy = "Run `juanzong process {case_no}` first."


class BatchUnfinished(StationError):
    key = "case.batch-unfinished"
    text = "Batch {batch} of case {case_no} stopped in the middle ({reason})."
    remedy = "Scan the rest of the pile, then go on."


class ImportUnfinished(BatchUnfinished):
    key = "case.import-unfinished"
    text = "The last import into case {case_no} stopped in the middle; files may be missing."
    remedy = "Import the files again; those that are in the case already are passed over."


class ImportNotCounted(StationError):
    key = "batch.import-not-counted"
    text = "Batch {batch} came from files; it has no sheets to count."
    remedy = "Import the files again; those that are in the case already are passed over."
    exit_code = 2


class PagesFailed(StationError):
    key = "case.pages-failed"
    text = "{count} pages of case {case_no} could not be read, the first is page {page}: {detail}"
    remedy = "The originals are safe. Scan those pages again."


class ForeignSeparator(StationError):
    key = "case.foreign-separator"
    text = "Page {page} of case {case_no} is a separator sheet of case {other}."
    remedy = "See whether the pages after it belong to that case; then set the sheet aside."


class KindUnknown(StationError):
    key = "separator.kind-unknown"
    text = "The standard knows no document kind {kind}."
    remedy = "Name it by its code, as `juanzong catalogue` shows it, e.g. GS01."
    exit_code = 2


class VolumeUnknown(StationError):
    key = "separator.volume-unknown"
    text = "The standard knows no volume {volume}; it knows {known}."
    remedy = "Choose one of those with --volume."
    exit_code = 2


class SeparatorKeyBroken(StationError):
    key = "separator.key-broken"
    text = "The key of the separator sheets is damaged: {file}."
    remedy = "Restore the file from the backup or from another station of the centre; without it no sheet is believed."
    exit_code = 6


class PageAside(StationError):
    key = "page.aside"
    text = "Page {page} is set aside and does not count."
    remedy = "Take it back first, or name the page that stands for it (`juanzong pages list --all`)."
    exit_code = 2


class PageCounts(StationError):
    key = "page.counts"
    text = "Page {page} counts already."
    remedy = "Only pages that were set aside can be taken back (`juanzong pages list --all`)."
    exit_code = 2


class NothingToUndo(StationError):
    key = "page.nothing-to-undo"
    text = "Case {case_no} has no step on its pages left to undo."
    remedy = "Pages of a pile that was scanned are set aside instead."


class CaseSealed(StationError):
    key = "case.sealed"
    text = "Case {case_no} is sealed in {package}; its pages stand as they are."
    remedy = "Pages can be added for a later submission; others change only once the platform has returned the package."


class PageUnfiled(StationError):
    key = "filing.page-unfiled"
    text = "Page {page} stands in no document: it is not read yet, set aside, or a separator sheet."
    remedy = "Read the case with `juanzong process`, or take the page back first."
    exit_code = 2


class AlreadyFirst(StationError):
    key = "filing.already-first"
    text = "A document begins with page {page} already."
    remedy = "Name the page that shall be the first of the second document."
    exit_code = 2


class NothingBefore(StationError):
    key = "filing.nothing-before"
    text = "Before the document of page {page} there is none to join it to."
    remedy = "Name a page of the document it belongs to."
    exit_code = 2


class SameDocument(StationError):
    key = "filing.same-document"
    text = "Pages {page} and {other} stand in one document."
    remedy = "Name a page of another document."
    exit_code = 2


class OtherVolume(StationError):
    key = "filing.other-volume"
    text = "The documents of pages {page} and {other} belong into different volumes."
    remedy = "Say first into which volume the document belongs: K at the desk, or `juanzong documents set`."
    exit_code = 2


class DateInvalid(StationError):
    key = "filing.date-invalid"
    text = "{date} is no date."
    remedy = "Write it as year-month-day, e.g. 2026-03-18; or none, where the paper has none."
    exit_code = 2


class SheetUnknown(StationError):
    key = "scan.sheet-unknown"
    text = "Case {case_no} has no sheet {sheet} that was scanned here."
    remedy = "Name a sheet as `juanzong pages list` shows it; a page that came as a file is replaced by its number."
    exit_code = 2


class NoFronts(StationError):
    key = "scan.no-fronts"
    text = "Case {case_no} has no pile of fronts that these could be the backs of."
    remedy = "Scan the fronts first, from the feeder on one side; then turn the pile and scan its backs."
    exit_code = 2


class NotOnePage(StationError):
    key = "import.not-one-page"
    text = "One page is replaced by one page; {file} has {pages}."
    remedy = "Choose a file with that page alone."
    exit_code = 2


class ScanProfileUnknown(StationError):
    key = "scan.profile-unknown"
    text = "There is no scan profile {name}; there are {known}."
    remedy = "Name one of those, or save it with `juanzong scan-profile save`."
    exit_code = 2


class ScanProfileInvalid(StationError):
    key = "scan.profile-invalid"
    text = "Scan profile {name} cannot be used: {detail}."
    remedy = "Correct that setting and try again."
    exit_code = 2


class HotkeyTaken(StationError):
    key = "scan.hotkey-taken"
    text = "The key {hotkey} already starts the scan profile {name}."
    remedy = "Choose another key, or take it from that profile first."
    exit_code = 2


class OriginalAltered(StationError):
    key = "store.original-altered"
    text = "The original of page {page} is no longer what was captured (SHA-256 differs)."
    remedy = "Do not go on. Tell the administrator; the trail says when it was whole."
    exit_code = 5


class OriginalMissing(StationError):
    key = "store.original-missing"
    text = "The original of page {page} is gone: {file}."
    remedy = "Do not go on. Restore the home folder from the backup, or scan the page again."
    exit_code = 5


class ReadingSettingBroken(StationError):
    key = "process.setting-broken"
    text = "The setting {file} for reading cannot be used: {detail}."
    remedy = "Mend it, or move it away: without it pages are read on this machine."
    exit_code = 2


class SampleMissing(StationError):
    key = "demo.sample-missing"
    text = "The sample case cannot be drawn: {detail}"
    remedy = "Run the demo from the repository with installer/run demo."
    exit_code = 2


class SecondReadingFailed(StationError):
    key = "check.second-reading-failed"
    text = "The dates of page {page} could not be read a second time: the reading process ended."
    remedy = "Check again. If the same page fails again, look whether memory is short."


class FindingUnknown(StationError):
    key = "check.finding-unknown"
    text = "Case {case_no} has no finding {handle}."
    remedy = "Run `juanzong check {case_no}` and name one as it stands there."
    exit_code = 2


class SubmissionUnknown(StationError):
    key = "case.submission-unknown"
    text = "The standard knows no submission {submission}; it knows {known}."
    remedy = "Choose one of those with --submission."
    exit_code = 2


class NoDisplay(StationError):
    key = "desk.no-display"
    text = "There is no display to open the desk on."
    remedy = "Start it in a graphical session; `juanzong demo` and all other commands run without one."
    exit_code = 2


class QtMissing(StationError):
    key = "desk.qt-missing"
    text = "The window toolkit is not installed ({detail})."
    remedy = "Run installer/run once; all commands but the desk work without it."
    exit_code = 2


class BackupAltersData(StationError):
    key = "backup.alters-data"
    text = "The second disk gives {file} back other than it was written."
    remedy = "Take another disk for the backup. The library here is untouched."
    exit_code = 5


class BackupInside(StationError):
    key = "backup.inside"
    text = "The folder {folder} lies in the station's own folder."
    remedy = "Choose a folder on another disk: a copy on the same disk is lost with it."
    exit_code = 2


class FileUnreadable(StationError):
    key = "file.unreadable"
    text = "{file} cannot be read: {detail}."
    remedy = "Nothing of it was taken. Put its medium in again, or take it from another copy."
    exit_code = 2


class FileNotWritten(StationError):
    key = "file.not-written"
    text = "{file} could not be written: {detail}."
    remedy = "Nothing was changed. Name a folder that is there, has room and may be written to."
    exit_code = 2


class OutputIsOriginal(StationError):
    key = "file.is-original"
    text = "{file} is the original itself, and that stays as it is."
    remedy = "Name another file for what is made of it."
    exit_code = 2


# Nothing is wrong with a case that ends in one of these: its pages are not all read yet.
NOT_YET = (NoPages, PagesPending, PagesFailed, BatchUnfinished)
