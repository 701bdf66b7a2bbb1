"""Electronic originals (电子原件): born-digital files, whose pages in the case are reading copies of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pydantic import BaseModel

from app.station.station import Station
from app.store.records import CaseRecord, Page
from dossier.model import ElectronicPage


class _Kept(BaseModel):
    """The whole file: where it lies beside its pages, and how many it has."""

    file: str
    pages: int
    form: str = "pdf"
    not_drawn: str = ""


class _Capture(BaseModel):
    """What the capture record of such a page says."""

    source_name: str
    source_sha256: str
    source_page: int
    electronic: _Kept


def electronic_pages(station: Station, record: CaseRecord, pages: Sequence[Page]) -> dict[int, ElectronicPage]:
    """The page of its electronic original that each of `pages` shows, by the page's id; pages of paper are absent."""
    told = station.store.pages.electronic(record.id)
    return {page.id: _shown(page, told[page.id]) for page in pages if page.id in told}


def runs(places: Iterable[int], originals: Sequence[ElectronicPage | None]) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Part pages so that each electronic original is by itself; yield a part's pages and whether it is one.

    `places`: of the pages, in `originals`.
    """

    def key(place: int) -> str:
        original = originals[place]
        return original.sha256 if original else ""

    for sha256, run in groupby(places, key):
        yield tuple(run), bool(sha256)


def _shown(page: Page, capture: str) -> ElectronicPage:
    said = _Capture.model_validate_json(capture)
    kept = said.electronic
    return ElectronicPage(
        name=said.source_name,
        file=page.file.parent / kept.file,
        sha256=said.source_sha256,
        page=said.source_page,
        pages=kept.pages,
        form=kept.form,
        not_drawn=kept.not_drawn,
    )
