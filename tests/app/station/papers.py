"""Pages of a case with what they say of themselves given instead of read: filing is tested, not the engine."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from app.station.filing import file_pages
from app.station.importing import import_files
from app.station.results import dump
from app.station.station import Station
from app.station.submissions import keep_arrangement
from app.store.pages import FoundOnPage
from app.store.records import Aim, Package, Page
from ocr.engines.types import Line, PageText
from ocr.imaging.types import Border, PageAnalysis, Recipe
from ocr.pipeline import PageResult
from ocr.reading.types import Field, KindGuess, PageReading

CONTINUES = PageReading(kind=None, starts_document=False, start_confidence=0.95)
SIZE = (41, 58)
APPEND = Aim()


def opens(kind: str, title: str = "", **more: object) -> PageReading:
    """The first page of a document."""
    reading = PageReading(KindGuess(kind, 0.97, 5.0), True, 0.97, title=value(title) if title else None)
    return replace(reading, **more)  # type: ignore[arg-type]


def value(text: str) -> Field:
    return Field(text, text, 0.95, (0, 0, 1, 1))


def take_in(
    station: Station,
    case: str,
    folder: Path,
    readings: Sequence[PageReading | None],
    aim: Aim = APPEND,
    text: str = "",
) -> None:
    """Import one small picture a page, each other than all before; None is a blank face. Then file the case.

    `text`: the one line that stands on each page.
    """
    record = station.store.cases.get(case)
    first = len(station.store.pages.all_of_case(record.id)) + 1
    files = [_picture(folder / f"{first + place}.png", first + place) for place in range(len(readings))]
    import_files(station, case, files, aim=aim)
    for place, reading in enumerate(readings):
        read_as(station, case, first + place, reading, text)
    file_pages(station, record)


def read_as(station: Station, case: str, number: int, reading: PageReading | None, text: str = "") -> None:
    """Store a reading of one page, as processing does."""
    record = station.store.cases.get(case)
    page = station.store.pages.numbered(record.id, number)
    result = _result(page, reading, text)
    derived = station.home.derived(case)
    derived.mkdir(parents=True, exist_ok=True)
    for picture in (result.evidence, result.thumbnail):
        shutil.copyfile(page.file, derived / picture)
    with station.store.change("page.processed", case, page=number):
        found = FoundOnPage(dump(result), "", reading is None, result.evidence.name, result.thumbnail.name, "now")
        station.store.pages.set_result(page.id, found)


def filed(station: Station, case: str) -> list[tuple[str | None, list[int]]]:
    """Kind and page numbers of each document, in the order of the paper."""
    record = station.store.cases.get(case)
    numbers = {page.id: page.number for page in station.store.pages.all_of_case(record.id)}
    documents = station.store.cases.documents(record.id)
    return [(document.kind, [numbers[page] for page in document.page_ids]) for document in documents]


def queued(station: Station, case: str, submission: str) -> str:
    """A package as sealing leaves it, without its file."""
    record = station.store.cases.get(case)
    version = station.store.outbox.next_version(record.id, submission)
    with station.store.change("dossier.sealed", case):
        arrangement = keep_arrangement(station, record, submission)
        package = Package(
            id=f"{submission}-{version}",
            case_id=record.id,
            case_no=case,
            submission=submission,
            version=version,
            file=station.home.path / "p.zip",
            sha256="a",
            sm3="b",
            size=1,
            level="B-B",
            training=True,
            sealed_at=f"{version}",
            arrangement=arrangement.version,
        )
        station.store.outbox.queue(package, "platform", "now")
    return package.id


def _picture(path: Path, shade: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("L", SIZE, shade % 256).save(path, dpi=(50, 50))
    return path


def _result(page: Page, reading: PageReading | None, text: str) -> PageResult:
    blank = reading is None
    width, height = SIZE
    corners = ((2, 10), (width - 2, 10), (width - 2, 14), (2, 14))
    lines = (Line(text, 0.97, corners),) if text else ()
    return PageResult(
        analysis=PageAnalysis("test", width, height, 50, 0.0, 1.0, 0, 1.0, blank, 0.0, 1.0, True, Border(), ()),
        recipe=Recipe(),
        evidence=Path(f"{page.stem}.jpg"),
        width=width,
        height=height,
        dpi=50,
        thumbnail=Path(f"{page.stem}-small.jpg"),
        text=PageText("", "", {}, lines),
        reading=reading,
        marks=(),
        zones=(),
        original_sha256=page.sha256,
        seconds=0.0,
    )
