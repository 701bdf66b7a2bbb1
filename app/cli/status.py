"""`juanzong status`."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.disk_budget import DiskLevel, disk_budget
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.pass_obj
def status(out: Output) -> None:
    """How long the disk will do. Exit code 1 when scanning has stopped for want of room."""
    with open_station(out.settings.home) as station:
        disk = disk_budget(station)
    out.result({"home": str(out.settings.home), "disk": asdict(disk)})
    out.line(
        "status.disk", free=disk.free / 1e9, kept=disk.kept / 1e9, pages=disk.pages_left, page=disk.page_bytes / 1e6
    )
    if disk.days_left is None:
        out.line("status.no-pages-of-late")
    else:
        out.line("status.days", days=disk.days_left, rate=disk.pages_a_day)
    if disk.level is DiskLevel.LOW:
        out.line("status.low")
    elif disk.level is DiskLevel.STOPPED:
        out.line("status.stopped")
    click.get_current_context().exit(1 if disk.level is DiskLevel.STOPPED else 0)
