"""Carrying packages by hand: copies on a medium; they stay in the outbox until their receipts are imported."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.station.outbox_moves import SENDABLE
from app.station.station import Station
from app.store.durable import sync_folder


def export_packages(station: Station, folder: Path) -> list[Path]:
    """Copy every package still to be sent into `folder`, for carrying by hand; it stays in the outbox.

    Raises `OSError` when the medium is full or gone; a copy under its full name is always a whole one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for item in station.store.outbox.all():
        if item.state in SENDABLE:
            target = folder / item.package.file.name
            _copy(item.package.file, target)
            with station.store.change("package.exported", item.package.case_no, package=item.package.id):
                copies.append(target)
    return copies


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    with source.open("rb") as data, part.open("wb") as copy:
        shutil.copyfileobj(data, copy, 1024**2)
        copy.flush()
        os.fsync(copy.fileno())
    part.replace(target)
    sync_folder(target.parent)
