"""`juanzong deadlines`."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.limits import Standing, time_limits
from app.station.station import open_station
from dossier.deadlines import Level


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--submission", default="base", show_default=True, help="base, arrest, prosecute...")
@click.pass_obj
def deadlines(out: Output, case_no: str, submission: str) -> None:
    """Time limits that the papers of CASE_NO set going, in the five colours; exit code 1 when one is exceeded."""
    with open_station(out.settings.home) as station:
        limits = time_limits(station, case_no, submission)
    exceeded = any(each.level is Level.RED for each in limits)
    out.result({"case": case_no, "ok": not exceeded, "limits": [asdict(each) for each in limits]})
    rows = [
        (
            out.words.line(f"limit.{each.level}"),
            out.words.line(f"limit.{each.standing}"),
            each.due if each.standing is Standing.RUNNING else "",
            each.title,
            each.person,
            each.started,
            each.where,
        )
        for each in limits
    ]
    out.table(("level", "state", "due", "title", "persons", "since", "where"), rows)
    click.get_current_context().exit(1 if exceeded else 0)
