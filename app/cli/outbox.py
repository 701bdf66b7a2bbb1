"""`juanzong outbox`: list, send, export, import-receipts."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.carrying import export_packages
from app.station.reasons import fault_of
from app.station.receipts import import_receipts, receipt_of
from app.station.sending import destination_url, send_all
from app.station.station import open_station
from app.store.records import Outgoing
from transfer.errors import TransferError
from transfer.types import SendState


@click.group(cls=SharedGroup)
def outbox() -> None:
    """Sealed packages on their way."""


@outbox.command("list")
@click.pass_obj
def list_(out: Output) -> None:
    """Every package: where it is, and what it waits for."""
    with open_station(out.settings.home) as station:
        items = station.store.outbox.all()
    out.result([_json(out, item) for item in items])
    if not items:
        out.line("outbox.empty")
        return
    out.table(
        ("case_no", "file", "bytes", "state", "sent", "next", "reason"),
        [
            (
                item.package.case_no,
                item.package.id,
                item.package.size,
                out.words.line(f"state.{item.state}"),
                item.sent,
                item.next_at,
                _why(out, item),
            )
            for item in items
        ],
    )


@outbox.command("send")
@click.option("--to", "url", help="The platform's address; the training platform's when left out.")
@click.option("--set-aside", is_flag=True, help="Send those that were set aside, too.")
@click.pass_obj
def send(out: Output, url: str | None, set_aside: bool) -> None:
    """Send what has not arrived; goes on where it stopped."""
    with open_station(out.settings.home) as station, out.progress("progress.sending", None) as bar:
        outcomes = send_all(station, destination_url(station, url), set_aside=set_aside, on_progress=bar)
        receipts = {item.package.id: receipt_of(station, item.package.id) for item, _ in outcomes}
    out.result([{**_json(out, item), "error": error.key if error else None} for item, error in outcomes])
    for item, error in outcomes:
        receipt = receipts[item.package.id]
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
    if not outcomes:
        out.line("outbox.empty")
    failed: list[TransferError] = [error for _, error in outcomes if error is not None]
    if failed:
        raise failed[0]
    click.get_current_context().exit(1 if any(item.state is SendState.REJECTED for item, _ in outcomes) else 0)


@outbox.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(out: Output, folder: Path) -> None:
    """Copy the waiting packages into FOLDER, for carrying by hand."""
    with open_station(out.settings.home) as station:
        copies = export_packages(station, folder)
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


def _why(out: Output, item: Outgoing) -> str | None:
    """What a package waits for, in the clerk's language, or why the platform sent it back, in the platform's."""
    fault = fault_of(item)
    return item.reason if fault is None else out.words.error(fault).message


def _json(out: Output, item: Outgoing) -> dict[str, object]:
    return {
        "package": item.package.id,
        "case": item.package.case_no,
        "file": str(item.package.file),
        "size": item.package.size,
        "state": item.state.value,
        "sent": item.sent,
        "attempts": item.attempts,
        "next_at": item.next_at,
        "reason": _why(out, item),
    }
