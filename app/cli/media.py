"""`juanzong outbox media` writes packages onto removable media; `juanzong media open` puts them together again."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.main import SharedCommand, SharedGroup
from app.cli.output import Output
from app.station.handing_over import held_by_platform
from app.station.media import write_media
from app.station.station import open_station
from app.station.units import Media, unit_by
from app.store.home import Home
from transfer.ferry import VOLUME_BYTES
from transfer.media_keys import Lock, key_of, keys_under_passphrase, lock_for_certificate, lock_for_passphrase
from transfer.media_open import open_media

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("media", cls=SharedCommand)
@click.argument("folder", type=_FOLDER)
@click.argument("packages", nargs=-1)
@click.option("--to", "certificate", type=_FILE, help="The addressee's certificate: PEM, RSA or Ed25519.")
@click.option("--unit", help="The addressee, by its code or name in the unit directory.")
@click.option("--passphrase-file", type=_FILE, help="A file whose first line, 12 characters or more, opens the media.")
@click.option("--volume-mb", type=click.IntRange(1, 2000), help="Largest file; the unit's, or 500, when left out.")
@click.option("--again", is_flag=True, help="Write once more what still waits for its receipt.")
@click.option("--rest", is_flag=True, help="Leave out what the platform holds of an upload that broke off.")
@click.pass_obj
def outbox_media(
    out: Output,
    folder: Path,
    packages: tuple[str, ...],
    certificate: Path | None,
    unit: str | None,
    passphrase_file: Path | None,
    volume_mb: int | None,
    again: bool,
    rest: bool,
) -> None:
    """Write PACKAGES, or all that wait, encrypted onto the medium mounted at FOLDER; call again for the next medium."""
    if unit and certificate:
        raise click.UsageError("--to | --unit")
    if unit:
        home = Home(out.settings.home)
        addressee = unit_by(home, Media, unit)
        certificate, volume_mb = home.path / addressee.certificate, volume_mb or addressee.volume_mb
    lock = _lock(certificate, passphrase_file)
    with open_station(out.settings.home) as station, out.progress("progress.sending", None) as bar:
        outcomes = write_media(
            station,
            folder,
            lock,
            package_ids=packages,
            volume_bytes=volume_mb * 1_000_000 if volume_mb else VOLUME_BYTES,
            again=again,
            rest=rest,
            on_progress=bar,
        )
    out.result(
        [
            {
                "package": item.package.id,
                "state": item.state.value,
                "sent": item.sent,
                "held": held_by_platform(item),
                "error": error and error.key,
            }
            for item, error in outcomes
        ]
    )
    for item, error in outcomes:
        if error is None and (held := held_by_platform(item)):
            out.line("media.rest-written", package=item.package.id, mb=round(held / 1e6, 1))
        elif error is None:
            out.line("media.written", package=item.package.id)
        else:
            told = out.words.error(error)
            out.line("outbox.waits", package=item.package.id, reason=told.message, remedy=told.remedy)
    if not outcomes:
        out.line("outbox.empty")
    failed = [error for _, error in outcomes if error is not None]
    if failed:
        raise failed[0]
    if outcomes:
        out.line("media.take-out", folder=folder)


@click.group(cls=SharedGroup)
def media() -> None:
    """Removable media with packages on them."""


@media.command("open")
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--key", type=_FILE, help="The private key: PEM without a password, RSA or Ed25519.")
@click.option("--passphrase-file", type=_FILE, help="A file whose first line is the passphrase.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the packages go, and their volumes until all are there; the current folder when left out.",
)
@click.pass_obj
def open_(out: Output, folders: tuple[Path, ...], key: Path | None, passphrase_file: Path | None, into: Path) -> None:
    """Decrypt the media at FOLDERS and join their packages; 1 while a volume is missing or damaged."""
    if (key is None) == (passphrase_file is None):
        raise click.UsageError("--key | --passphrase-file")
    keys = [key_of(key)] if key else keys_under_passphrase(passphrase_file, list(folders)) if passphrase_file else []
    found = open_media(folders, into, keys)
    out.result(
        {
            "packages": [
                {"package": each.package_id, "file": each.file and str(each.file), "missing": each.missing}
                for each in found.packages
            ],
            "damaged": [str(path) for path in found.damaged],
            "foreign": [str(path) for path in found.foreign],
            "unlisted": list(found.unlisted),
        }
    )
    for path in found.damaged:
        out.line("media.damaged", file=path)
    for path in found.foreign:
        out.line("media.foreign", file=path)
    for each in found.packages:
        if each.file is None:
            out.line("media.missing", package=each.package_id, volumes=", ".join(map(str, each.missing)))
        else:
            out.line("media.opened", package=each.package_id, file=each.file)
    for package_id in found.unlisted:
        out.line("media.unlisted", package=package_id)
    whole = not (found.damaged or found.unlisted) and all(each.file for each in found.packages)
    click.get_current_context().exit(0 if whole else 1)


def _lock(certificate: Path | None, passphrase_file: Path | None) -> Lock:
    if certificate is not None and passphrase_file is None:
        return lock_for_certificate(certificate)
    if passphrase_file is not None and certificate is None:
        return lock_for_passphrase(passphrase_file)
    raise click.UsageError("--to | --unit | --passphrase-file")
