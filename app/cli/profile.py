"""`juanzong profile`: list, show, check, diff, use, sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.files import password_in
from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.keys import open_signer
from app.station.standards import installed, library, name_in_force, put_in_force, sign_folder
from app.station.station import open_station
from app.station.trust import anchors_for
from app.store.home import Home
from dossier.profile import Profile, load_profile, open_profile
from dossier.profile.compare import differences


@click.group(cls=SharedGroup)
def profile() -> None:
    """The standards (标准) that cases are opened under."""


@profile.command("list")
@click.pass_obj
def list_(out: Output) -> None:
    """Every profile: those that come with the station and those in `profiles/` of its folder."""
    home = Home(out.settings.home)
    known, chosen = installed(home, anchors_for(home.path)), name_in_force(home)
    out.result(
        [
            {
                "id": each.id,
                "in_force": each.id == chosen,
                "folder": str(each.place),
                "error": each.fault.key if each.fault else None,
                **(_identity(each.profile) if each.profile else {}),
            }
            for each in known
        ]
    )
    for each in known:
        if each.profile is not None:
            mark = "*" if each.id == chosen else " "
            out.text(f"{mark} {each.profile.label}  {each.profile.rules.title}")
        elif each.fault is not None:
            out.text(f"! {each.id}  {out.words.error(each.fault).message}")


@profile.command("show")
@click.argument("profile_id")
@click.pass_obj
def show(out: Output, profile_id: str) -> None:
    """What PROFILE_ID asks for, its base's rules included."""
    home = Home(out.settings.home)
    shown = load_profile(profile_id, folder=library(home), anchors=anchors_for(home.path))
    out.result(
        {
            **_identity(shown),
            "basis": list(shown.rules.basis),
            "rules": shown.rules.model_dump(mode="json"),
            "kinds": [kind.model_dump(mode="json") for kind in shown.kinds],
        }
    )
    _tell(out, shown)


@profile.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def check(out: Output, folder: Path) -> None:
    """Read the profile in FOLDER as the station would; a mistake is named with file and line, exit code 1."""
    home = Home(out.settings.home)
    checked = open_profile(folder, library=library(home), anchors=anchors_for(home.path))
    out.result({"ok": True, **_identity(checked)})
    _tell(out, checked)


@profile.command("diff")
@click.argument("first")
@click.argument("second")
@click.pass_obj
def diff(out: Output, first: str, second: str) -> None:
    """Where FIRST and SECOND differ, both ids or folders; exit code 1 when they do."""
    found = differences(_named(out, first), _named(out, second))
    out.result([{"place": each.place, "first": each.first, "second": each.second} for each in found])
    for each in found:
        out.text(f"{each.place}: {each.first or '-'} -> {each.second or '-'}")
    click.get_current_context().exit(1 if found else 0)


@profile.command("use")
@click.argument("profile_id")
@click.pass_obj
def use(out: Output, profile_id: str) -> None:
    """Open cases under PROFILE_ID from now on; open ones stay with theirs."""
    home = Home(out.settings.home)
    home.create()
    chosen = put_in_force(home, profile_id, anchors_for(home.path))
    out.result(_identity(chosen))
    out.line("profile.in-force", profile=chosen.label)


@profile.command("sign")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PKCS#12; training when none."
)
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def sign(out: Output, folder: Path, key: Path | None, password_file: Path | None) -> None:
    """Sign the profile in FOLDER as its publisher; its base is laid into it."""
    password = password_in(password_file) if password_file else None
    with open_station(out.settings.home) as station, open_signer(station, key, password) as signer:
        sign_folder(folder, library(station.home), signer, now=station.clock.now())
    signed = _named(out, str(folder))
    out.result(_identity(signed))
    _tell(out, signed)


def _named(out: Output, name: str) -> Profile:
    home = Home(out.settings.home)
    anchors = anchors_for(home.path)
    if Path(name).is_dir():
        return open_profile(Path(name), library=library(home), anchors=anchors)
    return load_profile(name, folder=library(home), anchors=anchors)


def _identity(profile: Profile) -> dict[str, Any]:
    endorsement = profile.endorsement
    return {
        "id": profile.id,
        "version": profile.version,
        "title": profile.rules.title,
        "status": profile.status,
        "extends": profile.rules.extends,
        "valid_from": profile.rules.valid_from.isoformat(),
        "valid_to": profile.rules.valid_to.isoformat() if profile.rules.valid_to else None,
        "sha256": profile.sha256,
        "signer": endorsement.signer if endorsement else None,
        "root_sha256": endorsement.root_sha256 if endorsement else None,
        "believed": endorsement is not None and endorsement.believed,
    }


def _tell(out: Output, profile: Profile) -> None:
    rules = profile.rules
    out.line("profile.is", profile=profile.label, title=rules.title, sha256=profile.sha256)
    out.line("profile.valid", start=rules.valid_from, end=rules.valid_to or "-", base=rules.extends or "-")
    if profile.endorsement is None:
        out.line("profile.unsigned")
    else:
        line = "profile.signed" if profile.endorsement.believed else "profile.unbelieved"
        out.line(line, signer=profile.endorsement.signer, root=profile.endorsement.root_sha256 or "-")
    order = [volume for code in rules.series_order for volume in rules.volumes if volume.code == code]
    out.line(
        "profile.volumes",
        volumes=", ".join(f"{volume.code} {volume.title} ({volume.max_pages})" for volume in order),
        form=rules.package.form,
        kinds=len(profile.kinds),
    )
