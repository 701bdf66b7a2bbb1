"""`juanzong scan-profile`: list, save, remove."""

from __future__ import annotations

from typing import Any

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.cli.scan_options import profile_with, setting_options
from app.station.scan_profiles import ScanProfile, remove_scan_profile, save_scan_profile, scan_profiles
from app.station.station import open_station


@click.group("scan-profile", cls=SharedGroup)
def scan_profile() -> None:
    """How to scan, saved by name, one key each."""


@scan_profile.command("list")
@click.pass_obj
def list_(out: Output) -> None:
    """List the scan profiles, the built-in ones first."""
    with open_station(out.settings.home) as station:
        known = scan_profiles(station)
    out.result([profile.model_dump(mode="json") for profile in known])
    out.table(
        ("name", "hotkey", "device", "source", "dpi", "mode"),
        [
            (
                profile.name,
                profile.hotkey,
                profile.device,
                out.words.line(f"word.source.{profile.source}"),
                profile.dpi,
                out.words.line(f"word.mode.{profile.mode}"),
            )
            for profile in known
        ],
    )


@scan_profile.command("save")
@click.argument("name")
@click.option("--key", "hotkey", help="A digit.")
@click.option("--backs", type=click.Choice(["reversed", "in-order"]), help="Backs come in a second pass, so.")
@setting_options
@click.pass_obj
def save(out: Output, /, name: str, **given: Any) -> None:
    """Save how to scan under NAME; one of that name is replaced."""
    profile = profile_with(ScanProfile(name="-"), {**given, "name": name})
    with open_station(out.settings.home) as station:
        save_scan_profile(station, profile)
    out.result(profile.model_dump(mode="json"))
    out.line("scan-profile.saved", name=name)


@scan_profile.command("remove")
@click.argument("name")
@click.pass_obj
def remove(out: Output, name: str) -> None:
    """Forget the profile NAME; a built-in one is then as it came."""
    with open_station(out.settings.home) as station:
        remove_scan_profile(station, name)
    out.result({"removed": name})
    out.line("scan-profile.removed", name=name)
