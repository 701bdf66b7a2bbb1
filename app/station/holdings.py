"""The files that are evidence or were sent (馆藏): each with the hash that the library holds of it."""

from __future__ import annotations

from pathlib import Path

from app.station.electronic import electronic_pages
from app.station.station import Station
from app.store.records import CaseRecord


def holdings(station: Station, record: CaseRecord) -> dict[Path, str]:
    """Originals, files that pages were taken from, and packages of one case, with their SHA-256; what was removed by
    rule is not among them."""
    pages = station.store.pages.all_of_case(record.id)
    held = {page.file: page.sha256 for page in pages}
    held |= {item.package.file: item.package.sha256 for item in station.store.outbox.of_case(record.id)}
    held |= {each.file: each.sha256 for each in electronic_pages(station, record, pages).values()}
    sources = {sha256[:16]: sha256 for sha256 in station.store.pages.sources(record.id)}
    for file in station.home.case(record.case.case_no).glob("originals/b*/sources/*"):
        if file.stem in sources:
            held[file] = sources[file.stem]
    removed = station.store.removals.of_case(record.id)
    return {file: sha256 for file, sha256 in held.items() if file not in removed}
