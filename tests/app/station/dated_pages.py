"""Drawn pages with a date in figures, read first as a test says and a second time by the engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.station.filing import file_pages
from app.station.importing import import_files
from app.station.results import dump, load
from app.station.station import Station
from app.store.pages import FoundOnPage
from ocr.engines.types import Char, Line, PageText, Quad
from tests.app.station.papers import opens, read_as, value

SIZE, EM = (1240, 700), 50
FONT = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", EM, index=2)
LEFT, TOP = 200, 300
OPENED = "2026年3月1日"


def draw(file: Path, words: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    image = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(image).text((LEFT, TOP), words, fill=(20, 20, 20), font=FONT)
    ImageDraw.Draw(image).text((LEFT, 60), file.stem, fill=(20, 20, 20), font=FONT)
    image.save(file, dpi=(300, 300))
    return file


def box(start: float, end: float) -> Quad:
    return (LEFT + start, TOP), (LEFT + end, TOP), (LEFT + end, TOP + 1.3 * EM), (LEFT + start, TOP + 1.3 * EM)


def line(words: str) -> Line:
    ends = [FONT.getlength(words[:count]) for count in range(len(words) + 1)]
    chars = tuple(Char(char, 0.99, box(*ends[place : place + 2])) for place, char in enumerate(words))
    return Line(words, 0.99, box(0, ends[-1]), chars)


def bring_in(station: Station, case: str, file: Path, kind: str, read: str, day: str) -> None:
    """A page that says one thing and was read as `read`."""
    record = station.store.cases.get(case)
    (page,) = import_files(station, case, [file]).pages
    read_as(station, case, page.number, opens(kind, date=value(day)))
    stored = station.store.pages.result(page.id)
    assert stored is not None
    result = load(stored, station.home.derived(case))
    result = replace(
        result,
        width=SIZE[0],
        height=SIZE[1],
        dpi=300,
        text=PageText("typed", "1", {}, (line(read),)),
        marks=(),
        zones=(),
    )
    with station.store.change("page.processed", case, page=page.number):
        found = FoundOnPage(dump(result), read, False, result.evidence.name, result.thumbnail.name, "now")
        station.store.pages.set_result(page.id, found)
    file_pages(station, record)


def contradict(station: Station, case: str, folder: Path, printed: str) -> None:
    """An acceptance form read 2026年3月5日, whatever is `printed`, and a filing decision of four days before."""
    bring_in(station, case, draw(folder / "1.png", printed), "LA01", "2026年3月5日", "2026-03-05")
    bring_in(station, case, draw(folder / "2.png", OPENED), "LA03", OPENED, "2026-03-01")
