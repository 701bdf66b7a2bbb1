"""The options that say how to scan and where the pages go, shared by `scan` and `scan-profile save`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from app.station.scan_profiles import ScanProfile, profile_of
from app.store.records import Aim, AimKind
from drivers.scanners.papers import PAPERS
from drivers.scanners.types import Mode, Source

PICTURES = (".png", ".jpg", ".jpeg", ".pnm", ".ppm", ".pgm", ".pbm")
Command = TypeVar("Command", bound=Callable[..., Any])
_AIMS = {
    "replace": AimKind.REPLACE,
    "insert_before": AimKind.INSERT_BEFORE,
    "insert_after": AimKind.INSERT_AFTER,
}


class DriverOption(click.ParamType[tuple[str, object]]):
    """NAME=VALUE: an option of the driver by its SANE name. Numbers, true and false are taken as such."""

    name = "NAME=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, object]:
        name, equals, text = str(value).partition("=")
        if not (name and equals):
            self.fail(f"{value!r} is not NAME=VALUE", param, ctx)
        if text in ("true", "false"):
            return name, text == "true"
        for number in (int, float):
            try:
                return name, number(text)
            except ValueError:
                continue
        return name, text


# Named as the fields of ScanProfile.
_SETTINGS = (
    click.option("--device", help="As `juanzong devices` names it; the only scanner when left out."),
    click.option("--source", type=click.Choice([s.value for s in Source]), help="[default: flatbed]"),
    click.option("--dpi", type=click.IntRange(75, 1200), help="[default: 300]"),
    click.option("--mode", type=click.Choice([m.value for m in Mode]), help="[default: color]"),
    click.option("--paper", metavar="NAME", help=f"{', '.join(PAPERS)}; 16开 and the like too. [default: A4]"),
    click.option("--depth", type=click.IntRange(8, 16), help="Bits a sample: 8 or 16."),
    click.option("--brightness", type=float, help="-100 to 100, 0 is the device's middle."),
    click.option("--contrast", type=float, help="-100 to 100, 0 is the device's middle."),
    click.option("--threshold", type=float, help="0 to 100, of black and white."),
    click.option("--manual-feed", is_flag=True, default=None, help="Sheets are put in one by one."),
    click.option("--pages", type=click.IntRange(1), help="Stop after so many faces."),
    click.option("--wait", "wait_s", type=float, metavar="SECONDS", help="How long an empty feeder is watched."),
    click.option(
        "--every", "every_s", type=float, metavar="SECONDS", help="A series on the glass: the next page after."
    ),
    click.option("--button", is_flag=True, default=None, help="The scanner's button starts each page."),
    click.option("--option", "options", type=DriverOption(), multiple=True, help="The driver's own; may be repeated."),
)
_PLACES = (
    click.option("--sheets", type=click.IntRange(1), help="How many sheets lie in the feeder."),
    click.option("--rescan-sheet", type=click.IntRange(1), metavar="SHEET", help="Scan that sheet of the case anew."),
    click.option(
        "--from-sheet", type=click.IntRange(1), metavar="SHEET", help="Scan that sheet and all after it anew."
    ),
    click.option("--replace", type=click.IntRange(1), metavar="PAGE", help="One face, in the place of that page."),
    click.option("--insert-before", type=click.IntRange(1), metavar="PAGE", help="Put the pages before that one."),
    click.option("--insert-after", type=click.IntRange(1), metavar="PAGE", help="Put the pages after that one."),
    click.option(
        "--backs", "as_backs", is_flag=True, help="The other sides of the last pile of fronts (manual duplex)."
    ),
    click.option("--reversed/--in-order", "reverse", default=None, help="Backs: the last sheet comes first, or not."),
    click.option("--new-pile", is_flag=True, help="Do not go on with a pile that stopped."),
    click.option(
        "--feed",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder of pictures laid on the glass one by one (device pnm:0; training).",
    ),
)


def setting_options(command: Command) -> Command:
    """How to scan: the fields of a `ScanProfile`."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return command


def place_options(command: Command) -> Command:
    """What is scanned now, and where it goes."""
    for option in reversed(_PLACES):
        command = option(command)
    return command


def profile_with(base: ScanProfile, given: Mapping[str, Any]) -> ScanProfile:
    """`base` with the settings that were given on the command line. Raises `ScanProfileInvalid`."""
    asked = {name: value for name, value in given.items() if name in ScanProfile.model_fields and value is not None}
    asked["options"] = {**base.options, **dict(given["options"])}
    return profile_of({**base.model_dump(), **asked})


def aim_of(given: Mapping[str, Any], profile: ScanProfile) -> Aim:
    """Where the pages go. Raises click.UsageError for two places at once."""
    places = ("rescan_sheet", "from_sheet", "replace", "insert_before", "insert_after", "as_backs")
    named = [name for name in places if given[name]]
    if len(named) > 1:
        raise click.UsageError(
            "choose one of " + ", ".join("--" + name.removeprefix("as_").replace("_", "-") for name in named)
        )
    if given["reverse"] is not None and not given["as_backs"]:
        raise click.UsageError("--reversed and --in-order go with --backs")
    if given["as_backs"]:
        reverse = profile.backs == "reversed" if given["reverse"] is None else given["reverse"]
        return Aim(AimKind.BACKS, reverse=reverse)
    return next((Aim(kind, given[name]) for name, kind in _AIMS.items() if given[name]), Aim())


def pictures_in(folder: Path | None) -> tuple[Path, ...]:
    """The pictures of a folder by name; none without a folder. Raises click.BadParameter for a folder without any."""
    if folder is None:
        return ()
    pictures = tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES))
    if not pictures:
        raise click.BadParameter(f"there are no pictures in {folder}", param_hint="'--feed'")
    return pictures
