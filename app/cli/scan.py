"""`juanzong scan`."""

from __future__ import annotations

import signal
import threading
from dataclasses import asdict, replace
from typing import Any

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.cli.scan_options import aim_of, pictures_in, place_options, profile_with, setting_options
from app.i18n.settings import taken_otherwise
from app.station.devices import only_scanner
from app.station.scan_profiles import ScanProfile, scan_profile
from app.station.scanning import Scanned, rescan_sheet
from app.station.scanning import scan as scan_pile
from app.station.station import Station, open_station
from app.store.records import Aim, AimKind, Page
from drivers.errors import PassesDiffer
from drivers.scanners import error_for

PLAIN = ScanProfile(name="-")


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--profile", metavar="NAME", help="A scan profile; other options change it for this time.")
@place_options
@setting_options
@click.pass_obj
def scan(out: Output, /, case_no: str, profile: str | None, **given: Any) -> None:
    """Scan a pile of paper into the case CASE_NO. A pile that stopped goes on where it stopped."""
    with open_station(out.settings.home) as station:
        station.store.cases.get(case_no)
        how = profile_with(scan_profile(station, profile) if profile else PLAIN, given)
        aim = aim_of(given, how)
        done = _scan(out, station, case_no, how, aim, given)
    _tell(out, case_no, given["rescan_sheet"], done)
    if done.fault is not None:
        raise error_for(done.fault)
    if done.batch.state == "complete":
        return
    if aim.kind is AimKind.BACKS:
        raise PassesDiffer(fronts=done.sheets.expected_sheets, backs=done.sheets.faces)
    told = {key: _numbers(value) for key, value in asdict(done.sheets).items()}
    out.line("scan.unreconciled", expected=told.pop("expected_sheets"), **told)
    click.get_current_context().exit(1)


def _scan(out: Output, station: Station, case_no: str, how: ScanProfile, aim: Aim, given: dict[str, Any]) -> Scanned:
    pictures = pictures_in(given["feed"])
    pile = how.pile("" if how.device else only_scanner(station), given["sheets"])
    pile = replace(pile, settings=replace(pile.settings, feed=pictures))
    stop = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with out.progress("progress.scanning", len(pictures) or None) as bar:

        def arrived(page: Page) -> None:
            bar(page.sequence)

        if given["rescan_sheet"]:
            return rescan_sheet(station, case_no, given["rescan_sheet"], pile, on_page=arrived, cancelled=stop.is_set)
        return scan_pile(
            station,
            case_no,
            pile,
            aim=aim,
            from_sheet=given["from_sheet"],
            new_pile=given["new_pile"],
            on_page=arrived,
            cancelled=stop.is_set,
        )


def _tell(out: Output, case_no: str, rescanned: int | None, done: Scanned) -> None:
    out.result(
        {
            "case": case_no,
            "batch": done.batch.number,
            "pages": done.pages,
            "state": done.batch.state,
            "fault": done.fault.code.value if done.fault else None,
            "sheets": asdict(done.sheets),
            "arrived": done.arrived,
            "went_on_at": done.went_on_at,
            "lay_back_from": done.lay_back_from,
            "inexact": [asdict(setting) for setting in done.inexact],
        }
    )
    if done.went_on_at is not None:
        out.line("scan.went-on", batch=done.batch.number, sheet=done.went_on_at)
    if rescanned is not None:
        out.line("scan.rescanned", sheet=rescanned, faces=done.arrived)
    else:
        out.line("scan.done", pages=done.pages, batch=done.batch.number)
    if done.inexact:
        out.line("scan.inexact", settings=taken_otherwise(out.words, done.inexact))
    if done.lay_back_from is not None and done.pages:
        out.line("scan.lay-back", sheet=done.lay_back_from)


def _numbers(value: object) -> object:
    """Numbers of sheets as a clerk reads them; a dash for none."""
    return "、".join(map(str, value)) or "-" if isinstance(value, tuple) else ("-" if value is None else value)
