"""The jobs as the station does them, wrapped so that they report to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.desk.work import Doing, Report
from app.station.importing import Imported, import_files
from app.station.keys import open_signer
from app.station.metering import Meter
from app.station.platform_process import platform_running
from app.station.processing import Done, process
from app.station.reading_ahead import scan_and_read
from app.station.reading_pool import open_reading_pool
from app.station.scanning import Aim, Page, Pile, Scanned, rescan_sheet, scan
from app.station.sealing import seal
from app.station.sending import destination_url, send_all
from app.station.station import Station
from app.station.views import PageView, page_view
from drivers.scanners.types import Event, PageDone

APPEND = Aim()


@dataclass(frozen=True)
class ScanOrder:
    """Where the pages of a pile go. `sheet`: that sheet of the case anew, and no other."""

    aim: Aim = APPEND
    sheet: int | None = None


@dataclass(frozen=True)
class SealOrder:
    """What the clerk confirmed. `key`: a PKCS#12 file; None takes the training key."""

    submission: str
    key: Path | None = None
    password: str | None = None


@dataclass(frozen=True)
class SendOrder:
    """Where to. `training` starts the training platform on this computer for the time of sending."""

    url: str | None
    training: bool


@dataclass(frozen=True)
class Fed:
    """What came of a pile. `backs_follow`: it was one of fronts, whose backs come in a second pass (手动双面).
    `not_read`: what kept its pages from being read as they came, if anything did."""

    scanned: Scanned
    backs_follow: bool
    not_read: BaseException | None = None


def scan_job(case_no: str, order: ScanOrder, pile: Pile, *, backs_follow: bool = False) -> Doing:
    """A pile that stopped tells why in what comes of it: its pages are safe."""
    of = len(pile.settings.feed) or pile.settings.page_limit or 0

    def doing(station: Station, report: Report) -> Fed:
        report.progress(0, of)

        def told(event: Event) -> None:
            if isinstance(event, PageDone):
                report.progress(event.record.sequence, of)

        def shown(page: Page) -> None:
            report.page(page_view(station, case_no, page))

        def read(reading: Station, done: Done) -> None:
            report.page(_read_view(reading, case_no, done))

        stopped = report.stopped
        if order.sheet is not None:
            done = rescan_sheet(station, case_no, order.sheet, pile, on_page=shown, on_event=told, cancelled=stopped)
        elif order.aim == APPEND:
            ahead = scan_and_read(station, case_no, pile, on_page=shown, on_read=read, on_event=told, cancelled=stopped)
            return Fed(ahead.scanned, backs_follow, ahead.fault)
        else:
            done = scan(station, case_no, pile, aim=order.aim, on_page=shown, on_event=told, cancelled=stopped)
        return Fed(done, backs_follow)

    return doing


def import_job(case_no: str, paths: Sequence[Path], aim: Aim = APPEND) -> Doing:
    def doing(station: Station, report: Report) -> Imported:
        report.progress(0, 0)
        return import_files(
            station,
            case_no,
            paths,
            aim=aim,
            on_page=lambda page: report.page(page_view(station, case_no, page)),
            on_progress=report.progress,
            cancelled=report.stopped,
        )

    return doing


def read_job(case_no: str) -> Doing:
    """Reads the pages still to do; returns how many were read."""

    def doing(station: Station, report: Report) -> int:
        def stepped(done: Done) -> None:
            report.page(_read_view(station, case_no, done))
            report.progress(done.done, done.of)

        report.progress(0, 0)
        with open_reading_pool(station.home) as pool:
            return process(station, case_no, pool, on_page=stepped, cancelled=report.stopped)

    return doing


def _read_view(station: Station, case_no: str, done: Done) -> PageView:
    """The page as it is now that it was read, or could not be."""
    view = page_view(station, case_no, done.page)
    if done.result is None:
        return replace(view, failure=str(done.error))
    result = done.result
    return replace(view, picture=result.evidence, thumbnail=result.thumbnail, blank=result.analysis.blank, failure=None)


def seal_job(case_no: str, order: SealOrder) -> Doing:
    def doing(station: Station, report: Report) -> str:
        report.progress(0, 0)
        with open_signer(station, order.key, order.password) as signer:
            sealed = seal(
                station, case_no, order.submission, signer, on_progress=report.progress, cancelled=report.stopped
            )
        return sealed.id

    return doing


def send_job(order: SendOrder) -> Doing:
    """Sends all that waits. Raises the first error; the package it concerns stays in the outbox."""

    def doing(station: Station, report: Report) -> int:
        if order.training:
            with platform_running(station.home) as url:
                return _send(station, url, report)
        return _send(station, destination_url(station, order.url), report)

    return doing


def _send(station: Station, url: str, report: Report) -> int:
    outcomes = send_all(station, url, on_progress=report.progress, should_stop=report.stopped, meter=Meter(station))
    for _, error in outcomes:
        if error is not None:
            raise error
    return len(outcomes)
