"""`juanzong search`."""

from __future__ import annotations

import datetime as dt

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.searching import search as look
from app.station.station import open_station
from app.store.search import Wanted

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=SharedCommand)
@click.argument("text", default="")
@click.option("--person", default="", help="Whose document it is.")
@click.option("--number", default="", help="Part of the document's number.")
@click.option("--kind", default="", help="Code of the document's kind.")
@click.option("--since", type=_DAY, help="Documents of this day and later.")
@click.option("--until", type=_DAY, help="Documents of this day and earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.pass_obj
def search(
    out: Output,
    text: str,
    person: str,
    number: str,
    kind: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int,
) -> None:
    """Pages of all cases on which TEXT stands, one character or more; those read last first."""
    wanted = Wanted(text, person, number, kind, since.date() if since else None, until.date() if until else None)
    with open_station(out.settings.home) as station:
        try:
            found = look(station, wanted, limit)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    out.result(
        [
            {
                "case": each.hit.case_no,
                "name": each.hit.case_name,
                "volume": each.volume,
                "document": each.hit.title,
                "page": each.hit.page,
                "snippet": each.hit.snippet,
                "boxes": each.boxes,
            }
            for each in found
        ]
    )
    rows = [(f.hit.case_no, f.hit.case_name, f.volume, f.hit.title, f.hit.page, f.hit.snippet) for f in found]
    out.table(("case_no", "name", "volume", "title", "page", "snippet"), rows)
