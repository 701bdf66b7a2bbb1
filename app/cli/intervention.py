"""`juanzong intervention`: the record of interventions in a case (三个规定)."""

from __future__ import annotations

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.interventions import interventions, record_intervention
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--zero", is_flag=True, help="Nobody intervened (零报告).")
@click.option("--record", "content", help="Who asked about the case or meddled with it, when and how.")
@click.pass_obj
def intervention(out: Output, case_no: str, zero: bool, content: str | None) -> None:
    """Enter into the record of interventions of CASE_NO; without an option, show it."""
    if zero and content is not None:
        raise click.UsageError("--zero and --record exclude each other")
    if content is not None and not content.strip():
        raise click.UsageError("--record is empty; --zero says that nobody intervened")
    with open_station(out.settings.home) as station:
        if zero or content is not None:
            record_intervention(station, case_no, content or "")
        station.store.cases.get(case_no)
        entries = interventions(station, case_no)
    out.result(
        [
            {"content": each.content, "zero": not each.content, "by": each.by, "at": each.at.isoformat()}
            for each in entries
        ]
    )
    zero_report = out.words.line("intervention.zero")
    for each in entries:
        out.text(f"{each.at:%Y-%m-%d %H:%M} {each.by}: {each.content or zero_report}")
