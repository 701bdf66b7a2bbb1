"""`juanzong search`."""

from __future__ import annotations

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.pass_obj
def search(out: Output, text: str, limit: int) -> None:
    """Pages of all cases on which TEXT stands."""
    with open_station(out.settings.home) as station:
        hits = station.store.pages.search(text, limit)
    out.result([{"case": h.case_no, "name": h.case_name, "page": h.page, "snippet": h.snippet} for h in hits])
    out.table(("case_no", "name", "page", "snippet"), [(h.case_no, h.case_name, h.page, h.snippet) for h in hits])
