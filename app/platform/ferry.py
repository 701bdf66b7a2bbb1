"""Packages that came through a gap device or on media, whole or as the rest of an upload that broke off.

Gathered from a folder, judged as any other, answered by a receipt there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from app.platform.inbox import Inbox
from app.platform.uploads import Announced, Uploads
from app.store.durable import replace
from transfer.ferry import PIECE, Gathered, Manifest, Volume, gather, join
from transfer.types import Verdict

RECEIPTS = "receipts"


@dataclass(frozen=True)
class Ferried:
    """`verdict`: None while volumes are `missing` (numbers from 1)."""

    package_id: str
    verdict: Verdict | None
    missing: tuple[int, ...]


def take_ferried(folder: Path, inbox: Inbox, uploads: Uploads, work: Path) -> list[Ferried]:
    """Take in what is whole, laying its receipt into `folder/receipts`, and tell what is still missing.

    Volumes that are missing in `folder` may have come over the network: an upload of the same package that broke off
    supplies those it holds whole. Files of a package that has its receipt for good are removed, doubles that come late
    too, and so are its uploads. `work` is for putting volumes together. Raises `OSError`.
    """
    work.mkdir(parents=True, exist_ok=True)
    receipts = folder / RECEIPTS
    receipts.mkdir(exist_ok=True)
    for each in gather(folder):
        _supply(each, uploads, folder)
    taken: dict[str, Ferried] = {}
    for each in gather(folder):
        taken.setdefault(each.manifest.package_id, _take(each, inbox, uploads, receipts, work))
    return list(taken.values())


def _supply(gathered: Gathered, uploads: Uploads, folder: Path) -> None:
    """Lay volumes that came over the network beside the carried ones, if they are what the manifest names."""
    volumes = gathered.manifest.volumes
    starts = [0, *accumulate(volume.size for volume in volumes)]
    for upload_id in uploads.of(_announced(gathered.manifest)):
        for number in gathered.missing:
            if starts[number] <= uploads.offset(upload_id):
                target = folder / f"{gathered.manifest.package_id}-{number:04d}.net.vol"
                _copy(uploads.data(upload_id), starts[number - 1], volumes[number - 1], target)


def _copy(source: Path, start: int, volume: Volume, target: Path) -> None:
    part, digest, left = target.with_name(target.name + ".part"), hashlib.sha256(), volume.size
    with source.open("rb") as data, part.open("wb") as out:
        data.seek(start)
        while left and (piece := data.read(min(PIECE, left))):
            left -= len(piece)
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() == volume.sha256:
        part.replace(target)
    else:
        part.unlink()


def _take(gathered: Gathered, inbox: Inbox, uploads: Uploads, receipts: Path, work: Path) -> Ferried:
    package = _announced(gathered.manifest)
    if not inbox.settled(package):
        if gathered.missing:
            return Ferried(package.package_id, None, gathered.missing)
        joined = work / f"{package.package_id}.zip"
        join(gathered, joined)
        inbox.take(package, joined)
        joined.unlink()
    signed = inbox.receipt(package.package_id)
    if signed is None:  # take() writes it or raises
        raise FileNotFoundError(package.package_id)
    replace(receipts / f"{package.package_id}.receipt", signed.to_text().encode())
    for path in gathered.files:
        path.unlink(missing_ok=True)
    for upload_id in uploads.of(package):
        uploads.forget(upload_id)
    return Ferried(package.package_id, signed.read().verdict, ())


def _announced(manifest: Manifest) -> Announced:
    return Announced(
        manifest.package_id, manifest.sha256, manifest.sm3, manifest.size, manifest.station, manifest.filename
    )
