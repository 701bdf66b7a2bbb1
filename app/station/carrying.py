"""Carrying packages by hand: copies on a medium; they stay in the outbox until their receipts are imported."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.station.outbox_moves import SENDABLE
from app.station.station import Station
from app.store.durable import sync_folder
from app.store.records import Package
from app.store.room import disk_room
from dossier.package.parts import split
from transfer.errors import MediumGone


def export_packages(station: Station, folder: Path, part_bytes: int | None = None) -> list[Path]:
    """Copy every package still to be sent into `folder`, for carrying by hand; it stays in the outbox. One larger than
    `part_bytes` is cut into parts of that size.

    Raises `DiskFull` when the medium is full, `MediumGone` when it cannot be written; a copy under its full name is a
    whole one.
    """
    copies = []
    for item in station.store.outbox.all():
        if item.state in SENDABLE:
            made = _carried(item.package, folder, part_bytes)
            with station.store.change("package.exported", item.package.case_no, package=item.package.id):
                copies += made
    return copies


def _carried(package: Package, folder: Path, part_bytes: int | None) -> list[Path]:
    try:
        with disk_room(folder):
            return _copied(package, folder, part_bytes)
    except OSError as error:
        raise MediumGone(folder=folder, detail=error.strerror or type(error).__name__) from error


def _copied(package: Package, folder: Path, part_bytes: int | None) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    if part_bytes is not None and package.size > part_bytes:
        return split(package.file, package.id, folder, part_bytes)
    target = folder / package.file.name
    _copy(package.file, target)
    return [target]


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as data, part.open("wb") as copy:
            shutil.copyfileobj(data, copy, 1024**2)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)
