"""What can go wrong at a device, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class DriverError(Exception):
    """A device did not do what was asked.

    `key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form, so
    that the package speaks for itself at a Python prompt. `params` fill the placeholders of both.
    """

    key: ClassVar[str] = "driver.fault"
    text: ClassVar[str] = "The device reported a fault: {detail}."
    remedy: ClassVar[str] = "Look at the device's own display, then try again."
    exit_code: ClassVar[int] = 3

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class ScannerJammed(DriverError):
    key = "scanner.jam"
    text = "Paper is jammed in the scanner at page {page}."
    remedy = (
        "The pages before it are kept. Open the scanner, take the jammed sheet out, lay it and the rest back and go on."
    )


class SheetsStuckTogether(DriverError):
    key = "scanner.multifeed"
    text = "The scanner drew in several sheets at once at page {page}."
    remedy = "Take the sheets out, fan them, lay them back and go on from this sheet."


class CoverOpen(DriverError):
    key = "scanner.cover-open"
    text = "The scanner's cover is open (page {page})."
    remedy = "Close the cover and go on; the pages before this one are kept."


class FeederEmpty(DriverError):
    key = "scanner.feeder-empty"
    text = "There is no paper in the feeder."
    remedy = "Lay the sheets into the feeder until it grips them, then scan again."


class DeviceBusy(DriverError):
    key = "scanner.busy"
    text = "The scanner is in use by another program."
    remedy = "Wait until it has finished or close the other program, then scan again."


class DeviceOffline(DriverError):
    key = "scanner.offline"
    text = "The scanner does not answer ({detail})."
    remedy = "Check that it is switched on and its cable is in, then look at the list of devices again."


class DeviceFailed(DriverError):
    key = "scanner.io"
    text = "The connection to the scanner broke at page {page} ({detail})."
    remedy = "The pages before it are kept. Check the cable, switch the scanner off and on, and scan this sheet again."


class SettingRefused(DriverError):
    key = "scanner.setting-refused"
    text = "The scanner does not take this setting: {detail}."
    remedy = "Choose another value; the list of devices shows what the scanner can do."


class SettingInexact(DriverError):
    key = "scanner.setting-inexact"
    text = "The scanner would use another resolution or mode than asked: {detail}."
    remedy = "Choose a resolution and mode that this scanner has. Nothing was scanned."


class PageIncomplete(DriverError):
    key = "scanner.short-page"
    text = "Page {page} came incomplete: {detail}."
    remedy = "It was not taken. Scan this sheet again."


class ScannerOutOfMemory(DriverError):
    key = "scanner.no-memory"
    text = "The scanner or this machine ran out of memory at page {page}."
    remedy = "Close other programs or choose a lower resolution, and scan this sheet again."


class AccessDenied(DriverError):
    key = "scanner.access"
    text = "Access was denied: {detail}."
    remedy = "Ask the administrator to give this account the right to use the scanner and to write to the case folder."


class ScanCancelled(DriverError):
    key = "scanner.cancelled"
    text = "The scan was broken off at the scanner (page {page})."
    remedy = "The pages before it are kept. Lay the remaining sheets back and go on."


class ScannerStalled(DriverError):
    key = "scanner.stalled"
    text = "The scanner has sent nothing for too long (page {page})."
    remedy = "The pages before it are kept. Switch the scanner off and on and scan this sheet again."


class WorkerDied(DriverError):
    key = "scanner.worker-died"
    text = "The scanner's driver stopped unexpectedly at page {page} ({detail})."
    remedy = "The pages before it are kept. Switch the scanner off and on and scan this sheet again."


class SpoolFull(DriverError):
    key = "scanner.disk-full"
    text = "There is no room on the disk for page {page}."
    remedy = "The pages before it are kept. Make room on the disk and scan this sheet again."
    exit_code = 5


class ScanUnsupported(DriverError):
    key = "scanner.unsupported"
    text = "The scanner or its driver cannot do this: {detail}."
    remedy = "Choose another source or mode."


class SpoolOccupied(DriverError):
    key = "scanner.spool-occupied"
    text = "{file} already exists; a page is never written over."
    remedy = "Recover the batch first, then go on after its last page."
    exit_code = 5


class SpoolInUse(DriverError):
    key = "scanner.spool-in-use"
    text = "Another scan is still writing to {folder}."
    remedy = "Wait a few seconds until it has ended, then try again."
    exit_code = 5


class DiscoveryFailed(DriverError):
    key = "scanner.discovery"
    text = "The list of scanners could not be made: {detail}."
    remedy = "Switch off devices that do not answer, or name the scanner directly."


class PassesDiffer(DriverError):
    key = "scanner.passes-differ"
    text = "There are {fronts} fronts but {backs} backs: a sheet was missed or drawn in twice."
    remedy = "All pages are kept, none is paired. Compare them with the paper and scan the pass that is wrong again."


class SeparatorFontMissing(DriverError):
    key = "scanner.separator-font"
    text = "The font for separator sheets is missing: {file}."
    remedy = "Install the Debian package fonts-noto-cjk."


class HotFolderGone(DriverError):
    key = "scanner.hot-folder-gone"
    text = "The folder that the scanner puts its files in is not there: {folder}."
    remedy = "Connect the share or choose another folder; what was taken is kept, what is waiting there stays."


class ArrivalBroken(DriverError):
    key = "scanner.arrival-broken"
    text = "A file taken from the hot folder is missing or its record is damaged: {file}."
    remedy = "Check the disk. Put both back from a backup, or give the hot folder a new spool; nothing was taken now."
    exit_code = 5
