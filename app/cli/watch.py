"""`juanzong watch`: a hot folder whose files become pages of a case."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.station import open_station
from app.station.watching import FileTold
from app.station.watching import watch as watch_folder
from app.store.errors import CaseInUse


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--idle", type=click.FloatRange(0), metavar="SECONDS", help="Stop when nothing has come for so long.")
@click.option(
    "--patience",
    type=click.FloatRange(1),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a file may stay unfinished before it is put aside.",
)
@click.pass_obj
def watch(out: Output, case_no: str, folder: Path, idle: float | None, patience: float) -> None:
    """Take what a network scanner puts into FOLDER into the case CASE_NO, until Ctrl+C.

    A file is taken once and whole. What cannot be used lies in FOLDER/quarantine with its reason, what came twice in
    FOLDER/duplicates.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def pause(seconds: float) -> None:
        stop.wait(seconds)

    def told(file: FileTold) -> None:
        if file.error is not None:
            why = out.words.error(file.error).message
        else:
            why = out.words.line(f"word.refusal.{file.reason}") if file.reason else ""
        out.result({"file": file.name, "outcome": file.outcome, "path": str(file.path), "reason": file.reason})
        out.line("watch.file", file=file.name, outcome=out.words.line(f"word.outcome.{file.outcome}"), why=why)

    def waits(taken: CaseInUse) -> None:
        click.echo(f"juanzong: {out.words.error(taken).message}", err=True)

    with open_station(out.settings.home) as station:
        done = watch_folder(
            station,
            case_no,
            folder,
            on_file=told,
            on_wait=waits,
            cancelled=stop.is_set,
            idle_s=idle,
            patience_s=patience,
            sleep=pause,
        )
    out.result({"case": case_no, "files": done.files, "pages": done.pages, "quarantined": done.quarantined})
    out.line("watch.done", files=done.files, pages=done.pages, quarantined=done.quarantined)
    if done.quarantined:
        click.get_current_context().exit(1)
