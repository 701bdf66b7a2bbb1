"""`juanzong import`, `process`."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.importing import import_files
from app.station.processing import Done
from app.station.processing import process as process_case
from app.station.reading_pool import open_reading_pool
from app.station.separating import separator_faces
from app.station.station import open_station
from app.store.records import Aim, AimKind


@click.command("import", cls=SharedCommand)
@click.argument("case_no")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--replace", type=click.IntRange(1), metavar="PAGE", help="One page, in the place of that one.")
@click.option("--insert-before", type=click.IntRange(1), metavar="PAGE", help="Put the pages before that one.")
@click.option("--insert-after", type=click.IntRange(1), metavar="PAGE", help="Put the pages after that one.")
@click.pass_obj
def import_(
    out: Output,
    case_no: str,
    paths: tuple[Path, ...],
    replace: int | None,
    insert_before: int | None,
    insert_after: int | None,
) -> None:
    """Take picture files, PDFs, OFDs and folders of them into the case CASE_NO."""
    places = {
        AimKind.REPLACE: replace,
        AimKind.INSERT_BEFORE: insert_before,
        AimKind.INSERT_AFTER: insert_after,
    }
    aims = [Aim(kind, page) for kind, page in places.items() if page is not None]
    if len(aims) > 1:
        raise click.UsageError("choose one of --replace, --insert-before, --insert-after")
    with open_station(out.settings.home) as station, out.progress("progress.importing", 100) as bar:
        done = import_files(
            station,
            case_no,
            paths,
            aim=aims[0] if aims else Aim(),
            on_progress=lambda done, of: bar(100 * done // of, 100),
        )
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

        with open_reading_pool(station.home, workers) as pool:
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
