"""`juanzong separators`: separator sheets ready for A4."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.files import save
from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.separating import patch_sheets, separator_sheets
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--volume", "volumes", multiple=True, metavar="CODE", help="A sheet for this volume; may be repeated.")
@click.option("--kind", "kinds", multiple=True, metavar="CODE", help="A sheet for this document kind; may be repeated.")
@click.option("--patch", is_flag=True, help="Plain PATCHT sheets, which part documents of any case.")
@click.option("--copies", type=click.IntRange(1, 200), default=1, show_default=True, help="Of each sheet.")
@click.option("-o", "--output", "file", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def separators(
    out: Output, case_no: str, volumes: tuple[str, ...], kinds: tuple[str, ...], patch: bool, copies: int, file: Path
) -> None:
    """Print separator sheets (分隔页) of the case CASE_NO into a PDF.

    A sheet laid before a document opens it; what the sheet names, volume or kind, beats what is read on the pages.
    """
    with open_station(out.settings.home) as station:
        station.store.cases.get(case_no)
        if patch:
            pdf = patch_sheets(station, copies)
        else:
            pdf = separator_sheets(station, case_no, volumes=volumes, kinds=kinds, copies=copies)
    save(file, pdf)
    sheets = copies * (1 if patch else max(1, len(volumes) + len(kinds)))
    out.result({"case": case_no, "sheets": sheets, "file": str(file)})
    out.line("separators.written", sheets=sheets, file=file)
