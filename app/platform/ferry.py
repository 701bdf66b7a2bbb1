"""Packages that came through a gap device: gathered from a folder, judged as any other, answered by a receipt there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.platform.inbox import Inbox
from app.platform.uploads import Announced
from app.store.durable import replace
from transfer.ferry import Gathered, Manifest, gather, join
from transfer.types import Verdict

RECEIPTS = "receipts"


@dataclass(frozen=True)
class Ferried:
    """`verdict`: None while volumes are `missing` (numbers from 1)."""

    package_id: str
    verdict: Verdict | None
    missing: tuple[int, ...]


def take_ferried(folder: Path, inbox: Inbox, work: Path) -> list[Ferried]:
    """Take in what is whole, laying its receipt into `folder/receipts`, and tell what is still missing.

    Files of a package that has its receipt for good are removed, doubles that come late too. `work` is for putting
    volumes together. Raises `OSError`.
    """
    work.mkdir(parents=True, exist_ok=True)
    receipts = folder / RECEIPTS
    receipts.mkdir(exist_ok=True)
    return [_take(each, inbox, receipts, work) for each in gather(folder)]


def _take(gathered: Gathered, inbox: Inbox, receipts: Path, work: Path) -> Ferried:
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
    return Ferried(package.package_id, signed.read().verdict, ())


def _announced(manifest: Manifest) -> Announced:
    return Announced(
        manifest.package_id, manifest.sha256, manifest.sm3, manifest.size, manifest.station, manifest.filename
    )
