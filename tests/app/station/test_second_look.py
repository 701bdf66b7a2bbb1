"""What a finding accuses by is read a second time: a slip of the first reading is asked, a contradiction raised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.station.checking import check
from app.station.filing import file_pages
from app.station.importing import import_files
from app.station.results import dump, load
from app.station.second_look import EVENT
from app.station.station import Station
from app.store.pages import FoundOnPage
from dossier.model import Finding, Severity
from ocr.engines.types import Char, Line, PageText, Quad
from tests.app.station.papers import opens, read_as, value

SIZE, EM = (1240, 700), 50
FONT = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", EM, index=2)
LEFT, TOP = 200, 300


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


def order(station: Station, case: str) -> Finding:
    (found,) = (each for each in check(station, case, "base").findings if each.key == "check.date-order")
    return found


@pytest.mark.parametrize(
    ("printed", "severity", "agreed"),
    [("2026年3月1日", Severity.WARN, [True, False]), ("2026年3月5日", Severity.BLOCK, [True, True])],
)
def test_a_date_read_otherwise_the_second_time_accuses_nobody(
    station: Station, case: str, tmp_path: Path, printed: str, severity: Severity, agreed: list[bool]
) -> None:
    bring_in(station, case, draw(tmp_path / "pages" / "1.png", printed), "LA01", "2026年3月5日", "2026-03-05")
    opened = "2026年3月1日"
    bring_in(station, case, draw(tmp_path / "pages" / "2.png", opened), "LA03", opened, "2026-03-01")

    for _ in range(2):  # the second check knows what was read
        found = order(station, case)
        assert (found.severity, found.asks) == (severity, severity is Severity.WARN)
        assert {place.words for place in found.rests_on} == {"2026年3月5日", opened}
        notes = [step.detail for step in station.store.audit.newest_first(case) if step.event == EVENT]
        assert sorted(bool(note["agrees"]) for note in notes) == sorted(agreed)
    read = {str(note["words"]): str(note["best"]) for note in notes}
    assert read["2026年3月5日"].endswith(printed)
