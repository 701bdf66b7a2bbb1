"""`juanzong retention`: what a delivered dossier leaves behind goes by an administrator's rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.retention import Going, carry_out
from app.station.retention import plan as plan_of
from app.station.retention_rule import RULE_FILE, load_rule
from app.station.station import open_station

RULE = click.option(
    "--rule", type=click.Path(dir_okay=False, path_type=Path), default=RULE_FILE, show_default=True, help="Root's file."
)


@click.group(cls=SharedGroup)
def retention() -> None:
    """Remove files of delivered dossiers by an administrator's rule, after their receipts alone.

    The rule is a TOML file that belongs to root and that nobody else may write. Days after the accepted receipt; what
    is left out is kept for good:

    \b
    pictures = 30      # rendered pictures; they can be made again
    originals = 365    # as captured or imported
    packages = 1825    # as sealed; not before the originals

    The catalogue, the trail, all hashes, capture records and receipts stay.
    """


@retention.command()
@RULE
@click.pass_obj
def plan(out: Output, rule: Path) -> None:
    """Show what would go now, and why the rest stays. Nothing is removed."""
    with open_station(out.settings.home) as station:
        found = plan_of(station, load_rule(rule))
    staying = [
        {"case": each.case_no, "why": each.why.value, "until": each.until and each.until.isoformat()}
        for each in found.staying
    ]
    out.result({"going": _told(found.going), "staying": staying})
    _table(out, found.going)
    rows = [(each.case_no, out.words.line(f"word.kept.{each.why}"), each.until) for each in found.staying]
    if rows:
        out.table(("case_no", "reason", "due"), rows)


@retention.command()
@RULE
@click.pass_obj
def apply(out: Output, rule: Path) -> None:
    """Remove what the plan shows. Each removal stands in the case's trail."""
    with open_station(out.settings.home) as station:
        done = carry_out(station, load_rule(rule))
    out.result({"removed": _told(done)})
    _table(out, done)
    out.line("retention.done", files=sum(len(each.files) for each in done), megabytes=sum(e.bytes for e in done) / 1e6)


def _told(going: Sequence[Going]) -> list[dict[str, object]]:
    return [
        {
            "case": each.case_no,
            "what": each.what.value,
            "files": len(each.files),
            "bytes": each.bytes,
            "received": each.received.isoformat(),
        }
        for each in going
    ]


def _table(out: Output, going: Sequence[Going]) -> None:
    rows = [
        (each.case_no, out.words.line(f"word.going.{each.what}"), len(each.files), each.bytes, each.received.date())
        for each in going
    ]
    if rows:
        out.table(("case_no", "kind", "files", "bytes", "received"), rows)
