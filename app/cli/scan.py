"""`juanzong devices`, `scan`, `import`, `process`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.errors import NoScanner
from app.station.importing import import_files
from app.station.processing import Done
from app.station.processing import process as process_case
from app.station.scanning import Pile
from app.station.scanning import scan as scan_pile
from app.station.separating import separator_faces
from app.station.station import open_station
from app.store.records import Page
from drivers.scanners import error_for, list_devices
from drivers.scanners.types import Mode, ScanSettings, Source
from ocr.pool import open_pool

PICTURES = (".png", ".jpg", ".jpeg", ".pnm", ".ppm", ".pgm", ".pbm")


@click.command(cls=SharedCommand)
@click.pass_obj
def devices(out: Output) -> None:
    """Scanners this station can reach."""
    found = list_devices()
    out.result([asdict(device) for device in found])
    if not found:
        out.line("devices.none")
    out.table(
        ("device", "model", "driver", "origin"),
        [(d.id, f"{d.vendor} {d.model}", d.driver, out.words.line(f"origin.{d.origin}")) for d in found],
    )


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--device", help="As `juanzong devices` names it; the only scanner when left out.")
@click.option("--source", type=click.Choice([s.value for s in Source]), default=Source.FLATBED.value, show_default=True)
@click.option("--dpi", type=click.IntRange(75, 1200), default=300, show_default=True)
@click.option("--mode", type=click.Choice([m.value for m in Mode]), default=Mode.COLOR.value, show_default=True)
@click.option("--pages", type=click.IntRange(1), help="Stop after so many faces.")
@click.option("--sheets", type=click.IntRange(1), help="How many sheets lie in the feeder.")
@click.option(
    "--feed",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of pictures laid on the glass one by one (device pnm:0; training).",
)
@click.pass_obj
def scan(
    out: Output,
    case_no: str,
    device: str | None,
    source: str,
    dpi: int,
    mode: str,
    pages: int | None,
    sheets: int | None,
    feed: Path | None,
) -> None:
    """Scan a pile of paper into the case CASE_NO."""
    pictures = sorted(f for f in feed.iterdir() if f.suffix.lower() in PICTURES) if feed else []
    settings = ScanSettings(Source(source), Mode(mode), dpi, page_limit=pages, feed=tuple(pictures))
    with open_station(out.settings.home) as station, out.progress("progress.scanning", len(pictures) or None) as bar:
        station.store.cases.get(case_no)

        def arrived(page: Page) -> None:
            bar(page.sequence)

        done = scan_pile(station, case_no, Pile(device or _only_device(), settings, sheets), on_page=arrived)
    out.result(
        {
            "case": case_no,
            "batch": done.batch.number,
            "pages": done.pages,
            "state": done.batch.state,
            "fault": done.fault.code.value if done.fault else None,
            "sheets": asdict(done.sheets),
        }
    )
    out.line("scan.done", pages=done.pages, batch=done.batch.number)
    if done.fault is not None:
        raise error_for(done.fault)
    if not done.sheets.reconciled:
        told = {key: _numbers(value) for key, value in asdict(done.sheets).items()}
        out.line("scan.unreconciled", **told)
        click.get_current_context().exit(1)


def _numbers(value: object) -> object:
    """Numbers of sheets as a clerk reads them; a dash for none."""
    return "、".join(map(str, value)) or "-" if isinstance(value, tuple) else ("-" if value is None else value)


def _only_device() -> str:
    found = list_devices()
    if not found:
        raise NoScanner
    if len(found) > 1:
        raise click.UsageError("several scanners: choose one with --device (see `juanzong devices`)")
    return found[0].id


@click.command("import", cls=SharedCommand)
@click.argument("case_no")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def import_(out: Output, case_no: str, paths: tuple[Path, ...]) -> None:
    """Take picture files, PDFs and folders of them into the case CASE_NO."""
    with open_station(out.settings.home) as station:
        done = import_files(station, case_no, paths)
    refused = [
        {"file": str(item.path), "error": item.error.key, "message": out.words.error(item.error).message}
        for item in done.refused
    ]
    out.result({"case": case_no, "pages": len(done.pages), "known": [str(p) for p in done.known], "refused": refused})
    out.line("import.done", pages=len(done.pages), known=len(done.known), refused=len(refused))
    for item in done.refused:
        told = out.words.error(item.error)
        click.echo(f"juanzong: {told.message} {told.remedy}", err=True)
    if done.refused:
        click.get_current_context().exit(1)


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--workers", type=click.IntRange(1), help="Reading processes; as many as cores and memory allow.")
@click.pass_obj
def process(out: Output, case_no: str, workers: int | None) -> None:
    """Straighten, read and file all pages of CASE_NO still to do."""
    failed: list[dict[str, object]] = []
    with open_station(out.settings.home) as station, out.progress("progress.reading", None) as bar:
        station.store.cases.get(case_no)

        def step(done: Done) -> None:
            bar(done.done, done.of)
            if done.error is not None:
                told = out.words.error(done.error)
                failed.append({"page": done.page.number, "error": done.error.key, "message": told.message})

        with open_pool(workers) as pool:
            read = process_case(station, case_no, pool, on_page=step)
        documents = len(station.store.cases.documents(station.store.cases.get(case_no).id))
        apart = separator_faces(station, case_no)
    out.result({"case": case_no, "read": read, "failed": failed, "documents": documents, "separators": apart})
    out.line("process.done", read=read, documents=documents)
    if apart:
        out.line("process.separators", count=len(apart))
    for item in failed:
        click.echo(f"juanzong: {item['message']}", err=True)
    if failed:
        click.get_current_context().exit(1)
