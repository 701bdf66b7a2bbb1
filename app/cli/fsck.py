"""`juanzong fsck`."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.fsck import fsck as look
from app.station.fsck import rebuild_library
from app.station.station import open_station, this_user
from app.store.home import Home
from app.store.rebuild import OnProgress, Rebuilt


@click.command(cls=SharedCommand)
@click.option("--rebuild", is_flag=True, help="First make the library anew from its journal; the old one is kept.")
@click.pass_obj
def fsck(out: Output, rebuild: bool) -> None:
    """Is everything as it was left: database, journal, trail, originals, packages? Exit code 1 when not."""
    home = Home(out.settings.home)
    if rebuild:
        rebuilt = _rebuild(out, home)
        out.line("fsck.rebuilt", rows=rebuilt.rows)
        if rebuilt.set_aside is not None:
            out.line("fsck.kept", file=rebuilt.set_aside)
    with open_station(home.path) as station, out.progress("progress.looking", None) as advance:
        told = look(station, advance)
    out.result({"ok": told.ok, **asdict(told)})
    if told.removed:
        out.line("fsck.removed", files=told.removed)
    if told.ok:
        out.line("fsck.whole", files=told.files, records=told.records)
    else:
        rows = [(out.words.line(f"fsck.trouble.{each.trouble}"), each.where) for each in told.problems]
        out.table(("problem", "where"), rows)
    click.get_current_context().exit(0 if told.ok else 1)


def _rebuild(out: Output, home: Home) -> Rebuilt:
    with out.progress("progress.rebuilding", None) as advance:

        def indexed(done: int, of: int) -> None:
            if done == 1:
                advance.name(out.words.line("progress.indexing"))
            advance(done, of)

        return rebuild_library(home, this_user(), on_progress=OnProgress(advance, indexed))
