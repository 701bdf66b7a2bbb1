"""`juanzong backup`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.backup import back_up
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def backup(out: Output, folder: Path) -> None:
    """Copy the library to FOLDER on another disk while the station works; the next time only what is new."""
    with open_station(out.settings.home) as station, out.progress("progress.copying", None) as advance:
        done = back_up(station, folder, advance)
    out.result(asdict(done))
    out.line("backup.done", copied=done.copied, kept=done.kept, megabytes=done.bytes / 1e6, folder=folder)
