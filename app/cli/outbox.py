"""`juanzong outbox`: list, units, send, background, pause, resume, cancel, retry-now, ferry, export, import-receipts.

`media` is in `app.cli.media`.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.media import outbox_media
from app.cli.output import Output
from app.station.background import switch_off, switch_on, system_run, user_units
from app.station.carrying import export_packages
from app.station.ferrying import ferry_all
from app.station.handing_over import held_by_platform
from app.station.metering import Meter
from app.station.outbox_acts import cancel as cancel_packages
from app.station.outbox_acts import pause as pause_packages
from app.station.outbox_acts import resume as resume_packages
from app.station.outbox_acts import retry_now
from app.station.outbox_stand import Stand, standing
from app.station.receipts import import_receipts, receipt_of
from app.station.sending import Outcome, destination_url, send_all
from app.station.sending_loop import keep_sending
from app.station.station import Station, open_station
from app.station.units import Direct, Gateway, load_units, unit_by
from app.store.home import Home
from app.store.records import Outgoing
from transfer.errors import TransferError
from transfer.ferry import VOLUME_BYTES
from transfer.send import Pace
from transfer.types import SendState

WATCH_PACE = Pace(receipt_wait=15.0)  # a platform that checks for long must not hold up the next package


@click.group(cls=SharedGroup)
def outbox() -> None:
    """Sealed packages on their way."""


outbox.add_command(outbox_media)


@outbox.command("list")
@click.pass_obj
def list_(out: Output) -> None:
    """Every package: where it is, when it is tried next, and what it waits for."""
    with open_station(out.settings.home) as station:
        meter = Meter(station)
        stands = [standing(station, item, meter) for item in station.store.outbox.all()]
    out.result([_json(out, stand) for stand in stands])
    if not stands:
        out.line("outbox.empty")
        return
    out.table(
        ("case_no", "file", "bytes", "state", "sent", "next", "reason"),
        [
            (
                stand.item.package.case_no,
                stand.item.package.id,
                stand.item.package.size,
                out.words.line(f"state.{stand.state}"),
                stand.item.sent,
                stand.next_at,
                _why(out, stand),
            )
            for stand in stands
        ],
    )


@outbox.command("units")
@click.pass_obj
def units(out: Output) -> None:
    """The unit directory `units.toml`: who is reached by which way."""
    known = load_units(Home(out.settings.home))
    out.result([{"code": unit.code, "name": unit.name, "route": unit.route, "where": unit.where} for unit in known])
    if not known:
        out.line("units.none")
        return
    rows = [(unit.code, unit.name, out.words.line(f"word.route.{unit.route}"), unit.where) for unit in known]
    out.table(("code", "unit", "route", "where"), rows)


@outbox.command("send")
@click.option("--to", "url", help="The platform's address; the training platform's when left out.")
@click.option("--unit", help="The platform of this unit, by its code or name in the unit directory.")
@click.option("--set-aside", is_flag=True, help="Send those that were set aside, too.")
@click.option("--watch", is_flag=True, help="Go on sending what becomes due, until stopped.")
@click.option("--metered", is_flag=True, help="Once, over a metered connection too, whatever the rule says.")
@click.pass_obj
def send(out: Output, url: str | None, unit: str | None, set_aside: bool, watch: bool, metered: bool) -> None:
    """Send what has not arrived; goes on where it stopped.

    Once and at once; with --watch for good, keeping pauses and the timetable `sending.toml` in the home. What that says
    of metered connections holds for both.
    """
    if watch and metered:
        raise click.UsageError("--watch | --metered")
    if url and unit:
        raise click.UsageError("--to | --unit")
    if unit:
        url = unit_by(Home(out.settings.home), Direct, unit).url
    with open_station(out.settings.home) as station:
        if watch:
            if set_aside:
                resume_packages(station, ())
            _watch(out, station, destination_url(station, url))
            return
        to, meter = destination_url(station, url), Meter(station)
        with out.progress("progress.sending", None) as bar:
            outcomes = send_all(station, to, set_aside=set_aside, on_progress=bar, meter=None if metered else meter)
        out.result(_outcomes(out, station, outcomes, meter))
        for item, error in outcomes:
            _tell(out, station, item, error)
    if not outcomes:
        out.line("outbox.empty")
    failed: list[TransferError] = [error for _, error in outcomes if error is not None]
    if failed:
        raise failed[0]
    click.get_current_context().exit(1 if any(item.state is SendState.REJECTED for item, _ in outcomes) else 0)


def _watch(out: Output, station: Station, url: str) -> None:
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    out.line("outbox.watching", url=url)
    keep_sending(
        station,
        url,
        sleep=over.wait,
        should_stop=over.is_set,
        on_outcome=lambda outcome: _tell(out, station, *outcome),
        pace=WATCH_PACE,
    )


def _tell(out: Output, station: Station, item: Outgoing, error: TransferError | None) -> None:
    receipt = receipt_of(station, item.package.id)
    if error is not None:
        told = out.words.error(error)
        line = "outbox.set-aside" if item.state is SendState.QUARANTINED else "outbox.waits"
        out.line(line, package=item.package.id, reason=told.message, remedy=told.remedy)
    elif receipt is not None and item.state is SendState.ARRIVED:
        out.line(
            "outbox.arrived", package=item.package.id, sequence=receipt.platform_sequence, platform=receipt.platform
        )
    else:
        out.line("outbox.rejected", package=item.package.id, reasons=item.reason)


def _act(out: Output, act: Callable[[Station, Sequence[str]], list[Outgoing]], packages: tuple[str, ...]) -> None:
    with open_station(out.settings.home) as station:
        meter = Meter(station)
        stands = [standing(station, item, meter) for item in act(station, packages)]
    out.result([_json(out, stand) for stand in stands])
    for stand in stands:
        out.line("outbox.now", package=stand.item.package.id, state=out.words.line(f"state.{stand.state}"))
    if not stands:
        out.line("outbox.empty")


@outbox.command("pause")
@click.argument("packages", nargs=-1)
@click.pass_obj
def pause(out: Output, packages: tuple[str, ...]) -> None:
    """Hold PACKAGES back, or all of them; one that is being sent stops at its next chunk."""
    _act(out, pause_packages, packages)


@outbox.command("resume")
@click.argument("packages", nargs=-1)
@click.pass_obj
def resume(out: Output, packages: tuple[str, ...]) -> None:
    """Let PACKAGES that were paused, cancelled or set aside go again, or all of them."""
    _act(out, resume_packages, packages)


@outbox.command("cancel")
@click.argument("packages", nargs=-1, required=True)
@click.pass_obj
def cancel(out: Output, packages: tuple[str, ...]) -> None:
    """Do not send PACKAGES; they stay on the disk."""
    _act(out, cancel_packages, packages)


@outbox.command("retry-now")
@click.argument("packages", nargs=-1)
@click.pass_obj
def retry_now_(out: Output, packages: tuple[str, ...]) -> None:
    """Forget the pause after a failure: PACKAGES, or all, are due at once."""
    _act(out, retry_now, packages)


@outbox.command("background")
@click.argument("switch", type=click.Choice(["on", "off"]))
@click.pass_obj
def background(out: Output, switch: str) -> None:
    """Go on sending when the desk is closed, as a service of this login; `off` takes it away."""
    if switch == "on":
        out.line("background.on", file=switch_on(Home(out.settings.home), user_units(), system_run))
    else:
        switch_off(user_units(), system_run)
        out.line("background.off")


@outbox.command("ferry")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--unit", help="Instead of FOLDER: the unit, by its code or name in the unit directory.")
@click.option("--volume-mb", type=click.IntRange(1, 2000), help="Largest file; the unit's, or 500, when left out.")
@click.option("--again", is_flag=True, help="Lay in once more what still waits for its receipt.")
@click.option("--rest", is_flag=True, help="Leave out what the platform holds of an upload that broke off.")
@click.pass_obj
def ferry(out: Output, folder: Path | None, unit: str | None, volume_mb: int | None, again: bool, rest: bool) -> None:
    """Lay what waits into the FOLDER of a gap device, and take the receipts that came back into it."""
    if unit and folder is None:
        gateway = unit_by(Home(out.settings.home), Gateway, unit)
        folder, volume_mb = gateway.folder, volume_mb or gateway.volume_mb
    elif folder is None or unit:
        raise click.UsageError("FOLDER | --unit")
    volume_bytes = volume_mb * 1_000_000 if volume_mb else VOLUME_BYTES
    with open_station(out.settings.home) as station, out.progress("progress.sending", None) as bar:
        outcomes = ferry_all(station, folder, volume_bytes=volume_bytes, again=again, rest=rest, on_progress=bar)
        out.result(_outcomes(out, station, outcomes, Meter(station)))
        for item, error in outcomes:
            if error is None and item.state is SendState.AWAITING_RECEIPT:
                held = held_by_platform(item)
                line = "ferry.rest-laid" if held else "ferry.laid"
                out.line(line, package=item.package.id, folder=folder, mb=round(held / 1e6, 1))
            else:
                _tell(out, station, item, error)
    if not outcomes:
        out.line("outbox.empty")
    failed = [error for _, error in outcomes if error is not None]
    if failed:
        raise failed[0]


@outbox.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--part-mb", type=click.IntRange(1, 100_000), help="Largest file; the standard's when left out.")
@click.pass_obj
def export(out: Output, folder: Path, part_mb: int | None) -> None:
    """Copy the waiting packages into FOLDER, for carrying by hand; `verify` puts parts together again."""
    with open_station(out.settings.home) as station:
        largest = part_mb or station.profile.rules.package.part_mb
        copies = export_packages(station, folder, largest * 1_000_000 if largest else None)
    out.result([str(copy) for copy in copies])
    for copy in copies:
        out.line("outbox.exported", package=copy.stem, folder=folder)


@outbox.command("import-receipts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_receipts_(out: Output, paths: tuple[Path, ...]) -> None:
    """Take receipts that came on another channel."""
    with open_station(out.settings.home) as station:
        taken = import_receipts(station, paths)
    out.result([{"package": receipt.package_id, "verdict": receipt.verdict.value} for receipt in taken])
    out.line("outbox.imported", count=len(taken))


def _why(out: Output, stand: Stand) -> str | None:
    """What a package waits for, in the clerk's language, or why the platform sent it back, in the platform's."""
    return stand.item.reason if stand.fault is None else out.words.error(stand.fault).message


def _outcomes(out: Output, station: Station, outcomes: Sequence[Outcome], meter: Meter) -> list[dict[str, object]]:
    return [
        {**_json(out, standing(station, item, meter)), "error": error.key if error else None}
        for item, error in outcomes
    ]


def _json(out: Output, stand: Stand) -> dict[str, object]:
    item = stand.item
    return {
        "package": item.package.id,
        "case": item.package.case_no,
        "file": str(item.package.file),
        "size": item.package.size,
        "state": stand.state.value,
        "sent": item.sent,
        "attempts": item.attempts,
        "next_at": stand.next_at,
        "reason": _why(out, stand),
    }
