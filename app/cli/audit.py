"""`juanzong audit`: the trail of every step (全程留痕)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.files import save
from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.station import open_station


@click.group(cls=SharedGroup)
def audit() -> None:
    """Look at the trail."""


@audit.command("verify")
@click.pass_obj
def verify(out: Output) -> None:
    """Is the trail whole? Exit code 1 when not."""
    with open_station(out.settings.home) as station:
        report = station.store.audit.verify()
    out.result(asdict(report))
    if report.ok:
        out.line("audit.whole", records=report.records)
    else:
        out.line("audit.broken", case_no=report.chain, seq=report.broken_at, reason=report.reason)
    click.get_current_context().exit(0 if report.ok else 1)


@audit.command("export")
@click.option("--case", "case_no", help="Only the records of one case.")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.pass_obj
def export(out: Output, case_no: str | None, target: Path | None) -> None:
    """The records as JSON lines, exactly as hashed."""
    with open_station(out.settings.home) as station:
        data = station.store.audit.export(case_no)
    if target is None:
        click.echo(data, nl=False)
        return
    save(target, data)
    out.line("audit.exported", file=target)
