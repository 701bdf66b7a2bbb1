"""`juanzong devices`."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.devices import known_devices
from app.station.station import open_station


@click.command(cls=SharedCommand)
@click.option("--refresh", is_flag=True, help="Look anew, also for scanners on the network.")
@click.pass_obj
def devices(out: Output, refresh: bool) -> None:
    """Scanners and document cameras this station can reach."""
    with open_station(out.settings.home) as station:
        found = known_devices(station, refresh=refresh)
    out.result([asdict(device) for device in found])
    if not found:
        out.line("devices.none")
    out.table(
        ("device", "model", "serial", "driver", "origin"),
        [
            (
                device.id,
                f"{device.vendor} {device.model}".strip(),
                device.serial or out.words.line("devices.unknown"),
                f"{device.driver} {device.driver_version}".strip(),
                out.words.line(f"origin.{device.origin}"),
            )
            for device in found
        ],
    )
